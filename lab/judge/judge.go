// Package judge reads the events of a run: who won, at which gate, and why. It
// knows no scenario, and no sentence tells it anything.
package judge

import (
	"fmt"

	"fixlab/lab/event"
)

// A Judge looks for evidence in a run's events.
type Judge struct {
	events  []*event.Event
	facts   []*event.Event // those of them by which Mallory learned something
	origins []origin       // of what was signed or accepted
	end     int            // the index of the last frame
	silent  bool           // nobody will read the clauses
}

// New returns a Judge of a run whose last frame is end, with room for n events.
// A silent one gives no reasons.
func New(n, end int, silent bool) *Judge {
	return &Judge{events: make([]*event.Event, 0, n), end: end, silent: silent}
}

// Again forgets what j has heard; the next run's last frame is end.
func (j *Judge) Again(end int) {
	*j = Judge{events: j.events[:0], facts: j.facts[:0], origins: j.origins[:0], end: end, silent: j.silent}
}

// Hear adds events.
func (j *Judge) Hear(events []event.Event) {
	for i := range events {
		e := &events[i]
		j.events = append(j.events, e)
		switch e.Kind {
		case event.Learned:
			j.facts = append(j.facts, e)
		case event.Sign, event.Unsign:
			j.note(e)
		}
	}
}

// verdict begins one that e decided.
func (j *Judge) verdict(o event.Outcome, e *event.Event) event.Verdict {
	return event.Verdict{Outcome: o, Frame: e.Frame, Event: e.Seq}
}

// First returns the first event that fits.
func (j *Judge) First(fits func(*event.Event) bool) (*event.Event, bool) {
	for _, e := range j.events {
		if fits(e) {
			return e, true
		}
	}
	return nil, false
}

// Last returns the last event that fits.
func (j *Judge) Last(fits func(*event.Event) bool) (*event.Event, bool) {
	for i := len(j.events) - 1; i >= 0; i-- {
		if fits(j.events[i]) {
			return j.events[i], true
		}
	}
	return nil, false
}

// at stands for the whole step.
func (j *Judge) at(frame int) *event.Event { return &event.Event{Frame: frame} }

// because adds a clause.
func (j *Judge) because(v *event.Verdict, frame int, format string, args ...any) {
	if j.silent {
		return
	}
	v.Because = append(v.Because, event.Clause{Text: fmt.Sprintf(format, args...), Frame: frame})
}

// stop ends the verdict at the gate that failed, with its evidence.
func (j *Judge) stop(v event.Verdict, g event.Gate, e *event.Event, text string) event.Verdict {
	v.Gate, v.Frame, v.Event = g, e.Frame, e.Seq
	j.because(&v, e.Frame, "%s", text)
	return v
}

// Verdict returns the verdict on what j has heard.
func (j *Judge) Verdict() event.Verdict {
	var worst event.Verdict
	for _, found := range []func() (event.Verdict, bool){j.hijacked, j.forged, j.trapped, j.poisoned, j.zombie, j.broken} {
		v, ok := found()
		switch {
		case !ok:
		case worst.Outcome == "":
			worst = v
		default:
			worst.Also = append(worst.Also, v.Outcome)
		}
	}
	if worst.Outcome == "" {
		return j.defended()
	}
	return worst
}
