package judge

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// hijacked tells how Mallory came to be served, or to act, as Alice.
func (j *Judge) hijacked(f *finding) event.Verdict {
	served, key := f.by, f.session.key
	v := j.verdict(event.Hijacked, served)
	v.Key = key
	fact, known := j.shown(f)
	after := 0 // what was written into a record that is gone is gone
	if gone, ok := j.Last(func(e *event.Event) bool {
		return e.Kind == event.Delete && e.Found && e.Key == key && e.Seq < served.Seq
	}); ok {
		after = gone.Seq
	}
	bound, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Save && e.Seq > after && e.Person == event.Alice && j.owner(e.User) == event.Alice && e.Key == key && e.Seq < served.Seq
	})
	login := f.session.login
	lent := login != nil && login.Person == event.Alice && login.At == event.Mallory && served.At == event.Mallory
	switch {
	case served.At == event.Alice: // what Mallory knew or planted was not needed
	case lent: // and no more was it here
		v.Frame, v.Event = login.Frame, login.Seq
		j.because(&v, login.Frame, "Alice logged in at Mallory's browser: what the login set is in Mallory's hands, whatever the key.")
	case known && ok && fact.Seq < bound.Seq:
		j.because(&v, fact.Frame, "Mallory knew %s: %s.", key, fact.Reason)
		cause := j.cause(bound)
		keep, left := j.decision(bound, defence.KeepOldRecord)
		if left = left && keep.On; left {
			cause = keep
		}
		v.Frame, v.Event = cause.Frame, cause.Seq
		if left {
			j.because(&v, bound.Frame, "Login issued a new key, but left %s alive, with Alice in it.", key)
		} else {
			j.because(&v, bound.Frame, "Login wrote Alice into the record of %s and kept the key.", key)
		}
	case known && j.keptAgain(fact, served, key) != nil:
		again := j.keptAgain(fact, served, key)
		cause := j.cause(again)
		v.Frame, v.Event = cause.Frame, cause.Seq
		j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already.")
		j.because(&v, again.Frame, "Alice proved herself once more, and the server kept the key.")
	case known && login != nil && fact.Seq > login.Seq:
		v.Frame, v.Event = fact.Frame, fact.Seq
		j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already: no rotation at login can help.")
	case known:
		v.Frame, v.Event = fact.Frame, fact.Seq
		j.because(&v, fact.Frame, "Mallory knew what she showed: %s.", fact.Reason)
	}
	check, signed := j.First(func(e *event.Event) bool {
		return e.Kind == event.Unsign && e.Frame == served.Frame && e.Found && e.Check != nil && e.Seq < served.Seq && j.Carries(e.Value, key)
	})
	did := "the server served her as Alice"
	if f.by.Kind != event.Whoami {
		did = "the server let her act as Alice"
	}
	switch {
	case served.At == event.Alice:
		j.because(&v, served.Frame, "Mallory sat at Alice's browser, and %s.", did)
	case lent:
		j.because(&v, served.Frame, "Mallory went on at that browser, and %s.", did)
	case key == "":
		j.because(&v, served.Frame, "Mallory showed a copy of Alice's cookie, and %s.", did)
	case signed:
		j.because(&v, check.Frame, "Mallory showed the same key. Its signature was valid: it says who made the value, not for whom.")
	default:
		j.because(&v, served.Frame, "Mallory showed the same key. The cookie is the bare key, so knowing it is enough.")
	}
	return v
}

// ownLogins returns the steps, from 0, in which Mallory logged in to accounts that
// are not Alice's.
func (j *Judge) ownLogins() (frames []int) {
	for i := range j.visits {
		if l := j.visits[i].login; l != nil && l.Person == event.Mallory && j.owner(l.User) != event.Alice && !slices.Contains(frames, l.Frame) {
			frames = append(frames, l.Frame)
		}
	}
	return frames
}

// keptAgain returns the save with which a login of Alice's, after Mallory had
// the key, kept it; nil if there is none.
func (j *Judge) keptAgain(fact, served *event.Event, key string) *event.Event {
	save, ok := j.Last(func(e *event.Event) bool {
		if e.Kind != event.Save || e.Key != key || e.Person != event.Alice || j.owner(e.User) != event.Alice || e.Seq < fact.Seq || e.Seq > served.Seq {
			return false
		}
		v := j.visitOf(e)
		return v != nil && v.login != nil && v.login.User == e.User
	})
	if !ok {
		return nil
	}
	return save
}

// shown returns how Mallory came to know what she was served for: the key, or
// where there is none the cookie she sent.
func (j *Judge) shown(f *finding) (*event.Event, bool) {
	if key := f.session.key; key != "" {
		return j.fact(key, f.by.Frame)
	}
	if n := slices.IndexFunc(j.learned, func(i int) bool { return j.state(i, &f.session) }); n >= 0 {
		return j.facts[n], true
	}
	sent := j.visit(f).sent
	return j.First(func(e *event.Event) bool {
		return e.Kind == event.Learned && e.Seq < f.by.Seq && slices.ContainsFunc(event.CookiesOf(sent), func(c event.Pair) bool { return c.Value == event.Unquoted(e.Value) })
	})
}

// cause returns the question about the key that led to the save or delete, or the
// event itself when there was none.
func (j *Judge) cause(e *event.Event) *event.Event {
	if ask, ok := j.decision(e, renewing); ok {
		return ask
	}
	return e
}

// renewing are the switches that login asks about the key.
var renewing = defence.Having(defence.Renewing)

// decision returns the question about one of the switches that the server asked last
// before it saved, and found on; else the last of all: the line where login could
// have gone another way.
func (j *Judge) decision(save *event.Event, among defence.Set) (*event.Event, bool) {
	i, _ := slices.BinarySearchFunc(j.events, save.Seq, func(e *event.Event, seq int) int { return e.Seq - seq })
	var last *event.Event
	for i--; i >= 0 && j.events[i].Frame == save.Frame; i-- {
		switch e := j.events[i]; {
		case e.Kind != event.Ask || !among.Has(e.Switch):
		case e.On:
			return e, true
		case last == nil:
			last = e
		}
	}
	return last, last != nil
}
