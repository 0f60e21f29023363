package world

import (
	"maps"
	"net/http"
	"slices"

	"fixlab/lab/event"
	"fixlab/lab/script"
)

// A Checkpoint is how things stood before a step. What a world only ever appends
// to is shared with it: only one run may go on from it, unless it is Apart.
type Checkpoint struct {
	world World
	shop  http.Handler
	apart bool
}

// Frame is the last step that has been played; -1 before the first.
func (c *Checkpoint) Frame() int { return c.world.frame }

// Save returns a checkpoint of w.
func (w *World) Save() *Checkpoint {
	c := &Checkpoint{world: w.clone(), shop: w.net[event.ShopHost]}
	to := &c.world
	to.users, to.Vars, to.owner, to.served, to.beside = maps.Clone(w.users), maps.Clone(w.Vars), maps.Clone(w.owner), maps.Clone(w.served), maps.Clone(w.beside)
	return c
}

// Restore brings w back to c.
func (w *World) Restore(c *Checkpoint) {
	was, from := *w, &c.world
	*w = from.clone()
	w.users = was.users // the server holds this very map
	if len(w.users) != len(from.users) {
		clear(w.users)
		maps.Copy(w.users, from.users)
	}
	w.Vars, w.owner = refilled(was.Vars, from.Vars), refilled(was.owner, from.owner)
	w.served, w.beside = refilled(was.served, from.served), refilled(was.beside, from.beside)
	w.net[event.ShopHost] = c.shop
	if w.frame < 0 && !c.apart { // nothing is shared: the memory of the last run is used again
		if was.Events == nil {
			was.Events = w.memo.room(0)
		}
		w.Events, w.Consulted, w.Keys, w.knows = was.Events[:0], was.Consulted[:0], was.Keys[:0], was.knows[:0]
	}
}

// refilled returns the map m with what is in from, and nothing else.
func refilled[V any](m, from map[string]V) map[string]V {
	if m == nil {
		return maps.Clone(from)
	}
	clear(m)
	maps.Copy(m, from)
	return m
}

// Apart returns a checkpoint of the same as c with memory of its own: a run that goes
// on from it writes over nothing that other checkpoints share. Give it back when no
// run will go on from it any more.
func (w *World) Apart(c *Checkpoint) *Checkpoint {
	o := &Checkpoint{c.world, c.shop, true}
	to, events := &o.world, c.world.Events
	to.Events = append(w.memo.room(len(events)), events...)
	to.Consulted, to.Keys, to.knows = slices.Clone(to.Consulted), slices.Clone(to.Keys), slices.Clone(to.knows)
	to.messages = nil
	return o
}

// Give has the memory of a checkpoint from Apart used for the next one. Nothing may
// be read any more of the runs that went on from it.
func (w *World) Give(o *Checkpoint) {
	room := o.world.Events[:0]
	if cap(w.Events) > 0 && &w.Events[:1][0] == &room[:1][0] {
		w.Events = nil // the last run's, which the next one from the start would use
	}
	w.memo.spare = append(w.memo.spare, room)
}

// room returns memory for n events and more that is not in use.
func (m *Memo) room(n int) []event.Event {
	if last := len(m.spare) - 1; last >= 0 {
		room := m.spare[last]
		m.spare = m.spare[:last]
		return room
	}
	return make([]event.Event, 0, n+roomForEvents)
}

// roomForEvents is about what the rest of a run needs, so that its list seldom
// grows.
const roomForEvents = 128

// Keep returns a checkpoint from which any number of runs may go on, in w itself: see
// GoOn. It has none of the events, which are the caller's.
func (w *World) Keep() *Checkpoint {
	w.Keys, w.knows, w.Consulted = slices.Clip(w.Keys), slices.Clip(w.knows), slices.Clip(w.Consulted)
	c := w.Save()
	c.apart = true
	c.world.Events, c.world.messages, c.world.memo = nil, nil, nil
	return c
}

// GoOn brings w back to c, from Keep, in a run of s that is the same up to there. What has
// been read of earlier runs stays as it is.
func (w *World) GoOn(c *Checkpoint, s *script.Scenario, memo *Memo) {
	w.Restore(c)
	w.lesson, w.memo = s, memo
}

// Rest lets go of the memo until GoOn brings another.
func (w *World) Rest() { w.memo = nil }

// Remember has w keep what tabs showed before, though no step of the scenario asks for it.
func (w *World) Remember() { w.remembers = true }

// Take returns the events since it was called last, which nobody writes to any more.
func (w *World) Take() []event.Event {
	n := len(w.Events)
	taken := slices.Clip(w.Events)
	if w.Events = w.Events[n:]; cap(w.Events) < roomForEvents/8 {
		w.Events = make([]event.Event, 0, roomForEvents)
	}
	if n == 0 {
		return nil
	}
	return taken
}

// clone returns a copy of w that changes apart from it, but for its maps and what is
// shared on purpose.
func (w *World) clone() World {
	c := *w
	c.mallory.jar, c.alice.jar = *w.mallory.jar.Clone(), *w.alice.jar.Clone()
	c.mallory.hsts, c.alice.hsts = *w.mallory.hsts.Clone(), *w.alice.hsts.Clone()
	c.memory = w.memory.Clone()
	return c
}
