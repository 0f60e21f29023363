package lab

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/sign"
)

// A jury looks for evidence in a run's events.
type jury struct {
	events []*Event
	facts  []*Event // those of them by which Mallory learned something
	end    int      // the index of the last frame
	mute   bool     // nobody will read the clauses: see Player
}

func newJury(t *Trace) jury {
	n := 0
	for i := range t.Frames {
		n += len(t.Frames[i].Events)
	}
	j := jury{events: make([]*Event, 0, n), end: len(t.Frames) - 1}
	for i := range t.Frames {
		j.hear(t.Frames[i].Events)
	}
	return j
}

// hear adds events.
func (j *jury) hear(events []Event) {
	for i := range events {
		e := &events[i]
		j.events = append(j.events, e)
		if e.Kind == Learned {
			j.facts = append(j.facts, e)
		}
	}
}

// verdict begins one that e decided.
func (j jury) verdict(o Outcome, e *Event) Verdict {
	return Verdict{Outcome: o, Frame: e.frame, Event: e.Seq, mute: j.mute}
}

// first returns the first event that fits.
func (j jury) first(fits func(*Event) bool) (*Event, bool) {
	for _, e := range j.events {
		if fits(e) {
			return e, true
		}
	}
	return nil, false
}

// last returns the last event that fits.
func (j jury) last(fits func(*Event) bool) (*Event, bool) {
	for i := len(j.events) - 1; i >= 0; i-- {
		if fits(j.events[i]) {
			return j.events[i], true
		}
	}
	return nil, false
}

// at stands for the whole step.
func (j jury) at(frame int) *Event { return &Event{frame: frame} }

// carries reports whether a cookie's value holds the session key: it is the
// key, the key with a signature behind it, or a signed text with the key in it.
func carries(value, key string) bool {
	if key == "" || len(value) < len(key) {
		return false
	}
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(value, "s%3A"), key); ok {
		return rest == "" || rest[0] == '.' || rest[0] == ':'
	}
	payload, ok := sign.Peek(value)
	return ok && strings.Contains(payload, `"`+key+`"`)
}

// fact returns how Mallory came to know the key, by the end of the frame.
func (j jury) fact(key string, frame int) (*Event, bool) {
	for _, e := range j.facts {
		if e.frame <= frame && carries(e.Value, key) {
			return e, true
		}
	}
	return nil, false
}

// known reports whether value is one that Mallory knew by the end of the frame.
func (j jury) known(value string, frame int) bool {
	for _, e := range j.facts {
		if e.frame <= frame && e.Value == value {
			return true
		}
	}
	return false
}

// hijacked: a handler served Mallory as alice, and she had not logged in with
// alice's password.
func (j jury) hijacked() (Verdict, bool) {
	password := false
	served, ok := j.first(func(e *Event) bool {
		password = password || e.Kind == Login && e.Person == "mallory" && e.User == "alice"
		return !password && e.Kind == Whoami && e.Person == "mallory" && e.User == "alice"
	})
	if !ok {
		return Verdict{}, false
	}
	v := j.verdict(Hijacked, served)
	v.Key = served.Key
	if j.withAccount(served) {
		v.Outcome = HijackedWithAccount
	}
	fact, known := j.shown(served)
	bound, ok := j.first(func(e *Event) bool {
		return e.Kind == Save && e.Person == "alice" && e.User == "alice" && e.Key == served.Key && e.Seq < served.Seq
	})
	switch {
	case known && ok && fact.Seq < bound.Seq:
		v.because(fact.frame, "Mallory knew %s: %s.", served.Key, how(fact))
		cause := j.cause(bound)
		v.Frame, v.Event = cause.frame, cause.Seq
		if cause.Switch == defence.KeepOldRecord && cause.On {
			v.because(bound.frame, "Login issued a new key, but left %s alive, with Alice in it.", served.Key)
		} else {
			v.because(bound.frame, "Login wrote Alice into the record of %s and kept the key.", served.Key)
		}
	case known && j.keptAgain(fact, served) != nil:
		again := j.keptAgain(fact, served)
		cause := j.cause(again)
		v.Frame, v.Event = cause.frame, cause.Seq
		v.because(fact.frame, "Mallory got Alice's cookie when Alice was logged in already.")
		v.because(again.frame, "Alice proved herself once more, and the server kept the key.")
	case known:
		v.Frame, v.Event = fact.frame, fact.Seq
		v.because(fact.frame, "Mallory got Alice's cookie when Alice was logged in already: no rotation at login can help.")
	}
	check, signed := j.first(func(e *Event) bool {
		return e.Kind == Unsign && e.frame == served.frame && e.Found && e.Check != nil && e.Seq < served.Seq && carries(e.Value, served.Key)
	})
	switch {
	case served.At == "alice":
		v.because(served.frame, "Mallory sat at Alice's browser, and the server served her as Alice.")
	case served.Key == "":
		v.because(served.frame, "Mallory showed a copy of Alice's cookie, and the server served her as Alice.")
	case signed:
		v.because(check.frame, "Mallory showed the same key. Its signature was valid: it says who made the value, not for whom.")
	default:
		v.because(served.frame, "Mallory showed the same key. The cookie is the bare key, so knowing it is enough.")
	}
	return v, true
}

