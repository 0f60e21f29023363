package ask

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// A Place is an event of a trace, or a step.
type Place struct {
	Frame int // an index of Trace.Frames
	Seq   int // the event's; below 0 for the step itself
}

// Find returns the place that e names in t: the step alone for "decides" and "does".
func Find(t *lab.Trace, e script.Event) (Place, bool) {
	if e.Decides {
		return Place{t.Verdict.Frame, -1}, t.Cut == ""
	}
	found, ok := Place{}, false
	for i, f := range t.Frames {
		if e.Does != "" {
			if strings.HasPrefix(f.Step.String(), e.Does) {
				if found, ok = (Place{i, -1}), true; !e.Last {
					return found, true
				}
			}
			continue
		}
		for _, x := range f.Events {
			if x.Who != e.Who || x.Kind != e.Kind || !strings.Contains(x.Text, e.Text) && !strings.Contains(t.Label(x.Text), e.Text) {
				continue
			}
			if found, ok = (Place{i, x.Seq}), true; !e.Last {
				return found, true
			}
		}
	}
	return found, ok
}

// Candidates returns everything of the kind that a learner can point at in t, in the
// order in which it happened: the steps, the cookies that browsers stored, the records
// that were saved, the lines of the server's code that ran. What looks the same is there
// once, at its first place.
func Candidates(t *lab.Trace, kind script.Kind) (all []Place) {
	seen := map[string]bool{}
	for i, f := range t.Frames {
		if kind == script.PointStep {
			all = append(all, Place{i, -1})
			continue
		}
		for _, e := range f.Events {
			p := Place{i, e.Seq}
			if id := looks(t, kind, p); id != "" && !seen[id] {
				seen[id] = true
				all = append(all, p)
			}
		}
	}
	return all
}

// Judge says whether a learner who points at p answers a, a question about the run t,
// and what to say to her. A place that looks the same as the right one is right, and so is
// the line of a switch that would have done as much, see too; only the answer itself is
// answered with a.Right.
func Judge(t *lab.Trace, a script.Ask, p Place) (right bool, feedback string) {
	if at, ok := Find(t, a.Point.Event); ok && same(t, a.Point.Kind, at, p) {
		return true, a.Right
	}
	if says, ok := too(t, a, p); ok {
		return true, says
	}
	for _, w := range a.Wrong {
		if at, ok := Find(t, w.Thing.Event); ok && same(t, w.Thing.Kind, at, p) {
			return false, w.Text
		}
	}
	return false, a.Else
}

// same reports whether a and b are one thing of the kind to who looks at t: one step,
// one cookie, one content of a record, or one line of code in one step. A line is that
// which an event points at, or the innermost one.
func same(t *lab.Trace, kind script.Kind, a, b Place) bool {
	if kind == script.PointStep {
		return a.Frame == b.Frame
	}
	if id := looks(t, kind, a); id != "" && id == looks(t, kind, b) {
		return true
	}
	x, y := EventAt(t, a), EventAt(t, b)
	return kind == script.PointCode && a.Frame == b.Frame && len(x.Code) > 0 && len(y.Code) > 0 && x.Code[0] == y.Code[0]
}

// looks returns what a learner sees of the event at p as a thing of the kind, "" when it
// is none.
func looks(t *lab.Trace, kind script.Kind, p Place) string {
	e := EventAt(t, p)
	switch {
	case kind == script.PointCookie && e.Kind == event.Stored:
		return e.Who + " " + cookie(e.Line)
	case kind == script.PointRow && e.Kind == event.Save:
		return e.Key + " " + e.User + " " + e.Data.JSON()
	case kind == script.PointCode && len(e.Code) > 0:
		if line, ok := Line(t, p); ok {
			return fmt.Sprint(p.Frame, " ", line)
		}
	}
	return ""
}

// Line returns the line of the server's source that the event at p points at: the
// profile's own where it has one, else the innermost.
func Line(t *lab.Trace, p Place) (event.Line, bool) {
	profile, _ := server.ByID(t.Scenario.Profile)
	return EventAt(t, p).Spot(profile.File)
}

// EventAt returns the event at p; one of no kind for a step, and where there is none.
func EventAt(t *lab.Trace, p Place) event.Event {
	if p.Frame < 0 || p.Frame >= len(t.Frames) || p.Seq < 0 {
		return event.Event{}
	}
	events := t.Frames[p.Frame].Events
	if i := slices.IndexFunc(events, func(e event.Event) bool { return e.Seq == p.Seq }); i >= 0 {
		return events[i]
	}
	return event.Event{}
}

// cookie returns what tells the cookie of a Set-Cookie line from another one in a jar
// and from one of another value: name and value, Domain and Path.
func cookie(line string) string {
	pair, rest, _ := strings.Cut(line, ";")
	domain, path := "", "/"
	for part := range strings.SplitSeq(rest, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "domain":
			domain = strings.ToLower(strings.TrimPrefix(value, "."))
		case "path":
			path = value
		}
	}
	return strings.TrimSpace(pair) + "; " + domain + "; " + path
}
