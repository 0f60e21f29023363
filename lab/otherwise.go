package lab

import (
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/judge"
)

// judged returns a judge of the run under d without those steps of Mallory's, and
// without those of hers that cannot be played then. The error is that of the first
// other step that cannot.
func (o *studio) judged(d defence.Set, without []int) (*judge.Judge, error) {
	r, err := o.play(take{on: d, without: without, silent: true})
	if err != nil {
		return nil, err
	}
	return hearing(r.events), nil
}

// outcome is what it comes to, before it is settled.
func (o *studio) outcome(d defence.Set, without []int) (event.Outcome, error) {
	j, err := o.judged(d, without)
	if err != nil {
		return "", err
	}
	return j.Verdict().Outcome, nil
}

// ending is what the run under d comes to, without an outcome when the steps cannot
// be played like that.
func (o *studio) ending(d, off defence.Set) event.Otherwise {
	j, err := o.judged(d&^off, nil)
	if err != nil {
		return event.Otherwise{Off: off}
	}
	v := j.Settle(j.Verdict(), d&^off, o.outcome)
	return event.Otherwise{Off: off, Outcome: v.Outcome, Costs: len(v.Costs)}
}

// mostOtherwise bounds the events of all that a run is compared with: of a long run under
// many switches it is not told what each of them did, but what all did together. Lessons
// have a few hundred events.
const mostOtherwise = 12000

// without returns Verdict.Without of t. A switch that the run did not look at made
// no difference.
func (o *studio) without(t *Trace) (out []event.Otherwise) {
	v, events := t.Verdict, 0
	for i := range t.Frames {
		events += len(t.Frames[i].Events)
	}
	asked := (t.Defences & t.Asked).Infos()
	if events*len(asked) > mostOtherwise && len(asked) > 1 {
		all := o.ending(t.Defences, t.Defences)
		all.Long = true
		return []event.Otherwise{all}
	}
	for _, info := range asked {
		if to := o.ending(t.Defences, info.Set); to.Outcome != v.Outcome || to.Costs != len(v.Costs) {
			out = append(out, to)
		}
	}
	switch {
	case out != nil || t.Defences == 0:
	case t.Defences.Len() < 2:
		out = append(out, event.Otherwise{Off: t.Defences, Outcome: v.Outcome, Costs: len(v.Costs)})
	default:
		out = append(out, o.ending(t.Defences, t.Defences))
	}
	return out
}
