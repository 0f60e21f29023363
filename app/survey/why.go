package survey

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/explore"
	"fixlab/scenarios"
)

// A Why is what can be said of a run beyond its verdict. It is read off other
// runs, and holds in this model.
type Why struct {
	Alone    []Otherwise // each switch that, thrown alone, changes the outcome
	Together []Otherwise // when there is none: the smallest sets that do
	Needless []int       // of a successful attack: the steps of Mallory's that it does not need
	Needed   int         // and how many it needs
}

// An Otherwise is what a run comes to when some switches are thrown.
type Otherwise struct {
	Throw defence.Set // see defence.Set.Flip
	On    defence.Set // what is on then
	To    Ending
}

// why answers the job.
func (l Runs) why(j Job, tell func(Answer) bool) error {
	s, err := j.Play.Scenario()
	if err != nil {
		return err
	}
	d := j.Play.On
	m, err := l.memo(s)
	if err != nil {
		return err
	}
	now, err := m.play(d)
	if err != nil {
		return err
	}
	var w Why
	for _, info := range now.Asked.Infos() { // at no other did the run look
		on := d.Flip(info.Set)
		r, err := m.play(on)
		if err != nil {
			return err
		}
		if r.Outcome != now.Outcome {
			w.Alone = append(w.Alone, Otherwise{info.Set, on, endingOf(r)})
		}
		if !tell(Answer{}) {
			return nil
		}
	}
	if w.Alone == nil {
		sp, more := explore.Space{Over: scenarios.Switches | d}, true
		err := m.player.Explore(0, sp.Over, func(leaf explore.Leaf) bool {
			sp.Leaves = append(sp.Leaves, leaf)
			more = tell(Answer{})
			return more
		})
		if err != nil || !more {
			return err
		}
		for _, c := range sp.Changes(d) {
			if w.Together != nil && c.Throw.Len() > w.Together[0].Throw.Len() {
				break
			}
			on := d
			for _, info := range c.Throw.Infos() {
				on = on.Flip(info.Set)
			}
			w.Together = append(w.Together, Otherwise{c.Throw, on, endingOf(c.To)})
		}
	}
	if now.Outcome.Harm() {
		needed, err := m.player.Needed(d)
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
	if tell(Answer{Kind: "why", Why: &w}) {
		tell(Answer{Kind: "end"})
	}
	return nil
}
