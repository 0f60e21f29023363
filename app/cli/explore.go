//go:build !wasm

package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"fixlab/app/survey"
	"fixlab/lab/event"
	"fixlab/lab/near"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// findings are what a survey of one profile comes to, over every route, every
// source of the value and every set of scenarios.Switches: the JSON of explore.
type findings struct {
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
}

// A row is a survey.Row by its switch's name.
type row struct {
	On    string          `json:"on"`
	Cells []event.Outcome `json:"cells"` // by route: the worst over the sources
	Works bool            `json:"aliceCanWork"`
	Stops int             `json:"stops"` // of the ways that end in a hijack with no switch on
	Of    int             `json:"of"`
}

// A stopping is a survey.Remedy by its switches' names.
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
		return usageError{fmt.Errorf("explore: unknown profile %q%s", *profile, near.Choices(*profile, server.IDs()))}
	}
	e, err := explored(*profile, *visited)
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

// explored asks the survey what the page asks of its worker, with every source
// of the value.
func explored(profile string, visited bool) (*findings, error) {
	s := survey.Lesson()
	with := s.Setup
	with.Profile, with.Visited = profile, visited
	job := survey.Job{Kind: survey.Exploring, Every: true, Play: scenarios.Play{Lesson: s.Name, With: scenarios.Words(s, with, s.Setup)}}
	var matrix []survey.Row
	var space *survey.Space
	for a := range (survey.Runs{}).Do(job) {
		switch a.Kind {
		case "row":
			matrix = append(matrix, a.Cells)
		case "space":
			space = a.Space
		case "error":
			return nil, errors.New(a.Error)
		}
	}
	e := &findings{Profile: profile, Visited: visited, Sets: space.Sets, Runs: space.Runs,
		Ratio: float64(space.Sets) / float64(space.Runs), Seconds: space.Seconds}
	for _, route := range scenarios.Routes {
		e.Routes = append(e.Routes, route.Name)
	}
	for i, o := range job.Orders() {
		r := row{On: o.Set.String(), Works: matrix[i].Works(), Stops: space.Credits[i].Stops, Of: space.Credits[i].Of}
		for _, c := range matrix[i][:len(e.Routes)] {
			r.Cells = append(r.Cells, c.Outcome)
		}
		e.Rows = append(e.Rows, r)
	}
	e.Hijack, e.Harm = stoppings(space.Remedies[0]), stoppings(space.Remedies[1])
	return e, nil
}

func stoppings(list []survey.Remedy) []stopping {
	out := []stopping{}
	for _, r := range list {
		out = append(out, stopping{r.Set.String(), r.Works})
	}
	return out
}

// letters stand for the outcomes in the matrix.
var letters = map[event.Outcome]string{event.Hijacked: "H", event.HijackedWithAccount: "h", event.Forged: "F", event.Trapped: "T",
	event.Exposed: "X", event.Poisoned: "P", event.Zombie: "Z", event.Broken: "B", event.Impersonated: "I", event.Defended: ".", event.NoAttack: "o", event.NotApplicable: "-"}

func (e *findings) text() string {
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
