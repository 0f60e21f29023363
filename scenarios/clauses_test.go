package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// claimed are sentences that a verdict may say, by what stands in them, and what
// must then be so in the step that is cited. Each looks at the messages and the
// jars, not at what the judge looked at.
var claimed = []struct {
	says string
	true func(t *lab.Trace, frame int) bool
}{
	{"Mallory never used it afterwards", func(t *lab.Trace, frame int) bool {
		return !slices.ContainsFunc(t.Frames[frame+1:], func(f lab.Frame) bool { return f.Step.Who == "mallory" && asks(f) })
	}},
	{"Nothing that Mallory knew ever came into Alice's browser", func(t *lab.Trace, _ int) bool {
		return slices.Contains(oneForAll, t.Scenario.Profile) ||
			!slices.ContainsFunc(t.Frames, func(f lab.Frame) bool {
				return slices.ContainsFunc(f.State.Knows, func(k event.Fact) bool {
					return slices.ContainsFunc(f.Events, func(e event.Event) bool {
						return e.Kind == event.Stored && e.Who == "alice" && e.Value == k.Value && e.Value != ""
					})
				})
			})
	}},
	{"refused it, because it came from another origin", page("Sent from another origin")},
	{"because its token is not that of Alice's session", page("Wrong token")},
	{"because nobody was logged in to the session", page("Unauthorized", "Log in first")},
	{"because the name and the secret in it do not belong together", page("Invalid credentials")},
	{"Alice's login failed", page("Invalid credentials")},
	{"A form that Alice sent herself was refused: the token", page("Wrong token")},
	{"What Alice sent herself was refused: she was not logged in", page("Unauthorized", "Log in first")},
	{"Alice did not log in", func(t *lab.Trace, _ int) bool {
		return !slices.ContainsFunc(t.Frames, func(f lab.Frame) bool {
			return f.Step.Who == "alice" && f.Step.Browser() == "alice" && f.Step.Verb != "submit" && answered(f, "Logged in") && !strings.Contains(f.Step.String(), "user=mallory")
		})
	}},
	{"^Alice logged in", page("Logged in")},
	{"The server could make nothing of it", func(t *lab.Trace, frame int) bool {
		return !slices.ContainsFunc(t.Frames[frame].Events, func(e event.Event) bool { return e.Kind == event.Load && e.Found })
	}},
	{"it had run out", func(t *lab.Trace, frame int) bool { return waited(t, frame) }},
	{"when her session had run out", func(t *lab.Trace, frame int) bool { return waited(t, frame) }},
	{"^Alice logged out", page("Logged out")},
	{"Mallory sat at Alice's browser", func(t *lab.Trace, frame int) bool { return t.Frames[frame].Step.Browser() == "alice" }},
	{"^Alice logged in at Mallory's browser", func(t *lab.Trace, frame int) bool {
		return t.Frames[frame].Step.Who == "alice" && t.Frames[frame].Step.Browser() == "mallory"
	}},
	{"Mallory went on at that browser", func(t *lab.Trace, frame int) bool {
		step := t.Frames[frame].Step
		return step.Who == "mallory" && step.Browser() == "mallory" && asks(t.Frames[frame])
	}},
	{"to her own account at Alice's browser", func(t *lab.Trace, frame int) bool {
		return t.Frames[frame].Step.Who == "mallory" && t.Frames[frame].Step.Browser() == "alice"
	}},
	{"^Mallory showed", func(t *lab.Trace, frame int) bool {
		return t.Frames[frame].Step.Who == "mallory" && asks(t.Frames[frame])
	}},
	{"The server broke down", page("Internal Server Error", "Bad Request")},
	{"Mallory logged in to her own account", page("Logged in")},
	{"The session is bound to Alice's browser", func(t *lab.Trace, frame int) bool {
		return t.Frames[frame].Step.Browser() != "alice" && slices.ContainsFunc(t.Frames[frame].Events, func(e event.Event) bool {
			return e.Kind == event.Ask && e.On && strings.HasPrefix(e.Switch.String(), "bind-")
		})
	}},
}

// says reports whether a sentence has the words in it; "^" says that it begins so.
func says(text, words string) bool {
	if start, ok := strings.CutPrefix(words, "^"); ok {
		return strings.HasPrefix(text, start)
	}
	return strings.Contains(text, words)
}

