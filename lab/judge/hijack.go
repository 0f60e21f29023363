package judge

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

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
