// Package judge reads the events of a run: who won, at which gate, and why. It
// knows no scenario, and no sentence tells it anything.
package judge

import (
	"fmt"
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/session"
)

// A Judge looks for evidence in a run's events.
type Judge struct {
	events  []*event.Event
	facts   []*event.Event // those of them by which Mallory learned something
	origins []origin       // of what was signed or accepted
	end     int            // the index of the last frame
	silent  bool           // nobody will read the clauses
}

// New returns a Judge of a run whose last frame is end, with room for n events.
// A silent one gives no reasons.
func New(n, end int, silent bool) *Judge {
	return &Judge{events: make([]*event.Event, 0, n), end: end, silent: silent}
}

// Again forgets what j has heard; the next run's last frame is end.
func (j *Judge) Again(end int) {
	*j = Judge{events: j.events[:0], facts: j.facts[:0], origins: j.origins[:0], end: end, silent: j.silent}
}

// Hear adds events.
func (j *Judge) Hear(events []event.Event) {
	for i := range events {
		e := &events[i]
		j.events = append(j.events, e)
		switch e.Kind {
		case event.Learned:
			j.facts = append(j.facts, e)
		case event.Sign, event.Unsign:
			j.note(e)
		}
	}
}

// verdict begins one that e decided.
func (j *Judge) verdict(o event.Outcome, e *event.Event) event.Verdict {
	return event.Verdict{Outcome: o, Frame: e.Frame, Event: e.Seq}
}

// First returns the first event that fits.
func (j *Judge) First(fits func(*event.Event) bool) (*event.Event, bool) {
	for _, e := range j.events {
		if fits(e) {
			return e, true
		}
	}
	return nil, false
}

// Last returns the last event that fits.
func (j *Judge) Last(fits func(*event.Event) bool) (*event.Event, bool) {
	for i := len(j.events) - 1; i >= 0; i-- {
		if fits(j.events[i]) {
			return j.events[i], true
		}
	}
	return nil, false
}

// at stands for the whole step.
func (j *Judge) at(frame int) *event.Event { return &event.Event{Frame: frame} }

// An origin is what a signer's door saw of a value: what it was made of.
type origin struct {
	value, plain string
	data         session.Values
}

// Carries reports whether a value holds the session key: it is the key, or the
// server made it of the key or of a session with the key in it. Nobody reads the
// value itself: its origin was noted when it was signed or accepted.
func (j *Judge) Carries(value, key string) bool {
	if key == "" || value == "" {
		return false
	}
	if value == key {
		return true
	}
	o := j.origin(value)
	return o != nil && (o.plain == key || slices.ContainsFunc(o.data, func(f session.Field) bool { return f.Value == key }))
}

// origin returns what was noted of a value, nil if nothing was.
func (j *Judge) origin(value string) *origin {
	for i := range j.origins {
		if o := &j.origins[i]; o.value == value {
			return o
		}
	}
	return nil
}

// same reports whether two values stand for one thing: they are one text, or the
// server made both of one session key. A key can be signed or sealed anew, and
// looks different then.
func (j *Judge) same(a, b string) bool {
	if a == b {
		return true
	}
	x, y := j.origin(a), j.origin(b)
	return x != nil && y != nil && x.plain == y.plain && x.data == nil && y.data == nil
}

