//go:build !wasm

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/lab/near"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// A survey is what one profile comes to over every route, every source of the
// value and every set of scenarios.Switches.
type survey struct {
	Profile string     `json:"profile"`
	Visited bool       `json:"visited"` // alice has been to the shop before
	Routes  []string   `json:"routes"`
	Rows    []row      `json:"rows"` // no switch, then each alone
	Hijack  []stopping `json:"stopsHijack"`
	Harm    []stopping `json:"stopsEveryHarm"`
	Sets    int        `json:"combinations"` // ways in times sets
	Runs    int        `json:"runs"`
	Ratio   float64    `json:"combinationsPerRun"`
	Seconds float64    `json:"seconds"`

	spaces []*explore.Space // of every way
}

// A row is one line of the matrix.
type row struct {
	On    string          `json:"on"`
	Cells []event.Outcome `json:"cells"` // by route: the worst over the sources
	Works bool            `json:"aliceCanWork"`
	Stops int             `json:"stops"` // of the ways that end in a hijack with no switch on
	Of    int             `json:"of"`
}

// A stopping is a lab.Stop by name.
type stopping struct {
	On    string `json:"on"`
	Works bool   `json:"aliceCanWork"`
}

// runExplore prints what every switch stops, the smallest sets that stop
// everything, and how much was covered.
func runExplore(args []string, out io.Writer) error {
	f := flags("explore")
	profile := f.String("profile", "signed-id", "the server")
	visited := f.Bool("visited", false, "alice has been to the shop before")
	asJSON := f.Bool("json", false, "print one JSON object")
	if err := parse(f, args); err != nil {
		return err
	}
	if _, ok := server.ByID(*profile); !ok {
		hint := near.Hint(*profile, server.IDs())
		if hint == "" {
			hint = "; there are " + strings.Join(server.IDs(), ", ")
		}
		return usageError{fmt.Errorf("explore: unknown profile %q%s", *profile, hint)}
	}
	s, err := scenarios.Get(scenarios.Open)
	if err != nil {
		return err
	}
	e, err := exploreProfile(s, *profile, *visited)
	if err != nil {
		return fmt.Errorf("explore: %w", err)
	}
	if *asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		return enc.Encode(e)
	}
	_, err = io.WriteString(out, e.text())
	return err
}

func hijacks(r *explore.Result) bool { return r.Outcome.Hijack() }

// harms reports whether Mallory got anything at all.
func harms(r *explore.Result) bool { return worse(r.Outcome, event.Broken) }

func worse(a, b event.Outcome) bool {
	return slices.Index(event.Outcomes, a) < slices.Index(event.Outcomes, b)
}

func exploreProfile(s *script.Scenario, profile string, visited bool) (*survey, error) {
	with := script.Setup{Profile: profile, Visited: visited}
	ways, err := scenarios.Ways(s, with)
	if err != nil {
		return nil, err
	}
	e := &survey{Profile: profile, Visited: visited}
	begin := time.Now()
	if e.spaces, err = spacesOf(ways, 0, scenarios.Switches); err != nil {
		return nil, err
	}
	honest, err := spacesOf([]*script.Scenario{scenarios.Honest(s, with)}, 0, scenarios.Switches)
	if err != nil {
		return nil, err
	}
	e.Seconds = time.Since(begin).Seconds()
	for _, sp := range e.spaces {
		e.Sets += sp.Sets
		e.Runs += len(sp.Leaves)
	}
	e.Ratio = float64(e.Sets) / float64(e.Runs)
	for _, route := range scenarios.Routes {
		e.Routes = append(e.Routes, route.Name)
	}
	for _, d := range alone() {
		r := row{On: d.String(), Works: true}
		for i, way := range ways {
			l, _ := e.spaces[i].Leaf(d)
			if n := len(r.Cells); i == 0 || ways[i-1].Route != way.Route {
				r.Cells = append(r.Cells, l.Outcome)
			} else if worse(l.Outcome, r.Cells[n-1]) {
				r.Cells[n-1] = l.Outcome
			}
		}
		if l, _ := honest[0].Leaf(d); l.Holds(event.Broken) {
			r.Works = false
		}
		r.Stops, r.Of = explore.Credit(e.spaces, d, hijacks)
		e.Rows = append(e.Rows, r)
	}
	if e.Hijack, err = stops(append(e.spaces, honest...), hijacks); err != nil {
		return nil, err
	}
	e.Harm, err = stops(append(e.spaces, honest...), harms)
	return e, err
}

