package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Comparison is the run beside the lab's own on the page that compares two.
type Comparison struct {
	Scenario *script.Scenario // as it is played: the lab's lesson, perhaps with another setup
	Defences defence.Set
	Trace    *lab.Trace
	Row      int // the cursor: an index of align's rows
}

// A Column is one of two runs.
type Column int

// The columns.
const (
	Left  Column = iota // the lab's run
	Right               // the other
)

type (
	GoRow    int      // to that row
	FlipSide struct { // one switch of one run
		Column Column
		Switch defence.Set
	}
)

func (r GoRow) apply(m Model) Model {
	m = m.Paired()
	rows := Align(m.Trace, m.Compare.Trace)
	m.Compare.Row = max(0, min(int(r), len(rows)-1))
	if at := rows[m.Compare.Row].Left; at >= 0 {
		m.Step = at
	}
	return m
}

func (f FlipSide) apply(m Model) Model {
	m = m.Paired()
	if f.Column == Left {
		m = m.play(m.Scenario, m.Defences.Flip(f.Switch))
	} else {
		c := &m.Compare
		if t, err := lab.Run(c.Scenario, c.Defences.Flip(f.Switch)); err == nil {
			c.Defences, c.Trace = t.Defences, t
		}
	}
	return GoRow(m.Compare.Row).apply(m)
}

// Paired returns m with a run beside the lab's: the one that is there, if it is
// of the same lesson, or the lab's own with rotation the other way.
func (m Model) Paired() Model {
	if m.Compare.Trace != nil && m.Compare.Scenario.Name == m.Scenario.Name {
		return m
	}
	t, err := lab.Run(m.Scenario, m.Defences.Flip(defence.Rotate))
	if err != nil {
		t = m.Trace // it plays as it is; it does not with the switch thrown
	}
	m.Compare = Comparison{Scenario: m.Scenario, Defences: t.Defences, Trace: t, Row: m.Step}
	return m
}

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

// CompareRest writes the link: "<scenario>/<switches>/<row>", "/<setup>" where it
// is not the lesson's own, "/vs/<switches>", and again "/<setup>". The row counts
// from 1 and is the step, where both runs have the same steps.
func CompareRest(m Model) string {
	if m.Page != "compare" && (m.Compare.Trace == nil || m.Compare.Scenario.Name != m.Scenario.Name) {
		// What paired would do, without a run: this link is on every page.
		link := m.LinkAt(m.Step)
		return strings.TrimPrefix(CompareLink(link, m.Step, m.Defences.Flip(defence.Rotate)), "compare/")
	}
	m = m.Paired()
	c := m.Compare
	if m.Page != "compare" {
		c.Row = max(0, slices.IndexFunc(Align(m.Trace, c.Trace), func(p pairing) bool { return p.Left == m.Step }))
	}
	rest := strings.TrimPrefix(m.LinkAt(c.Row), "1/") + "/vs/" + c.Defences.String()
	if words := scenarios.Words(c.Scenario, c.Scenario.Setup, m.Own); words != "" {
		rest += "/" + words
	}
	return rest
}

// CompareLink returns the link that compares the lab's run with another of the
// same scenario, at a step from 0.
func CompareLink(link string, frame int, with defence.Set) string {
	parts := strings.Split(StepOf(link, frame), "/")
	other := with.String()
	if len(parts) > 4 {
		other += "/" + parts[4]
	}
	return "compare/" + strings.Join(parts[1:], "/") + "/vs/" + other
}

// readCompare is the inverse of compareRest.
func readCompare(m Model, parts []string) (next Model, wrong string) {
	if len(parts) == 0 {
		return m.Paired(), ""
	}
	var faults []string
	part := func(i int, missing string) string {
		if i < len(parts) {
			return parts[i]
		}
		return missing
	}
	left, right := parts, []string(nil)
	if at := slices.Index(parts, "vs"); at >= 0 {
		left, right = parts[:at], parts[at+1:]
	} else {
		faults = append(faults, "it names one run only, there is no vs/ in it")
	}
	parts = left
	name, row := part(0, scenarios.First), part(2, "1")
	// read takes a run for what it says in the lab's link.
	read := func(name, switches, words string) Model {
		run := parseRun("1", []string{"1", name, switches, "1", words}, nil)
		if fault, _, ok := strings.Cut(strings.TrimPrefix(run.Notice, "This link is broken: "), ". Shown instead"); ok {
			faults = append(faults, fault)
		}
		return run
	}
	a := read(name, part(1, "none"), part(3, ""))
	if len(left) > 4 {
		faults = append(faults, "its first run has more parts than four")
	}
	parts = right
	b := read(a.Scenario.Name, part(0, a.Defences.Flip(defence.Rotate).String()), part(1, ""))
	if len(right) > 2 {
		faults = append(faults, "its second run has more parts than two")
	}
	m.Scenario, m.Own, m.Defences, m.Trace, m.Step = a.Scenario, a.Own, a.Defences, a.Trace, 0
	m.Compare = Comparison{Scenario: b.Scenario, Defences: b.Defences, Trace: b.Trace}
	last := len(Align(a.Trace, b.Trace))
	n, err := strconv.Atoi(row)
	if err != nil || n < 1 || n > last {
		faults = append(faults, "there is no step "+quote(row)+" among the "+strconv.Itoa(last))
	}
	return GoRow(n - 1).apply(m), strings.Join(slices.Compact(faults), "; ")
}

// compareKey returns the message that a key press stands for beside two runs.
func compareKey(m Model, k Press) Msg {
	if k.On == "region" || k.On == "choice" {
		return nil
	}
	m = m.Paired()
	switch k.Key {
	case "ArrowRight", "ArrowDown":
		if k.Key == "ArrowDown" && k.On != "link" {
			return nil
		}
		return GoRow(m.Compare.Row + 1)
	case "ArrowLeft", "ArrowUp":
		if k.Key == "ArrowUp" && k.On != "link" {
			return nil
		}
		return GoRow(m.Compare.Row - 1)
	case "Home":
		return GoRow(0)
	case "End":
		return GoRow(len(Align(m.Trace, m.Compare.Trace)) - 1)
	}
	return nil
}

// compareSays is what the live region says of the row under the cursor.
func compareSays(m Model) string {
	m = m.Paired()
	rows := Align(m.Trace, m.Compare.Trace)
	row := rows[min(m.Compare.Row, len(rows)-1)]
	first, _ := Parts(m.Trace, m.Compare.Trace, rows)
	say := "Row " + strconv.Itoa(m.Compare.Row+1) + " of " + strconv.Itoa(len(rows)) + ": "
	switch {
	case m.Compare.Row == first:
		say += "the first difference. "
	case Alike(m.Trace, m.Compare.Trace, row):
		say += "the same in both. "
	default:
		say += "different. "
	}
	side := func(t *lab.Trace, at int) string {
		if at < 0 {
			return "no such step."
		}
		return t.Label(strings.Join(words.Happened(t, at), " "))
	}
	if Alike(m.Trace, m.Compare.Trace, row) {
		return say + side(m.Trace, row.Left)
	}
	return say + "Left: " + side(m.Trace, row.Left) + " Right: " + side(m.Compare.Trace, row.Right)
}

// Alike reports whether nothing differs in a row.
func Alike(a, b *lab.Trace, p pairing) bool {
	if p.Left < 0 || p.Right < 0 {
		return false
	}
	frame, _ := lab.Diverge(&lab.Trace{Frames: a.Frames[p.Left : p.Left+1]}, &lab.Trace{Frames: b.Frames[p.Right : p.Right+1]})
	return frame < 0
}
