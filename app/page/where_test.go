package page

import (
	"strings"
	"testing"
)

// A learner says at a step that it decides, takes it back, and says it at another one;
// before the first step and after the last there is nothing to point at. What was said
// is kept, and does not end the run.
func TestHereDecided(t *testing.T) {
	m := begin(t, "").then(PickOption(1), Commit(true))
	name := m.Learn.Lesson.Name
	at := func() int { return m.Learn.Progress.Lessons[name].Bets[0].Where }
	if m = m.then(HereDecided(true)); at() != 0 {
		t.Errorf("before the first step, kept is step %d", at())
	}
	if m = m.then(Onward{}, Onward{}, HereDecided(true)); at() != 2 || m.Learn.Step != 2 {
		t.Errorf("kept is step %d, shown is %d", at(), m.Learn.Step)
	}
	if m = m.then(HereDecided(false)); at() != 0 {
		t.Errorf("taken back, kept is step %d", at())
	}
	m = m.then(Onward{}, HereDecided(true))
	if again := reloaded(m); again.Learn.Made(0).Where != 3 {
		t.Errorf("opened again, kept is step %d", again.Learn.Made(0).Where)
	}
	if m = m.then(ToStep(len(m.Learn.Trace.Frames)), HereDecided(true)); at() != 3 {
		t.Errorf("after the last step, kept is step %d", at())
	}
	if m = m.then(Onward{}, HereDecided(false)); at() != 3 || m.Learn.At().Kind != AtAsk {
		t.Errorf("at the question, kept is step %d", at())
	}
}

// The first three lessons are decided by the login that succeeds.
func TestDecides(t *testing.T) {
	for _, s := range Course()[:3] {
		n := Decides(s, s.Course.Bets[0])
		if n == 0 {
			t.Errorf("%s has nothing to point at", s.Name)
			continue
		}
		if step := played(s, "none").Frames[n-1].Step.String(); !strings.HasPrefix(step, "alice post /login") || strings.Contains(step, "wrong") {
			t.Errorf("%s is decided at %q", s.Name, step)
		}
	}
}
