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
	w.Defences = d
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
	j := judge.New(len(w.Events), len(o.s.Steps)-1, true)
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

// ending is the outcome under d; "" when the steps cannot be played like that.
func (o others) ending(d defence.Set) event.Outcome {
	j, err := o.play(d, nil)
	if err != nil {
		return ""
	}
	return j.Settle(j.Verdict(), d, o.outcome).Outcome
}

// without returns Verdict.Without of t. A switch that the run did not look at made
// no difference.
func (o others) without(t *Trace) (out []event.Otherwise) {
	for _, info := range (t.Defences & t.Asked).Infos() {
		if to := o.ending(t.Defences &^ info.Set); to != t.Verdict.Outcome {
			out = append(out, event.Otherwise{Off: info.Set, Outcome: to})
		}
	}
	switch {
	case out != nil || t.Defences == 0:
	case t.Defences.Len() < 2:
		out = append(out, event.Otherwise{Off: t.Defences, Outcome: t.Verdict.Outcome})
	default:
		out = append(out, event.Otherwise{Off: t.Defences, Outcome: o.ending(0)})
	}
	return out
}
