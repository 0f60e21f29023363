package world

import (
	"maps"
	"net/http"
	"slices"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// A Question is the first time that a run consulted a switch.
type Question struct {
	Set   defence.Set
	Frame int
}

// Mattered returns the switches that the run consulted, see Result.Asked.
func (w *World) Mattered() defence.Set {
	const shapes = defence.HostPrefix | defence.Secure | defence.HTTPOnly | defence.Lax | defence.SameSiteStrict |
		defence.HSTS | defence.HSTSSubDomains | defence.BindAddress | defence.BindDevice
	looked := w.looked
	if w.Defences.Has(defence.HostPrefix) || w.Literal { // what it did is not seen in the names it gave
		looked |= defence.HostPrefix
	}
	attributes := w.alice.jar.Looked | w.mallory.jar.Looked
	if attributes&cookie.SecureAttribute != 0 {
		looked |= defence.Secure | defence.HostPrefix // which makes it Secure
	}
	if attributes&cookie.HTTPOnlyAttribute != 0 {
		looked |= defence.HTTPOnly
	}
	if attributes&cookie.SameSiteAttribute != 0 {
		looked |= defence.Lax | defence.SameSiteStrict
	}
	if w.Asked&(defence.BindAddress|defence.BindDevice) != 0 && w.shared() {
		looked |= defence.BindAddress | defence.BindDevice
	}
	return w.Asked&^shapes | w.Asked&looked
}

// shared reports whether a browser opened a session in which another one may
// have logged in: a record, or a signed text with the session in it. Two browsers
// that wrote the same text share it too.
func (w *World) shared() bool {
	if w.joined {
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

// A Checkpoint is how things stood after a step. What a world only ever appends
// to is shared with it.
type Checkpoint struct {
	World World
	shop  http.Handler
}

// Save returns a checkpoint of w.
func (w *World) Save() Checkpoint { return Checkpoint{w.apart(), w.net[event.ShopHost]} }

// Restore brings w back to c.
func (w *World) Restore(c *Checkpoint) {
	users := w.users // the server holds this very map
	if len(users) != len(c.World.users) {
		clear(users)
		maps.Copy(users, c.World.users)
	}
	events, asks, keys, knows := w.Events, w.Asks, w.Keys, w.Knows
	*w = c.World.apart()
	w.users = users
	w.net[event.ShopHost] = c.shop
	if w.Frame < 0 { // nothing is shared, and nothing that was there before counts
		w.Events, w.Asks, w.Keys, w.Knows = events[:0], asks[:0], keys[:0], knows[:0]
	}
}

// apart returns a copy of w that changes apart from it, but for what is shared
// on purpose.
func (w *World) apart() World {
	c := *w
	c.mallory.jar, c.alice.jar = *w.mallory.jar.Clone(), *w.alice.jar.Clone()
	c.mallory.hsts, c.alice.hsts = *w.mallory.hsts.Clone(), *w.alice.hsts.Clone()
	c.memory = w.memory.Clone()
	c.users, c.Vars, c.owner, c.served = maps.Clone(w.users), maps.Clone(w.Vars), maps.Clone(w.owner), maps.Clone(w.served)
	return c
}
