package judge

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// binding are the switches that bind a session to a browser.
var binding = defence.Binding.Set()

// askedBinding reports whether the server looked in that frame at such a switch,
// and found it on.
func (j *Judge) askedBinding(frame int) bool {
	_, ok := first(j.during(frame), func(e *event.Event) bool {
		return e.Kind == event.Ask && e.On && binding.Has(e.Switch)
	})
	return ok
}

// stolen judges what Mallory learned only after the login that made it Alice's
// session: its key, or the cookie that holds it.
func (j *Judge) stolen(login *event.Event) (event.Verdict, bool) {
	for i := range j.sessions {
		s := &j.sessions[i]
		if s.login != login {
			continue
		}
		for n, fact := range j.facts {
			if fact.Frame > login.Frame && j.known(n, s) {
				v := event.Verdict{Outcome: event.Defended}
				j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already.")
				return j.notReplayed(v, s, fact.Frame, ""), true
			}
		}
	}
	return event.Verdict{}, false
}

// given judges a login at which the server itself gave Alice what Mallory knew: the
// key of a session that it gives to everybody.
func (j *Judge) given(login *event.Event) (event.Verdict, bool) {
	for i := range j.sessions {
		s := &j.sessions[i]
		if s.login != login || s.key == "" {
			continue
		}
		for _, fact := range j.facts {
			if fact.Seq < login.Seq && j.Carries(fact.Value, s.key) && j.storedBefore(fact.Value, login.Seq) == nil {
				v := event.Verdict{Outcome: event.Defended}
				j.because(&v, fact.Frame, "Mallory knew %s: %s.", s.key, fact.Reason)
				j.because(&v, login.Frame, "The session that Alice logged in to has that key.")
				return j.notReplayed(v, s, login.Frame, ""), true
			}
		}
	}
	return event.Verdict{}, false
}

// notReplayed: Alice logged in to the session s, which Mallory knew how to open,
// and still Mallory was not served as Alice. Since is the step from which on that
// counts, and kept says why it does.
func (j *Judge) notReplayed(v event.Verdict, s *held, since int, kept string) event.Verdict {
	var used, asked *visit // the last time that Mallory showed what opens it; that she asked for anything
	for i := range j.visits {
		at := &j.visits[i]
		if at.sent.Person != event.Mallory || at.sent.Frame <= since || !at.sent.Message.ToShop() {
			continue
		}
		asked = at
		if slices.ContainsFunc(event.CookiesOf(at.sent), func(c event.Pair) bool { return j.opens(at.sent.At, c.Value, s) }) ||
			slices.ContainsFunc(at.sent.Message.Fields, func(f event.Field) bool { return j.opens(at.sent.At, f.Value, s) }) {
			used = at
		}
	}
	switch {
	case asked == nil:
		return j.stop(v, event.Replay, j.at(since), kept+"Mallory never used it afterwards.")
	case used == nil && (s.key == "" || j.accepted(s)):
		return j.stop(v, event.Replay, asked.sent, kept+"Mallory did not show it afterwards.")
	case used == nil:
		return j.stop(v, event.Replay, asked.sent, kept+"Mallory has no cookie that carries it and that the server accepts.")
	}
	gone, deleted := j.First(func(e *event.Event) bool {
		return e.Kind == event.Delete && e.Found && s.key != "" && e.Key == s.key && e.Frame > since && e.Seq < used.sent.Seq
	})
	bad, unsigned := j.First(func(e *event.Event) bool {
		return e.Kind == event.Unsign && e.Frame == used.sent.Frame && e.Seq > used.sent.Seq && !e.Found && j.opens(used.sent.At, e.Value, s)
	})
	seen := used.sent
	if used.whoami != nil {
		seen = used.whoami
	}
	switch {
	case deleted:
		if _, out := j.First(func(e *event.Event) bool {
			return e.Kind == event.Logout && e.Frame == gone.Frame && e.Person == event.Alice
		}); out {
			return j.stop(v, event.AfterLogout, gone, "Alice logged out, and the record was deleted before Mallory showed the key.")
		}
		return j.stop(v, event.Replay, gone, "The record was deleted before Mallory showed the key.")
	case j.bound(used):
		return j.stop(v, event.Bind, seen, "The session is bound to Alice's browser. The server does not accept it from another.")
	case unsigned && bad.Late:
		return j.stop(v, event.Replay, bad, "When Mallory showed it afterwards, it had run out.")
	case unsigned:
		return j.stop(v, event.Replay, bad, "When Mallory showed it afterwards, the server did not accept its signature.")
	case used.denied != nil && event.Denial(used.denied.Reason) != event.NotLoggedIn:
		return j.stop(v, event.Replay, used.denied, "Mallory showed it afterwards. "+refusals[event.Denial(used.denied.Reason)])
	case used.whoami == nil:
		return j.stop(v, event.Replay, seen, "Mallory showed it afterwards, and asked for nothing that is Alice's.")
	}
	return j.stop(v, event.Replay, seen, "When Mallory showed it afterwards, the server did not serve her as Alice.")
}

// accepted reports whether Mallory knew a cookie that carries the key of s and that
// the server had made or accepted.
func (j *Judge) accepted(s *held) bool {
	_, signs := j.First(func(e *event.Event) bool { return e.Kind == event.Unsign && e.Value != "" && !e.Row })
	return slices.ContainsFunc(j.facts, func(e *event.Event) bool {
		return j.Carries(e.Value, s.key) && (!signs || j.originOf(event.Unquoted(e.Value)) != nil)
	})
}

// bound reports whether the server looked at what binds a session to a browser
// before it turned Mallory away, though it had found Alice's session.
func (j *Judge) bound(used *visit) bool {
	s := j.session(used.open)
	turnedAway := used.whoami != nil && used.whoami.User == "" || used.saved >= 0 && used.saved != used.open // or given another
	elsewhere := s != nil && (s.login == nil || s.login.At != used.sent.At)                                  // than where she logged in
	return elsewhere && j.owner(s.user) == event.Alice && turnedAway && j.askedBinding(used.sent.Frame)
}

// savedAs returns the session that a save wrote.
func (j *Judge) savedAs(e *event.Event) *held {
	for i := len(j.sessions) - 1; i >= 0; i-- {
		if j.sessions[i].key == e.Key {
			return &j.sessions[i]
		}
	}
	return &held{key: e.Key}
}
