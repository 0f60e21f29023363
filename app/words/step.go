package words

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
)

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
	pick := func(kind event.Kind) (event.Event, bool) { return last(t.Frames[i].Events, kind) }
	if e, ok := pick(event.Refused); ok {
		add(Person(e.Who) + "’s browser refused the cookie: " + e.Refusal.Why)
	}
	if e, ok := pick(event.Denied); ok {
		add("The server refused the request: " + DenialWords(event.Denial(e.Reason)) + ".")
	}
	if e, ok := pick(event.Whoami); ok && e.User != "" {
		add("The server served " + Person(e.Person) + " as " + Person(e.User) + ".")
	}
	if says := storeChange(pick); says != "" {
		add(says)
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

// storeChange says what a step saved and deleted, "" for nothing.
func storeChange(pick func(event.Kind) (event.Event, bool)) string {
	saved, ok := pick(event.Save)
	gone, deleted := pick(event.Delete)
	switch {
	case ok && deleted && gone.Key != saved.Key:
		return "The server deleted " + gone.Key + " and saved " + saved.Key + ": " + sessionOf(saved.User) + "."
	case ok:
		return "The server saved " + saved.Key + ": " + sessionOf(saved.User) + "."
	case deleted && gone.Found:
		return "The server deleted " + gone.Key + "."
	}
	return ""
}

// last returns the last event of that kind.
func last(events []event.Event, kind event.Kind) (e event.Event, ok bool) {
	for _, x := range events {
		if x.Kind == kind {
			e, ok = x, true
		}
	}
	return e, ok
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
		say += " " + Short(t.Label(s))
	}
	if i == len(t.Frames)-1 {
		word, _ := OutcomeWords(t.Verdict.Outcome)
		say += " This run ends: " + strings.ToLower(word) + "."
	}
	return say
}
