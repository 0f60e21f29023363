package lab

import (
	"fmt"
	"strings"

	"fixlab/lab/defence"
)

// A jury looks for evidence in a run's events.
type jury struct {
	t      *Trace
	events []*located
}

// A located event is an event and the index of its frame.
type located struct {
	*Event
	frame int
}

func newJury(t *Trace) jury {
	j := jury{t: t}
	for i, f := range t.Frames {
		for k := range f.Events {
			j.events = append(j.events, &located{&f.Events[k], i})
		}
	}
	return j
}

// first returns the first event that fits.
func (j jury) first(fits func(*located) bool) (*located, bool) {
	for _, e := range j.events {
		if fits(e) {
			return e, true
		}
	}
	return nil, false
}

// last returns the last event that fits.
func (j jury) last(fits func(*located) bool) (*located, bool) {
	for i := len(j.events) - 1; i >= 0; i-- {
		if fits(j.events[i]) {
			return j.events[i], true
		}
	}
	return nil, false
}

// at stands for the whole step.
func (j jury) at(frame int) *located { return &located{&Event{}, frame} }

// carries reports whether a cookie's value holds the session key: it is the
// key, or the key with a signature behind it.
func carries(value, key string) bool {
	rest, ok := strings.CutPrefix(value, key)
	return ok && key != "" && (rest == "" || rest[0] == '.' || rest[0] == ':')
}

// fact returns how Mallory came to know the key, by the end of the frame.
func (j jury) fact(key string, frame int) (*located, bool) {
	return j.first(func(e *located) bool { return e.Kind == Learned && e.frame <= frame && carries(e.Value, key) })
}

// known reports whether value is one that Mallory knew by the end of the frame.
func (j jury) known(value string, frame int) bool {
	_, ok := j.first(func(e *located) bool { return e.Kind == Learned && e.frame <= frame && e.Value == value })
	return ok
}

// hijacked: a handler served Mallory as alice.
func (j jury) hijacked() (Verdict, bool) {
	served, ok := j.first(func(e *located) bool { return e.Kind == Whoami && e.Person == "mallory" && e.User == "alice" })
	if !ok {
		return Verdict{}, false
	}
	v := Verdict{Outcome: Hijacked, Frame: served.frame, Event: served.Seq, Key: served.Key}
	if fact, ok := j.fact(served.Key, served.frame); ok {
		v.because(fact.frame, "Mallory knew %s: %s.", served.Key, how(fact))
	}
	bound, ok := j.first(func(e *located) bool {
		return e.Kind == Save && e.Person == "alice" && e.User == "alice" && e.Key == served.Key && e.Seq < served.Seq
	})
	if ok {
		v.Frame, v.Event = bound.frame, bound.Seq
		text := "Login wrote alice into the record of %s and kept the key."
		if ask, ok := j.decision(bound); ok {
			v.Event = ask.Seq
			if ask.Switch == defence.KeepOldRecord && ask.On {
				text = "Login issued a new key, but left %s alive, with alice in it."
			}
		}
		v.because(bound.frame, text, served.Key)
	}
	check, signed := j.first(func(e *located) bool {
		return e.Kind == Unsign && e.frame == served.frame && e.Found && e.Check != nil && e.Seq < served.Seq && carries(e.Value, served.Key)
	})
	switch {
	case served.Key == "":
		v.because(served.frame, "Mallory showed a copy of alice's cookie, and the server served her as alice.")
	case signed:
		v.because(check.frame, "Mallory showed the same key. Its signature was valid: it says who made the value, not for whom.")
	default:
		v.because(served.frame, "Mallory showed the same key. The cookie is the bare key, so knowing it is enough.")
	}
	return v, true
}

// cause returns the question that led to the save or delete, or the event
// itself when there was none.
func (j jury) cause(e *located) *located {
	if ask, ok := j.decision(e); ok {
		return ask
	}
	return e
}

// decision returns the question that the server asked last before it saved:
// the line where login could have gone another way.
func (j jury) decision(save *located) (*located, bool) {
	const login = defence.Rotate | defence.Flush | defence.KeepOldRecord | defence.Strict
	return j.last(func(e *located) bool {
		return e.Kind == Ask && e.frame == save.frame && e.Seq < save.Seq && login.Has(e.Switch)
	})
}

