package page

import (
	"fmt"
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
	n := words.InListing(other, t, frame, e)
	absent := e.Kind == event.Ask && !e.On
	switch {
	case absent:
		n = missing(other, t, frame, e)
	case byTheWay(e) && busy(other, t, frame, e, n):
		n = 0
	}
	if n == 0 {
		return TheirLine{}, false
	}
	return TheirLine{other.File, n, strings.TrimSpace(other.Lines()[n-1]), absent}, true
}

// missing returns where in the listing a line would stand with a switch on that e, of a
// frame, says is off; 0 when the listing has no line for it.
func missing(other listing.Listing, t *lab.Trace, frame int, e event.Event) int {
	m, on := words.Moment(t.Frames[frame], e), t.Scenario.Under(t.Defences)
	without := other.Lit(m, on)
	m.On = true
	if with := other.Lit(m, on|e.Switch); with != without {
		return with
	}
	return 0
}

// byTheWay reports whether the like of e is done in lines that do something else too.
func byTheWay(e event.Event) bool {
	switch e.Kind {
	case event.Ask, event.Login, event.Save, event.Delete:
		return false
	}
	return true
}

// busy reports whether line n of the listing does something else in the frame than e: that
// is what it is read as.
func busy(other listing.Listing, t *lab.Trace, frame int, e event.Event, n int) bool {
	return slices.ContainsFunc(t.Frames[frame].Events, func(x event.Event) bool {
		does := x.Kind == event.Ask && x.On || x.Kind == event.Save || x.Kind == event.Login || x.Kind == event.Load && e.Kind != event.Load
		return does && len(x.Code) > 0 && words.InListing(other, t, frame, x) == n
	})
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

var answers memo[Told] // by lesson, the question's line and the place

// toldOf is what is said to who points at p. What was played for it once is remembered.
func (l Learn) toldOf(a script.Ask, p ask.Place) Told {
	return answers.get(fmt.Sprint(l.Lesson.Name, " ", a.Line, " ", p), func() (told Told) {
		told.Right, told.Text = ask.Judge(l.Trace, a, p)
		return told
	})
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
	var rights []bool
	answered := false
	for _, p := range places {
		line, ok := l.TheirLine(p)
		if !ok {
			continue
		}
		told := l.toldOf(a, p)
		answered = answered || told.Text == a.Right
		switch i := slices.Index(codes, line.Code); { // two that read alike are one to the learner
		case i < 0:
			out, codes, rights = append(out, p), append(codes, line.Code), append(rights, told.Right)
		case told.Text == a.Right || told.Right && !rights[i]: // of what a line does, the answer counts
			out[i], rights[i] = p, true
		}
	}
	if !answered || len(out) < fewestLines {
		return places
	}
	return out
}
