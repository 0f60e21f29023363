package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server/listing"
)

// A TheirLine is what stands for a line of the Go that ran, in the language of the server
// that the learner picked.
type TheirLine struct {
	File   string // such as "django.py"
	N      int    // in the listing of that name, from 1
	Code   string
	Absent bool // it is not written: it would be there with a switch on that is off
}

// At says where the line is, such as "django.py:30".
func (l TheirLine) At() string { return l.File + ":" + strconv.Itoa(l.N) }

// TheirLine returns what stands for the line at p; ok is false where nothing does, as
// in the lab's own server, or where the framework itself does it.
func (l Learn) TheirLine(p ask.Place) (line TheirLine, ok bool) {
	t, frame, _ := l.InFramework(p.Frame)
	other, ok := listing.For(t.Scenario.Profile)
	if !ok {
		return line, false
	}
	e, ok := alike(t.Frames[frame], ask.EventAt(l.Trace, p))
	if !ok {
		return line, false
	}
	on := t.Scenario.Under(t.Defences)
	m := words.Moment(t.Frames[frame], e)
	n := other.Lit(m, on)
	switch {
	case e.Kind == event.Ask && !e.On:
		m.On, line.Absent = true, true
		if with := other.Lit(m, on|e.Switch); with != n {
			n = with
		} else {
			n = 0 // it has no line for it
		}
	case e.Kind != event.Ask && e.Kind != event.Login && e.Kind != event.Save && e.Kind != event.Delete:
		// It is done by the way, in a line that does something else, if not in one that
		// nothing else is done in.
		for _, x := range t.Frames[frame].Events {
			does := x.Kind == event.Ask && x.On || x.Kind == event.Save || x.Kind == event.Login || x.Kind == event.Load && e.Kind != event.Load
			if does && len(x.Code) > 0 && other.Lit(words.Moment(t.Frames[frame], x), on) == n {
				n = 0
			}
		}
	}
	if n == 0 {
		return TheirLine{}, false
	}
	lines := strings.Split(other.Text, "\n")
	line.File, line.N, line.Code = other.File, n, strings.TrimSpace(lines[n-1])
	return line, true
}

// alike returns the event of f that is of the same kind as e, and about the same switch.
func alike(f lab.Frame, e event.Event) (event.Event, bool) {
	i := slices.IndexFunc(f.Events, func(x event.Event) bool {
		return x.Kind == e.Kind && x.Switch == e.Switch && x.On == e.On && len(x.Code) > 0
	})
	if i < 0 {
		return event.Event{}, false
	}
	return f.Events[i], true
}

// fewestLines is how many lines of a language are enough to ask for one of them.
const fewestLines = 3

// InTheirs reports whether every one of the places has a line in the language of the
// server that the learner picked.
func (l Learn) InTheirs(places []ask.Place) bool {
	return !slices.ContainsFunc(places, func(p ask.Place) bool { _, ok := l.TheirLine(p); return !ok })
}

// inTheirs returns the places of lines that differ in the language of the server that the
// learner picked, each line once; all of them where it has too few, or none for the answer.
func (l Learn) inTheirs(a script.Ask, places []ask.Place) []ask.Place {
	var out []ask.Place
	var codes []string
	answered := false
	for _, p := range places {
		line, ok := l.TheirLine(p)
		if !ok {
			continue
		}
		right, _ := ask.Judge(l.Trace, a, p)
		answered = answered || right
		switch i := slices.Index(codes, line.Code); { // two that read alike are one to the learner
		case i < 0:
			out, codes = append(out, p), append(codes, line.Code)
		case right: // of what a line does, the answer counts
			out[i] = p
		}
	}
	if !answered || len(out) < fewestLines {
		return places
	}
	return out
}
