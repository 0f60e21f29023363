package goal

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

const challenge = `title: T
profile: signed-id
on: domain-cookie

mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
mallory get /profile

-- card --
goal: G.
minutes: 1
take: T.

-- goal --
say: S.
may: mallory get copy serve; alice get post; mallory@alice paste
tries: 2
need: ends hijacked
hint: 1
hint: 2
hint: 3

-- goal --
say: S.
may: switches
start: strict
suite: two
need: not ends hijacked, switches <= 2, script quiet: not ends hijacked
minimal: M.
hint: 1
hint: 2
hint: 3
solve: rotate

-- script quiet --
alice get /
`

func parsed(t *testing.T, text string) *script.Scenario {
	t.Helper()
	s, err := script.Parse("x", strings.Replace(text, "suite: two\n", "suite: @xss\n", 1))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ground plays on the lab itself, without setups; its one suite has one journey and one run.
func ground(s *script.Scenario) Ground {
	play := func(steps []script.Step, row string) (*lab.Trace, error) {
		on, _, err := script.ParseRow(row)
		if err != nil {
			return nil, err
		}
		played := *s
		if steps != nil {
			played.Steps = steps
		}
		return lab.Run(&played, on)
	}
	trip := func(steps []script.Step) func(on defence.Set) (*lab.Trace, error) {
		return func(on defence.Set) (*lab.Trace, error) { return play(steps, on.String()) }
	}
	return Ground{Challenge: s, Play: play, Suite: func(name string, steps []script.Step) ([]Trip, error) {
		costs, err := script.ParsePredicate("costs <= 0")
		return []Trip{{Name: name, Play: trip(steps)}, {Name: "journey", Need: costs, Play: trip(s.Course.ScriptOf("quiet"))}}, err
	}}
}

func TestGranted(t *testing.T) {
	s := parsed(t, challenge)
	at := ground(s)
	for _, test := range []struct {
		lines string
		on    defence.Set
		try   int
		want  []Part // those that do not hold: kind, frame and switches
	}{
		{"mallory get /\nmallory copy loot\nmallory@alice paste $cookie=$loot\nalice post /login user=alice password=correct-horse\nmallory get /profile", 0, 1, nil},
		{"mallory get /\nmallory copy loot\nmallory@alice paste $cookie=$loot\nalice post /login user=alice password=correct-horse\nmallory get /profile", 0, 3, []Part{{Kind: InTime, Frame: -1}}},
		{"mallory get /\nmallory@alice copy loot\nmallory paste x=y\nalice get /", 0, 2, []Part{{Kind: Granted, Frame: 1}, {Kind: Granted, Frame: 2}, {Kind: Needed, Frame: 3}}},
		{"", defence.HTTPOnly, 2, []Part{{Kind: Granted, Frame: -1, Off: defence.HTTPOnly}}},
		{"", 0, 2, nil},
		{"", defence.DomainCookie, 2, nil},
	} {
		a := Answer{On: test.on, Try: test.try}
		if test.lines != "" {
			a.Steps = parsed(t, "title: T\nprofile: signed-id\n\n"+test.lines).Steps
		}
		v, err := Judge(&s.Course.Goals[0], a, at)
		if err != nil {
			t.Fatal(err)
		}
		var got []Part
		for _, p := range v.Fails() {
			got = append(got, Part{Kind: p.Kind, Frame: p.Frame, Off: p.Off})
		}
		same := slices.EqualFunc(got, test.want, func(a, b Part) bool {
			return a.Kind == b.Kind && (a.Frame == b.Frame || a.Kind == Needed) && a.Off == b.Off
		})
		if !same || v.Wins() != (test.want == nil) {
			t.Errorf("%q: %+v, want %+v", test.lines, got, test.want)
		}
	}
}

// TestNeeded: the goal's terms are asked of its own run, of a script and of a suite, those
// about the answer once, and a journey has its own.
func TestNeeded(t *testing.T) {
	s := parsed(t, challenge)
	g, at := &s.Course.Goals[1], ground(s)
	v, err := Judge(g, Answer{On: defence.Rotate}, at)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range v {
		text := p.Suite + "/" + p.Run
		if p.Kind == Needed {
			text += " " + p.Term.String()
		}
		got = append(got, text)
	}
	want := []string{"/", "/ not ends hijacked", "/ switches <= 2", "/quiet script quiet: not ends hijacked", "@xss/@xss not ends hijacked", "@xss/journey costs <= 0", "/"}
	if !v.Wins() || !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	v, err = Judge(g, Answer{On: defence.Rotate | defence.Lax}, at)
	if last := v[len(v)-1]; err != nil || last.Kind != Minimal || last.Holds || last.Off != defence.Lax {
		t.Errorf("%+v, %v", last, err)
	}
	v, err = Judge(g, Answer{On: defence.Strict}, at)
	if err != nil || v.Wins() || len(v.Fails()) != 2 || v.Fails()[0].Trace.Verdict.Outcome != event.Hijacked || v.Fails()[0].Frame != v.Fails()[0].Trace.Verdict.Frame {
		t.Errorf("%+v, %v", v.Fails(), err)
	}
	if last := v[len(v)-1]; last.Kind == Minimal {
		t.Error("of an answer that does not win something can be left out")
	}
}

// TestErrors: what cannot be played or has no verdict is an error, and no answer that fails.
func TestErrors(t *testing.T) {
	s := parsed(t, challenge)
	at := ground(s)
	if _, err := Judge(&s.Course.Goals[0], Answer{Steps: []script.Step{}}, at); err != nil {
		t.Error("an empty script:", err)
	}
	broken := parsed(t, "title: T\nprofile: signed-id\n\nmallory get /$nothing\n").Steps
	if _, err := Judge(&s.Course.Goals[0], Answer{Steps: broken}, at); err == nil || !strings.Contains(err.Error(), `x.txt:4: unknown variable "$nothing"`) {
		t.Error(err)
	}
	if _, err := Try(&s.Course.Goals[0], script.Trial{Row: "rotten"}, at); err == nil {
		t.Error("a row that is none")
	}
	cut := at
	cut.Play = func([]script.Step, string) (*lab.Trace, error) { return &lab.Trace{Cut: "too much"}, nil }
	if _, err := Judge(&s.Course.Goals[0], Answer{}, cut); err == nil || err.Error() != "no verdict: too much" {
		t.Error(err)
	}
}

// TestTry: the worked solution wins; everything, and nothing, do not.
func TestTry(t *testing.T) {
	s := parsed(t, challenge)
	at := ground(s)
	for _, test := range []struct {
		goal  int
		trial script.Trial
		want  bool
	}{
		{1, script.Trial{Row: "rotate"}, true}, {1, script.Trial{Row: "flush"}, true}, {1, script.Trial{Row: "none"}, false}, {1, script.Trial{Row: script.Everything}, false},
		{0, script.Trial{Row: "none"}, true}, {0, script.Trial{Row: "rotate"}, false}, {0, script.Trial{From: "start", Row: script.Everything}, false},
	} {
		v, err := Try(&s.Course.Goals[test.goal], test.trial, at)
		if err != nil || v.Wins() != test.want {
			t.Errorf("goal %d, %s: %v, %v", test.goal, test.trial, v.Wins(), err)
		}
	}
	if all := Everything(); !all.Valid() || !all.Has(defence.Rotate|defence.HostHTTPPrefix|defence.SameSiteStrict) || all.Has(defence.KeepOldRecord) {
		t.Errorf("everything is %s", all)
	}
}
