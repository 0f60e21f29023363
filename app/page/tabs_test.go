package page

import (
	"reflect"
	"slices"
	"testing"
)

// A browser is what two tabs share.
type browser struct{ kept string }

// does has a tab take a message, and keeps what it writes.
func (b *browser) does(m Model, messages ...Msg) Model {
	for _, msg := range messages {
		var effects []Effect
		m, effects = m.Update(msg)
		for _, e := range effects {
			if s, is := e.(StoreProgress); is {
				b.kept = s.Over(b.kept)
			}
		}
	}
	return m
}

// tabs opens two links in one browser.
func tabs(first, second string) (b *browser, one, two Model) {
	one, _ = Start(first, Settings{Day: "2026-01-31"})
	two, _ = Start(second, Settings{Day: "2026-01-30"})
	return &browser{}, one, two
}

// What two tabs do is kept, whether or not one has heard of the other.
func TestTwoTabs(t *testing.T) {
	const first, second = "signed-is-not-yours", "which-moment"
	b, one, two := tabs("learn/"+first, "learn/"+second)
	one = b.does(one, PickOption(1), Commit(true), PickFramework("flask"))
	two = b.does(two, PickOption(2), Commit(false), PickFramework("django-db")) // has not heard
	one = b.does(one, ToStep(len(one.Learn.Trace.Frames)))
	kept, err := ParseProgress(b.kept)
	if err != nil {
		t.Fatal(err)
	}
	if a, z := kept.Lessons[first], kept.Lessons[second]; len(a.Bets) != 1 || !a.Bets[0].Sure || !reflect.DeepEqual(a.Seen, []int{0}) || len(z.Bets) != 1 || kept.Day != "2026-01-31" {
		t.Errorf("kept is %s", kept)
	}
	for range 2 {
		one, two = b.does(one, Elsewhere(b.kept)), b.does(two, Elsewhere(b.kept))
	}
	if one.Learn.Progress.String() != b.kept || two.Learn.Progress.String() != b.kept {
		t.Errorf("the tabs have\n%s\n%s, kept is\n%s", one.Learn.Progress, two.Learn.Progress, b.kept)
	}
	if one.Fragment() != "learn/"+first+"/act/6" || two.Fragment() != "learn/"+second+"/act" || one.Notice+two.Notice != "" {
		t.Errorf("they are at %s and %s: %s%s", one.Fragment(), two.Fragment(), one.Notice, two.Notice)
	}
	if m, effects := one.Update(Elsewhere(b.kept)); len(effects) > 0 || m.Learn.Progress.String() != b.kept {
		t.Errorf("what is known already has the browser do %v", effects)
	}
	// The bet that was made last is kept.
	one, two = b.does(one, Follow("learn/"+first), PickOption(2), Commit(false)), b.does(two, Elsewhere(b.kept))
	if want := (Made{Option: "No"}); two.Learn.Progress.Lessons[first].Bets[0] != want {
		t.Errorf("the bet is %+v, want %+v", two.Learn.Progress.Lessons[first].Bets[0], want)
	}
}

// What one tab forgets, or replaces by a file, no other tab brings back; both go on
// from there.
func TestForgottenElsewhere(t *testing.T) {
	const first, second = "signed-is-not-yours", "which-moment"
	file := progressOf("Yes")
	for name, messages := range map[string][]Msg{"forgets": {Forget{}, Forget{}}, "loads a file": {Uploaded(file)}} {
		b, one, two := tabs("learn/"+first, "learn/"+second)
		one, two = b.does(one, PickOption(1), Commit(true)), b.does(two, PickOption(2), Commit(false))
		one, two = b.does(one, Elsewhere(b.kept)), b.does(two, Elsewhere(b.kept))
		one = b.does(one, messages...)
		now := b.kept
		unheard := b.does(two, ToStep(len(two.Learn.Trace.Frames)))
		if b.kept != now || one.Learn.Progress.String() != now {
			t.Errorf("one %s, and what the other does keeps\n%s", name, b.kept)
		}
		for _, late := range []Model{two, unheard} {
			m, effects := late.Update(Elsewhere(b.kept))
			if m.Learn.Progress.String() != now || m.Learn.Stage != 0 || m.Notice == "" || !slices.Contains(effects, Effect(Visit{"learn/" + second, true})) {
				t.Errorf("one %s; the other is at %s with %s: %s %v", name, m.Fragment(), m.Learn.Progress, m.Notice, effects)
			}
			m = b.does(m, PickOption(1), Commit(true))
			if one := b.does(one, Elsewhere(b.kept)); one.Learn.Progress.Lessons[second].Bets[0].Sure != true || one.Learn.Progress.String() != m.Learn.Progress.String() {
				t.Errorf("one %s; then it has %s", name, one.Learn.Progress)
			}
			b.kept = now
		}
	}
}

// What another tab wrote and nobody can read changes nothing, and is put aside.
func TestUnreadableElsewhere(t *testing.T) {
	m := begin(t, "").then(PickOption(1), Commit(true))
	was := m.Learn.Progress.String()
	for kept, aside := range map[string][]Effect{"": nil, "{": {Store{ProgressSetting + "/unread", "{"}}} {
		after, effects := m.Update(Elsewhere(kept))
		if !reflect.DeepEqual(effects, aside) || after.Learn.Progress.String() != was || StoreProgress(was).Over(kept) != was {
			t.Errorf("%q: %v, %s", kept, effects, after.Learn.Progress)
		}
	}
}

// A model that has never shown the course takes its progress over as well.
func TestElsewhereBesideTheCourse(t *testing.T) {
	m := ParseFragment("1/signed-id-toss/none/3").then(Elsewhere(`{"version": 1, "resets": 1}`), Elsewhere(progressOf("Yes")))
	if m.Learn.Progress.Resets != 1 || len(m.Learn.Progress.Lessons) != 0 || m.Fragment() != "1/signed-id-toss/none/3" {
		t.Errorf("it is at %s with %s", m.Fragment(), m.Learn.Progress)
	}
}
