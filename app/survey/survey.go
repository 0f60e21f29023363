// Package survey answers questions by many runs: what stops what, on one server
// or on all, and why a run ended as it did. The page asks it through a worker,
// the terminal by itself.
package survey

import (
	"sync"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// Lesson is the lesson that is played over every route, with its own setup. It
// is read once.
var Lesson = sync.OnceValue(func() *script.Scenario {
	s, err := scenarios.Get(scenarios.Open)
	if err != nil {
		panic("survey: " + err.Error()) // our own lessons parse; their tests say so
	}
	return s
})

// Control is a route that brings nothing to anybody: over it Alice's day is an
// honest one.
const Control = "cross-site"

// A Mode says what a row of the matrix does with its switch.
type Mode int

// The modes.
const (
	ModeAlone Mode = iota // nothing else is on
	ModeAdded
	ModeRemoved
)

// Modes are the modes' names, in links, and what the page calls them.
var Modes = [...]struct{ Name, Title, Base string }{
	{"alone", "Each switch alone", "Nothing on"},
	{"added", "Added to the present set", "The present set"},
	{"removed", "Removed from the present set", "The present set"},
}

// An Order is what is on in the runs of one row of the matrix.
type Order struct {
	Set    defence.Set
	Switch int // in defence.All; -1 for the row that the others are compared with
}

// Orders returns the rows of the matrix, the one to compare with first.
func (m Mode) Orders(present defence.Set) []Order {
	base := Order{present, -1}
	if m == ModeAlone {
		base.Set = 0
	}
	rows := []Order{base}
	for i, d := range defence.All {
		switch on := present.Has(d.Set); {
		case m == ModeAlone:
			rows = append(rows, Order{d.Set, i})
		case on == (m == ModeRemoved):
			rows = append(rows, Order{present.Flip(d.Set), i})
		}
	}
	return rows
}

// An Ending is how one run ended.
type Ending struct {
	Outcome event.Outcome `json:"o"`
	Step    int           `json:"s"`           // the deciding one, from 0
	Broken  bool          `json:"b,omitempty"` // alice could not use her account, besides
}

func endingOf(r explore.Result) Ending { return Ending{r.Outcome, r.Frame, r.Holds(event.Broken)} }

// A Row is one line of the matrix: an Ending for each of scenarios.Routes, the
// worst where the value can come from several sources. In the rows of a set, as
// opposed to those of a server, Alice's day comes after them: her run over
// Control, Broken where she cannot work though nobody attacks.
type Row []Ending

// Works reports whether Alice can use her account under the row's set.
func (r Row) Works() bool { return !r[len(scenarios.Routes)].Broken }

// A Goal is what Mallory must not reach.
type Goal struct {
	Title string
	Bad   func(*explore.Result) bool // the result reaches it
}

// Goals are what the remedies are against.
var Goals = [...]Goal{
	{"Mallory is never served as Alice", func(r *explore.Result) bool { return r.Outcome.Hijack() }},
	{"Mallory gets nothing at all: no hijack, no forged form, no trap, nothing planted in Alice’s session", func(r *explore.Result) bool { return r.Outcome.Harm() }},
}

// A Remedy is a smallest set of switches with which no attack reaches a goal.
type Remedy struct {
	Set   defence.Set
	Works bool // Alice can still work
	Step  int  // of her day, to show
}

// A Credit counts attacks that hijack with nothing on, and those of them that
// do not under a set.
type Credit struct{ Stops, Of int }

// A Space is what the play of every combination comes to.
type Space struct {
	Wide     bool // every server, every route and every source
	Part     int  // see Job
	Parts    int
	Attacks  int
	Played   int // of them
	Switches int
	Sets     int // combinations covered
	Runs     int // made for that
	Seconds  float64
	Ended    bool
	Remedies [][]Remedy `json:",omitempty"` // a list for each of Goals; not when Wide
	Credits  []Credit   `json:",omitempty"` // by Job.Orders; only when every source is played
}

// And returns what two parts come to together, played side by side.
func (sp Space) And(o Space) Space {
	sp.Attacks, sp.Played = sp.Attacks+o.Attacks, sp.Played+o.Played
	sp.Sets, sp.Runs = sp.Sets+o.Sets, sp.Runs+o.Runs
	sp.Seconds, sp.Ended = max(sp.Seconds, o.Seconds), sp.Ended && o.Ended
	return sp
}