// withAccount reports whether an account of Mallory's made what she was served
// for: her own login saved or signed it, or signed what she brought.
func (j jury) withAccount(served *Event) bool {
	_, ok := j.first(func(login *Event) bool {
		if login.Kind != Login || login.Person != "mallory" || login.User == "alice" || login.Seq > served.Seq {
			return false
		}
		_, made := j.first(func(e *Event) bool {
			return e.frame == login.frame && (e.Kind == Save && e.Key == served.Key || e.Kind == Sign && (served.Key == "" || carries(e.Value, served.Key)))
		})
		return made
	})
	return ok
}

// keptAgain returns the save with which a login of alice's, after Mallory had
// the key, kept it; nil if there is none.
func (j jury) keptAgain(fact, served *Event) *Event {
	save, ok := j.last(func(e *Event) bool {
		if e.Kind != Save || e.Key != served.Key || e.Person != "alice" || e.User != "alice" || e.Seq < fact.Seq || e.Seq > served.Seq {
			return false
		}
		_, login := j.first(func(l *Event) bool { return l.Kind == Login && l.frame == e.frame && l.User == "alice" })
		return login
	})
	if !ok {
		return nil
	}
	return save
}

// shown returns how Mallory came to know what she was served for: the key, or
// where there is none the cookie she sent.
func (j jury) shown(served *Event) (*Event, bool) {
	if served.Key != "" {
		return j.fact(served.Key, served.frame)
	}
	sent, ok := j.first(func(e *Event) bool { return e.Kind == Request && e.frame == served.frame })
	if !ok {
		return nil, false
	}
	return j.first(func(e *Event) bool {
		return e.Kind == Learned && e.Seq < served.Seq && slices.ContainsFunc(cookiesOf(sent), func(c pair) bool { return c.value == e.Value })
	})
}

// A pair is one cookie of a request: its text, and the value as a server
// reads it.
type pair struct{ text, value string }

// name returns the cookie's name as a server reads it.
func (p pair) name() string {
	name, _, ok := strings.Cut(p.text, "=")
	if !ok {
		return ""
	}
	return name
}

// cookiesOf returns the cookies of a request in the order they were sent.
func cookiesOf(sent *Event) []pair {
	if sent.Message.cookies == "" {
		return nil
	}
	var pairs []pair
	for text := range strings.SplitSeq(sent.Message.cookies, "; ") {
		_, value, ok := strings.Cut(text, "=")
		if !ok {
			value = text
		}
		pairs = append(pairs, pair{text, value})
	}
	return pairs
}

// cause returns the question that led to the save or delete, or the event
// itself when there was none.
func (j jury) cause(e *Event) *Event {
	if ask, ok := j.decision(e); ok {
		return ask
	}
	return e
}

// decision returns the question that the server asked last before it saved:
// the line where login could have gone another way.
func (j jury) decision(save *Event) (*Event, bool) {
	const login = defence.Rotate | defence.Flush | defence.FrameworkLogin | defence.ForgottenPath | defence.Strict
	return j.last(func(e *Event) bool {
		return e.Kind == Ask && e.frame == save.frame && e.Seq < save.Seq && (login.Has(e.Switch) || e.Switch == defence.KeepOldRecord && e.On)
	})
}

