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
	steps := make([][]event.Event, len(t.Frames))
	for i := range t.Frames {
		steps[i] = t.Frames[i].Events
	}
	return hearing(steps)
}

// hearing returns a judge of what happened step by step.
func hearing(steps [][]event.Event) *judge.Judge {
	n := 0
	for _, events := range steps {
		n += len(events)
	}
	j := judge.New(n, len(steps)-1, false)
	for _, events := range steps {
		j.Hear(events)
	}
	return j
}

// memos are kept for the next run while memory lasts: most of two runs of a lesson is the
// same.
var memos = sync.Pool{New: func() any { return new(world.Memo) }}

// Run plays s under d and the switches of the lesson's own server. It is pure: equal
// arguments give equal traces. The error names the file and the line of a step that
// cannot be played. A run that comes to hold too much ends there: its trace is Cut.
func Run(s *script.Scenario, d defence.Set) (*Trace, error) { return run(s, d, nil, nil) }

// RunOn returns what Run does. Where s begins with steps that was, which may be nil, has
// played under the same switches, it plays only those that come after them.
func RunOn(was *Trace, s *script.Scenario, d defence.Set) (*Trace, error) {
	var reels map[kin]*reel
	if was != nil {
		reels = was.reels
	}
	return run(s, d, reels, map[kin]*reel{})
}

func run(s *script.Scenario, d defence.Set, was, keep map[kin]*reel) (*Trace, error) {
	d &^= s.Fixed()
	memo := memos.Get().(*world.Memo)
	defer memos.Put(memo)
	o := &studio{s, memo, was, keep}
	r, err := o.play(take{on: d})
	if _, limit := errors.AsType[world.Limit](err); err != nil && !limit {
		return nil, err
	}
	t := &Trace{Scenario: s, Defences: d, Cookie: r.end.cookie, reels: keep}
	if len(s.Steps) == 0 {
		t.Verdict.Outcome = event.NoAttack
		return t, nil
	}
	for i, events := range r.events {
		t.Frames = append(t.Frames, Frame{s.Steps[i], events, r.states[i]})
	}
	t.Keys, t.Asked, t.Vars = r.end.keys, r.end.asked, r.end.vars
	if err != nil {
		t.Cut = err.Error()
		t.Verdict.Frame = len(t.Frames) - 1
		return t, nil
	}
	j := hear(t)
	t.Verdict = j.Settle(j.Verdict(), d, o.outcome)
	t.Verdict.Without = o.without(t)
	return t, nil
}
