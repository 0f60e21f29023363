// Package words says a run in sentences, for the page, the shell and the terminal
// alike. It has no HTML.
package words

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
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

// Title says in a few words who does what in a step.
func Title(t *lab.Trace, i int) string {
	f := t.Frames[i]
	who := Person(f.Step.Who)
	switch {
	case f.Step.Who == "server":
		who = "The server"
	case f.Step.At != "":
		who += " at " + Person(f.Step.At) + "’s browser"
	}
	start, answer, host := "", "", ""
	for _, e := range f.Events {
		switch {
		case e.Kind == event.Request && start == "":
			start, host = e.Message.Start, e.Message.To
		case e.Kind == event.Response && answer == "":
			answer = e.Message.Start
		}
	}
	if start != "" {
		if host != ShopHost {
			start += " from " + host
		}
		return who + ": " + start + " → " + answer
	}
	for _, e := range f.Events {
		if e.Kind == event.Did {
			return who + " " + e.Text
		}
	}
	return who + ": " + f.Step.Verb
}

// Happened says what a step changed, in at most two sentences.
func Happened(t *lab.Trace, i int) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) && len(out) < 2 {
			out = append(out, s)
		}
	}
	events := t.Frames[i].Events
	pick := func(kind event.Kind) (e event.Event, ok bool) {
		for _, x := range events {
			if x.Kind == kind {
				e, ok = x, true
			}
		}
		return e, ok
	}
	if e, ok := pick(event.Refused); ok {
		add(Person(e.Who) + "’s browser refused the cookie: " + e.Refusal.Why)
	}
	if e, ok := pick(event.Whoami); ok && e.User != "" {
		add("The server served " + Person(e.Person) + " as " + Person(e.User) + ".")
	}
	if e, ok := pick(event.Save); ok {
		switch d, gone := pick(event.Delete); {
		case gone && d.Key != e.Key:
			add("The server deleted " + d.Key + " and saved " + e.Key + ": " + sessionOf(e.User) + ".")
		default:
			add("The server saved " + e.Key + ": " + sessionOf(e.User) + ".")
		}
	}
	if e, ok := pick(event.Delete); ok && e.Found {
		if _, saved := pick(event.Save); !saved {
			add("The server deleted " + e.Key + ".")
		}
	}
	if e, ok := pick(event.Learned); ok {
		add("Mallory now knows " + e.Value + ".")
	}
	if e, ok := pick(event.Stored); ok && len(out) == 0 {
		add(Person(e.Who) + "’s browser stored " + e.Value + ".")
	}
	if e, ok := pick(event.Unsign); ok && !e.Found && e.Value != "" {
		add("The server refused the signature.")
	}
	if e, ok := pick(event.Whoami); ok && e.User == "" {
		add("The server served " + Person(e.Person) + " as nobody.")
	}
	if e, ok := pick(event.Did); ok && len(out) == 0 {
		who := Person(e.Who)
		if e.Who == ShopHost {
			who = "The server"
		}
		add(who + " " + e.Text + ".")
	}
	if len(out) == 0 {
		add("Nothing changed on the server.")
	}
	return out
}

func sessionOf(user string) string {
	if user == "" {
		return "an anonymous session"
	}
	return Person(user) + "’s session"
}

// KeyMoment reports whether a step is one to stop at: a value is learned,
// planted or refused, somebody logs in, or the verdict points there.
func KeyMoment(t *lab.Trace, i int) bool {
	if t.Verdict.Frame == i || slices.ContainsFunc(t.Verdict.Because, func(c event.Clause) bool { return c.Frame == i }) {
		return true
	}
	return slices.ContainsFunc(t.Frames[i].Events, func(e event.Event) bool {
		return e.Kind == event.Learned || e.Kind == event.Refused || e.Kind == event.Login
	})
}

// Announcement is what the live region says of a step.
func Announcement(t *lab.Trace, i int) string {
	say := "Step " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(t.Frames)) + ": " + t.Frames[i].Step.Caption
	for _, s := range Happened(t, i) {
		say += " " + t.Label(s)
	}
	if i == len(t.Frames)-1 {
		word, _ := OutcomeWords(t.Verdict.Outcome)
		say += " This run ends: " + strings.ToLower(word) + "."
	}
	return say
}
