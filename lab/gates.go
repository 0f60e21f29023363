package lab

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
)

// defended finds the attempt that got furthest, and the gate at which it failed.
func (j jury) defended() Verdict {
	v := Verdict{Outcome: Defended, mute: j.mute}
	learned, ok := j.first(func(e *Event) bool { return e.Kind == Learned })
	if !ok {
		if v, ok := j.turnedAway(v); ok {
			return v
		}
		if v, ok := j.ended(v); ok {
			return v
		}
		tried, ok := j.first(func(e *Event) bool { return e.Kind == Did && e.Person == "mallory" })
		if !ok {
			tried = j.at(j.end)
		}
		return v.stop(Obtain, tried, "Mallory never held a value that this server would take.")
	}
	plants, logins := j.plants(), j.logins()
	best := Verdict{}
	try := func(v Verdict) {
		if best.Outcome == "" || reach(v.Gate) > reach(best.Gate) {
			best = v
		}
	}
	for _, login := range logins {
		seen := map[string]bool{} // the same cookie planted twice is one attempt
		for _, planted := range plants {
			if text := wireOf(planted.Text); planted.Seq < login.Seq && !seen[text] && len(seen) < 50 {
				seen[text] = true
				try(j.attempt(planted, login))
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
		return v.stop(Elevate, plants[0], "Mallory's value came into Alice's browser only after she had logged in.")
	case len(plants) > 0:
		fact, _ := j.first(func(e *Event) bool { return e.Kind == Learned && e.Value == plants[0].Value })
		v.because(fact.frame, "Mallory knew %s: %s.", fact.Value, how(fact))
		v.because(plants[0].frame, "It was in Alice's browser from then on.")
		return v.stop(Elevate, plants[0], "Alice did not log in, so it never became her session.")
	}
	if v, ok := j.turnedAway(v); ok && len(logins) == 0 {
		return v
	}
	v.because(learned.frame, "Mallory knew %s: %s.", learned.Value, how(learned))
	return j.undelivered(v, logins)
}

// turnedAway: Mallory's form sent alice's browser to the shop, and the server
// or the browser would not have it.
func (j jury) turnedAway(v Verdict) (Verdict, bool) {
	for _, sent := range j.events {
		if sent.Kind != Request || sent.Who != "alice" || sent.Message.To != shopHost || !foreign(sent.Message.Initiator) {
			continue
		}
		after := func(kind Kind) (*Event, bool) {
			return j.first(func(e *Event) bool { return e.Kind == kind && e.frame == sent.frame && e.Seq > sent.Seq })
		}
		if answer, ok := after(Response); ok && strings.HasPrefix(answer.Message.Start, "403") {
			v.because(sent.frame, "A page on %s sent a form to the shop.", sent.Message.Initiator)
			return v.stop(Accept, answer, "The server refused it, because it came from another origin."), true
		}
		if refused, ok := after(Refused); ok {
			v.because(sent.frame, "A page on %s sent a form to the shop.", sent.Message.Initiator)
			return v.stop(Deliver, refused, "Alice's browser refused the cookie of the answer: "+refused.Refusal.Why), true
		}
	}
	return v, false
}

// ended: alice had logged out, and whoever showed her cookie once more was not
// served.
func (j jury) ended(v Verdict) (Verdict, bool) {
	out, ok := j.first(func(e *Event) bool { return e.Kind == Logout && e.Person == "alice" })
	if !ok {
		return v, false
	}
	gone, ok := j.first(func(e *Event) bool { return e.Kind == Delete && e.Found && e.frame == out.frame })
	if !ok {
		return v, false
	}
	shown, ok := j.first(func(e *Event) bool {
		return e.Kind == Request && e.frame > out.frame && slices.ContainsFunc(cookiesOf(e), func(c pair) bool { return carries(c.value, gone.Key) })
	})
	if !ok {
		return v, false
	}
	v.because(out.frame, "Alice logged out, and the record of her session was deleted.")
	return v.stop(AfterLogout, shown, "Her old cookie was shown once more, and there was nothing left to find."), true
}

// reach is how far a gate is from the start.
func reach(g Gate) int {
	return slices.Index(Gates, g)
}

// undelivered: nothing that Mallory knew came into alice's browser.
func (j jury) undelivered(v Verdict, logins []*Event) Verdict {
	refused, ok := j.first(func(e *Event) bool { return e.Kind == Refused && e.Who == "alice" && j.known(e.Value, e.frame) })
	if ok {
		return v.stop(Deliver, refused, "Alice's browser refused the cookie: "+refused.Refusal.Why)
	}
	linked, ok := j.first(func(e *Event) bool { return e.Kind == Request && e.Person == "alice" && j.inQuery(e) })
	if ok {
		return v.stop(Deliver, linked, "A link carries a value; it sets no cookie, and this server took none from it.")
	}
	if len(logins) == 0 {
		return v.stop(Deliver, j.at(j.end), "Nothing that Mallory knew ever came into Alice's browser.")
	}
	login := logins[len(logins)-1]
	if own, ok := j.freshKey(login); ok && !j.tried() {
		return v.stop(Elevate, j.cause(own), fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", own.Key))
	}
	return v.stop(Deliver, login, "Nothing that Mallory knew ever came into Alice's browser.")
}

// tried reports whether a page of Mallory's made alice's browser ask the shop
// for something.
func (j jury) tried() bool {
	_, ok := j.first(func(e *Event) bool {
		return e.Kind == Request && e.Who == "alice" && e.Message.To == shopHost && foreign(e.Message.Initiator)
	})
	return ok
}

// unfit reports whether the login asked what binds a session to a browser, and
// that was on.
func (j jury) unfit(login *Event) bool {
	_, ok := j.first(func(e *Event) bool {
		return e.Kind == Ask && e.frame == login.frame && e.On && (e.Switch == defence.BindAddress || e.Switch == defence.BindDevice)
	})
	return ok
}

// freshKey returns the event in which the login first saved a key that Mallory
// does not know.
func (j jury) freshKey(login *Event) (*Event, bool) {
	return j.last(func(e *Event) bool {
		return e.Kind == Save && e.frame == login.frame && e.Seq > login.Seq && e.User == "alice" && !j.knowsKey(e.Key, login.frame) && !j.savedBefore(e)
	})
}

func (j jury) savedBefore(save *Event) bool {
	_, ok := j.first(func(e *Event) bool { return e.Kind == Save && e.Key == save.Key && e.frame < save.frame })
	return ok
}

// attempt judges one plant at one login.
func (j jury) attempt(planted, login *Event) Verdict {
	v := Verdict{Outcome: Defended, mute: j.mute}
	value := planted.Value
	fact, _ := j.first(func(e *Event) bool { return e.Kind == Learned && e.Value == value })
	if planted.frame == fact.frame {
		v.because(fact.frame, "Mallory knew %s, and it was in Alice's browser from then on.", value)
	} else {
		v.because(fact.frame, "Mallory knew %s: %s.", value, how(fact))
		v.because(planted.frame, "It was in Alice's browser from then on.")
	}

	sent, ok := j.last(func(e *Event) bool { return e.Kind == Request && e.frame == login.frame && e.Seq < login.Seq })
	if !ok {
		sent = login
	}
	text := wireOf(planted.Text)
	pairs := cookiesOf(sent)
	name := pair{text: text}.name()
	if !slices.Contains(pairs, pair{text, value}) {
		if held, ok := j.first(func(e *Event) bool { return e.Kind == Withheld && e.frame == login.frame && e.Value == value }); ok {
			return v.stop(Select, held, "Her browser did not send it at login: "+held.Refusal.Why)
		}
		return v.stop(Select, sent, "Her browser no longer sent it at login.")
	}

	inLogin := func(kind Kind, fits func(*Event) bool) (*Event, bool) {
		return j.last(func(e *Event) bool { return e.Kind == kind && e.frame == login.frame && e.Seq > login.Seq && fits(e) })
	}
	mine := func(e *Event) bool { return carries(value, e.Key) || e.Value == value }
	kept, saved := inLogin(Save, func(e *Event) bool { return mine(e) && e.User == "alice" })
	loaded, found := inLogin(Load, mine)
	dropped, deleted := inLogin(Delete, mine)
	check, checked := inLogin(Unsign, mine)
	moved, fresh := inLogin(Save, func(e *Event) bool { return !mine(e) && e.User == "alice" })
	var moving *Event // the switch that gave alice a key of her own
	if fresh {
		if ask, ok := j.decision(moved); ok && ask.On && (ask.Switch == defence.Rotate || ask.Switch == defence.Flush) {
			moving = ask
		}
	}
	switch {
	case saved && !deleted:
		return j.notReplayed(v, kept.Key, login.frame)
	case moving != nil && checked && moving.Seq < check.Seq: // the value was only looked at to end its record
		return v.stop(Elevate, moving, fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", moved.Key))
	case checked && !check.Found:
		return v.stop(Accept, check, "The server found no valid signature on it, and gave Alice a session of her own.")
	case found && !loaded.Found:
		return v.stop(Accept, loaded, "The server has no such record, and takes over no key that it does not have.")
	case deleted && fresh:
		return v.stop(Elevate, j.cause(dropped), fmt.Sprintf("Login moved Alice to a new key, %s, which Mallory does not know.", moved.Key))
	case !found && !checked && slices.ContainsFunc(pairs, func(p pair) bool { return p.name() == name && p.value != value }):
		return v.stop(Select, sent, "Alice's browser sent two cookies of that name, and the server read the other.")
	case found && loaded.Found && fresh && j.unfit(login):
		return v.stop(Bind, loaded, "Its session is bound to another browser, so the server gave Alice one of her own.")
	case fresh && !found && !checked:
		return v.stop(Select, sent, "The server read no cookie of that name, and gave Alice a session of her own.")
	case fresh && j.savedBefore(moved):
		return v.stop(Select, sent, "The server did not read it: Alice's own session, "+moved.Key+", stayed hers.")
	case fresh:
		return v.stop(Elevate, j.cause(moved), fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", moved.Key))
	}
	written, ok := inLogin(Sign, func(*Event) bool { return true })
	if !ok {
		written = login
	}
	v = v.stop(Elevate, written, "Login wrote Alice into a new cookie, not into a record that Mallory's copy could reach.")
	if _, records := j.first(func(e *Event) bool { return e.Kind == Save }); !records {
		v.Outcome, v.Gate = NotApplicable, "" // this server keeps no records at all
	}
	return v
}

// stolen judges a key that Mallory learned only after the login that put alice
// into its record.
func (j jury) stolen(login *Event) (Verdict, bool) {
	var saved *Event
	fact, ok := j.first(func(f *Event) bool {
		if f.Kind != Learned || f.frame <= login.frame {
			return false
		}
		var ok bool
		saved, ok = j.first(func(e *Event) bool {
			return e.Kind == Save && e.frame == login.frame && e.User == "alice" && carries(f.Value, e.Key)
		})
		return ok
	})
	if !ok {
		return Verdict{}, false
	}
	v := Verdict{Outcome: Defended, mute: j.mute}
	v.because(fact.frame, "Mallory got Alice's cookie when Alice was logged in already.")
	return j.notReplayed(v, saved.Key, fact.frame), true
}

// notReplayed: login put alice into the record of key, which Mallory knew, and
// still Mallory was not served as alice.
func (j jury) notReplayed(v Verdict, key string, login int) Verdict {
	after := func(kind Kind) func(*Event) bool {
		return func(e *Event) bool { return e.Kind == kind && e.Person == "mallory" && e.frame > login }
	}
	tried, ok := j.last(after(Whoami))
	if !ok {
		return v.stop(Replay, j.at(login), "Login kept the key, but Mallory never used it afterwards.")
	}
	gone, deleted := j.first(func(e *Event) bool {
		return e.Kind == Delete && e.Found && e.Key == key && e.frame > login && e.Seq < tried.Seq
	})
	_, shown := j.first(func(e *Event) bool {
		return after(Request)(e) && slices.ContainsFunc(cookiesOf(e), func(c pair) bool { return carries(c.value, key) })
	})
	bad, unsigned := j.last(func(e *Event) bool { return after(Unsign)(e) && !e.Found && strings.Contains(e.Value, key) })
	switch {
	case !shown:
		return v.stop(Replay, tried, "Login kept "+key+", but Mallory has no cookie that carries it and that the server accepts.")
	case deleted:
		if _, out := j.first(func(e *Event) bool { return e.Kind == Logout && e.frame == gone.frame && e.Person == "alice" }); out {
			return v.stop(AfterLogout, gone, "Alice logged out, and the record was deleted before Mallory showed the key.")
		}
		return v.stop(Replay, gone, "The record was deleted before Mallory showed the key.")
	case j.bound(key, tried):
		return v.stop(Bind, tried, "The session is bound to Alice's browser. The server does not accept its key from another.")
	case unsigned:
		return v.stop(Replay, bad, "When Mallory showed it afterwards, the server did not accept its signature.")
	}
	return v.stop(Replay, tried, "When Mallory showed it afterwards, the server did not serve her as Alice.")
}

// bound reports whether the server looked at what binds a session to a browser
// before it turned Mallory away, though it had found alice's record.
func (j jury) bound(key string, tried *Event) bool {
	_, found := j.first(func(e *Event) bool {
		return e.Kind == Load && e.frame == tried.frame && e.Key == key && e.Found && e.User == "alice" && e.Seq < tried.Seq
	})
	binding := func(e *Event) bool {
		return e.Kind == Ask && e.frame == tried.frame && e.On && (e.Switch == defence.BindAddress || e.Switch == defence.BindDevice)
	}
	_, asked := j.first(binding)
	return found && asked && tried.User != "alice"
}

// knowsKey reports whether Mallory knew a value that carries the key.
func (j jury) knowsKey(key string, frame int) bool {
	_, ok := j.fact(key, frame)
	return ok
}

// inQuery reports whether the request's URL has a parameter that Mallory knew.
func (j jury) inQuery(e *Event) bool {
	_, query, _ := strings.Cut(e.Message.Start, "?")
	return slices.ContainsFunc(fieldsOf(query), func(f field) bool { return j.known(f.value, e.frame) })
}
