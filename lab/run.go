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
func Run(s *script.Scenario, d defence.Set) (*Trace, error) { return (&studio{s: s}).run(d) }

// RunOn returns what Run does. Where s begins with steps that was, which may be nil, has
// played under the same switches, it plays only those that come after them.
func RunOn(was *Trace, s *script.Scenario, d defence.Set) (*Trace, error) {
	t, _, err := goOn(was, s, d, 0)
	return t, err
}

// RunSome does what RunOn does, but rests once it has played at least so many events. It is
// done when the trace is that of RunOn; else that is good for nothing but to go on from.
func RunSome(was *Trace, s *script.Scenario, d defence.Set, events int) (t *Trace, done bool, err error) {
	return goOn(was, s, d, events)
}

func goOn(was *Trace, s *script.Scenario, d defence.Set, events int) (*Trace, bool, error) {
	o := &studio{s: s, keep: map[kin]*reel{}, most: events}
	if was != nil {
		o.was = was.reels
	}
	t, err := o.run(d)
	if !o.rests {
		return t, true, err
	}
	for id, r := range o.was { // those that it did not come to
		if o.keep[id] == nil {
			o.keep[id] = r
		}
	}
	return &Trace{Scenario: s, Defences: d &^ s.Fixed(), reels: o.keep}, false, nil
}

func (o *studio) run(d defence.Set) (*Trace, error) {
	s := o.s
	d &^= s.Fixed()
	o.memo = memos.Get().(*world.Memo)
	defer memos.Put(o.memo)
	r, err := o.play(take{on: d})
	if _, limit := errors.AsType[world.Limit](err); err != nil && !limit {
		return nil, err
	}
	t := &Trace{Scenario: s, Defences: d, Cookie: r.end.cookie, reels: o.keep}
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
