package lab

import (
	"errors"
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/judge"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// hear returns a judge of t.
func hear(t *Trace) *judge.Judge {
	n := 0
	for i := range t.Frames {
		n += len(t.Frames[i].Events)
	}
	j := judge.New(n, len(t.Frames)-1, false)
	for i := range t.Frames {
		j.Hear(t.Frames[i].Events)
	}
	return j
}

// Run plays s under d. It is pure: equal arguments give equal traces. The
// error names the file and the line of a step that cannot be played. A run that
// comes to hold too much ends there: its trace is Cut.
func Run(s *script.Scenario, d defence.Set) (*Trace, error) {
	w, err := world.New(s, d)
	if err != nil {
		return nil, err
	}
	t := &Trace{Scenario: s, Defences: d}
	for i, step := range s.Steps {
		w.Events = nil
		err := w.Play(s, i)
		if _, limit := errors.AsType[world.Limit](err); err != nil && !limit {
			return nil, err
		}
		t.Frames = append(t.Frames, Frame{step, w.Events, w.Snapshot()})
		if err != nil {
			t.Cut = err.Error()
			break
		}
	}
	t.Cookie = w.CookieName()
	t.Keys, t.Asked, t.Vars = w.Keys, w.Asked(), w.Vars
	if t.Cut != "" {
		t.Verdict.Frame = len(t.Frames) - 1
		return t, nil
	}
	j := hear(t)
	t.Verdict = j.Settle(j.Verdict(), d, func(bare bool, without []int) (event.Outcome, error) {
		if bare {
			return outcome(s, 0, without)
		}
		return outcome(s, d, without)
	})
	return t, nil
}

// outcome plays s under d without some of its steps, and without a trace.
func outcome(s *script.Scenario, d defence.Set, without []int) (event.Outcome, error) {
	w, err := world.Silent(s, &world.Memo{})
	if err != nil {
		return "", err
	}
	w.Defences = d
	for i := range s.Steps {
		if slices.Contains(without, i) {
			w.Skip()
		} else if err := w.Play(s, i); err != nil {
			return "", err // what is left out was needed for the rest
		}
	}
	j := judge.New(len(w.Events), len(s.Steps)-1, true)
	j.Hear(w.Events)
	return j.Verdict().Outcome, nil
}