// note keeps the origin of a value that was signed or accepted.
func (j *Judge) note(e *event.Event) {
	if e.Kind == event.Unsign && !e.Found || j.origin(e.Value) != nil {
		return
	}
	j.origins = append(j.origins, origin{e.Value, e.Plain, e.Data})
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
	return slices.ContainsFunc(j.facts, func(e *event.Event) bool { return e.Frame <= frame && e.Value == value })
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

// hijacked: a handler served Mallory as alice, and she had not logged in with
// alice's password.
func (j *Judge) hijacked() (event.Verdict, bool) {
	password := false
	served, ok := j.First(func(e *event.Event) bool {
		password = password || e.Kind == event.Login && e.Person == "mallory" && e.User == "alice"
		return !password && e.Kind == event.Whoami && e.Person == "mallory" && e.User == "alice"
	})
	if !ok {
		return event.Verdict{}, false
	}
	v := j.verdict(event.Hijacked, served)
	v.Key = served.Key
	if j.withAccount(served) {
		v.Outcome = event.HijackedWithAccount
	}
	fact, known := j.shown(served)
	bound, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Save && e.Person == "alice" && e.User == "alice" && e.Key == served.Key && e.Seq < served.Seq
	})
	switch {
	case known && ok && fact.Seq < bound.Seq:
		j.because(&v, fact.Frame, "Mallory knew %s: %s.", served.Key, fact.Reason)
		cause := j.cause(bound)
		v.Frame, v.Event = cause.Frame, cause.Seq
		if cause.Switch == defence.KeepOldRecord && cause.On {
			j.because(&v, bound.Frame, "Login issued a new key, but left %s alive, with Alice in it.", served.Key)
		} else {
			j.because(&v, bound.Frame, "Login wrote Alice into the record of %s and kept the key.", served.Key)
		}
	case known && j.keptAgain(fact, served) != nil:
		again := j.keptAgain(fact, served)
		cause := j.cause(again)
		v.Frame, v.Event = cause.Frame, cause.Seq
		j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already.")
		j.because(&v, again.Frame, "Alice proved herself once more, and the server kept the key.")
	case known:
		v.Frame, v.Event = fact.Frame, fact.Seq
		j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already: no rotation at login can help.")
	}
	check, signed := j.First(func(e *event.Event) bool {
		return e.Kind == event.Unsign && e.Frame == served.Frame && e.Found && e.Check != nil && e.Seq < served.Seq && j.Carries(e.Value, served.Key)
	})
	switch {
	case served.At == "alice":
		j.because(&v, served.Frame, "Mallory sat at Alice's browser, and the server served her as Alice.")
	case served.Key == "":
		j.because(&v, served.Frame, "Mallory showed a copy of Alice's cookie, and the server served her as Alice.")
	case signed:
		j.because(&v, check.Frame, "Mallory showed the same key. Its signature was valid: it says who made the value, not for whom.")
	default:
		j.because(&v, served.Frame, "Mallory showed the same key. The cookie is the bare key, so knowing it is enough.")
	}
	return v, true
}

// withAccount reports whether an account of Mallory's made what she was served
// for: her own login saved or signed it, or signed what she brought.
func (j *Judge) withAccount(served *event.Event) bool {
	_, ok := j.First(func(login *event.Event) bool {
		if login.Kind != event.Login || login.Person != "mallory" || login.User == "alice" || login.Seq > served.Seq {
			return false
		}
		_, made := j.First(func(e *event.Event) bool {
			return e.Frame == login.Frame && (e.Kind == event.Save && e.Key == served.Key || e.Kind == event.Sign && (served.Key == "" || j.Carries(e.Value, served.Key)))
		})
		return made
	})
	return ok
}

// keptAgain returns the save with which a login of alice's, after Mallory had
// the key, kept it; nil if there is none.
func (j *Judge) keptAgain(fact, served *event.Event) *event.Event {
	save, ok := j.Last(func(e *event.Event) bool {
		if e.Kind != event.Save || e.Key != served.Key || e.Person != "alice" || e.User != "alice" || e.Seq < fact.Seq || e.Seq > served.Seq {
			return false
		}
		_, login := j.First(func(l *event.Event) bool { return l.Kind == event.Login && l.Frame == e.Frame && l.User == "alice" })
		return login
	})
	if !ok {
		return nil
	}
	return save
}

// shown returns how Mallory came to know what she was served for: the key, or
// where there is none the cookie she sent.
func (j *Judge) shown(served *event.Event) (*event.Event, bool) {
	if served.Key != "" {
		return j.fact(served.Key, served.Frame)
	}
	sent, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Request && e.Frame == served.Frame })
	if !ok {
		return nil, false
	}
	return j.First(func(e *event.Event) bool {
		return e.Kind == event.Learned && e.Seq < served.Seq && slices.ContainsFunc(event.CookiesOf(sent), func(c event.Pair) bool { return c.Value == e.Value })
	})
}

// cause returns the question that led to the save or delete, or the event
// itself when there was none.
func (j *Judge) cause(e *event.Event) *event.Event {
	if ask, ok := j.decision(e); ok {
		return ask
	}
	return e
}

// renewing are the switches that login asks about the key.
var renewing = defence.Having(defence.Renewing)

// decision returns the question that the server asked last before it saved:
// the line where login could have gone another way.
func (j *Judge) decision(save *event.Event) (*event.Event, bool) {
	return j.Last(func(e *event.Event) bool {
		return e.Kind == event.Ask && e.Frame == save.Frame && e.Seq < save.Seq && (renewing.Has(e.Switch) || e.Switch == defence.KeepOldRecord && e.On)
	})
}

