package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/server/listing"
)

// linesOf says what the lines are that can be pointed at, and lets the learner say in
// whose code she wants to see them.
func linesOf(l page.Learn, places []ask.Place) app.UI {
	return pickFramework(l, text.T("ask.lines", "n", places[0].Frame+1))
}

// codePlace is a line of code that can be pointed at: what it does, whatever comes of it,
// and the line, in the language of the server that the learner picked where that has one.
func codePlace(l page.Learn, p ask.Place) app.UI {
	e := ask.EventAt(l.Trace, p)
	code, at, absent := theirLine(l, p)
	if code == "" {
		line, _ := ask.Line(l.Trace, p)
		code, at = sourceLine(line), line.String()
	}
	note := ""
	if absent {
		note = text.T("ask.absent") + " "
	}
	return el("span", "grow",
		txt("span", "does", lineDoes(e)),
		el("span", "at", txt("span", "quiet t1", note), txt("code", "", code), txt("span", "quiet t1 mono", " "+at)))
}

// theirLine returns what stands for the line at p in the framework's own language, and
// where, such as "django.py:30"; "" where nothing does. What only runs with a switch on
// that is off is absent: the line that would be there.
func theirLine(l page.Learn, p ask.Place) (code, at string, absent bool) {
	t, frame, _ := l.InFramework(p.Frame)
	other, ok := listing.For(t.Scenario.Profile)
	if !ok {
		return "", "", false
	}
	e, ok := alike(t.Frames[frame], ask.EventAt(l.Trace, p))
	if !ok {
		return "", "", false
	}
	on := t.Scenario.Under(t.Defences)
	m := moment(t.Frames[frame], e)
	n := other.Lit(m, on)
	if e.Kind == event.Ask && !e.On {
		m.On, absent = true, true
		if with := other.Lit(m, on|e.Switch); with != n {
			n = with
		} else {
			n = 0 // it has no line for it
		}
	}
	if n == 0 {
		return "", "", false
	}
	lines := strings.Split(other.Text, "\n")
	return strings.TrimSpace(lines[n-1]), other.File + ":" + strconv.Itoa(n), absent
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

// ran says which line of Go it was that ran, where the place shows another.
func ran(l page.Learn, p ask.Place) app.UI {
	if code, _, _ := theirLine(l, p); code == "" {
		return nil
	}
	line, _ := ask.Line(l.Trace, p)
	return el("p", "t1", txt("span", "quiet", text.T("ask.ran")+" "), txt("code", "", sourceLine(line)), txt("span", "quiet mono", " "+line.String()))
}

// lineDoes says in a few words what a line of the server's source does, whatever comes of it.
func lineDoes(e event.Event) string {
	switch e.Kind {
	case event.Ask:
		return text.T("code.asks", "switch", e.Switch.Infos()[0].Title)
	case event.Login, event.Unsign, event.Load, event.Save, event.Delete, event.Sign, event.Random, event.Logout:
		return text.T("line." + string(e.Kind))
	}
	return ""
}
