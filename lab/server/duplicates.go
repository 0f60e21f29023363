package server

import "strings"

// Duplicates says which of several cookies of one name a server reads. A test
// holds every profile's against its runs.
type Duplicates int

// What the frameworks do.
const (
	First         Duplicates = iota // as Env.first
	FirstStripped                   // as Env.firstStripped
	Last                            // as Env.last
	FirstExisting                   // the first that names a record of the store, as Tomcat does
)

// Pick returns the index of the cookie that is read as name, of cookies with
// these names in the order in which they are sent; -1 when there is none. exists
// reports whether the store has a record of what the i-th names; only
// FirstExisting asks.
func (d Duplicates) Pick(names []string, name string, exists func(i int) bool) int {
	trim := strings.TrimSpace
	if d == First || d == FirstExisting {
		trim = blank
	}
	at := -1
	for i, n := range names {
		if trim(n) == name && (at < 0 || d == Last) && (d != FirstExisting || exists(i)) {
			at = i
		}
	}
	return at
}
