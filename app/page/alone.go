package page

import (
	"slices"
	"strings"

	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// An equal is the switches that each stop the same attacks alone.
type equal struct {
	routes uint64 // those that they stop, a bit each
	stops  int    // how many those are
	titles []string
}

// Alone says how much each switch stops alone, one line for those that stop the
// same; it is known when the table of each switch alone is complete.
func (e Exploration) Alone() []string {
	orders := survey.ModeAlone.Orders(0)
	if e.Mode != survey.ModeAlone || e.Found == nil || len(e.Found.Rows) < len(orders) {
		return nil
	}
	base := e.Found.Rows[0]
	_, of := Stopped(base, base)
	if of == 0 {
		return []string{text.T("explore.alone-no-attack")}
	}
	var out []string
	for _, g := range equals(orders, e.Found.Rows) {
		titles := strings.Join(g.titles, ", ")
		switch {
		case g.stops == 0:
			out = append(out, text.T("explore.alone-none", "switches", titles))
		case len(g.titles) == 1:
			out = append(out, text.T("explore.alone-one", "switch", titles, "n", g.stops, "of", of))
		case g.stops == of:
			out = append(out, text.T("explore.alone-all", "switches", titles, "n", g.stops, "of", of))
		default:
			out = append(out, text.T("explore.alone-same", "switches", titles, "n", g.stops, "of", of))
		}
	}
	return out
}

// equals groups the switches of the rows, but not the mistakes; those that stop
// most come first.
func equals(orders []survey.Order, rows [][]survey.Ending) []*equal {
	var groups []*equal
	for i, o := range orders {
		if o.Switch < 0 || defence.All[o.Switch].Wrong {
			continue
		}
		g := equal{}
		g.stops, _ = Stopped(rows[0], rows[i])
		for n := range scenarios.Routes {
			if rows[0][n].Outcome.Harm() && !rows[i][n].Outcome.Harm() {
				g.routes |= 1 << n
			}
		}
		at := slices.IndexFunc(groups, func(o *equal) bool { return o.routes == g.routes })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &g)
		}
		groups[at].titles = append(groups[at].titles, text.T("explore.alone-switch", "switch", defence.All[o.Switch].Title))
	}
	slices.SortStableFunc(groups, func(a, b *equal) int { return b.stops - a.stops })
	return groups
}
