package words

import (
	"slices"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
)

// Lit returns the line of the server's source that a step is about. ok is false
// when the server did nothing in it.
func Lit(t *lab.Trace, i int) (event.Line, bool) {
	_, line, ok := Telltale(t, i)
	return line, ok
}

// Telltale returns the server's event that says most about a step, and its line.
func Telltale(t *lab.Trace, i int) (told event.Event, line event.Line, ok bool) {
	p, _ := server.ByID(t.Scenario.Profile)
	best := 0
	for _, e := range t.Frames[i].Events {
		l, ok := e.Spot(p.File)
		if !ok {
			continue
		}
		if t.Verdict.Frame == i && e.Seq == t.Verdict.Event {
			return e, l, true
		}
		if w := telling(e); w >= best {
			best, told, line = w, e, l
		}
	}
	return told, line, best > 0
}

// SessionSwitches are those that decide what becomes of a session.
var SessionSwitches = defence.Having(defence.Telling)

// telling orders the server's events by how much they say about a step.
func telling(e event.Event) int {
	switch e.Kind {
	case event.Save:
		return 8
	case event.Delete:
		return 7
	case event.Load:
		return 5
	case event.Unsign:
		if e.Value == "" { // there was nothing to check
			return 1
		}
		return 4
	case event.Ask:
		if SessionSwitches.Has(e.Switch) {
			return 6
		}
		return 1
	case event.Sign, event.Login, event.Logout:
		return 3
	case event.Whoami:
		return 2
	}
	return 1
}

// Ran returns the numbers of the lines of file that ran in a step, sorted.
func Ran(t *lab.Trace, i int, file string) []int {
	var out []int
	for _, e := range t.Frames[i].Events {
		for _, l := range e.Code {
			if l.File == file {
				out = append(out, l.Line)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
