package page

import (
	"strings"
	"testing"

	"fixlab/app/survey"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// answered carries a job out to its end.
func answered(t *testing.T, j survey.Job) []survey.Answer {
	t.Helper()
	var out []survey.Answer
	for a := range (survey.Runs{}).Do(j) {
		if a.Kind == "error" {
			t.Fatal(a.Error)
		}
		if a.Kind != "" {
			out = append(out, a)
		}
	}
	return out
}

// Every cell says what its link leads to: the run, and the step that decides.
func TestExploreCells(t *testing.T) {
	for _, link := range []string{"explore/signed-id/trap/alone/none", "explore/django-db/own/added/strict+httponly/visited", "explore/flask/forged/removed/rotate+secure"} {
		m := linked(t, link)
		e := m.Explore
		m = m.then(Answers(answered(t, e.Job())))
		f := m.Explore.Found
		orders := e.Mode.Orders(e.Present)
		if f == nil || !f.Ended || len(f.Rows) != len(orders) || len(f.Servers) != len(server.Profiles) || f.Done != f.Of {
			t.Fatalf("%s: %+v", link, f)
		}
		for i, o := range orders {
			if len(f.Rows[i]) != len(scenarios.Routes)+1 {
				t.Fatalf("%s: row %d has %d cells", link, i, len(f.Rows[i]))
			}
			for n, r := range scenarios.Routes {
				if (i+n)%5 != 0 {
					continue // a sample
				}
				with := e.Setup
				with.Route = r.Name
				run := linked(t, LinkTo(Played(survey.Lesson(), with, o.Set), f.Rows[i][n].Step))
				if v := run.Trace.Verdict; v.Outcome != f.Rows[i][n].Outcome || v.Frame != run.Step {
					t.Errorf("%s, %s over %s: the cell says %s at step %d, the run %s at %d", link, o.Set, r.Name, f.Rows[i][n].Outcome, run.Step+1, v.Outcome, v.Frame+1)
				}
			}
		}
		for _, list := range f.Space.Remedies {
			for i, r := range list {
				for _, other := range list[:i] {
					if r.Set.Has(other.Set) || other.Set.Has(r.Set) {
						t.Errorf("%s: %s beside %s", link, r.Set, other.Set)
					}
				}
			}
		}
	}
}

// linked returns the model that a link means; the link must be in order.
func linked(t *testing.T, link string) Model {
	t.Helper()
	m := ParseFragment(link)
	if m.Notice != "" {
		t.Fatalf("%s: %s", link, m.Notice)
	}
	return m
}

func TestExploreLinks(t *testing.T) {
	for _, link := range []string{
		"explore/signed-id/trap/alone/none",
		"explore/django-db/own/added/rotate+strict",
		"explore/scs/oracle/removed/rotate/visited+draft+sorted",
		"explore/flask/forged/alone/none/sorted",
	} {
		if m := linked(t, link); m.Fragment() != link {
			t.Errorf("%s leads to %s", link, m.Fragment())
		}
	}
	for link, want := range map[string]string{
		"explore/nobody":                             `there is no server "nobody"`,
		"explore/signed-id/luck":                     `there is no source "luck"`,
		"explore/signed-id/trap/sideways":            `there is no table "sideways"`,
		"explore/signed-id/trap/alone/magic":         `there is no switch "magic"`,
		"explore/signed-id/trap/alone/none/loud":     `there is no word "loud"`,
		"explore/signed-id/trap/alone/none/sorted/x": "it has more parts than six",
	} {
		m := ParseFragment(link)
		if m.Page != "explore" || !strings.Contains(m.Notice, want) || !strings.HasPrefix(m.Notice, "This link is broken: ") {
			t.Errorf("%s: %q, %s", link, m.Page, m.Notice)
		}
		if again := ParseFragment(m.Fragment()); again.Notice != "" {
			t.Errorf("%s is mended to %s: %s", link, m.Fragment(), again.Notice)
		}
	}
}

// What the lab shows is where exploring begins, and answers to an old question
// count for nothing.
func TestExploreBegins(t *testing.T) {
	m := linked(t, "1/any-route/strict/2/django-db+xss+own+visited").then(Follow("explore"))
	if got, want := m.Fragment(), "explore/django-db/own/alone/strict/visited"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	old := m.Explore.question()
	m = m.then(ExploreServer("scs"))
	m = m.then(Answers{{For: old, Kind: "row"}})
	if m.Explore.Found != nil {
		t.Error("an answer about another server is shown")
	}
	m = m.then(ExploreStop{}).then(Answers{{For: m.Explore.question(), Kind: "row"}})
	if m.Explore.Found != nil || m.Explore.says() != "Cancelled." {
		t.Error("a cancelled job goes on")
	}
}

// Every server is played in parts, which come in mixed; it has ended when all have.
func TestExploreParts(t *testing.T) {
	m := linked(t, "explore/signed-id/trap/alone/none").then(ExploreWide{})
	j := m.Explore.Job()
	j.Parts = 2
	// How many reports a part makes on the way hangs on the clock; that the last two
	// are its ended space and the end does not.
	var ended, end, half [2]survey.Answer
	for i := range 2 {
		j.Part = i
		all := answered(t, j)
		ended[i], end[i] = all[len(all)-2], all[len(all)-1]
		if ended[i].Kind != "space" || !ended[i].Space.Ended || ended[i].Space.Part != i || end[i].Kind != "end" {
			t.Fatalf("part %d ends with %+v and %+v", i, ended[i], end[i])
		}
		sp := *ended[i].Space
		sp.Played, sp.Sets, sp.Runs, sp.Ended = sp.Played/2, sp.Sets/2, sp.Runs/2, false
		half[i] = ended[i]
		half[i].Space = &sp
	}
	for i, a := range []survey.Answer{half[1], half[0], ended[1], end[1]} {
		m = m.then(Answers{a})
		if f := m.Explore.Found; f.Ended || f.Done != f.Wide.Played || f.Of != f.Wide.Attacks || f.Done >= f.Of {
			t.Errorf("after %d reports: %d of %d parts, ended %v, %+v", i+1, f.Done, f.Of, f.Ended, f.Wide)
		}
	}
	m = m.then(Answers{ended[0], end[0]})
	f := m.Explore.Found
	all, err := scenarios.Everywhere(survey.Lesson(), m.Explore.Setup)
	if err != nil {
		t.Fatal(err)
	}
	valid := 1 // nothing on
	for d := scenarios.Switches; d != 0; d = (d - 1) & scenarios.Switches {
		if d.Valid() {
			valid++
		}
	}
	if !f.Ended || f.Done != f.Of || f.Of != len(all) || f.Wide.Sets != len(all)*valid {
		t.Errorf("at the end: %d of %d parts, %+v, want %d", f.Done, f.Of, f.Wide, len(all))
	}
}
