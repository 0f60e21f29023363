package explore

import (
	"slices"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// A shape is a group of switches that shape every answer or request. Consulting
// them is not enough to matter: something must have come of it.
type shape struct {
	switches defence.Set
	counts   func(*world.World) bool
}

// shapes are all such groups: the one place where it is decided which of the
// switches that a run consulted mattered. A switch in several groups matters
// when one of them counts; one in none matters once it is consulted.
var shapes = []shape{
	{defence.HostPrefix, func(w *world.World) bool { // what it did is not seen in the names it gave
		return w.Defences.Has(defence.HostPrefix) || w.Observed.Unprefixed
	}},
	{defence.Secure | defence.HostPrefix, looked(cookie.SecureAttribute)}, // the prefix makes it Secure
	{defence.HTTPOnly, looked(cookie.HTTPOnlyAttribute)},
	{defence.SameSite.Set(), looked(cookie.SameSiteAttribute)},
	{defence.Upgrade.Set(), func(w *world.World) bool { return w.Observed.Plain }},
	{defence.Binding.Set(), shared},
}

func looked(a cookie.Attributes) func(*world.World) bool {
	return func(w *world.World) bool { return w.Observed.Attributes&a != 0 }
}

// mattered returns the switches that the run consulted and of which something
// came. With any other thrown the messages may differ and the verdict does not.
func (p *Player) mattered() (on defence.Set) {
	for _, q := range p.w.Consulted {
		on |= q.Set
	}
	var shaping, counts defence.Set
	if p.namesCookie {
		counts = defence.HostPrefix
	}
	for _, s := range shapes {
		shaping |= s.switches
		if on&s.switches&^counts != 0 && s.counts(p.w) {
			counts |= s.switches
		}
	}
	return on &^ (shaping &^ counts)
}

// namesCookie reports whether a step may name the session cookie, whose name
// without a prefix is given, in other words than $cookie.
func namesCookie(s *script.Scenario, cookie string) bool {
	return slices.ContainsFunc(s.Steps, func(step script.Step) bool {
		return slices.ContainsFunc(step.Args, func(a string) bool { return strings.Contains(a, cookie) || strings.Contains(a, "__") })
	})
}

// shared reports whether a browser opened a session in which another one may
// have logged in: a record, or a signed text with the session in it. Two browsers
// that wrote the same text share it too.
func shared(w *world.World) bool {
	if w.Observed.Joined {
		return true
	}
	type session struct{ text, browser string }
	var sessions []session // that somebody logged in to
	browser := ""
	for i := range w.Events {
		e := &w.Events[i]
		text := e.Key
		switch e.Kind {
		case event.Request:
			browser = e.Who
			continue
		case event.Save, event.Load:
			if e.User == "" {
				continue
			}
		case event.Sign, event.Unsign:
			if text = e.Value; e.Kind == event.Sign && e.User == "" || e.Kind == event.Unsign && (!e.Found || e.User == "") {
				continue
			}
		default:
			continue
		}
		if slices.ContainsFunc(sessions, func(s session) bool { return s.text == text && s.browser != browser }) {
			return true
		}
		switch own := (session{text, browser}); {
		case slices.Contains(sessions, own):
		case e.Kind == event.Load || e.Kind == event.Unsign: // nobody was seen to write it
			return true
		default:
			sessions = append(sessions, own)
		}
	}
	return false
}