// trapped: a handler served alice, at her own browser, in Mallory's account.
func (j *Judge) trapped() (event.Verdict, bool) {
	served, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Whoami && e.Person == "alice" && e.At == "alice" && e.User == "mallory"
	})
	if !ok {
		return event.Verdict{}, false
	}
	own, ok := j.Last(func(e *event.Event) bool { return e.Kind == event.Login && e.User == "mallory" && e.Seq < served.Seq })
	if !ok {
		return event.Verdict{}, false
	}
	v := j.verdict(event.Trapped, served)
	v.Key = served.Key
	from := j.initiator(own)
	switch {
	case own.Person == "mallory":
		j.because(&v, own.Frame, "Mallory logged in to her own account.")
		if planted := j.plants(); len(planted) > 0 && planted[0].Seq < served.Seq {
			v.Frame, v.Event = planted[0].Frame, planted[0].Seq
			j.because(&v, planted[0].Frame, "Mallory's own cookie went into Alice's browser.")
		}
	case !event.Foreign(from):
		return event.Verdict{}, false // she logged in there herself
	default:
		v.Frame, v.Event = own.Frame, own.Seq
		j.because(&v, own.Frame, "A form on %s logged Alice's browser in to Mallory's account.", from)
	}
	j.because(&v, served.Frame, "The server served Alice in Mallory's account: what she does there, Mallory sees.")
	return v, true
}

// initiator returns the origin that started the request in which e happened.
func (j *Judge) initiator(e *event.Event) string {
	sent, ok := j.Last(func(r *event.Event) bool { return r.Kind == event.Request && r.Frame == e.Frame && r.Seq < e.Seq })
	if !ok {
		return ""
	}
	return sent.Message.Initiator
}

// plants returns every event in which alice's browser stored a value that
// Mallory knew by then, or stored one anew that had come to it like that.
func (j *Judge) plants() []*event.Event {
	var out []*event.Event
	for _, e := range j.events {
		if e.Kind != event.Stored || e.Who != "alice" {
			continue
		}
		again := func(p *event.Event) bool { return j.same(p.Value, e.Value) }
		if j.knownText(e.Value, e.Frame) || slices.ContainsFunc(out, again) {
			out = append(out, e)
		}
	}
	return out
}

// logins returns every time alice logged in.
func (j *Judge) logins() []*event.Event {
	var out []*event.Event
	for _, e := range j.events {
		if e.Kind == event.Login && e.Person == "alice" && e.User == "alice" {
			out = append(out, e)
		}
	}
	return out
}

// broken: alice logged in, did not log out, and was not served as herself at
// the same browser; or the server broke down on her.
func (j *Judge) broken() (event.Verdict, bool) {
	var in, sent *event.Event
	for _, e := range j.events {
		switch {
		case e.Person != "alice":
		case e.Kind == event.Login && e.User == "alice":
			in = e
		case e.Kind == event.Logout, e.Kind == event.Login && e.User != "alice", e.Kind == event.Did && in != nil && e.At == in.At && e.Act == event.Forgot:
			in = nil
		case e.Kind == event.Request:
			sent = e
		case e.Kind == event.Whoami && in != nil && e.Frame > in.Frame && e.At == in.At && e.User != "alice" && !event.Foreign(sent.Message.Initiator):
			v := j.verdict(event.Broken, e)
			j.because(&v, in.Frame, "Alice logged in with the right password.")
			if slices.ContainsFunc(event.CookiesOf(sent), func(c event.Pair) bool { return j.knows(c.Value, e.Frame) }) {
				j.because(&v, sent.Frame, "Her browser sent a cookie that Mallory planted.")
			}
			j.because(&v, e.Frame, "The server does not know her any more.")
			return v, true
		case e.Kind == event.Response && e.Message.Status >= 500:
			v := j.verdict(event.Broken, e)
			j.because(&v, e.Frame, "The server broke down on Alice's request.")
			return v, true
		}
	}
	return event.Verdict{}, false
}

// because adds a clause.
func (j *Judge) because(v *event.Verdict, frame int, format string, args ...any) {
	if j.silent {
		return
	}
	v.Because = append(v.Because, event.Clause{Text: fmt.Sprintf(format, args...), Frame: frame})
}

// stop ends the verdict at the gate that failed, with its evidence.
func (j *Judge) stop(v event.Verdict, g event.Gate, e *event.Event, text string) event.Verdict {
	v.Gate, v.Frame, v.Event = g, e.Frame, e.Seq
	j.because(&v, e.Frame, "%s", text)
	return v
}

// judge reads the verdict off the events of a run. It knows no scenario.
func (j *Judge) Verdict() event.Verdict {
	var worst event.Verdict
	for _, found := range []func() (event.Verdict, bool){j.hijacked, j.forged, j.trapped, j.poisoned, j.zombie, j.broken} {
		v, ok := found()
		switch {
		case !ok:
		case worst.Outcome == "":
			worst = v
		default:
			worst.Also = append(worst.Also, v.Outcome)
		}
	}
	if worst.Outcome == "" {
		return j.defended()
	}
	return worst
}
