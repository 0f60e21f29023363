package scenarios

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// ways are Ways of the open lesson for every profile.
func ways(t testing.TB) []*script.Scenario {
	t.Helper()
	s, err := Get(Open)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Everywhere(s, script.Setup{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// visited are the ways to signed-id for an alice who has been there before.
func visited(t testing.TB) []*script.Scenario {
	t.Helper()
	s, err := Get(Open)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Ways(s, script.Setup{Profile: "signed-id", Visited: true})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// same reports whether a silent run ended as a trace did.
func same(r explore.Result, tr *lab.Trace) bool {
	v := tr.Verdict
	return alike(r, explore.Result{Outcome: v.Outcome, Also: v.Also, Gate: v.Gate, Key: v.Key, Frame: v.Frame})
}

// alike reports whether two runs ended alike, whatever they looked at.
func alike(a, b explore.Result) bool {
	return a.Outcome == b.Outcome && slices.Equal(a.Also, b.Also) && a.Gate == b.Gate && a.Key == b.Key && a.Frame == b.Frame
}

func player(t testing.TB, s *script.Scenario) *explore.Player {
	t.Helper()
	p, err := explore.NewPlayer(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPlay: a silent run ends as Run does, in every lesson under a wide choice of
// switches, and over every profile, route and source under a few.
func TestPlay(t *testing.T) {
	t.Parallel()
	check := func(p *explore.Player, s *script.Scenario, d defence.Set) {
		t.Helper()
		r, err := p.Play(d)
		if err != nil {
			t.Fatal(err)
		}
		if tr := run(t, s, d); !same(r, tr) || !tr.Asked.Has(r.Asked) {
			t.Errorf("%s %s %s %s, %s: %+v, want %+v asked %s", s.Name, s.Profile, s.Route, s.Token, d, r, tr.Verdict, tr.Asked)
		}
	}
	for _, s := range all(t) {
		p := player(t, s)
		for n := range less(60) {
			check(p, s, defence.Sample(n))
		}
	}
	for i, s := range ways(t) {
		if testing.Short() && i%20 != 0 {
			continue
		}
		p := player(t, s)
		check(p, s, 0)
		if i%3 == 0 {
			check(p, s, defence.Sample(31+i))
		}
	}
}

// TestLeaves: every leaf of the whole space ends as a run under a set drawn from
// those it stands for, and so does every leaf for an alice who has been to
// signed-id before. Every leaf of signed-id, and a sample of the others, is what
// Run says of its own set. The leaves count every set there is once.
func TestLeaves(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the whole space: without -short")
	}
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
	for _, s := range append(ways(t), visited(t)...) {
		p := player(t, s)
		sp, err := p.Space(0, Switches)
		if err != nil {
			t.Fatal(err)
		}
		if sp.Sets != valid {
			t.Errorf("%s %s %s: %d sets, want %d", s.Profile, s.Route, s.Token, sp.Sets, valid)
		}
		leaves += len(sp.Leaves)
		for k := range sp.Leaves {
			l := &sp.Leaves[k]
			d := l.On | defence.Set(random.Uint64())&Switches&^l.Mask
			if !d.Valid() {
				d = l.On
			}
			r, err := p.Play(d)
			if err != nil {
				t.Fatal(err)
			}
			if !alike(l.Result, r) {
				t.Errorf("%s %s %s, %s: leaf %+v, run %+v", s.Profile, s.Route, s.Token, d, l, r)
			}
			if random.IntN(20) > 0 && (s.Profile != "signed-id" || s.Visited) {
				continue
			}
			checked++
			if tr := run(t, s, l.On); !same(l.Result, tr) {
				t.Errorf("%s %s %s, %s: leaf %+v, run %+v", s.Profile, s.Route, s.Token, l.On, l, tr.Verdict)
			}
		}
	}
	t.Logf("%d leaves, %d of them checked against Run too", leaves, checked)
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
		d := defence.Set(random.Uint64()) & sp.Over
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

func hijacks(r *explore.Result) bool { return r.Outcome.Hijack() }

// TestDefencesHelp: no defence turns a run without a hijack into a hijack, over
// the whole space. The defences that are not among Switches are there in a
// sample of the ways.
func TestDefencesHelp(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole space: without -short")
	}
	var defences defence.Set
	for _, d := range defence.All {
		if !d.Wrong {
			defences |= d.Set
		}
	}
	leaves := 0
	met := map[exception]bool{}
	all := ways(t)
	p := player(t, all[0])
	for i, s := range all {
		over := Switches
		if i%97 == 1 {
			over = defences
		}
		var err error
		if p, err = p.Next(s); err != nil {
			t.Fatal(err)
		}
		sp, err := p.Space(0, over)
		if err != nil {
			t.Fatal(err)
		}
		leaves += len(sp.Leaves)
		for _, w := range worsenings(sp) {
			of := exception{s.Profile, s.Token, w.more}
			if exceptions[of] == "" {
				t.Errorf("%s %s %s: %s is hijacked with %s as well", s.Profile, s.Route, s.Token, w.from, w.more)
			}
			met[of] = true
		}
	}
	for of, why := range exceptions {
		if !met[of] {
			t.Errorf("no longer an exception: %s, %s", of.profile, why)
		}
	}
	t.Logf("%d leaves", leaves)
}

// A worsening is one more switch with which a hijack succeeds that had failed.
type worsening struct{ from, more defence.Set }

// worsenings returns those of sp, one for each two leaves.
func worsenings(sp *explore.Space) (out []worsening) {
	for i := range sp.Leaves {
		with := &sp.Leaves[i]
		if !hijacks(&with.Result) {
			continue
		}
		for k := range sp.Leaves {
			without := &sp.Leaves[k]
			if hijacks(&without.Result) {
				continue
			}
			for _, info := range defence.All {
				d := info.Set
				from := with.On&^d | without.On
				if with.On.Has(d) && !from.Has(d) && with.Has(from|d) && without.Has(from) && (from | d | sp.Base).Valid() {
					out = append(out, worsening{from, d})
				}
			}
		}
	}
	return out
}

type exception struct {
	profile, token string
	defence        defence.Set
}

// exceptions are defences that bring a hijack about, and why.
var exceptions = map[exception]string{
	{"flask-seed", "own", defence.Strict}:     "login without it takes the planted text, signature and all, for an id of its own; verify-and-keep takes the signature off and comes to the id that Mallory shares",
	{"flask-seed", "own", defence.HostPrefix}: "without the planted cookie login falls back to a constant, the id that Mallory has",
}

// TestUnaskedByPlay: a switch that a silent run did not consult changes nothing
// of its result, not even one that only shaped a message.
func TestUnaskedByPlay(t *testing.T) {
	flips := 0
	for i, s := range ways(t) {
		if i%13 != 0 {
			continue
		}
		p := player(t, s)
		d := defence.Sample(i)
		base, err := p.Play(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, info := range defence.All {
			if thrown := d.Flip(info.Set); (d^thrown)&base.Asked == 0 {
				flips++
				r, err := p.Play(thrown)
				if err != nil {
					t.Fatal(err)
				}
				if !alike(r, base) {
					t.Errorf("%s %s %s, %s: %s was not asked, and makes %+v of %+v", s.Profile, s.Route, s.Token, d, info.Name, r, base)
				}
			}
		}
	}
	if flips < 500 {
		t.Errorf("only %d flips", flips)
	}
}

// TestSeed: what the keys are called changes nothing. Another seed renames
// every key and every secret.
func TestSeed(t *testing.T) {
	for i, s := range ways(t) {
		if i%5 != 0 || testing.Short() && i%50 != 0 {
			continue
		}
		other := *s
		other.Seed = "another"
		for _, d := range []defence.Set{0, defence.Sample(i + 31)} {
			a, err := player(t, s).Play(d)
			if err != nil {
				t.Fatal(err)
			}
			b, err := player(t, &other).Play(d)
			if err != nil {
				t.Fatal(err)
			}
			if a.Outcome != b.Outcome || a.Gate != b.Gate || a.Frame != b.Frame || a.Asked != b.Asked {
				t.Errorf("%s %s %s, %s: %+v, with another seed %+v", s.Profile, s.Route, s.Token, d, a, b)
			}
		}
	}
}

// TestControl: the control route brings nothing to anybody, whatever is on, on
// any server and with any source of the value.
func TestControl(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole space: without -short")
	}
	leaves := 0
	for _, s := range ways(t) {
		if s.Route != "cross-site" {
			continue
		}
		err := player(t, s).Explore(0, Switches, func(l explore.Leaf) bool {
			leaves++
			if l.Outcome != event.Defended && l.Outcome != event.NotApplicable && uncontrolled[s.Profile] == "" {
				t.Errorf("%s %s, %s: %s", s.Profile, s.Token, l.On, l.Outcome)
				return false
			}
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d leaves", leaves)
}

// uncontrolled are servers that are attacked without any route, and why.
var uncontrolled = map[string]string{
	"flask-seed": "whoever logs in without a cookie gets the same constant id: Mallory's own login is enough",
}

// BenchmarkPlay is a silent run of signed-id over a sibling, and what its
// signatures alone cost when each is made anew; a Player makes each once.
func BenchmarkPlay(b *testing.B) {
	s, err := Get(Open)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("run", func(b *testing.B) {
		p := player(b, s)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.Play(0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("signatures", func(b *testing.B) {
		profile, _ := server.ByID(s.Profile)
		signer := profile.Signer(nil, []string{"secret"})
		var signs, unsigns []string
		for _, f := range run(b, s, 0).Frames {
			for _, e := range f.Events {
				switch {
				case e.Kind == event.Sign:
					id, _, _ := strings.Cut(e.Value, ".")
					signs = append(signs, id)
				case e.Kind == event.Unsign && e.Value != "":
					unsigns = append(unsigns, e.Value)
				}
			}
		}
		for b.Loop() {
			for _, id := range signs {
				signer.Sign(id)
			}
			for _, text := range unsigns {
				signer.Unsign(text)
			}
		}
		b.ReportMetric(float64(len(signs)+len(unsigns)), "HMACs")
	})
}

// BenchmarkSpace explores every profile over every route from every source.
func BenchmarkSpace(b *testing.B) {
	all := ways(b)
	sets, runs := 0, 0
	for b.Loop() {
		sets, runs = 0, 0
		p := player(b, all[0])
		for _, s := range all {
			var err error
			if p, err = p.Next(s); err != nil {
				b.Fatal(err)
			}
			err = p.Explore(0, Switches, func(l explore.Leaf) bool {
				sets += l.Sets
				runs++
				return true
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(sets), "combinations")
	b.ReportMetric(float64(runs), "runs")
}

// less is how many samples are drawn: a tenth with -short, as in Node, where a
// run takes several times as long.
func less(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}