// trapped: a handler served alice, at her own browser, in Mallory's account.
func (j jury) trapped() (Verdict, bool) {
	served, ok := j.first(func(e *Event) bool {
		return e.Kind == Whoami && e.Person == "alice" && e.At == "alice" && e.User == "mallory"
	})
	if !ok {
		return Verdict{}, false
	}
	own, ok := j.last(func(e *Event) bool { return e.Kind == Login && e.User == "mallory" && e.Seq < served.Seq })
	if !ok {
		return Verdict{}, false
	}
	v := j.verdict(Trapped, served)
	v.Key = served.Key
	from := j.initiator(own)
	switch {
	case own.Person == "mallory":
		v.because(own.frame, "Mallory logged in to her own account.")
		if planted := j.plants(); len(planted) > 0 && planted[0].Seq < served.Seq {
			v.Frame, v.Event = planted[0].frame, planted[0].Seq
			v.because(planted[0].frame, "Mallory's own cookie went into Alice's browser.")
		}
	case !foreign(from):
		return Verdict{}, false // she logged in there herself
	default:
		v.Frame, v.Event = own.frame, own.Seq
		v.because(own.frame, "A form on %s logged Alice's browser in to Mallory's account.", from)
	}
	v.because(served.frame, "The server served Alice in Mallory's account: what she does there, Mallory sees.")
	return v, true
}

// initiator returns the origin that started the request in which e happened.
func (j jury) initiator(e *Event) string {
	sent, ok := j.last(func(r *Event) bool { return r.Kind == Request && r.frame == e.frame && r.Seq < e.Seq })
	if !ok {
		return ""
	}
	return sent.Message.Initiator
}

// plants returns every event in which alice's browser stored a value that
// Mallory knew by then.
func (j jury) plants() []*Event {
	var out []*Event
	for _, e := range j.events {
		if e.Kind == Stored && e.Who == "alice" && j.known(e.Value, e.frame) {
			out = append(out, e)
		}
	}
	return out
}

// logins returns every time alice logged in.
func (j jury) logins() []*Event {
	var out []*Event
	for _, e := range j.events {
		if e.Kind == Login && e.Person == "alice" && e.User == "alice" {
			out = append(out, e)
		}
	}
	return out
}

// broken: alice logged in, did not log out, and was not served as herself at
// the same browser; or the server broke down on her.
func (j jury) broken() (Verdict, bool) {
	var in, sent *Event
	for _, e := range j.events {
		switch {
		case e.Person != "alice":
		case e.Kind == Login && e.User == "alice":
			in = e
		case e.Kind == Logout, e.Kind == Login && e.User != "alice", e.Kind == Did && in != nil && e.At == in.At && strings.HasPrefix(e.Text, forgets):
			in = nil
		case e.Kind == Request:
			sent = e
		case e.Kind == Whoami && in != nil && e.frame > in.frame && e.At == in.At && e.User != "alice" && !foreign(sent.Message.Initiator):
			v := j.verdict(Broken, e)
			v.because(in.frame, "Alice logged in with the right password.")
			if slices.ContainsFunc(cookiesOf(sent), func(c pair) bool { return j.known(c.value, e.frame) }) {
				v.because(sent.frame, "Her browser sent a cookie that Mallory planted.")
			}
			v.because(e.frame, "The server does not know her any more.")
			return v, true
		case e.Kind == Response && strings.HasPrefix(e.Message.Start, "5"):
			v := j.verdict(Broken, e)
			v.because(e.frame, "The server broke down on Alice's request.")
			return v, true
		}
	}
	return Verdict{}, false
}

// foreign reports whether a page of another origin than the shop's started a
// request: it may come without the cookie, and that is what SameSite is for.
func foreign(from string) bool {
	return from != "" && from != "https://"+shopHost
}

// how is the part of a Learned event's text that says how.
func how(e *Event) string {
	_, after, _ := strings.Cut(e.Text, e.Value+": ")
	return after
}

// because adds a clause.
func (v *Verdict) because(frame int, format string, args ...any) {
	if v.mute {
		return
	}
	v.Because = append(v.Because, Clause{fmt.Sprintf(format, args...), frame})
}

// stop ends the verdict at the gate that failed, with its evidence.
func (v Verdict) stop(g Gate, e *Event, text string) Verdict {
	v.Gate, v.Frame, v.Event = g, e.frame, e.Seq
	v.because(e.frame, "%s", text)
	return v
}
