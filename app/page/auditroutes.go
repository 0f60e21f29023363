//go:build !slim

package page

import (
	"slices"

	"fixlab/lab/audit"
	"fixlab/scenarios"
)

// An AuditRoute is a row of the table of routes.
type AuditRoute struct {
	Title   string
	Browser string // "" for all
	Empty   audit.Landing
	Beside  audit.Landing
	Why     []string // sentences
}

// In reports whether a planted value gets to the server.
func (r AuditRoute) In() bool {
	in := func(l audit.Landing) bool { return l.Fate == audit.Lands || l.Fate == audit.Shadows }
	return in(r.Empty) || in(r.Beside)
}

// Routes are the lab's routes, by which a value of somebody else's would get into the
// session's cookie: once where the browsers agree. Those by which it does come first.
func (a Audit) Routes() (in, other []AuditRoute) {
	ways := a.Found.Routes
	for i := 0; i < len(ways); i++ {
		w := ways[i]
		r := AuditRoute{Title: w.Route, Browser: w.Browser, Empty: w.Empty, Beside: w.Beside}
		if f := scenarios.Route(w.Route); f != nil {
			r.Title = f.Title
		}
		if i+1 < len(ways) && ways[i+1].Route == w.Route && ways[i+1].Empty == w.Empty && ways[i+1].Beside == w.Beside {
			r.Browser = ""
			i++
		}
		for _, l := range []audit.Landing{w.Empty, w.Beside} {
			if l.Why != "" && !slices.Contains(r.Why, l.Why) {
				r.Why = append(r.Why, l.Why)
			}
		}
		if r.In() {
			in = append(in, r)
		} else {
			other = append(other, r)
		}
	}
	return in, other
}

// Weak are the weaknesses that were seen without an attack.
func (a Audit) Weak() (list []audit.Result) {
	for _, r := range a.Found.Faults {
		if r.Verdict == audit.Worked {
			list = append(list, r)
		}
	}
	return list
}
