package audit_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/audit"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// exchanges returns what a recording of alice's browser has of a run, up to a frame.
func exchanges(t *lab.Trace, frames int) (list []audit.Exchange) {
	for _, f := range t.Frames[:frames] {
		for _, e := range f.Events {
			switch {
			case e.At != event.Alice:
			case e.Kind == event.Request:
				x := audit.Exchange{Method: strings.Fields(e.Message.Start)[0], URL: e.Message.URL}
				for pair := range strings.SplitSeq(e.Message.Cookies, "; ") {
					if name, value, ok := strings.Cut(pair, "="); ok {
						x.Cookies = append(x.Cookies, audit.Pair{Name: name, Value: value})
					}
				}
				list = append(list, x)
			case e.Kind == event.Response && len(list) > 0:
				x := &list[len(list)-1]
				x.Status = e.Message.Status
				head, _, _ := strings.Cut(e.Message.Raw, "\r\n\r\n")
				for line := range strings.SplitSeq(head, "\r\n") {
					switch key, value, _ := strings.Cut(line, ": "); strings.ToLower(key) {
					case "set-cookie":
						x.Set = append(x.Set, value)
					case "strict-transport-security":
						x.HSTS = value
					case "location":
						x.Location = value
					}
				}
			}
		}
	}
	return list
}

// undecided are the routes of which Routes says that the server decides, in part.
const undecided = "url-id form-id shared-cache login-csrf login-csrf-frame unicode-prefix"

// The lab plays every route on its own servers; Routes is told only what the first
// visit of alice's browser shows, and says what the login will carry. Both agree,
// but for a cookie with a Domain: the lab's lines have none where a determined person
// would copy it, and then hers replaces the genuine one.
func TestRoutesAgreeWithTheLab(t *testing.T) {
	s, err := scenarios.Get(scenarios.Open)
	if err != nil {
		t.Fatal(err)
	}
	worth := map[string]int{"stopped": 0, "shadows": 1, "shadows first": 2, "lands": 3}
	delivered := map[lab.Delivery]string{lab.Alone: "lands", lab.Before: "shadows first", lab.After: "shadows", lab.Blocked: "stopped"}
	agreed := map[string]int{}
	compare := func(what, on, says, was string) {
		switch {
		case says == was:
			agreed[was]++
		case !strings.Contains(on, "domain-cookie"), worth[says] < worth[was]:
			t.Errorf("%s: %s, in the lab %s", what, says, was)
		}
	}
	for _, profile := range []string{"signed-id", "express-session", "cookie-session"} {
		for _, on := range []string{"none", "httponly", "secure", "httponly+secure+lax", "host-prefix", "secure-prefix+secure", "host-http-prefix",
			"domain-cookie", "samesite-strict", "hsts", "hsts-subdomains", "domain-cookie+secure"} {
			set, err := defence.Parse(on)
			if err != nil {
				t.Fatal(err)
			}
			for _, browser := range []cookie.Rules{cookie.Chromium, cookie.Firefox} {
				var ways []audit.Way
				for _, route := range scenarios.Routes {
					token := "trap"
					if profile == "cookie-session" { // all that have done nothing have the same cookie
						token = "own"
					}
					play := func(visited bool) lab.Delivery {
						played, err := scenarios.Arrange(s, script.Setup{Profile: profile, Route: route.Name, Token: token, Visited: visited, Browser: browser})
						if err != nil {
							t.Fatal(err)
						}
						tr, err := lab.Run(played, set)
						if err != nil {
							t.Fatal(err)
						}
						d, frame := tr.Delivered()
						if visited && ways == nil { // what her browser saw before anybody planted anything, and the request that logs her in
							seen := append(exchanges(tr, frame)[:1], audit.Exchange{Method: "POST", URL: "https://shop.example/login", Fields: []string{"user", "password"}})
							names := []string{tr.Cookie}
							if profile == "cookie-session" {
								names = append(names, tr.Cookie+".sig")
							}
							ways = audit.Routes(seen, names, 1)
						}
						return d
					}
					beside, empty := play(true), play(false)
					for _, w := range ways {
						if w.Route != route.Name || (w.Browser == "Firefox") != (browser == cookie.Firefox) || slices.Contains(strings.Fields(undecided), w.Route) {
							continue
						}
						what := profile + "/" + on + ", " + w.Browser + ", " + w.Route
						compare(what+", beside", on, fate(w.Beside), delivered[beside])
						if !strings.Contains(on, "hsts") { // on her first visit she has not seen the header
							compare(what+", empty", on, fate(w.Empty), delivered[empty])
						}
					}
				}
				if len(ways) != 2*len(scenarios.Routes) {
					t.Errorf("%s/%s: %d ways, want one a route and browser", profile, on, len(ways))
				}
			}
		}
	}
	for fate := range worth {
		if agreed[fate] < 20 && fate != "shadows" {
			t.Errorf("both say %q %d times: too few to show anything", fate, agreed[fate])
		}
	}
}

// fate is a landing in short.
func fate(l audit.Landing) string {
	if l.Fate == audit.Shadows && l.First {
		return "shadows first"
	}
	return string(l.Fate)
}

// The routes are the lab's, in its order.
func TestRoutesAreTheLabs(t *testing.T) {
	seen := []audit.Exchange{{Method: "GET", URL: "https://shop.example/", Set: []string{"sid=x"}}}
	var names []string
	for _, w := range audit.Routes(seen, []string{"sid"}, -1) {
		if w.Browser == "Chromium" {
			names = append(names, w.Route)
		}
	}
	var want []string
	for _, r := range scenarios.Routes {
		want = append(want, r.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}
