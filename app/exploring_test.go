package main

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// answered carries a job out to its end.
func answered(t *testing.T, j job) []answer {
	t.Helper()
	var out []answer
	for a := range (library{}).do(j) {
		if a.Kind == "error" {
			t.Fatal(a.Error)
		}
		if a.Kind != "" {
			out = append(out, a)
		}
	}
	return out
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

// Every cell says what its link leads to: the run, and the step that decides.
func TestExploreCells(t *testing.T) {
	for _, link := range []string{"explore/signed-id/trap/alone/none", "explore/django-db/own/added/strict+httponly/visited", "explore/flask/forged/removed/rotate+secure"} {
		m := linked(t, link)
		e := m.Explore
		m = m.Update(Answers(answered(t, job{Kind: "explore", For: e.question(), Link: e.link(), Mode: e.Mode})))
		f := m.Explore.Found
		orders := e.Mode.orders(e.Present)
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
				run := linked(t, runLink(exploreOwn(), with, o.Set.String(), f.Rows[i][n].Step))
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
	m := linked(t, "explore/signed-id/trap/alone/none")
	all := answered(t, job{Kind: "explore", For: "x", Link: m.Explore.link()})
	var sp *space
	for _, a := range all {
		if a.Kind == "space" {
			sp = a.Space
		}
	}
	succeed := func(goal int, d defence.Set) (n int) {
		for _, r := range scenarios.Routes {
			with := m.Explore.Setup
			with.Route = r.Name
			s, err := scenarios.Play(exploreOwn(), with)
			if err != nil {
				t.Fatal(err)
			}
			run, err := lab.Run(s, d)
			if err != nil {
				t.Fatal(err)
			}
			if goals[goal].Bad(&lab.Result{Outcome: run.Verdict.Outcome}) {
				n++
			}
		}
		return n
	}
	if !sp.Ended || sp.Played != sp.Attacks || sp.Sets <= sp.Runs || len(sp.Remedies) != len(goals) {
		t.Fatalf("%+v", sp)
	}
	for goal, list := range sp.Remedies {
		if len(list) == 0 {
			t.Errorf("nothing for %q", goals[goal].Title)
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
		"explore/signed-id/trap/alone/magic":         `unknown switch "magic"`,
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
	m := linked(t, "1/any-route/strict/2/django-db+xss+own+visited").Update(Follow("explore"))
	if got, want := m.Fragment(), "explore/django-db/own/alone/strict/visited"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	old := m.Explore.question()
	m = m.Update(ExploreServer("scs"))
	m = m.Update(Answers{{For: old, Kind: "row"}})
	if m.Explore.Found != nil {
		t.Error("an answer about another server is shown")
	}
	m = m.Update(ExploreStop{}).Update(Answers{{For: m.Explore.question(), Kind: "row"}})
	if m.Explore.Found != nil || exploreSays(m) != "Cancelled." {
		t.Error("a cancelled job goes on")
	}
}

// Whoever looks at a run again finds the same, whatever was played before.
func TestLibrary(t *testing.T) {
	s, err := scenarios.Get(exploreLesson)
	if err != nil {
		t.Fatal(err)
	}
	known := library{}
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
		if want := (ending{run.Verdict.Outcome, run.Verdict.Frame, run.Verdict.Holds(lab.Broken)}); got != want {
			t.Errorf("%s over %s: %v, want %v", d, with.Route, got, want)
		}
	}
	if known.runs() >= 150 {
		t.Errorf("%d runs for 150 questions", known.runs())
	}
}

func TestWhy(t *testing.T) {
	reason := func(link string) *why {
		t.Helper()
		linked(t, link)
		all := answered(t, job{Kind: "why", For: link, Link: link})
		if len(all) != 2 || all[0].Why == nil {
			t.Fatalf("%s: %+v", link, all)
		}
		return all[0].Why
	}
	for _, link := range []string{"1/signed-id-toss/none/1", "1/signed-id-toss/rotate/1", "1/any-route/rotate+strict/1/django-db+xss", "1/trapped-in-mallorys-account/none/1"} {
		m, w := linked(t, link), reason(link)
		// Exactly the switches of Alone change the outcome.
		for _, d := range defence.All {
			run, err := lab.Run(m.Scenario, m.Defences.Flip(d.Set))
			if err != nil {
				t.Fatal(err)
			}
			differs := run.Verdict.Outcome != m.Trace.Verdict.Outcome
			at := slices.IndexFunc(w.Alone, func(o otherwise) bool { return o.Throw == d.Set })
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

// Every server is played in parts, which come in mixed; it has ended when all have.
func TestExploreParts(t *testing.T) {
	m := linked(t, "explore/signed-id/trap/alone/none").Update(ExploreWide{})
	j := m.Explore.job()
	j.Parts = 2
	var parts [2][]answer
	for i := range parts {
		j.Part = i
		parts[i] = answered(t, j)
	}
	n := min(len(parts[0]), len(parts[1])) - 2 // a report and the end
	for i := range n {
		m = m.Update(Answers{parts[0][i], parts[1][i]})
	}
	if f := m.Explore.Found; f.Ended || f.Done != f.Wide.Played || f.Of != f.Wide.Attacks || f.Done == f.Of {
		t.Errorf("before the end: %d of %d parts, %+v", f.Done, f.Of, f.Wide)
	}
	m = m.Update(Answers(parts[1][n:]))
	if m.Explore.Found.Ended {
		t.Error("it has ended when one part has")
	}
	m = m.Update(Answers(parts[0][n:]))
	f := m.Explore.Found
	all, err := attacksOn(exploreOwn(), m.Explore.Setup, job{Wide: true})
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
