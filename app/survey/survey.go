package survey

import (
	"sync"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// exploreLesson is the lesson that is played over every route.
const lesson = scenarios.Open

// controlRoute brings nothing to anybody: over it Alice's day is an honest one.
const Control = "cross-site"

// A Mode says what a row of the table does with its switch.
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

// An order is one row of the table: what is on in its runs.
type order struct {
	Set    defence.Set
	Switch int // in defence.All; -1 for the row that the others are compared with
}

// Orders returns the rows of the table, the one to compare with first.
func (m Mode) Orders(present defence.Set) []order {
	base := order{present, -1}
	if m == ModeAlone {
		base.Set = 0
	}
	rows := []order{base}
	for i, d := range defence.All {
		switch on := present.Has(d.Set); {
		case m == ModeAlone:
			rows = append(rows, order{d.Set, i})
		case on == (m == ModeRemoved):
			rows = append(rows, order{present.Flip(d.Set), i})
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

// Harm reports whether Mallory got something out of the run.
func (c Ending) Harm() bool {
	switch c.Outcome {
	case event.Broken, event.Defended, event.NotApplicable, event.Zombie, "":
		return false
	}
	return true
}

// exploreOwn is the lesson with its own setup. It is read once.
var Lesson = sync.OnceValue(func() *script.Scenario {
	s, err := scenarios.Get(lesson)
	if err != nil {
		panic("the page: " + err.Error()) // its own lessons parse; their tests say so
	}
	return s
})
