package explore

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// A Leaf is one way in which a scenario can go. It stands for every set d that
// was explored with d&Mask == On: they all end in the Result.
type Leaf struct {
	Mask defence.Set // the switches that mattered on the way here
	On   defence.Set // those of them that are on
	Result
	Sets int // how many sets the leaf stands for
}

// Has reports whether the leaf stands for d.
func (l *Leaf) Has(d defence.Set) bool { return d&l.Mask == l.On }

// Explore plays the scenario under every set of the switches over; of the
// others those in base are on. It hands out each Leaf as it is found, one a run: first the
// one with all of them off. Their sets are disjoint, and together they are all sets
// that defence.Parse accepts. It stops when yield returns false, and at a step
// that cannot be played, with the error of Run. Yield must not use p.
//
// It runs the real code: it plays with nothing on, forks on each switch that the
// run consulted, and does the same again. A switch that was never asked cannot
// have mattered. Nor can one that the scenario fixes: see script.Scenario.Fixed.
func (p *Player) Explore(base, over defence.Set, yield func(Leaf) bool) error {
	fixed := p.s.Fixed()
	_, err := p.explore(p.begin, over&^fixed, 0, base&^over&^fixed, yield)
	return err
}

// explore plays from a checkpoint under on, where mask is settled, and forks.
// More is false when yield has seen enough.
func (p *Player) explore(from *world.Checkpoint, over, mask, on defence.Set, yield func(Leaf) bool) (more bool, err error) {
	saved := map[int]*world.Checkpoint{} // before steps at which there may be a question
	r, err := p.play(from, on, func(frame int) {
		if p.forks[frame]&over&^mask != 0 {
			saved[frame] = p.w.Save()
		}
	})
	if err != nil {
		return false, err
	}
	var asked []world.Question // in order
	for _, q := range p.w.Consulted {
		if over.Has(q.Set) && r.Asked.Has(q.Set) && !mask.Has(q.Set) {
			asked = append(asked, q)
			mask |= q.Set
			if q.Frame >= 0 {
				p.forks[q.Frame] |= q.Set
			}
		}
	}
	if !yield(Leaf{mask, on & mask, r, sets(over&^mask, on)}) {
		return false, nil
	}
	// The last question first: what was saved before it is still as it was.
	for _, q := range slices.Backward(asked) {
		if next := on.Flip(q.Set); next == on|q.Set { // else a rival of it is on, and it must be off
			back, apart := saved[q.Frame], false
			if back == nil {
				back, apart = from, true
				if q.Frame <= from.Frame() { // it shaped what was only now looked at
					back = p.begin
				}
				back = p.w.Apart(back)
			}
			if more, err := p.explore(back, over, mask, next, yield); !more {
				return false, err
			}
			if apart {
				p.w.Give(back)
			}
		}
		mask &^= q.Set
	}
	return true, nil
}

// sets counts the sets of the switches free that can be on besides on.
func sets(free, on defence.Set) int {
	n := 1
	choices := map[defence.Choice]int{} // how many free switches of each
	for _, d := range defence.All {
		switch {
		case !free.Has(d.Set) || on.Flip(d.Set) != on|d.Set:
		case d.Choice == "":
			n *= 2
		default:
			choices[d.Choice]++
		}
	}
	for _, of := range choices {
		n *= 1 + of
	}
	return n
}

// A Space is everything that Explore hands out.
type Space struct {
	Scenario *script.Scenario
	Base     defence.Set // what was on throughout
	Over     defence.Set // the switches that were explored
	Leaves   []Leaf      // one a run
	Sets     int         // how many sets they stand for
}

// Space explores the whole.
func (p *Player) Space(base, over defence.Set) (*Space, error) {
	fixed := p.s.Fixed()
	sp := &Space{Scenario: p.s, Base: base &^ over &^ fixed, Over: over &^ fixed}
	err := p.Explore(base, over, func(l Leaf) bool {
		sp.Add(l)
		return true
	})
	if err != nil {
		return nil, err
	}
	return sp, nil
}

// Add adds a leaf that Explore handed out.
func (sp *Space) Add(l Leaf) {
	sp.Leaves = append(sp.Leaves, l)
	sp.Sets += l.Sets
}

// Leaf returns the leaf that stands for d. There is none when d was not
// explored, because of a switch outside Over or of two that exclude each other.
func (sp *Space) Leaf(d defence.Set) (*Leaf, bool) {
	if d&^sp.Over != sp.Base || !d.Valid() {
		return nil, false
	}
	for i := range sp.Leaves {
		if sp.Leaves[i].Has(d) {
			return &sp.Leaves[i], true
		}
	}
	return nil, false
}
