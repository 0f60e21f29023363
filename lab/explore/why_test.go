package explore

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// toss is the plainest attack: a key that the server issued, planted by a sibling.
const toss = "title: T\nprofile: signed-id\n\nmallory get /\nmallory copy loot\nmallory let idle=nothing\n" +
	"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/login; Secure\nalice get https://blog.shop.example/\n" +
	"alice post /login user=alice password=correct-horse\nalice get /profile\nmallory get /basket\nmallory get /profile\n"

func playerOf(t *testing.T, text string) *Player {
	t.Helper()
	s, err := script.Parse("x", text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPlayer(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parsed(t *testing.T, text string) defence.Set {
	t.Helper()
	d, err := defence.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestChanges(t *testing.T) {
	p := playerOf(t, toss)
	over := parsed(t, "rotate+flush+strict+host-prefix+httponly+bind-device+keep-old-record") | defence.SecurePrefix
	sp, err := p.Space(0, over)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ on, want string }{
		{"none", "rotate flush host-prefix bind-device"},
		{"strict+httponly", "rotate flush host-prefix bind-device"},
		{"rotate", "rotate keep-old-record"},
		{"rotate+flush", "rotate+flush flush+keep-old-record"}, // each of the two alone would do
		{"rotate+host-prefix", "rotate+secure-prefix rotate+host-prefix host-prefix+keep-old-record secure-prefix+keep-old-record"},
	} {
		d := parsed(t, test.on)
		now, _ := sp.Leaf(d)
		var got []string
		for _, c := range sp.Changes(d) {
			got = append(got, c.Throw.String())
			thrown := d
			for _, info := range defence.All {
				if c.Throw.Has(info.Set) {
					thrown = thrown.Flip(info.Set)
				}
			}
			r, err := p.Play(thrown)
			if err != nil || r.Outcome == now.Outcome || r.Outcome != c.To.Outcome {
				t.Errorf("%s, thrown %s: %s, %v, want %s", test.on, c.Throw, r.Outcome, err, c.To.Outcome)
			}
		}
		slices.Sort(got)
		want := strings.Fields(test.want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: changes by %v, want %v", test.on, got, want)
		}
	}
	if sp.Changes(defence.Lax) != nil {
		t.Error("changes of a set that was not explored")
	}
}

func TestStops(t *testing.T) {
	over := parsed(t, "rotate+flush+strict+host-prefix+httponly+bind-device+keep-old-record")
	other := strings.Replace(toss, "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/login; Secure\nalice get https://blog.shop.example/", "mallory@alice paste $cookie=$loot", 1)
	var spaces []*Space
	for _, text := range []string{toss, other} {
		sp, err := playerOf(t, text).Space(0, over)
		if err != nil {
			t.Fatal(err)
		}
		spaces = append(spaces, sp)
	}
	bad := func(r *Result) bool { return r.Outcome.Hijack() }
	for _, test := range []struct {
		spaces []*Space
		want   string
	}{
		{spaces, "rotate flush bind-device"},
		{spaces[:1], "rotate flush host-prefix bind-device"},
	} {
		found, err := Stops(test.spaces, bad)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range found {
			if !s.Works {
				t.Errorf("%s breaks alice", s.On)
			}
			got = append(got, s.On.String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("stopped by %v, want %s", got, test.want)
		}
	}
	for on, want := range map[string]int{"rotate": 2, "host-prefix": 1, "strict": 0, "keep-old-record": 0} {
		if n, of := Credit(spaces, parsed(t, on), bad); n != want || of != 2 {
			t.Errorf("%s stops %d of %d, want %d of 2", on, n, of, want)
		}
	}
	wide, _ := playerOf(t, toss).Space(0, over|defence.Lax)
	if _, err := Stops([]*Space{spaces[0], wide}, bad); err == nil {
		t.Error("spaces over different switches are taken")
	}
}

func TestNeeded(t *testing.T) {
	p := playerOf(t, toss)
	for _, test := range []struct {
		on   string
		want []int
	}{
		{"none", []int{0, 1, 3, 8}}, // not the idle let, not the look at the basket
		{"strict", []int{0, 1, 3, 8}},
	} {
		got, err := p.Needed(parsed(t, test.on))
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: needed %v, %v, want %v", test.on, got, err, test.want)
		}
	}
	if r, err := p.Play(0); err != nil || r.Outcome != event.Hijacked {
		t.Errorf("afterwards: %+v, %v", r, err)
	}
}

// TestExploreStops: a yield that has enough ends it, and so does a bad step.
func TestExploreStops(t *testing.T) {
	p := playerOf(t, toss)
	n := 0
	if err := p.Explore(0, defence.Rotate|defence.Flush, func(Leaf) bool { n++; return n < 2 }); err != nil || n != 2 {
		t.Errorf("%d leaves after a stop at 2, %v", n, err)
	}
	broken := playerOf(t, strings.Replace(toss, "mallory copy loot\n", "", 1))
	err := broken.Explore(0, defence.Rotate, func(Leaf) bool { return true })
	if _, want := lab.Run(broken.s, 0); err == nil || err.Error() != want.Error() {
		t.Errorf("got %v, want %v", err, want)
	}
}

// TestExploreLooksBack: whether anybody looks at an attribute can hang on a
// switch that is asked after the cookie was made. Here only a fallback secret
// keeps alice logged in, and only then is there a token to write over her cookie.
func TestExploreLooksBack(t *testing.T) {
	p := playerOf(t, "title: T\nprofile: signed-id\n\nalice get /\nalice post /login user=alice password=correct-horse\nalice get /transfer\nserver deploy\nalice get /transfer\n"+
		"mallory@alice read v token\nmallory@alice script $cookie=$v; Path=/\nalice get /profile\n")
	base := defence.RotateSecret
	over := defence.SecretFallback | defence.HTTPOnly | defence.OriginCheck | defence.Rotate
	sp, err := p.Space(base, over)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		on   defence.Set
		want event.Outcome
	}{
		{0, event.Broken},
		{defence.HTTPOnly, event.Broken},
		{defence.SecretFallback, event.Broken},
		{defence.SecretFallback | defence.HTTPOnly, event.Defended},
		{defence.Rotate | defence.SecretFallback, event.Broken},
		{defence.Rotate | defence.SecretFallback | defence.HTTPOnly, event.Defended},
	} {
		l, ok := sp.Leaf(base | test.on)
		tr, err := lab.Run(p.s, base|test.on)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if tr.Verdict.Outcome != test.want || l.Outcome != test.want {
			t.Errorf("%s: leaf %s, run %s, want %s", test.on, l.Outcome, tr.Verdict.Outcome, test.want)
		}
	}
	if len(sp.Leaves) != 6 {
		t.Errorf("%d leaves, want 6: without the fallback nobody looks", len(sp.Leaves))
	}
}

// TestExploreBranchesApart: a branch that goes back to an early switch leaves
// what others have saved as it was. Here it is the prefix, which matters only
// where a Domain cookie is stored.
func TestExploreBranchesApart(t *testing.T) {
	p := playerOf(t, "title: T\nprofile: express-passport-0.7-keep\nbrowser: tomorrow\n\nmallory let loot=chosen\nmallory@alice paste $cookie=$loot\n"+
		"alice post /basket item=cup\nalice post /login user=alice password=correct-horse\nalice get /\nmallory paste $cookie=$loot\n")
	leaves := 0
	err := p.Explore(0, defence.Lazy|defence.BareKey|defence.DomainCookie|defence.HostPrefix|defence.BindAddress, func(l Leaf) bool {
		leaves++
		tr, err := lab.Run(p.s, l.On)
		if err != nil {
			t.Fatal(err)
		}
		if v := tr.Verdict; v.Outcome != l.Outcome || v.Gate != l.Gate || v.Frame != l.Frame {
			t.Errorf("%s: leaf %s at %s, run %s at %s", l.On, l.Outcome, l.Gate, v.Outcome, v.Gate)
		}
		return true
	})
	if err != nil || leaves < 8 {
		t.Errorf("%d leaves, %v", leaves, err)
	}
}
