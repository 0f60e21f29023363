package survey

import (
	"iter"
	"slices"

	"fixlab/lab/script"
	"fixlab/scenarios"
)

// The kinds of jobs.
const (
	Exploring = "explore"
	Reasoning = "why"
)

// A Job is one question, as plain data: what the page asks of its worker, and
// the terminal of itself.
type Job struct {
	Kind string         // Exploring or Reasoning
	For  string         // the question; its answers say it again
	Play scenarios.Play // the run that it is about
	Mode Mode

	// To explore is to play the matrix, the other servers and every combination,
	// with the play's own source of the value. Every plays every source instead,
	// and this server only; Wide plays the combinations only, on every server
	// from every source.
	Every bool `json:",omitempty"`
	Wide  bool

	Part, Parts int // of a wide one: it plays the Part-th of so many parts, from 0
}

// An Answer is a part of what a job finds.
type Answer struct {
	For    string
	Kind   string `json:",omitempty"` // "row", "server", "space", "why", "end" or "error"; "" only lets others go first
	Done   int    `json:",omitempty"`
	Of     int    `json:",omitempty"`
	Runs   int    `json:",omitempty"`
	Cells  Row    `json:",omitempty"`
	Space  *Space `json:",omitempty"`
	Why    *Why   `json:",omitempty"`
	Error  string `json:",omitempty"`
	OnPage bool   `json:",omitempty"`
}

// Orders returns what is on in the rows that an explore job answers with. Every
// plays the explored switches only.
func (j Job) Orders() []Order {
	orders := j.Mode.Orders(j.Play.On)
	if j.Every {
		orders = slices.DeleteFunc(orders, func(o Order) bool { return !scenarios.Switches.Has(o.Set) })
	}
	return orders
}

// ways returns s over every route: from the source that with names, or from
// each that makes a difference.
func (j Job) ways(s *script.Scenario, with script.Setup) ([]*script.Scenario, error) {
	if j.Every {
		return scenarios.Ways(s, with)
	}
	var out []*script.Scenario
	for _, r := range scenarios.Routes {
		with.Route = r.Name
		played, err := scenarios.Arrange(s, with)
		if err != nil {
			return nil, err
		}
		out = append(out, played)
	}
	return out, nil
}

// part returns the attacks of this part of a wide job.
func (j Job) part(s *script.Scenario, with script.Setup) ([]*script.Scenario, error) {
	all, err := scenarios.Everywhere(s, with)
	if err != nil {
		return nil, err
	}
	parts := max(1, j.Parts)
	return all[len(all)*j.Part/parts : len(all)*(j.Part+1)/parts], nil
}

// Do carries a job out. It yields what it finds as soon as it has it, and at
// last an "end" or an "error".
func (l Runs) Do(j Job) iter.Seq[Answer] {
	return func(yield func(Answer) bool) {
		var err error
		more := true
		tell := func(a Answer) bool {
			a.For = j.For
			more = more && yield(a)
			return more
		}
		switch j.Kind {
		case Exploring:
			err = l.explore(j, tell)
		case Reasoning:
			err = l.why(j, tell)
		default:
			panic("survey: no kind of job is called " + j.Kind)
		}
		if err != nil {
			tell(Answer{Kind: "error", Error: "This cannot be played: " + err.Error() + "."})
		}
	}
}
