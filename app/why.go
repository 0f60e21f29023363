package main

import (
	"math/bits"
	"slices"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// A why is what can be said of a run beyond its verdict. It is read off other
// runs, and holds in this model.
type why struct {
	Alone    []otherwise // each switch that, thrown alone, changes the outcome
	Together []otherwise // when there is none: the smallest sets that do
	Needless []int       // of a successful attack: the steps of Mallory's that it does not need
	Needed   int         // and how many it needs
}

// An otherwise is what a run comes to when some switches are thrown.
type otherwise struct {
	Throw defence.Set // see defence.Set.Flip
	On    defence.Set // what is on then
	To    ending
}

// why answers the job.
func (l library) why(j job, tell func(answer) bool) error {
	m := ParseFragment(j.Link)
	s, d := m.Scenario, m.Defences
	shelf, err := l.shelf(s)
	if err != nil {
		return err
	}
	now, err := shelf.play(d)
	if err != nil {
		return err
	}
	var w why
	for _, info := range defence.All {
		if !now.Asked.Has(info.Set) {
			continue // the run did not look at it
		}
		on := d.Flip(info.Set)
		r, err := shelf.play(on)
		if err != nil {
			return err
		}
		if r.Outcome != now.Outcome {
			w.Alone = append(w.Alone, otherwise{info.Set, on, ending{r.Outcome, r.Frame, r.Holds(lab.Broken)}})
		}
		if !tell(answer{}) {
			return nil
		}
	}
	if w.Alone == nil {
		sp, more := lab.Space{Over: scenarios.Switches | d}, true
		err := shelf.player.Explore(0, sp.Over, func(leaf lab.Leaf) bool {
			sp.Leaves = append(sp.Leaves, leaf)
			more = tell(answer{})
			return more
		})
		if err != nil || !more {
			return err
		}
		for _, c := range sp.Changes(d) {
			if w.Together != nil && bits.OnesCount32(uint32(c.Throw)) > bits.OnesCount32(uint32(w.Together[0].Throw)) {
				break
			}
			on := d
			for _, info := range defence.All {
				if c.Throw.Has(info.Set) {
					on = on.Flip(info.Set)
				}
			}
			w.Together = append(w.Together, otherwise{c.Throw, on, ending{c.To.Outcome, c.To.Frame, c.To.Holds(lab.Broken)}})
		}
	}
	if (ending{Outcome: now.Outcome}).harm() {
		needed, err := shelf.player.Needed(d)
		if err != nil {
			return err
		}
		w.Needed = len(needed)
		for i, step := range s.Steps {
			if step.Who == "mallory" && !slices.Contains(needed, i) {
				w.Needless = append(w.Needless, i)
			}
		}
	}
	if tell(answer{Kind: "why", Why: &w}) {
		tell(answer{Kind: "end"})
	}
	return nil
}
