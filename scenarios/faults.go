package scenarios

import (
	"slices"
	"strconv"
	"strings"
)

// mostFaults is how many faults are told; the rest are counted.
const mostFaults = 5

// Faults are what is wrong with words that somebody wrote, as clauses of a
// sentence. The zero value is no fault.
type Faults struct {
	said []string
	more int
}

// Add adds a fault; one that is told already changes nothing.
func (f *Faults) Add(clause string) {
	switch {
	case slices.Contains(f.said, clause):
	case f.full():
		f.more++
	default:
		f.said = append(f.said, clause)
	}
}

// full reports whether further faults are only counted: what they were meant to
// be need not be looked for.
func (f Faults) full() bool { return len(f.said) == mostFaults }

// None reports whether nothing is wrong.
func (f Faults) None() bool { return f.said == nil }

// String returns at most five clauses, and how many more there are.
func (f Faults) String() string {
	text := strings.Join(f.said, "; ")
	if f.more > 0 {
		text += ", and " + strconv.Itoa(f.more) + " more"
	}
	return text
}