// alone returns no switch, and then each of scenarios.Switches.
func alone() []defence.Set {
	sets := []defence.Set{0}
	for _, d := range defence.All {
		if scenarios.Switches.Has(d.Set) {
			sets = append(sets, d.Set)
		}
	}
	return sets
}

// stops is lab.Stops by name.
func stops(spaces []*explore.Space, bad func(*explore.Result) bool) ([]stopping, error) {
	found, err := explore.Stops(spaces, bad)
	out := []stopping{}
	for _, s := range found {
		out = append(out, stopping{s.On.String(), s.Works})
	}
	return out, err
}

func spacesOf(ss []*script.Scenario, base, over defence.Set) ([]*explore.Space, error) {
	var out []*explore.Space
	var p *explore.Player
	for _, s := range ss {
		var err error
		if p == nil {
			p, err = explore.NewPlayer(s)
		} else {
			p, err = p.Next(s)
		}
		if err != nil {
			return nil, err
		}
		sp, err := p.Space(base, over)
		if err != nil {
			return nil, err
		}
		out = append(out, sp)
	}
	return out, nil
}

// letters stand for the outcomes in the matrix.
var letters = map[event.Outcome]string{event.Hijacked: "H", event.HijackedWithAccount: "h", event.Forged: "F", event.Trapped: "T",
	event.Poisoned: "P", event.Zombie: "Z", event.Broken: "B", event.Defended: ".", event.NotApplicable: "-"}

func (e *survey) text() string {
	var b strings.Builder
	jar := "alice's jar is empty"
	if e.Visited {
		jar = "alice has been to the shop before"
	}
	fmt.Fprintf(&b, "%s, %s. Everything here is in this model: no more attacks than these routes, no more servers than this one.\n\nRoutes:\n", e.Profile, jar)
	for i, route := range scenarios.Routes {
		fmt.Fprintf(&b, "%4d  %-18s %s\n", i+1, route.Name, route.Title)
	}
	b.WriteString("\nEach switch alone; in a cell the worst over the sources of the value:\n")
	for _, o := range event.Outcomes {
		fmt.Fprintf(&b, "  %s %s", letters[o], o)
	}
	fmt.Fprintf(&b, "\n\n%-18s", "")
	for i := range e.Routes {
		fmt.Fprintf(&b, "%3d", i+1)
	}
	b.WriteString("  alice   stops alone\n")
	for i, r := range e.Rows {
		fmt.Fprintf(&b, "%-18s", r.On)
		for _, o := range r.Cells {
			fmt.Fprintf(&b, "%3s", letters[o])
		}
		works := "works"
		if !r.Works {
			works = "broken"
		}
		fmt.Fprintf(&b, "  %-6s", works)
		if i > 0 {
			fmt.Fprintf(&b, "  %d of %d", r.Stops, r.Of)
		}
		b.WriteByte('\n')
	}
	for _, list := range []struct {
		title string
		sets  []stopping
	}{{"Minimal sets that stop every hijack", e.Hijack}, {"Minimal sets that stop every harm", e.Harm}} {
		fmt.Fprintf(&b, "\n%s:\n", list.title)
		if len(list.sets) == 0 {
			b.WriteString("  none among these switches\n")
		}
		for _, s := range list.sets {
			note := ""
			if !s.Works {
				note = "  (somewhere alice cannot use her account)"
			}
			fmt.Fprintf(&b, "  %s%s\n", s.On, note)
		}
	}
	fmt.Fprintf(&b, "\n%d combinations covered by %d runs (%.0f a run) in %.2f s\n", e.Sets, e.Runs, e.Ratio, e.Seconds)
	return b.String()
}
