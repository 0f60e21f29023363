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
)

// Pick returns the index of the cookie that is read as name, of cookies with
// these names in the order in which they are sent; -1 when there is none.
func (d Duplicates) Pick(names []string, name string) int {
	trim := strings.TrimSpace
	if d == First {
		trim = blank
	}
	at := -1
	for i, n := range names {
		if trim(n) == name && (at < 0 || d == Last) {
			at = i
		}
	}
	return at
}
