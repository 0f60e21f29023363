package judge

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// defended finds the attempt that got furthest, and the gate at which it failed.
// It is reached only when no harm was found, and says so only when Mallory tried.
func (j *Judge) defended() event.Verdict {
	v := event.Verdict{Outcome: event.Defended}
	if !j.attempt && !j.tried() {
		if v, ok := j.ended(v); ok {
			return v
		}
		return j.noAttack()
	}
	if len(j.facts) == 0 {
		if v, ok := j.turnedAway(v, true); ok {
			return v
		}
		if v, ok := j.ended(v); ok {
			return v
		}
		if at := j.guess(); at != nil {
			return j.stop(v, event.Obtain, at.denied, "Mallory tried to log in as Alice, and the name and the secret did not belong together.")
		}
		did, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Did && e.Person == event.Mallory })
		if !ok {
			did = j.at(j.end)
		}
		return j.stop(v, event.Obtain, did, "Mallory never held a value that this server would take.")
	}
	plants, logins := j.plants(), j.logins()
	best := event.Verdict{}
	try := func(v event.Verdict) {
		if best.Outcome == "" || reach(v.Gate) > reach(best.Gate) {
			best = v
		}
	}
	for _, login := range logins {
		seen := map[string]bool{} // the same cookie planted twice is one attempt
		for _, planted := range plants {
			if text := event.WireOf(planted.Line); planted.Seq < login.Seq && !seen[text] && len(seen) < 50 {
				seen[text] = true
				try(j.attempted(planted, login))
			}
		}
		if v, ok := j.stolen(login); ok {
			try(v)
		}
	}
	switch {
	case best.Outcome != "":
		return best
	case len(plants) > 0 && len(logins) > 0:
		return j.stop(v, event.Elevate, plants[0], "Mallory's value came into Alice's browser only after she had logged in.")
	case len(plants) > 0:
		if fact, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Learned && j.same(e.Value, plants[0].Value) }); ok {
			j.because(&v, fact.Frame, "Mallory knew %s: %s.", fact.Value, fact.Reason)
		}
		j.because(&v, plants[0].Frame, "It was in Alice's browser from then on.")
		return j.stop(v, event.Elevate, plants[0], "Alice did not log in, so it never became her session.")
	}
	if v, ok := j.turnedAway(v, len(logins) == 0); ok {
		return v
	}
	learned := j.facts[0]
	j.because(&v, learned.Frame, "Mallory knew %s: %s.", learned.Value, learned.Reason)
	return j.undelivered(v, logins)
}

// tried reports whether Mallory did anything that could reach Alice: she took or
// made a value for later use, sat at Alice's browser, tried to prove that she is
// Alice, or wrote something that Alice's browser loaded, sent or stored.
func (j *Judge) tried() bool {
	for _, e := range j.events {
		if e.Person == event.Mallory && (e.Act == event.Prepared || e.At == event.Alice) {
			return true
		}
	}
	for i := range j.visits {
		v := &j.visits[i]
		if v.sent.Person == event.Alice && (v.by == event.Mallory || v.answer != nil && v.answer.By == event.Mallory) {
			return true
		}
	}
	return j.guess() != nil || len(j.plants()) > 0
}

// guess returns the visit in which Mallory tried in vain to log in as Alice, nil
// for none.
func (j *Judge) guess() *visit {
	for i := range j.visits {
		v := &j.visits[i]
		if v.sent.Person == event.Mallory && v.denied != nil && event.Denial(v.denied.Reason) == event.BadCredentials &&
			slices.ContainsFunc(v.sent.Message.Fields, func(f event.Field) bool { return j.owner(f.Value) == event.Alice }) {
			return v
		}
	}
	return nil
}

// noAttack: there was nothing to defend against.
func (j *Judge) noAttack() event.Verdict {
	v := event.Verdict{Outcome: event.NoAttack, Frame: j.end}
	j.because(&v, j.end, "Nothing that Mallory wrote, took or sent came to Alice's browser or to an account of hers.")
	return v
}

