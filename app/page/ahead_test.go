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

// What is shown to a class is played bit by bit too: as the page comes up, by a link, and in
// the notes, which play no step of it twice.
func TestPresentedAhead(t *testing.T) {
	long := written(400, "signed-id", "rotate-secret+strict")
	played := empty(t).script(long)
	link := "present/" + played.LinkAt(2)
	same := func(how string, m Model) {
		t.Helper()
		p := m.Present
		if p.Run.Trace == nil || p.Run.Trace.Hash() != played.Trace.Hash() || len(p.Slides) != 400 || p.At != 2 || m.Fragment() != link && m.Page == PresentPage || m.Notice != "" || m.Run.ahead.trace != nil {
			t.Errorf("%s: %d slides, at %d, %s, told %q", how, len(p.Slides), p.At, m.Fragment(), m.Notice)
		}
	}
	kept := "id 7-7\nvotes signed-is-not-yours/bet 1 2\n"
	started, effects := Start(link, Settings{Present: kept, Tab: "1-1"})
	resume, waits := resumes(effects)
	if !waits || started.Page != PresentPage || started.Fragment() != link || len(started.Present.Slides) != 0 || started.Present.keeps() != kept {
		t.Fatalf("it does not wait: page %q, %s, %v", started.Page, started.Fragment(), effects)
	}
	for _, msg := range []Msg{Cue{Do: CueOn}, Heard("7-7 cue\non 0 0\n"), Heard("7-7 hello"), OpenNotes{}} {
		if m := started.then(msg); m.Page != PresentPage || len(m.Present.Slides) != 0 {
			t.Errorf("while it waits %v leads to %s", msg, m.Fragment())
		}
	}
	for _, key := range []string{"PageDown", "v", "p", "n", "b"} {
		if msg := Shortcut(started, Press{Key: key}); msg != nil {
			t.Errorf("while it waits %q is %v", key, msg)
		}
	}
	up, n := started.bits(t, resume)
	if same("as it comes up", up); n < 2 {
		t.Errorf("it is played in %d bits", n)
	}
	if elsewhere := started.then(Lead("learn")); elsewhere.Page != "learn" || len(elsewhere.then(resume).Present.Slides) != 0 {
		t.Errorf("the learner goes elsewhere, and %s is shown", elsewhere.then(resume).Fragment())
	}
	first, _ := Start("present", Settings{Tab: "7-7"})
	followed, n := first.bits(t, Follow(link))
	if same("by a link", followed); n < 2 {
		t.Errorf("it is played in %d bits", n)
	}
	if again := followed.then(Cue{Do: CueReveal}).then(Follow(link)); again.Present.Run.Trace != followed.Present.Run.Trace {
		t.Error("it is played twice")
	}
	notes, _ := Start("notes/7-7", Settings{Tab: "9-9"})
	told := string(followed.Present.tells().(Post))
	notes, n = notes.bits(t, Heard(told))
	if same("in the notes", notes); n < 2 {
		t.Errorf("it is played in %d bits", n)
	}
	next := followed.then(Cue{Do: CueOn})
	if on := notes.then(Heard(string(next.Present.tells().(Post)))); on.Present.At != 3 || on.Present.Run.Trace != notes.Present.Run.Trace {
		t.Errorf("the notes are at %d", on.Present.At)
	}
}
