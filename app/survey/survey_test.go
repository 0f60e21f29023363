package survey

import (
	"slices"
	"testing"

	"fixlab/app/page"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// answered carries a job out to its end.
func answered(t *testing.T, j Job) []Answer {
	t.Helper()
	var out []Answer
	for a := range (Runs{}).Do(j) {
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
		m := page.linked(t, link)
		e := m.Explore
		m = m.Update(page.Answers(answered(t, Job{Kind: "explore", For: e.question(), Link: e.Link(), Mode: e.Mode})))
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
				run := page.linked(t, page.RunLink(Lesson(), with, o.Set.String(), f.Rows[i][n].Step))
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

// The sets that stop everything do, and without one of their switches they do not.
func TestRemedies(t *testing.T) {
	m := page.linked(t, "explore/signed-id/trap/alone/none")
	all := answered(t, Job{Kind: "explore", For: "x", Link: m.Explore.Link()})
	var sp *Space
	for _, a := range all {
		if a.Kind == "space" {
			sp = a.Space
		}
	}
	succeed := func(goal int, d defence.Set) (n int) {
		for _, r := range scenarios.Routes {
			with := m.Explore.Setup
			with.Route = r.Name
			s, err := scenarios.Play(Lesson(), with)
			if err != nil {
				t.Fatal(err)
			}
			run, err := lab.Run(s, d)
			if err != nil {
				t.Fatal(err)
			}
			if Goals[goal].Bad(&explore.Result{Outcome: run.Verdict.Outcome}) {
				n++
			}
		}
		return n
	}
	if !sp.Ended || sp.Played != sp.Attacks || sp.Sets <= sp.Runs || len(sp.Remedies) != len(Goals) {
		t.Fatalf("%+v", sp)
	}
	for goal, list := range sp.Remedies {
		if len(list) == 0 {
			t.Errorf("nothing for %q", Goals[goal].Title)
		}
		for _, r := range list {
			if n := succeed(goal, r.Set); n > 0 {
				t.Errorf("under %s %d attacks succeed", r.Set, n)
			}
			for _, d := range defence.All {
				if r.Set.Has(d.Set) && succeed(goal, r.Set&^d.Set) == 0 {
					t.Errorf("%s does without %s", r.Set, d.Name)
				}
			}
		}
	}
}

// Whoever looks at a run again finds the same, whatever was played before.
func TestLibrary(t *testing.T) {
	s, err := scenarios.Get(lesson)
	if err != nil {
		t.Fatal(err)
	}
	known := Runs{}
	for n := range 150 {
		d := defence.Sample(n)
		with := s.Setup
		with.Route = scenarios.Routes[n%4].Name
		got, err := known.ending(s, with, with.Route, d)
		if err != nil {
			t.Fatal(err)
		}
		played, err := scenarios.Play(s, with)
		if err != nil {
			t.Fatal(err)
		}
		run, err := lab.Run(played, d)
		if err != nil {
			t.Fatal(err)
		}
		if want := (Ending{run.Verdict.Outcome, run.Verdict.Frame, run.Verdict.Holds(event.Broken)}); got != want {
			t.Errorf("%s over %s: %v, want %v", d, with.Route, got, want)
		}
	}
	if known.made() >= 150 {
		t.Errorf("%d runs for 150 questions", known.made())
	}
}

func TestWhy(t *testing.T) {
	reason := func(link string) *Why {
		t.Helper()
		page.linked(t, link)
		all := answered(t, Job{Kind: "why", For: link, Link: link})
		if len(all) != 2 || all[0].Why == nil {
			t.Fatalf("%s: %+v", link, all)
		}
		return all[0].Why
	}
	for _, link := range []string{"1/signed-id-toss/none/1", "1/signed-id-toss/rotate/1", "1/any-route/rotate+strict/1/django-db+xss", "1/trapped-in-mallorys-account/none/1"} {
		m, w := page.linked(t, link), reason(link)
		// Exactly the switches of Alone change the outcome.
		for _, d := range defence.All {
			run, err := lab.Run(m.Scenario, m.Defences.Flip(d.Set))
			if err != nil {
				t.Fatal(err)
			}
			differs := run.Verdict.Outcome != m.Trace.Verdict.Outcome
			at := slices.IndexFunc(w.Alone, func(o Otherwise) bool { return o.Throw == d.Set })
			if differs != (at >= 0) {
				t.Errorf("%s: with %s thrown it is %s", link, d.Name, run.Verdict.Outcome)
			}
			if at >= 0 && (w.Alone[at].To.Outcome != run.Verdict.Outcome || w.Alone[at].On != m.Defences.Flip(d.Set)) {
				t.Errorf("%s: %s comes to %+v", link, d.Name, w.Alone[at])
			}
		}
		// Without the needless steps it ends the same.
		if w.Needed > 0 {
			short := *m.Scenario
			short.Steps = nil
			for i, step := range m.Scenario.Steps {
				if !slices.Contains(w.Needless, i) {
					short.Steps = append(short.Steps, step)
				}
			}
			run, err := lab.Run(&short, m.Defences)
			if err != nil || run.Verdict.Outcome != m.Trace.Verdict.Outcome {
				t.Errorf("%s without %v: %v, %v", link, w.Needless, run, err)
			}
		}
	}
	both := reason("1/signed-id-toss/rotate+bind-device/1")
	if len(both.Alone) != 0 || len(both.Together) == 0 || both.Together[0].Throw != defence.Rotate|defence.BindDevice {
		t.Errorf("two that would each do: %+v", both)
	}
}
