//go:build !wasm

package cli

import (
	"fmt"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A finding is a claim of the symbolic model and what the lab comes to.
type finding struct {
	Claim  string `json:"claim"`
	Here   string `json:"here"`
	Agrees bool   `json:"agrees"`
	Why    string `json:"why,omitempty"` // it differs
}

// A script is the open lesson with something done at some of its places.
type script struct {
	profile                string
	visited                bool
	first, then, late, end string // before the source, after it, after the route, before Mallory's last look
	login                  string // alice's; "" is by password
	token                  string // only this source; "" is all
}

// spaces explores the script over every route.
func (s script) spaces(base, over defence.Set) ([]*explore.Space, error) {
	login := s.login
	if login == "" {
		login = "alice post /login user=alice password=correct-horse"
	}
	text := strings.Join([]string{"title: T\nprofile: signed-id\nseed: 1\nroute: sibling-https\ntoken: trap\n", s.first, "mallory token", s.then, "alice visit", "mallory route",
		s.late, login, "alice get /profile", s.end, "mallory paste $cookie=$loot", "mallory get /profile"}, "\n")
	open, err := script.Parse("finding", text)
	if err != nil {
		return nil, err
	}
	ways, err := scenarios.Ways(open, script.Setup{Profile: s.profile, Visited: s.visited})
	if err != nil {
		return nil, err
	}
	var some []*script.Scenario
	for _, w := range ways {
		if s.token == "" || w.Token == s.token || scenarios.Route(w.Route).Token != "" {
			some = append(some, w)
		}
	}
	return spacesOf(some, base, over)
}

// credits says of each switch alone how many of the hijacks it stops.
func credits(spaces []*explore.Space, switches ...defence.Set) (counts []int, of int, text string) {
	var words []string
	for _, d := range switches {
		n, all := explore.Credit(spaces, d, hijacks)
		of = all
		counts = append(counts, n)
		words = append(words, fmt.Sprintf("%s %d", d, n))
	}
	return counts, of, fmt.Sprintf("of %d: %s", of, strings.Join(words, ", "))
}

// stoppedBy returns the routes of the hijacks that d alone stops.
func stoppedBy(spaces []*explore.Space, d defence.Set) string {
	var routes []string
	for _, sp := range spaces {
		none, _ := sp.Leaf(sp.Base)
		if l, ok := sp.Leaf(sp.Base | d); ok && hijacks(&none.Result) && !hijacks(&l.Result) {
			routes = append(routes, sp.Scenario.Route)
		}
	}
	return strings.Join(routes, ", ")
}

// named writes sets as a list.
func named(sets []stopping) string {
	var names []string
	for _, s := range sets {
		names = append(names, s.On)
	}
	if names == nil {
		return "none"
	}
	return strings.Join(names, ", ")
}

// findings compares, for signed-id.
func findings() ([]finding, error) {
	var out []finding
	var failed error
	get := func(s script, base, over defence.Set) []*explore.Space {
		spaces, err := s.spaces(base, over)
		if err != nil && failed == nil {
			failed = err
		}
		return spaces
	}
	minimal := func(spaces []*explore.Space, bad func(*explore.Result) bool) string {
		sets, err := stops(spaces, bad)
		if err != nil && failed == nil {
			failed = err
		}
		return named(sets)
	}
	all := func(n []int, of int) bool {
		for _, k := range n {
			if k != of {
				return false
			}
		}
		return of > 0
	}
	add := func(claim, here string, agrees bool, why string) {
		if agrees {
			why = ""
		}
		out = append(out, finding{claim, here, agrees, why})
	}
	over := scenarios.Switches
	const deploy = "server deploy"

	visited := get(script{profile: "signed-id", visited: true, late: deploy, token: "trap"}, 0, over)
	n, of, text := credits(visited, defence.Rotate, defence.Flush, defence.BindAddress, defence.BindDevice, defence.RotateSecret)
	add("rotate, flush, bind-address, bind-device and rotate-secret each stop every hijack (13 of 13)", text, all(n, of),
		"here a deploy comes before the login; a switch below the full number leaves a route by which the server itself hands out the key anew")
	n, of, text = credits(visited, defence.Strict, defence.HTTPOnly, defence.Lax, defence.SameSiteStrict)
	add("strict, HttpOnly and SameSite alone stop none", text+"; HttpOnly: "+stoppedBy(visited, defence.HTTPOnly), n[0]+n[1]+n[2]+n[3] == 0,
		"a script cannot replace alice's own cookie when that is HttpOnly (RFC 6265bis, 5.7 step 23.2); no route of the earlier model hung on that")
	n, of, text = credits(visited, defence.HostPrefix, defence.Secure, defence.CookieOnly, defence.HSTS)
	add("__Host- stops 5, Secure 3, cookie-only 2, HSTS 1 of 13", text+"; __Host-: "+stoppedBy(visited, defence.HostPrefix), n[0] == 5 && n[1] == 3 && n[2] == 2 && n[3] == 1,
		"Secure, cookie-only and HSTS are the same; the routes that the prefix stops are not the same list: here every route by a sibling or over plain http, and a script's cookie on a longer path")
	fresh := get(script{profile: "signed-id", late: deploy, token: "trap"}, 0, over)
	n, _, text = credits(fresh, defence.Secure)
	add("with a fresh jar Secure stops none", text, n[0] == 0, "")

	opaque := get(script{profile: "django-cache", visited: true, late: deploy, token: "trap"}, 0, over)
	n, of, text = credits(opaque, defence.Rotate, defence.Flush, defence.BindAddress, defence.BindDevice, defence.RotateSecret)
	add("an opaque key: the same, but rotate-secret stops none", "django-cache, "+text, all(n[:4], of) && n[4] == 0, "")

	const rest = scenarios.Switches &^ (defence.Rotate | defence.Flush | defence.BindAddress | defence.BindDevice | defence.RotateSecret)
	limited := get(script{profile: "signed-id", visited: true, token: "trap"}, 0, rest)
	best, of2, left, err := mostStopped(limited)
	if err != nil {
		return nil, err
	}
	add("without rotation, flush, binding and a new secret the best is 7 of 13; header injection, XSS, the legacy bypasses, device and cache are left",
		fmt.Sprintf("%d of %d; left: %s", best, of2, strings.Join(left, ", ")), best < of2 && best*13 == of2*7,
		"the same kind of answer: never all. The legacy bypasses fail in the browser that is played, and jar overflow is a route of its own")

	worst := get(script{profile: "signed-id", first: deploy, end: "mallory join alice"}, 0, over)
	text = minimal(worst, hijacks)
	add("the worst environment (same address, a value fetched after the deploy, fresh jar): minimal sets against hijack are {rotate}, {flush}, {bind-device}",
		text, text == "rotate, flush, bind-device", "")

	// Poisoning needs data, and a forged action a token and a form.
	harmed := get(script{profile: "signed-id", first: deploy, then: "mallory get /login\nmallory read csrf token\nmallory post /basket item=gnome",
		end:   "mallory join alice\nmallory serve https://blog.shop.example/win <form method=\"post\" action=\"https://shop.example/transfer\"><input type=\"hidden\" name=\"token\" value=\"$csrf\"><input type=\"hidden\" name=\"to\" value=\"mallory\"><input type=\"hidden\" name=\"amount\" value=\"100\"><button>Win</button></form>\nalice get https://blog.shop.example/win\nalice submit",
		token: "trap"}, 0, over)
	text = minimal(harmed, func(r *explore.Result) bool {
		return hijacks(r) || r.Holds(event.Poisoned) || r.Holds(event.Forged)
	})
	add("against hijack, poisoning and forged actions: {flush}, or {bind-device, origin-check}", text, text == "flush, bind-device+origin-check",
		"a bound session is still the one that Mallory filled: binding looks at who was logged in, not at what was put in before")

	trap := get(script{profile: "signed-id", token: "own"}, 0, over)
	text = minimal(trap, func(r *explore.Result) bool { return r.Holds(event.Trapped) })
	add("against trapping by every route: {bind-device, origin-check}", text, text == "origin-check+bind-device",
		"the routes here plant cookies for the login page, so without a login only a key in a URL or a form brings alice into Mallory's account, and cookie-only stops those; and nobody shares an address here, so bind-address does what bind-device does")

	const usual = defence.Rotate | defence.Strict | defence.Secure | defence.HTTPOnly | defence.Lax
	for _, mistake := range []struct {
		name  string
		set   defence.Set
		login string
		why   string
	}{
		{"the old record is kept", defence.KeepOldRecord, "", "of the 13, Secure stops three here and HttpOnly one, as above"},
		{"alice comes in by a login that was forgotten", defence.ForgottenPath, "alice post /sso user=alice ticket=ticket-for-alice",
			"the same, and the routes that plant a cookie for /login do not reach the other login's page"},
	} {
		spaces := get(script{profile: "signed-id", visited: true, token: "trap", login: mistake.login}, usual|mistake.set, 0)
		hit, routes := 0, []string{}
		for _, sp := range spaces {
			if hijacks(&sp.Leaves[0].Result) {
				hit++
				routes = append(routes, sp.Scenario.Route)
			}
		}
		add("rotate, strict, Secure, HttpOnly and SameSite, but "+mistake.name+": 10 of 13 are back",
			fmt.Sprintf("%d of 13: %s", hit, strings.Join(routes, ", ")), hit == 10, mistake.why+"; the point stands: hijacked again")
	}

	worsened := 0
	for _, spaces := range [][]*explore.Space{visited, fresh, opaque, limited, worst, trap} {
		for _, sp := range spaces {
			worsened += len(sp.Worsenings(hijacks))
		}
	}
	add("no defence turns a blocked attack into a hijack", fmt.Sprintf("in the spaces above one more defence brings a hijack in %d cases", worsened), worsened == 0, "")

	flask := get(script{profile: "flask", token: "trap"}, 0, over)
	_, of, _ = credits(flask, defence.Rotate)
	zombie, err := scenarios.Get("django-nothing-to-rotate")
	if err != nil {
		return nil, err
	}
	r, err := explore.Play(zombie, 0)
	if err != nil {
		return nil, err
	}
	add("sessions in the cookie: no hijack, but a copy works after logout", fmt.Sprintf("flask: %d hijacks; django-nothing-to-rotate: %s", of, r.Outcome), of == 0 && r.Outcome == event.Zombie, "")
	return out, failed
}

// mostStopped returns the most hijacks that any set stops, of how many, and the
// routes that are left then.
func mostStopped(spaces []*explore.Space) (best, of int, left []string, err error) {
	d, err := explore.Most(spaces, hijacks)
	if err != nil {
		return 0, 0, nil, err
	}
	best, of = explore.Credit(spaces, d, hijacks)
	for _, sp := range spaces {
		if l, ok := sp.Leaf(d | sp.Base); ok && hijacks(&l.Result) {
			left = append(left, sp.Scenario.Route)
		}
	}
	return best, of, left, nil
}
