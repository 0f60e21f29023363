package class

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/goal"
	"fixlab/lab/script"
)

// bare returns how many characters a code has but for the blanks.
func bare(code string) int { return len(strings.ReplaceAll(code, " ", "")) }

// TestLength says how long codes are, but for the blanks between groups.
func TestLength(t *testing.T) {
	w := worked(t, "Amira", classLink)
	if n := bare(Make(w, classLink)); n > 170 {
		t.Errorf("everything, by the worked solutions: %d characters", n)
	}
	none := w
	none.Name, none.Goals = strings.Repeat("ä", 20), maps.Clone(w.Goals)
	for _, x := range course().goals {
		g := none.Goals[x.id]
		g.Hints, g.Tries = 3, 9
		if x.goal().May.Kind == script.MayScript {
			g = Goal{Tries: 9, Hints: 3}
		}
		none.Goals[x.id] = g
	}
	if n := bare(Make(none, classLink)); n > 150 {
		t.Errorf("everything but scripts, nine tries and all hints each: %d characters", n)
	}
	codes, _ := thirty(t, classLink)
	all := 0
	for _, c := range codes {
		all += bare(c)
	}
	if n := all / len(codes); n > 280 {
		t.Errorf("everything, by scripts of one's own: %d characters", n)
	}
	if n := bare(Make(Work{}, Link{})); n > 60 {
		t.Errorf("nothing: %d characters", n)
	}
}

// TestRoundTrip: a code says what was put into it.
func TestRoundTrip(t *testing.T) {
	_, all := thirty(t, classLink)
	all = append(all, Work{Name: "Ö", Day: "2026-01-31"}, worked(t, "Nobody’s", Link{}))
	for _, w := range all {
		for _, l := range []Link{classLink, {}} {
			f := Find(Make(w, l))
			if len(f) != 1 || !f[0].sound() {
				t.Fatalf("%q is not found", Make(w, l))
			}
			payload, _ := decoded(f[0].payload)
			got, err := unpack(payload)
			if err != nil {
				t.Fatal(err)
			}
			want := w
			if want.Goals == nil {
				want.Goals, want.Bets = map[string]Goal{}, map[string][]Bet{}
			}
			if !reflect.DeepEqual(sorted(got), sorted(want)) {
				t.Errorf("%+v\ncomes back as\n%+v", want, got)
			}
		}
	}
}

// sorted returns w with sessions in the order that a code has them in.
func sorted(w Work) Work {
	w.Goals = maps.Clone(w.Goals)
	for id, g := range w.Goals {
		g.Win.Revoked = slices.Clone(g.Win.Revoked)
		slices.Sort(g.Win.Revoked)
		w.Goals[id] = g
	}
	return w
}

// TestNotKept: what a code has no room or no way for is claimed and no more, and the rest is
// as it was.
func TestNotKept(t *testing.T) {
	w := worked(t, "Amira", classLink)
	long := ownScript("make-it-happen", 1)
	for id, win := range map[string]Win{
		"make-it-happen":      {Script: long + strings.Repeat("# And a long comment.\n", 600)},
		"get-in-anyway":       {Script: "a\x00b"},
		"one-switch":          {},
		"point-at-the-cause":  {Points: []int{1}},
		"fix-it":              {Patch: "Z"},
		"ten-minute-incident": {Seed: "a long seed of before", Revoked: []string{"s1"}},
		"nothing-to-rotate":   {Claims: []goal.Claimed{{Row: "none"}, {}, {}, {}}},
	} {
		w.Goals[id] = Goal{Solved: true, Hints: 1, Tries: 2, Win: win}
	}
	w.Goals["step-up"] = Goal{Solved: true, Hints: 9, Tries: 100000, Win: w.Goals["step-up"].Win}
	w.Bets["which-moment"] = []Bet{{"An option of before", true}}
	e := one(t, Make(w, classLink), classLink)
	if e.State != Fine {
		t.Fatal(e.State)
	}
	claimed := 0
	for _, r := range e.Results {
		switch {
		case r.Status == Claimed && r.Goal.Hints == 1 && r.Goal.Tries == 2:
			claimed++
		case r.ID == "step-up" && (r.Goal.Hints != 3 || r.Goal.Tries != mostTries):
			t.Errorf("%+v", r.Goal)
		case r.Status != Won:
			t.Errorf("%s: %s", r.ID, r.Status)
		}
	}
	if made, _, _ := e.Predictions(); claimed != 7 || made != len(course().bets) || e.Bets["which-moment"][0] != (Bet{Option: Other}) {
		t.Errorf("%d claimed, %d bets made, %+v", claimed, made, e.Bets["which-moment"])
	}
}

