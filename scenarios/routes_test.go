package scenarios

import (
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A route plants for the way in that the lesson uses: what gets Mallory in at
// /login gets her in at every other form that does what /login does.
func TestRoutesPlantForEveryWayIn(t *testing.T) {
	const lesson = "title: T\nprofile: signed-id\nseed: 1\ntoken: trap\nroute: sibling-https\n\nmallory token\nalice visit\nmallory route\nWAY\nalice get /profile\nmallory paste $cookie=$loot\nmallory get /profile\n"
	ways := []string{
		"alice post /sso user=alice ticket=ticket-for-alice",
		"alice get /sso\nalice submit user=alice ticket=ticket-for-alice",
		"alice post /signup user=alice password=correct-horse",
		"alice get https://shop.example/signup\nalice submit user=alice password=correct-horse",
		"alice post /basket item=ring\nalice post /sso user=alice ticket=ticket-for-alice",
	}
	outcome := func(way, route string, visited bool) event.Outcome {
		s, err := Parse("x", strings.Replace(lesson, "WAY", way, 1))
		if err != nil {
			t.Fatal(err)
		}
		s, err = Arrange(s, script.Setup{Profile: s.Profile, Route: route, Token: s.Token, Visited: visited})
		if err != nil {
			t.Fatal(err)
		}
		return run(t, s, 0).Verdict.Outcome
	}
	for _, route := range Routes {
		if strings.HasPrefix(route.Name, "login-csrf") {
			continue // it logs alice in itself
		}
		for _, visited := range []bool{false, true} {
			want := outcome("alice post /login user=alice password=correct-horse", route.Name, visited)
			for _, way := range ways {
				if got := outcome(way, route.Name, visited); got != want {
					t.Errorf("%s, visited %v: %s by %q, and %s by /login", route.Name, visited, got, way, want)
				}
			}
		}
	}
}

// $way is the path of the form by which alice comes in, "/" where she does not or
// where the script does not tell.
func TestWayIn(t *testing.T) {
	for steps, want := range map[string]string{
		"alice post /login user=alice password=x":                 "/login",
		"alice post https://shop.example/sso user=alice ticket=x": "/sso",
		"alice get /login\nalice post /sso user=alice ticket=x":   "/sso",
		"alice get /signup?a=b\nalice submit user=alice":          "/signup",
		"alice get /step-up\nalice get /\nalice submit":           "/",
		"alice click Log in\nalice submit user=alice":             "/",
		"mallory post /login user=mallory password=hunter2":       "/",
		"alice post /basket item=ring":                            "/",
	} {
		s, err := Parse("x", "title: T\nprofile: signed-id\nroute: sibling-https\n\nmallory get /\nmallory copy loot\nmallory route\n"+steps+"\n")
		if err != nil {
			t.Fatal(err)
		}
		if line := s.Steps[2].String(); !strings.Contains(line, "; Path="+want+";") {
			t.Errorf("%q: %s, want Path=%s", steps, line, want)
		}
		if strings.Contains(Route("sibling-https").Steps[0].String(), want+";") {
			t.Errorf("%q: the route itself was changed", steps)
		}
	}
}

// The path trick: a second cookie with a longer path goes before the one that was
// there. A route that plants for "/" has no such thing, and comes second.
func TestPathTrick(t *testing.T) {
	for _, test := range []struct {
		route, way string
		want       event.Outcome
	}{
		{"xss-path", "alice post /sso user=alice ticket=ticket-for-alice", event.Hijacked},
		{"sibling-https", "alice post /sso user=alice ticket=ticket-for-alice", event.Hijacked},
		{"sibling-https", "alice click Log in\nalice submit user=alice password=correct-horse", event.Defended},
	} {
		s, err := Parse("x", "title: T\nprofile: signed-id\nroute: "+test.route+"\n\nmallory get /\nmallory copy loot\nalice get /\nmallory route\nalice get /\n"+test.way+"\nalice get /profile\nmallory get /profile\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := run(t, s, defence.Set(0)).Verdict.Outcome; got != test.want {
			t.Errorf("%s, %s: %s, want %s", test.route, test.way, got, test.want)
		}
	}
}

// A session in two cookies goes every way that a session in one goes: what a signed
// cookie of gorilla's brings about over a route, those of cookie-session bring about
// as well.
func TestTwoCookiesGoEveryRoute(t *testing.T) {
	harms := map[event.Outcome]int{}
	for _, lesson := range []string{"cycle-or-flush", Open} {
		s, err := Get(lesson)
		if err != nil {
			t.Fatal(err)
		}
		for _, route := range Routes {
			for _, on := range []defence.Set{0, defence.Flush, defence.HostPrefix, defence.Secure} {
				var outcomes []event.Outcome
				for _, profile := range []string{"gorilla-cookie", "cookie-session"} {
					with := s.Setup
					with.Profile, with.Route, with.Token = profile, route.Name, "own"
					played, err := Arrange(s, with)
					if err != nil {
						t.Fatal(err)
					}
					v := run(t, played, on).Verdict
					if !v.Outcome.Harm() { // why not is the judge's to say
						v.Outcome = ""
					}
					outcomes = append(outcomes, v.Outcome)
				}
				if outcomes[0] != outcomes[1] {
					t.Errorf("%s, %s, %s: %q with one cookie, %q with two", lesson, route.Name, on, outcomes[0], outcomes[1])
				}
				harms[outcomes[1]]++
			}
		}
	}
	if harms[event.Poisoned] < 20 {
		t.Errorf("%v: only %d runs are poisoned", harms, harms[event.Poisoned])
	}
}
