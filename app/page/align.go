package page

import (
	"slices"

	"fixlab/lab"
)

// A pairing is one row of two runs side by side: the same step of both, or a
// step that only one of them has. The other is -1 then.
type pairing struct{ Left, Right int }

// Align pairs the steps of two runs of one lesson, in order, as many as it can.
func Align(a, b *lab.Trace) []pairing {
	same := func(i, j int) bool {
		x, y := a.Frames[i].Step, b.Frames[j].Step
		return x.File == y.File && x.Line == y.Line && x.String() == y.String()
	}
	// most[i][j] is how many steps can be paired from i and j on.
	most := make([][]int, len(a.Frames)+1)
	for i := range most {
		most[i] = make([]int, len(b.Frames)+1)
	}
	for i := len(a.Frames) - 1; i >= 0; i-- {
		for j := len(b.Frames) - 1; j >= 0; j-- {
			most[i][j] = max(most[i+1][j], most[i][j+1])
			if same(i, j) {
				most[i][j] = max(most[i][j], most[i+1][j+1]+1)
			}
		}
	}
	var rows []pairing
	for i, j := 0, 0; i < len(a.Frames) || j < len(b.Frames); {
		switch {
		case i < len(a.Frames) && j < len(b.Frames) && same(i, j) && most[i][j] == most[i+1][j+1]+1:
			rows = append(rows, pairing{i, j})
			i, j = i+1, j+1
		case i < len(a.Frames) && most[i][j] == most[i+1][j]:
			rows = append(rows, pairing{i, -1})
			i++
		default:
			rows = append(rows, pairing{-1, j})
			j++
		}
	}
	return rows
}

// Parts returns the row and the event in which two runs first differ, (-1, -1)
// when they do not. Event -1 says that one of them has no such step.
func Parts(a, b *lab.Trace, rows []pairing) (row, event int) {
	frame, event := lab.Diverge(a, b)
	if frame < 0 {
		return -1, -1
	}
	row = slices.IndexFunc(rows, func(p pairing) bool { return p.Left == frame || p.Right == frame })
	if rows[row].Left != rows[row].Right {
		event = -1
	}
	return row, event
}

// Alike reports whether nothing differs in a row.
func Alike(a, b *lab.Trace, p pairing) bool {
	if p.Left < 0 || p.Right < 0 {
		return false
	}
	frame, _ := lab.Diverge(&lab.Trace{Frames: a.Frames[p.Left : p.Left+1]}, &lab.Trace{Frames: b.Frames[p.Right : p.Right+1]})
	return frame < 0
}
