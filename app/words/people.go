// Package words says a run in sentences, for the page, the live region and the
// terminal alike. It knows no HTML.
package words

import (
	"fixlab/lab"
)

// A Lane is one of the three panels.
type Lane int

// The lanes, from left to right.
const (
	Attacker Lane = iota
	Server
	Victim
)

// ShopHost is the server's column; every other host is Mallory's.
const ShopHost = "shop.example"

// Person returns the name of a person as a sentence writes it.
func Person(name string) string {
	switch name {
	case "alice":
		return "Alice"
	case "mallory":
		return "Mallory"
	}
	return name
}

// LaneOf returns the lane of a browser or a host.
func LaneOf(who string) Lane {
	switch who {
	case "alice":
		return Victim
	case ShopHost:
		return Server
	}
	return Attacker
}

// Acting returns the lane in which the step's person sits, or the server's.
func Acting(t *lab.Trace, i int) Lane {
	s := t.Frames[i].Step
	if s.Who == "server" {
		return Server
	}
	return LaneOf(s.Browser())
}
