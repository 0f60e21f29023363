package lab

import (
	"fixlab/lab/defence"
)

// A Leaf is one way in which a scenario can go. It stands for every set d of the
// explored switches with d&Mask == On: they all end in the Result.
type Leaf struct {
	Mask defence.Set // the switches that mattered on the way here
	On   defence.Set // those of them that are on; they are what was played
	Result
	Sets int // how many sets the leaf stands for
}

// Has reports whether the leaf stands for d.
func (l *Leaf) Has(d defence.Set) bool { return d&l.Mask == l.On }

// Explore plays the scenario under every set of the switches over, and leaves
// the others off. It hands out each Leaf as it is found, one a run: first the
// one without a switch. Their sets are disjoint, and together they are all sets
// that defence.Parse accepts. It stops when yield returns false, and at a step
// that cannot be played, with the error of Run.
//
// It runs the real code: it plays with nothing on, forks on each switch that the
// run consulted, and does the same again. A switch that was never asked cannot
// have mattered.
func (p *Player) Explore(over defence.Set, yield func(Leaf) bool) error {
	_, err := p.explore(over, 0, 0, yield)
	return err
}

func (p *Player) explore(over, mask, on defence.Set, yield func(Leaf) bool) (more bool, err error) {
	r, err := p.Play(on)
	if err != nil {
		return false, err
	}
	var asked []defence.Set // in the order of the questions
	for _, q := range p.mute.asks {
		if q := q.set; over.Has(q) && r.Asked.Has(q) && !mask.Has(q) {
			asked = append(asked, q)
			mask |= q
		}
	}
	if !yield(Leaf{mask, on, r, sets(over&^mask, on)}) {
		return false, nil
	}
	for i := len(asked) - 1; i >= 0; i-- {
		if next := on.Flip(asked[i]); next == on|asked[i] { // else a rival of it is on, and it must be off
			if more, err := p.explore(over, mask, next, yield); !more {
				return false, err
			}
		}
		mask &^= asked[i]
	}
	return true, nil
}

// sets counts the sets of the switches free that can be on besides on.
func sets(free, on defence.Set) int {
	n := 1
	choices := map[string]int{} // how many free switches of each
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

// A Space is everything that Explore finds.
type Space struct {
	Over   defence.Set // the switches that were explored
	Leaves []Leaf      // one a run
	Sets   int         // how many sets they stand for
}

// Whole explores p's scenario.
func (p *Player) Whole(over defence.Set) (*Space, error) {
	sp := &Space{Over: over}
	err := p.Explore(over, func(l Leaf) bool {
		sp.Leaves = append(sp.Leaves, l)
		sp.Sets += l.Sets
		return true
	})
	if err != nil {
		return nil, err
	}
	return sp, nil
}

// Leaf returns the leaf that stands for d. There is none when d has a switch
// that was not explored, or two that exclude each other.
func (sp *Space) Leaf(d defence.Set) (*Leaf, bool) {
	if !sp.Over.Has(d) || !d.Valid() {
		return nil, false
	}
	for i := range sp.Leaves {
		if sp.Leaves[i].Has(d) {
			return &sp.Leaves[i], true
		}
	}
	return nil, false
}