// ended: alice had logged out, and whoever showed her cookie once more was not
// served.
func (j *Judge) ended(v event.Verdict) (event.Verdict, bool) {
	out, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Logout && e.Person == event.Alice })
	if !ok {
		return v, false
	}
	gone, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Delete && e.Found && e.Frame == out.Frame })
	if !ok {
		return v, false
	}
	shown, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Request && e.Frame > out.Frame && slices.ContainsFunc(event.CookiesOf(e), func(c event.Pair) bool { return j.Carries(c.Value, gone.Key) })
	})
	if !ok {
		return v, false
	}
	j.because(&v, out.Frame, "Alice logged out, and the record of her session was deleted.")
	return j.stop(v, event.AfterLogout, shown, "Her old cookie was shown once more, and there was nothing left to find."), true
}

// reach is how far a gate is from the start.
func reach(g event.Gate) int {
	return slices.Index(event.Gates, g)
}

// undelivered: nothing that Mallory knew came into alice's browser.
func (j *Judge) undelivered(v event.Verdict, logins []*event.Event) event.Verdict {
	refused, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Refused && e.Who == event.Alice && j.knows(e.Value, e.Frame)
	})
	if ok {
		return j.stop(v, event.Deliver, refused, "Alice's browser refused the cookie: "+refused.Refusal.Why)
	}
	linked, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Request && e.Person == event.Alice && j.inQuery(e) })
	if ok {
		return j.stop(v, event.Deliver, linked, "A link carries a value; it sets no cookie, and this server took none from it.")
	}
	if len(logins) == 0 {
		return j.stop(v, event.Deliver, j.at(j.end), "Nothing that Mallory knew ever came into Alice's browser.")
	}
	login := logins[len(logins)-1]
	if own, ok := j.freshKey(login); ok && !j.sentByMallory() {
		return j.stop(v, event.Elevate, j.cause(own), fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", own.Key))
	}
	return j.stop(v, event.Deliver, login, "Nothing that Mallory knew ever came into Alice's browser.")
}

// sentByMallory reports whether what Mallory wrote made alice's browser ask the
// shop for something.
func (j *Judge) sentByMallory() bool {
	return slices.ContainsFunc(j.visits, func(v visit) bool {
		return v.sent.Who == event.Alice && v.sent.Message.ToShop() && v.by == event.Mallory && (v.sent.Message.Fields != nil || event.Foreign(v.sent.Message.Initiator))
	})
}

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

// freshKey returns the event in which the login first saved a key that Mallory
// does not know.
func (j *Judge) freshKey(login *event.Event) (*event.Event, bool) {
	return j.Last(func(e *event.Event) bool {
		return e.Kind == event.Save && e.Frame == login.Frame && e.Seq > login.Seq && j.owner(e.User) == event.Alice && !j.knowsKey(e.Key, login.Frame) && !j.savedBefore(e)
	})
}

func (j *Judge) savedBefore(save *event.Event) bool {
	_, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Save && e.Key == save.Key && e.Frame < save.Frame })
	return ok
}

