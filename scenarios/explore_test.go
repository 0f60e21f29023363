package scenarios

import (
	"math/rand/v2"
	"slices"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// ways are Ways of the open lesson for every profile.
func ways(t testing.TB) []*lab.Scenario {
	t.Helper()
	s, err := Get(Open)
	if err != nil {
		t.Fatal(err)
	}
	var out []*lab.Scenario
	for _, profile := range server.IDs() {
		of, err := Ways(s, lab.Setup{Profile: profile})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, of...)
	}
	return out
}

// same reports how a mute run's result differs from a trace's verdict.
func same(r lab.Result, tr *lab.Trace) bool {
	v := tr.Verdict
	return r.Outcome == v.Outcome && slices.Equal(r.Also, v.Also) && r.Gate == v.Gate && r.Key == v.Key && r.Frame == v.Frame &&
		tr.Asked.Has(r.Asked)
}

func player(t testing.TB, s *lab.Scenario) *lab.Player {
	t.Helper()
	p, err := lab.NewPlayer(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
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
		p := player(t, s)
		for n := range 150 {
			check(p, s, defence.Sample(n))
		}
	}
	for i, s := range ways(t) {
		p := player(t, s)
		check(p, s, 0)
		check(p, s, defence.Sample(31+i))
	}
}

// TestLeaves: over every profile, route and source, every leaf is what Run
// says of its own set, and of one drawn from those it stands for; the leaves
// count every set there is once. What is checked by Run is a sample.
func TestLeaves(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	leaves, checked, valid := 0, 0, 0
	for d := Switches; ; d = (d - 1) & Switches { // every subset
		if d.Valid() {
			valid++
		}
		if d == 0 {
			break
		}
	}
	for i, s := range ways(t) {
		if i%11 != 0 { // a sample that meets every profile, route and source
			continue
		}
		sp, err := player(t, s).Space(0, Switches)
		if err != nil {
			t.Fatal(err)
		}
		if sp.Sets != valid {
			t.Errorf("%s %s %s: %d sets, want %d", s.Profile, s.Route, s.Token, sp.Sets, valid)
		}
		leaves += len(sp.Leaves)
		for k := range sp.Leaves {
			l := &sp.Leaves[k]
			if random.IntN(20) > 0 {
				continue
			}
			checked++
			for range 2 {
				d := l.On | defence.Set(random.Uint32())&Switches&^l.Mask
				if !d.Valid() {
					d = l.On
				}
				tr := run(t, s, d)
				if r := l.Result; !same(r, tr) {
					t.Errorf("%s %s %s, %s: leaf %+v, run %+v", s.Profile, s.Route, s.Token, d, l, tr.Verdict)
				}
			}
		}
	}
	t.Logf("%d leaves, %d of them checked against two runs", leaves, checked)
}

// TestLookup: each random set is found in one leaf, and ends as Run says.
func TestLookup(t *testing.T) {
	s, err := Get(Open)
	if err != nil {
		t.Fatal(err)
	}
	sp, err := player(t, s).Space(0, Switches|defence.Lazy|defence.Clear|defence.KeepOldRecord)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		d := defence.Set(random.Uint32()) & sp.Over
		l, ok := sp.Leaf(d)
		if ok != d.Valid() {
			t.Fatalf("%s: found %v", d, ok)
		}
		if !ok {
			continue
		}
		for i := range sp.Leaves {
			if o := &sp.Leaves[i]; o.Has(d) && o != l {
				t.Errorf("%s is in two leaves", d)
			}
		}
		if tr := run(t, s, d); !same(l.Result, tr) {
			t.Errorf("%s: leaf %+v, run %+v", d, l, tr.Verdict)
		}
	}
	if _, ok := sp.Leaf(defence.DomainCookie); ok {
		t.Error("a switch that was not explored has a leaf")
	}
}

func BenchmarkPlay(b *testing.B) {
	s, err := Get(Open)
	if err != nil {
		b.Fatal(err)
	}
	p := player(b, s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Play(0); err != nil {
			b.Fatal(err)
		}
	}
}
