package paper

import "fixlab/scenarios/plans"

// notes are what a trainer reads from.
type notes struct {
	Orders  []order
	Lessons []lesson
}

// An order is a running order, with the minute in which each item begins.
type order struct {
	plans.Plan
	Begins []int
}

func newNotes() (n notes, err error) {
	for _, p := range plans.All() {
		o := order{Plan: p}
		for i := range p.Items {
			o.Begins = append(o.Begins, p.From(i))
		}
		n.Orders = append(n.Orders, o)
	}
	n.Lessons, err = lessons()
	return n, err
}
