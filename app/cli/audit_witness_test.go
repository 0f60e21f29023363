//go:build !wasm

package cli

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fixlab/app/audit"
	"fixlab/app/target"
	"fixlab/lab"
	core "fixlab/lab/audit"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// witnessed are the checks of an audit that the lab has a run for: the lesson and the words
// behind the profile's.
var witnessed = []struct{ check, lesson, words string }{
	{"F1", "any-route", "shared-computer+trap"},
	{"F3", "any-route", "shared-computer+own"},
	{"F4", "any-route", "shared-computer+forged"},
	{"F5", "any-route", "shared-computer+oracle"},
	{"F7", "any-route", "url-id+trap"},
	{"F7c", "any-route", "form-id+trap"},
	{"L1", "", ""},
	{"X1", "any-route", "login-csrf"},
}

// TestTwoWitnesses audits every server of the lab over HTTP, under nine sets of switches,
// and plays the same attacks in the lab: the two must say the same.
func TestTwoWitnesses(t *testing.T) {
	for _, p := range server.Profiles {
		for _, set := range []string{"none", "rotate", "flush", "strict", "lazy", "keep-old-record", "keep-at-logout", "origin-check", "framework-login"} {
			on, err := defence.Parse(set)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(p.ID+"/"+set, func(t *testing.T) {
				t.Parallel()
				h := httptest.NewServer(target.New(p, on))
				defer h.Close()
				report, err := audit.Run(context.Background(), audit.Config{
					URL: h.URL, Login: "/login", Private: "/profile", Start: []string{"/", "/basket"}, Mode: core.Ordinary, MaxLogins: 20, Timeout: time.Minute,
					Alice: audit.Account{Name: "alice", Password: "correct-horse"}, Mallory: audit.Account{Name: "mallory", Password: "hunter2"},
				})
				if err != nil {
					t.Fatal(err)
				}
				for _, w := range witnessed {
					said, ok := result(report, w.check)
					if !ok {
						t.Errorf("%s is not in the report: %s", w.check, report.Because)
						continue
					}
					words := strings.TrimSuffix(p.ID+"+"+w.words, "+")
					shown, err := labSays(w.lesson, on, words)
					if err != nil {
						t.Error(err)
						continue
					}
					if said.Verdict == core.Inconclusive {
						t.Errorf("%s is inconclusive: %s; the lab says %s", w.check, said.Because, shown)
					}
					if said.Verdict == core.Worked != harm(shown) {
						t.Errorf("%s: the audit says %s (%s); the lab says %s of %s/%s@%s", w.check, said.Verdict, said.Because, shown, w.lesson, set, words)
					}
				}
			})
		}
	}
}

func harm(o event.Outcome) bool {
	return o == event.Hijacked || o == event.HijackedWithAccount || o == event.Forged || o == event.Zombie || o == event.Trapped
}

// loggedOut is the lab's run of a cookie that was copied before the logout.
const loggedOut = `title: The old cookie after logout
profile: signed-id
seed: 1

alice post /login user=alice password=correct-horse
alice get /profile
alice copy mine
alice post /logout
alice paste $cookie=$mine
alice get /profile
`

// labSays plays a lesson, or loggedOut where it has no name.
func labSays(lesson string, on defence.Set, words string) (event.Outcome, error) {
	own, err := script.Parse("logout", loggedOut)
	if err != nil {
		return "", err
	}
	p := scenarios.Play{Lesson: lesson, On: on, With: words}
	s, err := p.Arrange(own)
	if lesson != "" {
		s, err = p.Scenario()
	}
	if err != nil {
		return "", err
	}
	trace, err := lab.Run(s, on)
	if err != nil {
		return "", err
	}
	return trace.Verdict.Outcome, nil
}

func result(r core.Report, id string) (core.Result, bool) {
	for _, x := range r.Results {
		if x.ID == id {
			return x, true
		}
	}
	return core.Result{}, false
}