func TestLearner(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "  Ben \n and\tLi ": "Ben and Li", "\u202eevil\x00": "evil", "a\xffb": "ab",
		strings.Repeat("ä", 13): strings.Repeat("ä", 12), "x" + strings.Repeat("ä", 12): "x" + strings.Repeat("ä", 11),
		strings.Repeat("n", 23) + " x": strings.Repeat("n", 23), "=cmd()": "=cmd()",
	} {
		if got := Learner(name); got != want || len(got) > LongestLearner {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestDay(t *testing.T) {
	for day, want := range map[string]string{"2026-11-25": "2026-11-25", "": "", "2019-12-31": "", "2026-02-30": "", "2300-01-01": "", "2100-01-01": ""} {
		if got := dayOf(dayNumber(day)); got != want && !(day == "2100-01-01" && got == day) {
			t.Errorf("%q: %q", day, got)
		}
	}
}

// TestContent: what a code can mean hangs on these texts and on the switches' bits. The
// name changes with any of them, and then older codes are of another version.
func TestContent(t *testing.T) {
	if Content() == "00000000" || len(course().goals) != 14 || len(course().bets) < 10 || defence.Set(1) != defence.Rotate {
		t.Errorf("%s, %d goals, %d bets", Content(), len(course().goals), len(course().bets))
	}
}

func FuzzSqueeze(f *testing.F) {
	f.Add("mallory get /\n", "alice get /")
	f.Add("", "\xff\xfe")
	f.Fuzz(func(t *testing.T, a, b string) {
		texts := []string{strings.ReplaceAll(a, "\x00", ""), strings.ReplaceAll(b, "\x00", "")}
		if len(a)+len(b)+1 > longestScripts {
			return
		}
		if back, err := unsqueeze(squeeze(texts), 2); err != nil || !slices.Equal(back, texts) {
			t.Fatalf("%q comes back as %q, %v", texts, back, err)
		}
	})
}

// FuzzUnpack reads payloads whose checksum and tag are right: who has the link can make any.
func FuzzUnpack(f *testing.F) {
	codes, _ := thirty(f, classLink)
	for _, c := range append(codes[:3], Make(Work{}, classLink)) {
		payload, _ := decoded(Find(c)[0].payload)
		f.Add(payload[headLength : len(payload)-sumLength])
	}
	shared := grounds{}
	read := func(text string) Evidence {
		r := NewReader(classLink)
		r.at = shared
		return r.Read(Find(text)[0]).All()[0]
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) == 0 || len(body) > longestPayload {
			return
		}
		e := read(forged(body, classLink))
		if e.State != Fine && e.State != Refused && e.State != Edited {
			t.Fatalf("%s", e.State)
		}
		if s := e.Score(); s < 0 || s > 100 {
			t.Fatalf("%d points", s)
		}
		if again := read(Make(e.Work, classLink)); e.Counted() && again.Score() != e.Score() {
			t.Fatalf("%d points, and %d when it is written again", e.Score(), again.Score())
		}
		CSV([]Evidence{e})
		XAPI([]Evidence{e})
	})
}

// forged returns a code of any body, as somebody could make it who has the link.
func forged(body []byte, l Link) string {
	k, c := l.key(), course().content
	payload := slices.Concat([]byte{0, 0}, c[:], k.id[:], body)
	n := len(payload) + sumLength
	payload[0], payload[1] = byte(n>>8), byte(n)
	payload = append(payload, checksum(payload)...)
	return written(payload, k.tag(payload))
}

// one reads a text that has one code.
func one(t testing.TB, text string, l Link) Evidence {
	t.Helper()
	all := Read(text, l)
	if len(all) != 1 {
		t.Fatalf("%d codes in %.200q", len(all), text)
	}
	return all[0]
}
