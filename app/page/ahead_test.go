package page

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/text"
)

// bits updates m by msg, and by what goes on with it, and returns how many bits were played
// before it was answered.
func (m Model) bits(t *testing.T, msg Msg) (Model, int) {
	t.Helper()
	for n := range 1000 {
		next, effects := m.Update(msg)
		m = next
		resume, waits := resumes(effects)
		if !waits {
			return m, n
		}
		if m.Run.ahead.done || len(effects) != 1 {
			t.Fatalf("it waits for %+v", effects)
		}
		msg = resume
	}
	t.Fatal("it comes to no end")
	return m, 0
}

func resumes(effects []Effect) (r Resume, ok bool) {
	for _, e := range effects {
		if after, is := e.(After); is {
			if r, ok = after.Msg.(Resume); ok {
				return r, true
			}
		}
	}
	return r, false
}

// A long script is played bit by bit, and what is shown then is what is shown when it is
// played at once.
func TestPlayedAhead(t *testing.T) {
	long := written(400, "signed-id", "rotate-secret+strict")
	begun := empty(t)
	want := begun.script(long)
	same := func(how string, m Model) {
		t.Helper()
		if m.Trace.Hash() != want.Trace.Hash() || m.Scenario.Text != long || m.Step != 399 || m.Notice != "" || m.Page != "" || m.Run.ahead.trace != nil {
			t.Errorf("%s: %d steps, at %d, page %q, %q", how, len(m.Scenario.Steps), m.Step, m.Page, m.Notice)
		}
	}
	typed := begun.then(Edit{Text: long})
	rested, n := typed.bits(t, EditRests(0))
	if same("typed", rested); n < 3 {
		t.Errorf("it is played in %d bits", n)
	}
	offered := begun.then(Opened(long))
	played, n := offered.bits(t, PlayOffer{})
	if same("offered", played); n < 3 {
		t.Errorf("it is played in %d bits", n)
	}
	lesson := played.then(Follow("1/signed-id-toss/none/3"))
	back, n := lesson.bits(t, Follow(played.Fragment()))
	if same("by its link", back); n < 3 {
		t.Errorf("it is played in %d bits", n)
	}
	if _, n := rested.bits(t, Follow(rested.LinkAt(10))); n > 0 {
		t.Error("another step of it is waited for")
	}
	if acted, n := want.then(TakeBack{}).bits(t, Act{"mallory get /"}); n > 0 || len(acted.Scenario.Steps) != 400 {
		t.Error("an act is waited for")
	}

	// What cannot be played says so at its line, and the page stays as it is.
	const bad = "alice get $away"
	lines := strings.Split(written(300, "signed-id", ""), "\n")
	at := len(lines) - 20
	wrong := strings.Join(slices.Insert(lines, at, "alice let away=https://nowhere.example/", bad), "\n")
	refused, _ := begun.then(Edit{Text: wrong}).bits(t, EditRests(0))
	if f := refused.Hand.Faults; len(f) != 1 || f[0].Line != at+2 || len(refused.Scenario.Steps) != 0 {
		t.Errorf("%+v, want one at line %d", f, at+2)
	}

	// Whoever does something else meanwhile no longer waits for it.
	waiting, effects := offered.Update(PlayOffer{})
	resume, ok := resumes(effects)
	if !ok || waiting.Notice == "" || waiting.Page != ScriptPage {
		t.Fatalf("%+v, %q", effects, waiting.Notice)
	}
	if m := waiting.then(Speak{}); m.Run.ahead.trace == nil {
		t.Error("what nobody did ends it")
	}
	elsewhere := waiting.then(Follow("1/signed-id-toss/none/3"))
	if m, effects := elsewhere.Update(resume); len(effects) > 0 || m.Fragment() != elsewhere.Fragment() || m.Run.ahead.trace != nil || m.Notice != "" {
		t.Errorf("it is played all the same: %s, %q", m.Fragment(), m.Notice)
	}
	// What shows nothing else does not end the waiting.
	if m, n := waiting.then(SitDown(true), OpenMenu(HabitMenu)).bits(t, resume); m.Trace.Hash() != want.Trace.Hash() || n < 2 || m.Notice != "" {
		t.Errorf("after %d bits: %s", n, m.Notice)
	}
	// An act plays what was typed first.
	half, effects := typed.Update(EditRests(0))
	if _, ok := resumes(effects); !ok || !half.Hand.Drafting {
		t.Fatal("what was typed is not waited for")
	}
	if acted := half.then(OpenMenu(HabitMenu), Act{"mallory get /"}); acted.Hand.Drafting || acted.Notice == text.T("hand.mend-first") {
		t.Errorf("an act meanwhile: %s", acted.Notice)
	}
	if refused.Run.ahead.trace != nil {
		t.Error("the remains of what was refused are kept")
	}
}
