package words_test

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// Where several cookies of the session cookie's name reach a server, it takes to
// its signer or its store the one that its profile says it reads.
func TestDuplicates(t *testing.T) {
	open, err := scenarios.Get(scenarios.Open)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range server.Profiles {
		with, seen := open.Setup, 0
		with.Profile, with.Visited = p.ID, true
		ways, err := scenarios.Ways(open, with)
		if err != nil {
			t.Fatal(err)
		}
		both, err := scenarios.Parse("both", "title: T\nprofile: "+p.ID+"\n\nalice get /\nalice script $cookie=one; Path=/login\nalice script $cookie=two\nalice post /login user=alice password=correct-horse\n")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range append(ways, both) {
			tr, err := lab.Run(s, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range tr.Frames {
				for i := range f.Events {
					names, values := sessionCookies(tr, &f.Events[i])
					if len(values) < 2 || values[0] == "" || slices.Contains(values[1:], values[0]) {
						continue
					}
					at := readIn(f.Events[i+1:], values)
					if at < 0 {
						continue
					}
					seen++
					exists := func(k int) bool {
						return slices.ContainsFunc(f.State.Rows, func(row event.Row) bool { return strings.Contains(values[k], row.Key) })
					}
					if want := p.Reads.Pick(names, tr.Cookie, exists); at != want {
						t.Errorf("%s, %s: of %q it reads number %d, not %d", p.ID, s.Route, values, at, want)
					}
				}
			}
		}
		if seen == 0 {
			t.Errorf("%s is never sent two cookies", p.ID)
		}
	}
}

// sessionCookies returns the session cookies that a request brings to the shop.
func sessionCookies(t *lab.Trace, e *event.Event) (names, values []string) {
	if e.Kind != event.Request || e.Message.To != event.ShopHost {
		return nil, nil
	}
	for _, c := range event.CookiesOf(e) {
		if strings.TrimSpace(c.Name()) == t.Cookie {
			names, values = append(names, c.Name()), append(values, c.Value)
		}
	}
	return names, values
}

// readIn returns the index of the value that the server looks at first in what
// follows a request, -1 when it looks at none.
func readIn(after []event.Event, values []string) int {
	for _, e := range after {
		text := ""
		switch e.Kind {
		case event.Request, event.Response:
			return -1
		case event.Unsign:
			text = e.Value
		case event.Load:
			text = e.Key
		case event.Sign: // a login that signs what it is brought
			text = e.Plain
		}
		for i, v := range values {
			if v != "" && strings.Contains(text, v) {
				return i
			}
		}
	}
	return -1
}

// The two cookies that a lesson's login gets are shown before it, by whichever form
// that is.
func TestRivalsOfAnotherWayIn(t *testing.T) {
	for _, way := range []string{"/login user=alice password=correct-horse", "/sso user=alice ticket=ticket-for-alice"} {
		s, err := scenarios.Parse("x", "title: T\nprofile: signed-id\nroute: sibling-https\n\nmallory get /\nmallory copy loot\nalice get /\nmallory route\nalice post "+way+"\n")
		if err != nil {
			t.Fatal(err)
		}
		tr, err := lab.Run(s, 0)
		if err != nil {
			t.Fatal(err)
		}
		i := len(tr.Frames) - 2
		rivals := words.Rivals(tr, i, tr.Frames[i].State.Browser("alice"))
		if len(rivals) != 2 || !rivals[0].Read || rivals[0].Cookie.Value != tr.Vars["loot"] {
			t.Errorf("%s: %+v", way, rivals)
		}
	}
}
