package explore

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// What is said here of causes is read off runs, and holds in this model.

// A Change is a set of switches that, thrown together, change the outcome,
// while no part of them does.
type Change struct {
	Throw defence.Set // see defence.Set.Flip
	To    Result      // what the run comes to then
}

// Changes returns every Change from d among the explored switches, the smallest
// first. Those of one switch are what the outcome hangs on: but for it, it would
// be another. When there is none of one switch, and all of the first are on,
// each of them alone would do. There is none at all when d was not explored.
func (sp *Space) Changes(d defence.Set) []Change {
	now, ok := sp.Leaf(d)
	if !ok {
		return nil
	}
	var all []Change
	for _, l := range sp.Leaves {
		if l.Outcome != now.Outcome {
			all = append(all, Change{throws(d, d&^l.Mask|l.On), l.Result})
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return bySize(a.Throw, b.Throw) })
	var least []Change
	for _, c := range all {
		if !slices.ContainsFunc(least, func(l Change) bool { return c.Throw.Has(l.Throw) }) {
			least = append(least, c)
		}
	}
	return least
}

// throws returns what must be thrown for d to become to: switching one on
// switches its rival off.
func throws(d, to defence.Set) defence.Set {
	throw := to &^ d
	gone := d
	for _, info := range defence.All {
		if throw.Has(info.Set) {
			gone = gone.Flip(info.Set)
		}
	}
	return throw | gone&^to
}

// bySize orders sets by how many switches they have, and then as they are listed.
func bySize(a, b defence.Set) int {
	return cmp.Or(cmp.Compare(a.Len(), b.Len()), cmp.Compare(place(a), place(b)))
}

// place turns a set into a number that grows with the place of its switches in
// the display order.
func place(d defence.Set) (n uint64) {
	for i, info := range defence.All {
		if d.Has(info.Set) {
			n |= 1 << i
		}
	}
	return n
}

// A Stop is a set of switches under which none of several attacks succeeds,
// while under no part of it all of them fail.
type Stop struct {
	On    defence.Set
	Works bool // alice can use her account in every one of the scenarios
}

// mostOver is how many switches Stops and Most can take: they look at every set.
const mostOver = 20

// A table counts for every set over some switches, in the order of index.
type table struct {
	over             defence.Set
	wins, breakdowns []int // in how many spaces the attacker succeeds; alice cannot work
}

func tabulate(spaces []*Space, bad func(*Result) bool) (*table, error) {
	over := spaces[0].Over
	if n := over.Len(); n > mostOver {
		return nil, fmt.Errorf("%d switches; at most %d", n, mostOver)
	}
	n := 1 << over.Len()
	t := &table{over, make([]int, n), make([]int, n)}
	for _, sp := range spaces {
		if sp.Over != over || sp.Base != spaces[0].Base {
			return nil, fmt.Errorf("the spaces are not over the same switches")
		}
		for i := range sp.Leaves {
			l := &sp.Leaves[i]
			wins, breaks := bad(&l.Result), l.Holds(event.Broken)
			if !wins && !breaks {
				continue
			}
			at := index(l.On, over)
			subsets(index(over&^l.Mask, over), func(free int) {
				if wins {
					t.wins[at|free]++
				}
				if breaks {
					t.breakdowns[at|free]++
				}
			})
		}
	}
	return t, nil
}

// sets returns every valid set of the table, the smallest first.
func (t *table) sets(base defence.Set) []defence.Set {
	var all []defence.Set
	for d := t.over; ; d = (d - 1) & t.over {
		if (d | base).Valid() {
			all = append(all, d)
		}
		if d == 0 {
			break
		}
	}
	slices.SortFunc(all, bySize)
	return all
}

// Stops returns every Stop against all of the spaces, the smallest first; bad
// says which results are successes of the attacker. It is empty when no set
// stops them all. The spaces must have the same Base and Over, and that at most
// twenty switches.
func Stops(spaces []*Space, bad func(*Result) bool) ([]Stop, error) {
	if len(spaces) == 0 {
		return nil, nil
	}
	t, err := tabulate(spaces, bad)
	if err != nil {
		return nil, err
	}
	var found []Stop
	for _, d := range t.sets(spaces[0].Base) {
		at := index(d, t.over)
		if t.wins[at] == 0 && !slices.ContainsFunc(found, func(s Stop) bool { return d.Has(s.On) }) {
			found = append(found, Stop{d, t.breakdowns[at] == 0})
		}
	}
	return found, nil
}

// subsets calls f with every subset of the bits d.
func subsets(d int, f func(int)) {
	for s := d; ; s = (s - 1) & d {
		f(s)
		if s == 0 {
			return
		}
	}
}

// index numbers the subsets of over.
func index(d, over defence.Set) (n int) {
	for bit := 1; over != 0; bit <<= 1 {
		low := over & -over
		if d.Has(low) {
			n |= bit
		}
		over &^= low
	}
	return n
}

// Credit counts the spaces in which the attack succeeds with none of the
// explored switches on, and those of them in which d alone stops it.
func Credit(spaces []*Space, d defence.Set, bad func(*Result) bool) (stops, of int) {
	for _, sp := range spaces {
		if none, ok := sp.Leaf(sp.Base); !ok || !bad(&none.Result) {
			continue
		}
		of++
		if l, ok := sp.Leaf(sp.Base | d); ok && !bad(&l.Result) {
			stops++
		}
	}
	return stops, of
}

// Needed returns which of Mallory's steps the run under d needs to end as it
// does, with the same outcome and by the same kind of key: a minimal attack, in
// which every single step counts. All other steps stay. It is delta debugging
// (Zeller and Hildebrandt, 2002): larger pieces of the attack are tried first.
// A step left out takes its second all the same.
func (p *Player) Needed(d defence.Set) ([]int, error) {
	whole, err := p.Play(d)
	if err != nil {
		return nil, err
	}
	kind := p.kind(whole.Key)
	defer func() { p.skip = nil }()
	p.skip = make([]bool, len(p.s.Steps))
	var needed []int
	for i, step := range p.s.Steps {
		if step.Who == "mallory" {
			needed = append(needed, i)
		}
	}
	without := func(piece []int, skip bool) {
		for _, i := range piece {
			p.skip[i] = skip
		}
	}
	for size := (len(needed) + 1) / 2; size > 0; {
		removed := false
		for at := 0; at < len(needed); {
			piece := needed[at:min(at+size, len(needed))]
			without(piece, true)
			r, err := p.Play(d)
			if err == nil && r.Outcome == whole.Outcome && p.kind(r.Key) == kind {
				needed = slices.Delete(needed, at, at+len(piece))
				removed = true
				continue
			}
			without(piece, false)
			at += size
		}
		if !removed || size > 1 {
			size /= 2
		}
	}
	return needed, nil
}

// kind says what sort of key it is in the run just played: the name of the
// first variable, in the order of names, whose value carries it.
func (p *Player) kind(key string) string {
	kind := ""
	for name, value := range p.w.Vars {
		if p.judge.Carries(value, key) && (kind == "" || strings.Compare(name, kind) < 0) {
			kind = name
		}
	}
	if kind == "" && key != "" {
		return "its own"
	}
	return "$" + kind
}