// trapped: a handler served alice in Mallory's account.
func (j jury) trapped() (Verdict, bool) {
	served, ok := j.first(func(e *located) bool { return e.Kind == Whoami && e.Person == "alice" && e.User == "mallory" })
	if !ok {
		return Verdict{}, false
	}
	v := Verdict{Outcome: Trapped, Frame: served.frame, Event: served.Seq, Key: served.Key}
	if own, ok := j.last(func(e *located) bool { return e.Kind == Login && e.User == "mallory" && e.Seq < served.Seq }); ok {
		v.because(own.frame, "Mallory logged in to her own account.")
	}
	if planted, ok := j.planted(served.frame); ok {
		v.Frame, v.Event = planted.frame, planted.Seq
		v.because(planted.frame, "Her own cookie went into alice's browser.")
	}
	v.because(served.frame, "The server served alice in Mallory's account: what she does there, Mallory sees.")
	return v, true
}

// planted returns the event in which alice's browser stored a value that
// Mallory knew, by the end of the frame.
func (j jury) planted(frame int) (*located, bool) {
	return j.first(func(e *located) bool {
		return e.Kind == Stored && e.Who == "alice" && e.frame <= frame && j.known(e.Value, e.frame)
	})
}

// broken: alice logged in, did not log out, and was not served as herself; or
// the server broke down on her.
func (j jury) broken() (Verdict, bool) {
	var in *located
	for _, e := range j.events {
		switch {
		case e.Person != "alice":
		case e.Kind == Login && e.User == "alice":
			in = e
		case e.Kind == Logout:
			in = nil
		case e.Kind == Whoami && in != nil && e.frame > in.frame && e.User != "alice":
			v := Verdict{Outcome: Broken, Frame: e.frame, Event: e.Seq}
			v.because(in.frame, "Alice logged in with the right password.")
			v.because(e.frame, "The server does not know her any more.")
			return v, true
		case e.Kind == Response && strings.HasPrefix(e.Message.Start, "5"):
			v := Verdict{Outcome: Broken, Frame: e.frame, Event: e.Seq}
			v.because(e.frame, "The server broke down on alice's request.")
			return v, true
		}
	}
	return Verdict{}, false
}

// defended finds the first gate at which the attack failed.
func (j jury) defended() Verdict {
	v := Verdict{Outcome: Defended}
	end := len(j.t.Frames) - 1
	login, loggedIn := j.last(func(e *located) bool { return e.Kind == Login && e.Person == "alice" && e.User == "alice" })
	if loggedIn {
		end = login.frame
	}

	learned, ok := j.first(func(e *located) bool { return e.Kind == Learned && e.frame <= end })
	if !ok {
		tried, ok := j.first(func(e *located) bool { return e.Kind == Did && e.Person == "mallory" })
		if !ok {
			tried = j.at(end)
		}
		return v.stop(Obtain, tried, "Mallory never held a value that this server would take.")
	}

	planted, ok := j.planted(end)
	if !ok {
		v.because(learned.frame, "Mallory knew %s: %s.", learned.Value, how(learned))
		refused, ok := j.first(func(e *located) bool { return e.Kind == Refused && e.Who == "alice" && j.known(e.Value, e.frame) })
		if ok {
			return v.stop(Deliver, refused, "Alice's browser refused the cookie: "+refused.Refusal.Why)
		}
		linked, ok := j.first(func(e *located) bool {
			return e.Kind == Request && e.Person == "alice" && j.inStart(e)
		})
		if ok {
			return v.stop(Deliver, linked, "The value was in a link. A link sets no cookie, and this server reads its key from the cookie alone.")
		}
		own, ok := j.last(func(e *located) bool {
			return loggedIn && e.Kind == Save && e.frame == login.frame && e.Seq > login.Seq && e.User == "alice" && !j.knowsKey(e.Key, end)
		})
		if ok {
			return v.stop(Elevate, j.cause(own), fmt.Sprintf("Login gave alice a key of her own, %s, which Mallory does not know.", own.Key))
		}
		return v.stop(Deliver, j.at(end), "Nothing that Mallory knew ever came into alice's browser.")
	}
	value := planted.Value
	fact, _ := j.first(func(e *located) bool { return e.Kind == Learned && e.Value == value })
	v.because(fact.frame, "Mallory knew %s: %s.", value, how(fact))
	v.because(planted.frame, "It was in alice's browser from then on.")
	if !loggedIn {
		return v.stop(Elevate, planted, "Alice did not log in, so it never became her session.")
	}

	sent, _ := j.last(func(e *located) bool {
		return e.Kind == Request && e.frame == login.frame && e.Seq < login.Seq
	})
	if sent == nil || !strings.Contains(sent.Message.Raw, value) {
		if held, ok := j.first(func(e *located) bool { return e.Kind == Withheld && e.frame == login.frame && e.Value == value }); ok {
			return v.stop(Select, held, "Her browser did not send it at login: "+held.Refusal.Why)
		}
		return v.stop(Select, login, "Her browser no longer sent it at login.")
	}

	inLogin := func(kind Kind, fits func(*located) bool) (*located, bool) {
		return j.last(func(e *located) bool { return e.Kind == kind && e.frame == login.frame && e.Seq > login.Seq && fits(e) })
	}
	mine := func(e *located) bool { return j.knowsKey(e.Key, login.frame) }
	kept, saved := inLogin(Save, mine)
	loaded, found := inLogin(Load, mine)
	dropped, deleted := inLogin(Delete, mine)
	moved, fresh := inLogin(Save, func(e *located) bool { return !mine(e) && e.User == "alice" })
	switch {
	case saved && !deleted:
		return j.notReplayed(v, kept.Key, login.frame)
	case deleted && fresh:
		return v.stop(Elevate, j.cause(dropped), fmt.Sprintf("Login moved alice to a new key, %s, which Mallory does not know.", moved.Key))
	case found && !loaded.Found:
		return v.stop(Accept, loaded, "The server has no such record, and takes over no key that it does not have.")
	}
	if bad, ok := inLogin(Unsign, func(e *located) bool { return e.Value == value && !e.Found }); ok {
		return v.stop(Accept, bad, "The server found no valid signature on it, and gave alice a session of her own.")
	}
	if fresh {
		return v.stop(Elevate, moved, fmt.Sprintf("Login gave alice a key of her own, %s, which Mallory does not know.", moved.Key))
	}
	written, ok := inLogin(Sign, func(*located) bool { return true })
	if !ok {
		written = login
	}
	return v.stop(Elevate, written, "Login wrote alice into a new cookie, not into a record that Mallory's copy could reach.")
}

