package judge

import (
	"slices"

	"fixlab/lab/event"
	"fixlab/lab/session"
)

// An origin is what a signer's door saw of a value: what it was made of.
type origin struct {
	plain string
	data  session.Values
}

// Carries reports whether a value holds the session key: it is the key, or the
// server made it of the key or of a session with the key in it. Nobody reads the
// value itself: its origin was noted when it was signed or accepted.
func (j *Judge) Carries(value, key string) bool {
	if key == "" || value == "" {
		return false
	}
	if value = event.Unquoted(value); value == key {
		return true
	}
	o := j.originOf(value)
	return o != nil && (o.plain == key || slices.ContainsFunc(o.data, func(f session.Field) bool { return f.Value == key }))
}

// originOf returns what was noted of a value, nil if nothing was.
func (j *Judge) originOf(value string) *origin {
	return j.origins.get(value)
}

// same reports whether two values stand for one thing: they are one text, or the
// server made both of one session key. A key can be signed or sealed anew, and
// looks different then.
func (j *Judge) same(a, b string) bool {
	if a, b = event.Unquoted(a), event.Unquoted(b); a == b {
		return true
	}
	x, y := j.originOf(a), j.originOf(b)
	return x != nil && y != nil && x.plain == y.plain && x.data == nil && y.data == nil
}

// origin keeps the origin of a value that was signed or accepted.
func (j *Judge) origin(e *event.Event) {
	if e.Kind == event.Unsign && !e.Found || j.originOf(e.Value) != nil {
		return
	}
	j.origins.put(e.Value, origin{e.Plain, e.Data})
}

// fact returns how Mallory came to know the key, by the end of the frame.
func (j *Judge) fact(key string, frame int) (*event.Event, bool) {
	for _, e := range j.facts {
		if e.Frame <= frame && j.Carries(e.Value, key) {
			return e, true
		}
	}
	return nil, false
}

// knownText reports whether this very text is one that Mallory knew by the end
// of the frame.
func (j *Judge) knownText(value string, frame int) bool {
	return slices.ContainsFunc(j.facts, func(e *event.Event) bool { return e.Frame <= frame && event.Unquoted(e.Value) == event.Unquoted(value) })
}

// knows reports whether value is one that Mallory knew by the end of the frame.
func (j *Judge) knows(value string, frame int) bool {
	for _, e := range j.facts {
		if e.Frame <= frame && j.same(e.Value, value) {
			return true
		}
	}
	return false
}

// plants returns every event in which Alice's browser stored a value that
// Mallory knew by then, or stored one anew that had come to it like that.
func (j *Judge) plants() []*event.Event {
	var out []*event.Event
	for _, e := range j.arrived {
		if j.alike(e) {
			continue
		}
		again := func(p *event.Event) bool { return j.same(p.Value, e.Value) }
		if j.knownText(e.Value, e.Frame) && !j.hersFirst(e) || slices.ContainsFunc(out, again) {
			out = append(out, e)
		}
	}
	return out
}

// hersFirst reports whether what came into Alice's browser had been there before
// Mallory knew it.
func (j *Judge) hersFirst(stored *event.Event) bool {
	fact := j.factOf(stored.Value)
	return fact != nil && j.storedBefore(stored.Value, fact.Seq) != nil
}

// storedBefore returns the last event before seq in which Alice's browser stored that
// value, nil for none.
func (j *Judge) storedBefore(value string, seq int) *event.Event {
	e, ok := last(j.arrived, func(e *event.Event) bool { return e.Seq < seq && j.same(e.Value, value) })
	if !ok {
		return nil
	}
	return e
}

// copies returns, for each value that Mallory took from Alice's browser, the event
// in which that had stored it.
func (j *Judge) copies() (out []*event.Event) {
	for _, fact := range j.facts {
		if fact.At != event.Alice || fact.Person != event.Mallory {
			continue
		}
		if e := j.storedBefore(fact.Value, fact.Seq); e != nil && j.hersFirst(e) && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// alike reports whether what came into Alice's browser is a session of its own that
// reads like what Mallory knows.
func (j *Judge) alike(stored *event.Event) bool {
	i := slices.IndexFunc(j.kept, func(k keep) bool { return k.by == stored })
	if i < 0 {
		return false
	}
	known := false
	for n, fact := range j.facts {
		if fact.Frame <= stored.Frame && event.Unquoted(fact.Value) == event.Unquoted(stored.Value) {
			if known = true; j.learned[n] < 0 || j.state(j.learned[n], &j.sessions[j.kept[i].session]) {
				return false
			}
		}
	}
	return known
}

// logins returns every time Alice logged in to an account of hers at her own browser.
func (j *Judge) logins() []*event.Event {
	var out []*event.Event
	for _, e := range j.events {
		if e.Kind == event.Login && e.Person == event.Alice && e.At == event.Alice && e.By == event.Alice && j.owner(e.User) == event.Alice {
			out = append(out, e)
		}
	}
	return out
}
