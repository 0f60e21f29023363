package scenarios

import (
	"slices"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// setups are the ways to play the lesson that leaves the route open: every
// profile, route and source. A route that brings a source of its own comes once.
func setups(t testing.TB) []*lab.Scenario {
	t.Helper()
	s, err := Get("any-route")
	if err != nil {
		t.Fatal(err)
	}
	var out []*lab.Scenario
	for _, profile := range server.IDs() {
		for _, route := range Routes {
			for _, token := range Tokens {
				if route.Token != "" && token != Tokens[0] {
					continue
				}
				played, err := Play(s, lab.Setup{Profile: profile, Route: route.Name, Token: token.Name})
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, played)
			}
		}
	}
	return out
}

// same reports how a mute run's result differs from a trace's verdict.
func same(r lab.Result, tr *lab.Trace) bool {
	v := tr.Verdict
	return r.Outcome == v.Outcome && slices.Equal(r.Also, v.Also) && r.Gate == v.Gate && r.Key == v.Key && r.Frame == v.Frame &&
		tr.Asked.Has(r.Asked)
}

// TestPlay: a mute run ends as Run does, in every lesson under a wide choice of
// switches, and over every profile, route and source under a few.
func TestPlay(t *testing.T) {
	check := func(p *lab.Player, s *lab.Scenario, d defence.Set) {
		t.Helper()
		r, err := p.Play(d)
		if err != nil {
			t.Fatal(err)
		}
		if tr := run(t, s, d); !same(r, tr) {
			t.Errorf("%s %s %s %s, %s: %+v, want %+v asked %s", s.Name, s.Profile, s.Route, s.Token, d, r, tr.Verdict, tr.Asked)
		}
	}
	for _, s := range all(t) {
		p := lab.NewPlayer(s)
		for n := range 150 {
			check(p, s, defence.Sample(n))
		}
	}
	for i, s := range setups(t) {
		p := lab.NewPlayer(s)
		check(p, s, 0)
		check(p, s, defence.Sample(31+i))
	}
}

func BenchmarkPlay(b *testing.B) {
	s, err := Get("any-route")
	if err != nil {
		b.Fatal(err)
	}
	p := lab.NewPlayer(s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Play(0); err != nil {
			b.Fatal(err)
		}
	}
}