// notReplayed: login put alice into the record of key, which Mallory knew, and
// still Mallory was not served as alice.
func (j jury) notReplayed(v Verdict, key string, login int) Verdict {
	after := func(kind Kind) func(*located) bool {
		return func(e *located) bool { return e.Kind == kind && e.Person == "mallory" && e.frame > login }
	}
	tried, ok := j.last(after(Whoami))
	if !ok {
		return v.stop(Replay, j.at(login), "Login kept the key, but Mallory never used it afterwards.")
	}
	_, shown := j.first(func(e *located) bool { return after(Request)(e) && strings.Contains(e.Message.Raw, key) })
	bad, unsigned := j.last(func(e *located) bool { return after(Unsign)(e) && !e.Found && strings.Contains(e.Value, key) })
	switch {
	case !shown:
		return v.stop(Replay, tried, "Login kept "+key+", but Mallory has no cookie that carries it and that the server accepts.")
	case unsigned:
		return v.stop(Replay, bad, "When Mallory showed it afterwards, the server did not accept its signature.")
	}
	return v.stop(Replay, tried, "When Mallory showed it afterwards, the server did not serve her as alice.")
}

// knowsKey reports whether Mallory knew a value that carries the key.
func (j jury) knowsKey(key string, frame int) bool {
	_, ok := j.fact(key, frame)
	return ok
}

// inStart reports whether the request's line holds a value that Mallory knew.
func (j jury) inStart(e *located) bool {
	_, ok := j.first(func(l *located) bool {
		return l.Kind == Learned && l.frame <= e.frame && strings.Contains(e.Message.Start, l.Value)
	})
	return ok
}

// how is the part of a Learned event's text that says how.
func how(e *located) string {
	_, after, _ := strings.Cut(e.Text, e.Value+": ")
	return after
}

// because adds a clause.
func (v *Verdict) because(frame int, format string, args ...any) {
	v.Because = append(v.Because, Clause{fmt.Sprintf(format, args...), frame})
}

// stop ends the verdict at the gate that failed, with its evidence.
func (v Verdict) stop(g Gate, e *located, text string) Verdict {
	v.Gate, v.Frame, v.Event = g, e.frame, e.Seq
	v.because(e.frame, "%s", text)
	return v
}
