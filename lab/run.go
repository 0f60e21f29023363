package lab

import (
	"errors"
	"sync"

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

// memos are kept for the next run while memory lasts: most of two runs of a lesson is the
// same.
var memos = sync.Pool{New: func() any { return new(world.Memo) }}

// Run plays s under d and the switches of the lesson's own server. It is pure: equal
// arguments give equal traces. The error names the file and the line of a step that
// cannot be played. A run that comes to hold too much ends there: its trace is Cut.
func Run(s *script.Scenario, d defence.Set) (*Trace, error) {
	d &^= s.Fixed()
	memo := memos.Get().(*world.Memo)
	defer memos.Put(memo)
	w, err := world.New(s, d, memo)
	if err != nil {
		return nil, err
	}
	t := &Trace{Scenario: s, Defences: d}
	if len(s.Steps) == 0 {
		t.Cookie, t.Verdict.Outcome = w.CookieName(), event.NoAttack
		return t, nil
	}
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
	o := others{s, memo}
	j := hear(t)
	t.Verdict = j.Settle(j.Verdict(), d, o.outcome)
	t.Verdict.Without = o.without(t)
	return t, nil
}
