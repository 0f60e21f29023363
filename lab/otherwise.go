package lab

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/judge"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// others play a scenario otherwise, without a trace: with other switches, or
// without some of its steps.
type others struct {
	s    *script.Scenario
	memo *world.Memo
}

// play returns a judge of the run under d without those steps of Mallory's, and
// without those of hers that cannot be played then. The error is that of the first
// other step that cannot.
func (o others) play(d defence.Set, without []int) (*judge.Judge, error) {
	w, err := world.Silent(o.s, o.memo)
	if err != nil {
		return nil, err
	}
	w.Throw(d)
	for i := range o.s.Steps {
		play := w.Play
		switch {
		case slices.Contains(without, i):
			w.Skip()
			continue
		case without != nil:
			play = w.Try
		}
		if err := play(o.s, i); err != nil {
			return nil, err
		}
	}
	j := judge.New(len(w.Events), len(o.s.Steps)-1, false)
	j.Hear(w.Events)
	return j, nil
}

// outcome is what play comes to, before it is settled.
func (o others) outcome(d defence.Set, without []int) (event.Outcome, error) {
	j, err := o.play(d, without)
	if err != nil {
		return "", err
	}
	return j.Verdict().Outcome, nil
}

// ending is what the run under d comes to, without an outcome when the steps cannot
// be played like that.
func (o others) ending(d, off defence.Set) event.Otherwise {
	j, err := o.play(d&^off, nil)
	if err != nil {
		return event.Otherwise{Off: off}
	}
	v := j.Settle(j.Verdict(), d&^off, o.outcome)
	return event.Otherwise{Off: off, Outcome: v.Outcome, Costs: len(v.Costs)}
}

// without returns Verdict.Without of t. A switch that the run did not look at made
// no difference.
func (o others) without(t *Trace) (out []event.Otherwise) {
	v := t.Verdict
	for _, info := range (t.Defences & t.Asked).Infos() {
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
