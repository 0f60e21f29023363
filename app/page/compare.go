package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// A Comparison is the run beside the lab's own on the page that compares two: the
// lab's lesson, perhaps with another setup.
type Comparison struct {
	Run
	Row int // the cursor: an index of Align's rows
}

// A Column is one of two runs.
type Column int

// The columns.
const (
	Left  Column = iota // the lab's run
	Right               // the other
)

// A CompareMsg is a message to the page that compares two runs, left being the
// lab's.
type CompareMsg interface {
	compare(c Comparison, left Run) (Comparison, Run)
}

type (
	GoRow    int      // to that row
	FlipSide struct { // one switch of one run
		Column Column
		Switch defence.Set
	}
)

// Update returns c and the lab's run after msg.
func (c Comparison) Update(msg CompareMsg, left Run) (Comparison, Run) {
	return msg.compare(c.Beside(left), left)
}

func (r GoRow) compare(c Comparison, left Run) (Comparison, Run) {
	rows := Align(left.Trace, c.Trace)
	c.Row = max(0, min(int(r), len(rows)-1))
	if at := rows[c.Row].Left; at >= 0 {
		left.Step = at
	}
	return c, left
}

// A set of switches that cannot be played leaves everything as it is.
func (f FlipSide) compare(c Comparison, left Run) (Comparison, Run) {
	if f.Column == Left {
		left, _ = left.play(left.Scenario, left.Defences.Flip(f.Switch))
	} else {
		c.Run, _ = c.play(c.Scenario, c.Defences.Flip(f.Switch))
	}
	return GoRow(c.Row).compare(c, left)
}

// Beside returns c as it stands beside the lab's run: as it is, if it is of the
// same lesson, or the lab's own run with rotation the other way.
func (c Comparison) Beside(left Run) Comparison {
	if c.Trace != nil && (c.Scenario.Name == left.Scenario.Name || scenarios.IsOwn(c.Scenario.Name) && scenarios.IsOwn(left.Scenario.Name)) {
		return c
	}
	// Where it does not play with the switch thrown it is the lab's run itself.
	right, _ := left.play(left.Scenario, left.Defences.Flip(defence.Rotate))
	return Comparison{Run: right, Row: left.Step}
}

// first returns the row of the first difference, 0 when there is none.
func (c Comparison) first(left Run) int {
	row, _ := Parts(left.Trace, c.Trace, Align(left.Trace, c.Trace))
	return max(0, row)
}

// says is what the live region says of the row under the cursor.
func (c Comparison) says(left Run) string {
	c = c.Beside(left)
	rows := Align(left.Trace, c.Trace)
	row := rows[min(c.Row, len(rows)-1)]
	first, _ := Parts(left.Trace, c.Trace, rows)
	l, r := tellStep(left.Trace, row.Left), tellStep(c.Trace, row.Right)
	switch {
	case Alike(left.Trace, c.Trace, row):
		return text.T("compare.say-same", "n", c.Row+1, "of", len(rows), "what", l)
	case c.Row == first:
		return text.T("compare.say-first", "n", c.Row+1, "of", len(rows), "left", l, "right", r)
	}
	return text.T("compare.say-differs", "n", c.Row+1, "of", len(rows), "left", l, "right", r)
}

// tellStep says what happened in a step, -1 being a step that the run has not.
func tellStep(t *lab.Trace, at int) string {
	if at < 0 {
		return text.T("compare.say-none")
	}
	return words.Spoken(t, strings.Join(words.Happened(t, at), " "))
}

// key returns the message that a key press stands for beside two runs, nil for
// none.
func (c Comparison) key(left Run, k Press) Msg {
	if k.On == "region" || k.On == "choice" {
		return nil
	}
	c = c.Beside(left)
	switch k.Key {
	case "ArrowRight", "ArrowDown":
		if k.Key == "ArrowDown" && k.On != "link" {
			return nil
		}
		return GoRow(c.Row + 1)
	case "ArrowLeft", "ArrowUp":
		if k.Key == "ArrowUp" && k.On != "link" {
			return nil
		}
		return GoRow(c.Row - 1)
	case "Home":
		return GoRow(0)
	case "End":
		return GoRow(len(Align(left.Trace, c.Trace)) - 1)
	}
	return nil
}