// attempted judges one plant at one login.
func (j *Judge) attempted(planted, login *event.Event) event.Verdict {
	v := event.Verdict{Outcome: event.Defended}
	value := planted.Value
	fact, _ := j.First(func(e *event.Event) bool { return e.Kind == event.Learned && j.same(e.Value, value) })
	if planted.Frame == fact.Frame {
		j.because(&v, fact.Frame, "Mallory knew %s, and it was in Alice's browser from then on.", value)
	} else {
		j.because(&v, fact.Frame, "Mallory knew %s: %s.", value, fact.Reason)
		j.because(&v, planted.Frame, "It was in Alice's browser from then on.")
	}

	sent, ok := j.Last(func(e *event.Event) bool {
		return e.Kind == event.Request && e.Frame == login.Frame && e.Seq < login.Seq
	})
	if !ok {
		sent = login
	}
	text := event.WireOf(planted.Line)
	pairs := event.CookiesOf(sent)
	name := event.Pair{Text: text}.Name()
	if !slices.ContainsFunc(pairs, func(p event.Pair) bool {
		return p.Text == text && p.Value == value || p.Name() == name && j.same(p.Value, value)
	}) {
		if held, ok := j.First(func(e *event.Event) bool {
			return e.Kind == event.Withheld && e.Frame == login.Frame && j.same(e.Value, value)
		}); ok {
			return j.stop(v, event.Select, held, "Her browser did not send it at login: "+held.Refusal.Why)
		}
		return j.stop(v, event.Select, sent, "Her browser no longer sent it at login.")
	}

	inLogin := func(kind event.Kind, fits func(*event.Event) bool) (*event.Event, bool) {
		return j.Last(func(e *event.Event) bool {
			return e.Kind == kind && e.Frame == login.Frame && e.Seq > login.Seq && fits(e)
		})
	}
	mine := func(e *event.Event) bool { return j.Carries(value, e.Key) || j.same(e.Value, value) }
	kept, saved := inLogin(event.Save, func(e *event.Event) bool { return mine(e) && j.owner(e.User) == event.Alice })
	loaded, found := inLogin(event.Load, mine)
	dropped, deleted := inLogin(event.Delete, mine)
	check, checked := inLogin(event.Unsign, mine)
	moved, fresh := inLogin(event.Save, func(e *event.Event) bool { return !mine(e) && j.owner(e.User) == event.Alice })
	var moving *event.Event // the switch that gave alice a key of her own
	if fresh {
		if ask, ok := j.decision(moved); ok && ask.On && (ask.Switch == defence.Rotate || ask.Switch == defence.Flush) {
			moving = ask
		}
	}
	switch {
	case saved && !deleted:
		return j.notReplayed(v, j.savedAs(kept), login.Frame)
	case moving != nil && checked && moving.Seq < check.Seq: // the value was only looked at to end its record
		return j.stop(v, event.Elevate, moving, fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", moved.Key))
	case checked && check.Late:
		return j.stop(v, event.Accept, check, "What was planted had run out, and the server gave Alice a session of her own.")
	case checked && !check.Found:
		return j.stop(v, event.Accept, check, "The server found no valid signature on it, and gave Alice a session of her own.")
	case found && !loaded.Found:
		return j.stop(v, event.Accept, loaded, "The server has no such record, and takes over no key that it does not have.")
	case deleted && fresh:
		return j.stop(v, event.Elevate, j.cause(dropped), fmt.Sprintf("Login moved Alice to a new key, %s, which Mallory does not know.", moved.Key))
	case !found && !checked && slices.ContainsFunc(pairs, func(p event.Pair) bool { return p.Name() == name && !j.same(p.Value, value) }):
		return j.stop(v, event.Select, sent, "Alice's browser sent two cookies of that name, and the server read the other.")
	case found && loaded.Found && fresh && j.askedBinding(login.Frame):
		return j.stop(v, event.Bind, loaded, "Its session is bound to another browser, so the server gave Alice one of her own.")
	case fresh && !found && !checked:
		return j.stop(v, event.Select, sent, "The server read no cookie of that name, and gave Alice a session of her own.")
	case fresh && j.savedBefore(moved):
		return j.stop(v, event.Select, sent, "The server did not read it: Alice's own session, "+moved.Key+", stayed hers.")
	case fresh:
		return j.stop(v, event.Elevate, j.cause(moved), fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", moved.Key))
	}
	written, ok := inLogin(event.Sign, func(*event.Event) bool { return true })
	if !ok {
		written = login
	}
	v = j.stop(v, event.Elevate, written, "Login wrote Alice into a new cookie, not into a record that Mallory's copy could reach.")
	if _, records := j.First(func(e *event.Event) bool { return e.Kind == event.Save }); !records {
		v.Outcome, v.Gate = event.NotApplicable, "" // this server keeps no records at all
	}
	return v
}

// stolen judges what Mallory learned only after the login that made it alice's
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
// and still Mallory was not served as alice.
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
// before it turned Mallory away, though it had found alice's session.
func (j *Judge) bound(used *visit) bool {
	s := j.session(used.open)
	return s != nil && j.owner(s.user) == event.Alice && used.whoami != nil && used.whoami.User == "" && j.askedBinding(used.sent.Frame)
}

// knowsKey reports whether Mallory knew a value that carries the key.
func (j *Judge) knowsKey(key string, frame int) bool {
	_, ok := j.fact(key, frame)
	return ok
}

// inQuery reports whether the request's URL has a parameter that Mallory knew.
func (j *Judge) inQuery(e *event.Event) bool {
	if !strings.Contains(e.Message.Start, "?") {
		return false
	}
	return slices.ContainsFunc(e.Message.Fields, func(f event.Field) bool { return j.knows(f.Value, e.Frame) })
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
