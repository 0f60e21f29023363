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
	_, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Ask && e.Frame == frame && e.On && binding.Has(e.Switch)
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
		for _, fact := range j.facts {
			if fact.Frame > login.Frame && j.opens(fact.Value, s) {
				v := event.Verdict{Outcome: event.Defended}
				j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already.")
				return j.notReplayed(v, s, fact.Frame), true
			}
		}
	}
	return event.Verdict{}, false
}

// opens reports whether a cookie's value leads to the session: it carries its key,
// or it holds the session or an older state of it.
func (j *Judge) opens(value string, s *held) bool {
	if s.key != "" {
		return j.Carries(value, s.key)
	}
	i := j.byValue(event.Unquoted(value))
	return i >= 0 && (&j.sessions[i] == s || s.login != nil && j.sessions[i].login == s.login)
}

// notReplayed: Alice logged in to the session s, which Mallory knew how to open,
// and still Mallory was not served as Alice.
func (j *Judge) notReplayed(v event.Verdict, s *held, login int) event.Verdict {
	var used, asked *visit // the last time that Mallory showed what opens it; that she asked for anything
	for i := range j.visits {
		at := &j.visits[i]
		if at.sent.Person != event.Mallory || at.sent.Frame <= login || !at.sent.Message.ToShop() {
			continue
		}
		asked = at
		if slices.ContainsFunc(event.CookiesOf(at.sent), func(c event.Pair) bool { return j.opens(c.Value, s) }) ||
			slices.ContainsFunc(at.sent.Message.Fields, func(f event.Field) bool { return j.opens(f.Value, s) }) {
			used = at
		}
	}
	switch {
	case asked == nil:
		return j.stop(v, event.Replay, j.at(login), "Login kept the key, but Mallory never used it afterwards.")
	case used == nil && s.key == "":
		return j.stop(v, event.Replay, asked.sent, "Mallory did not show that cookie afterwards.")
	case used == nil:
		return j.stop(v, event.Replay, asked.sent, "Login kept "+s.key+", but Mallory has no cookie that carries it and that the server accepts.")
	}
	gone, deleted := j.First(func(e *event.Event) bool {
		return e.Kind == event.Delete && e.Found && s.key != "" && e.Key == s.key && e.Frame > login && e.Seq < used.sent.Seq
	})
	bad, unsigned := j.First(func(e *event.Event) bool {
		return e.Kind == event.Unsign && e.Frame == used.sent.Frame && e.Seq > used.sent.Seq && !e.Found && j.opens(e.Value, s)
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
		return j.stop(v, event.Bind, seen, "The session is bound to Alice's browser. The server does not accept its key from another.")
	case unsigned && bad.Late:
		return j.stop(v, event.Replay, bad, "When Mallory showed it afterwards, it had run out.")
	case unsigned:
		return j.stop(v, event.Replay, bad, "When Mallory showed it afterwards, the server did not accept its signature.")
	case used.whoami == nil:
		return j.stop(v, event.Replay, seen, "Mallory showed it afterwards, and asked for nothing that is Alice's.")
	}
	return j.stop(v, event.Replay, seen, "When Mallory showed it afterwards, the server did not serve her as Alice.")
}

// bound reports whether the server looked at what binds a session to a browser
// before it turned Mallory away, though it had found Alice's session.
func (j *Judge) bound(used *visit) bool {
	s := j.session(used.open)
	turnedAway := used.whoami != nil && used.whoami.User == "" || used.saved >= 0 && used.saved != used.open // or given another
	elsewhere := s != nil && (s.login == nil || s.login.At != used.sent.At) // than where she logged in
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
