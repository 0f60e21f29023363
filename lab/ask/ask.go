// Package ask works out the answers to what a lesson asks, by playing it. No answer is
// stored.
package ask

import (
	"fmt"

	"fixlab/lab"
	"fixlab/lab/script"
)

// Rows plays a row of the lesson, with the switches of the lesson's own server.
type Rows func(row string) (*lab.Trace, error)

// Holding returns the index of the one option of b that holds. The error says that
// none does, or which ones do, or which row cannot be played.
func Holding(b script.Bet, rows Rows) (option int, err error) {
	t, err := rows(b.Row())
	if err != nil {
		return 0, err
	}
	var hold []int
	for i, o := range b.Options {
		ok, err := Holds(o.Holds, t, rows)
		if err != nil {
			return 0, fmt.Errorf("option %q: %w", o.Text, err)
		}
		if ok {
			hold = append(hold, i)
		}
	}
	switch len(hold) {
	case 0:
		return 0, fmt.Errorf("no option holds: the run ends %s at step %d", t.Verdict.Outcome, t.Verdict.Frame+1)
	case 1:
		return hold[0], nil
	}
	return 0, fmt.Errorf("%d options hold, %q and %q among them", len(hold), b.Options[hold[0]].Text, b.Options[hold[1]].Text)
}

// Holds reports whether all of p holds of t. The error is that of a row that p compares
// with, or of a run without a verdict.
func Holds(p script.Predicate, t *lab.Trace, rows Rows) (bool, error) {
	if t.Cut != "" {
		return false, fmt.Errorf("no verdict: %s", t.Cut)
	}
	for _, term := range p {
		f, err := Weigh(term, t, rows)
		if err != nil || !f.Holds {
			return false, err
		}
	}
	return true, nil
}