// asks reports whether a request went to the shop in f.
func asks(f lab.Frame) bool {
	return slices.ContainsFunc(f.Events, func(e event.Event) bool { return e.Kind == event.Request && e.Message.To == "shop.example" })
}

// page returns a check that the shop answered with a page of one of those titles.
func page(titles ...string) func(*lab.Trace, int) bool {
	return func(t *lab.Trace, frame int) bool { return answered(t.Frames[frame], titles...) }
}

// answered reports whether the shop answered in f with a page of one of those titles.
func answered(f lab.Frame, titles ...string) bool {
	return slices.ContainsFunc(f.Events, func(e event.Event) bool {
		return e.Kind == event.Response && slices.ContainsFunc(titles, func(title string) bool { return strings.Contains(e.Message.Raw, "<h1>"+title+"</h1>") })
	})
}

// waited reports whether somebody let time pass before frame.
func waited(t *lab.Trace, frame int) bool {
	return slices.ContainsFunc(t.Frames[:frame], func(f lab.Frame) bool { return f.Step.Verb == "wait" })
}

// untrue returns a sentence of the verdict that is not so, "" when all are.
func untrue(t *lab.Trace) string {
	for _, c := range append(slices.Clone(t.Verdict.Because), t.Verdict.Costs...) {
		if c.Frame < 0 || c.Frame >= len(t.Frames) {
			return fmt.Sprintf("%q cites step %d", c.Text, c.Frame+1)
		}
		for _, k := range claimed {
			if says(c.Text, k.says) && !k.true(t, c.Frame) {
				return fmt.Sprintf("step %d: %q", c.Frame+1, c.Text)
			}
		}
	}
	return ""
}

// rare are scripts for the sentences that random ones do not come to.
var rare = []question{
	{"title: T\nprofile: signed-id\n\n", []string{"alice post /login user=alice password=correct-horse",
		`mallory serve https://evil.test/ <form method="post" action="https://shop.example/transfer"><input name="token" value="x"></form>`,
		"alice get https://evil.test/", "alice submit"}, 0},
	{"title: T\nprofile: signed-id\n\n", []string{
		`mallory serve https://evil.test/ <form method="post" action="https://shop.example/login"><input name="user" value="mallory"><input name="password" value="x"></form>`,
		"alice get https://evil.test/", "alice submit"}, 0},
	{"title: T\nprofile: django-signed-cookies\n\n", []string{"alice post /login user=alice password=correct-horse", "mallory@alice copy loot",
		"alice wait 400h", "mallory paste $cookie=$loot", "mallory get /profile"}, 0},
	{"title: T\nprofile: django-signed-cookies\nbrowser: tomorrow\n\n", []string{"mallory let loot=chosen", "mallory@alice paste $cookie=$loot",
		"alice post /login user=alice password=correct-horse", "mallory@alice get /", "mallory@alice get /"}, defence.BindAddress},
	{"title: T\nprofile: signed-id\n\n", []string{"mallory@alice post /login user=mallory password=hunter2", "alice get /profile"}, 0},
	{"title: T\nprofile: flask-seed\n\n", []string{"alice script session=abc.é", "alice get /profile"}, 0},
}

// TestClausesAreSo: what a verdict says is so in the step that it cites, over random
// scripts and the rare ones; and each sentence that is looked at is said at least once.
func TestClausesAreSo(t *testing.T) {
	t.Parallel()
	said := map[string]int{}
	told := 0
	for n := range 4000 + len(rare) {
		q := questionOf(n)
		if n >= 4000 {
			q = rare[n-4000]
		}
		tr := q.run()
		if tr == nil {
			continue
		}
		for _, c := range append(slices.Clone(tr.Verdict.Because), tr.Verdict.Costs...) {
			for _, k := range claimed {
				if says(c.Text, k.says) {
					said[k.says]++
				}
			}
		}
		if wrong := untrue(tr); wrong != "" {
			t.Errorf("script %d under %s: %s is not so (%s)\n%s", n, q.on, wrong, tr.Verdict.Outcome, q.text())
			if told++; told == 5 {
				t.FailNow()
			}
		}
	}
	for _, k := range claimed {
		if said[k.says] == 0 {
			t.Errorf("no verdict says %q", k.says)
		}
	}
}
