package page

import (
	"strconv"

	"fixlab/lab/event"
)

// The ids of the course's elements that the focus goes to.
const (
	stopsID   = "stops"
	lessonsID = "lessons"
)

// DotID returns the id of the dot of a step, from 1.
func DotID(step int) string { return "dot-" + strconv.Itoa(step) }

// learnFocus returns the id of the element that the focus goes to after msg: the
// heading of another stage, the results when they are there, and the way on; "" leaves
// the focus where it is.
func (m Model) learnFocus(was Model, msg Msg) string {
	if m.Page != "learn" || was.Page != "learn" {
		return ""
	}
	l := m.Learn
	switch {
	case !l.sameStage(was.Learn):
		return headingID
	case was.Learn.Menu && !l.Menu:
		switch msg.(type) {
		case LessonsLeft:
			return ""
		case SameLesson: // not to the button: the key that followed the link would press it
			return headingID
		}
		return lessonsID
	case l.Stops != nil && was.Learn.Stops == nil:
		return stopsID
	case l.At().Kind != AtAct:
		return ""
	}
	if _, along := msg.(ToDot); along {
		return DotID(l.Step)
	}
	switch _, on := msg.(Onward); {
	case l.Step == was.Learn.Step:
		return ""
	case l.Ended():
		return verdictID
	case was.Learn.Ended(), on: // what had the focus is not there any more
		return l.wayOn()
	}
	if _, back := msg.(Backward); back {
		return "back"
	}
	return ""
}

// wayOn returns the id of the button that takes the next step: Mallory's are hers.
func (l Learn) wayOn() string {
	if l.Trace.Frames[l.Step].Step.Who == event.Mallory {
		return "act"
	}
	return "next"
}
