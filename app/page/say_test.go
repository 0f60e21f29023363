package page

import (
	"testing"
)

// The live region says the newest, and nothing before its time.
func TestSpeak(t *testing.T) {
	m, _ := Start("1/signed-id-toss/none/3", Settings{})
	m = m.then(By(1), By(1))
	if m = m.then(Speak{1, "old"}); m.Live != "" {
		t.Errorf("it says %q", m.Live)
	}
	if m = m.then(Speak{2, "new"}); m.Live != "new" {
		t.Errorf("it says %q, want new", m.Live)
	}
	if m = m.then(By(1)); m.Live != "" {
		t.Errorf("it still says %q", m.Live)
	}
	m, _ = Start("explore/scs/own/alone/none", Settings{})
	m = m.then(ExploreStop{}, Speak{1, "Cancelled."})
	if m = m.then(ExploreStart{}); m.Live != "" {
		t.Errorf("it says %q of what goes on", m.Live)
	}
}

// While the thumb moves, what is said in between is no act of its own.
func TestSpeakInBetween(t *testing.T) {
	m, _ := Start("1/signed-id-toss/none/3", Settings{})
	m = m.then(Drag(3), Speak{1, "x"})
	if next, effects := m.Update(Drag(4)); visited(t, next, effects) != replace {
		t.Error("one drag makes two entries in the history")
	}
}
