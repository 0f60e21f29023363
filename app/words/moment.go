package words

import (
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/server/listing"
)

// InListing returns the number, from 1, of the line of the listing that stands for the
// event e of step i of t; 0 when it has no such line.
func InListing(l listing.Listing, t *lab.Trace, i int, e event.Event) int {
	return l.Lit(Moment(t.Frames[i], e), t.Scenario.Under(t.Defences))
}

// Moment returns what a listing is to know of an event of the frame.
func Moment(f lab.Frame, e event.Event) listing.Moment {
	m := listing.Moment{Kind: string(e.Kind), Switch: e.Switch, On: e.On}
	for _, l := range e.Code {
		m.Calls = append(m.Calls, l.Func)
	}
	for _, r := range f.Events {
		if r.Seq > e.Seq {
			break
		}
		if r.Kind == event.Request {
			_, m.Path, _ = strings.Cut(r.Message.Start, " ")
			m.Path, _, _ = strings.Cut(m.Path, "?")
		}
	}
	return m
}
