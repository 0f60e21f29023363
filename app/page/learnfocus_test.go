package page

import "testing"

// focus returns the id of what gets the focus last after msg, "" for nothing.
func (m Model) focus(msg Msg) (Model, string) {
	id := ""
	next, effects := m.Update(msg)
	for _, e := range effects {
		if f, is := e.(Focus); is {
			id = f.ID
		}
	}
	return next, id
}

// Where the focus goes, when what had it is not there any more.
func TestLearnFocus(t *testing.T) {
	m := begin(t, "learn/signed-is-not-yours/act")
	last := len(m.Learn.Trace.Frames)
	step := func(msg Msg, want string) {
		t.Helper()
		var id string
		if m, id = m.focus(msg); id != want {
			t.Errorf("%T %v: the focus goes to %q, want %q", msg, msg, id, want)
		}
	}
	step(Onward{}, "act")
	step(ToDot(last-1), DotID(last-1))
	step(ToDot(0), DotID(1))
	step(ToDot(last), DotID(last))
	step(ToDot(last+1), DotID(last))
	step(ToStep(0), m.Learn.firstWayOn()) // Again
	step(ToStep(last), verdictID)
	step(ToStep(2), "act") // a dot, from the result
	step(Backward{}, "back")
	step(Lessons(true), "")
	step(Escape{}, lessonsID)
	if m.Learn.Menu {
		t.Error("Escape leaves the list of lessons open")
	}
	step(Lessons(true), "")
	step(Lessons(false), lessonsID)
	step(Lessons(true), "")
	step(SameLesson{}, headingID)
	step(Lessons(true), "")
	step(Follow("learn/which-moment"), headingID)

	m = begin(t, "")
	for m = m.then(PickOption(1), Commit(true)); m.Learn.At().Kind != AtStop; {
		m = m.then(Onward{})
	}
	step(PickOption(2), "")
	step(Onward{}, stopsID)
	step(Onward{}, headingID)
}

// firstWayOn is the way on from the first step.
func (l Learn) firstWayOn() string { l.Step = 0; return l.wayOn() }
