package judge

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// defended finds the attempt that got furthest, and the gate at which it failed.
func (j *Judge) defended() event.Verdict {
	v := event.Verdict{Outcome: event.Defended}
	learned, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Learned })
	if !ok {
		if v, ok := j.turnedAway(v); ok {
			return v
		}
		if v, ok := j.ended(v); ok {
			return v
		}
		tried, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Did && e.Person == "mallory" })
		if !ok {
			tried = j.at(j.end)
		}
		return j.stop(v, event.Obtain, tried, "Mallory never held a value that this server would take.")
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
		return j.stop(v, event.Elevate, plants[0], "Mallory's value came into Alice's browser only after she had logged in.")
	case len(plants) > 0:
		fact, _ := j.First(func(e *event.Event) bool { return e.Kind == event.Learned && j.same(e.Value, plants[0].Value) })
		j.because(&v, fact.Frame, "Mallory knew %s: %s.", fact.Value, fact.Reason)
		j.because(&v, plants[0].Frame, "It was in Alice's browser from then on.")
		return j.stop(v, event.Elevate, plants[0], "Alice did not log in, so it never became her session.")
	}
	if v, ok := j.turnedAway(v); ok && len(logins) == 0 {
		return v
	}
	j.because(&v, learned.Frame, "Mallory knew %s: %s.", learned.Value, learned.Reason)
	return j.undelivered(v, logins)
}

// turnedAway: Mallory's form sent alice's browser to the shop, and the server
// or the browser would not have it.
func (j *Judge) turnedAway(v event.Verdict) (event.Verdict, bool) {
	for _, sent := range j.events {
		if sent.Kind != event.Request || sent.Who != "alice" || sent.Message.To != event.ShopHost || !event.Foreign(sent.Message.Initiator) {
			continue
		}
		after := func(kind event.Kind) (*event.Event, bool) {
			return j.First(func(e *event.Event) bool { return e.Kind == kind && e.Frame == sent.Frame && e.Seq > sent.Seq })
		}
		if answer, ok := after(event.Response); ok && answer.Message.Status == 403 {
			j.because(&v, sent.Frame, "A page on %s sent a form to the shop.", sent.Message.Initiator)
			return j.stop(v, event.Accept, answer, "The server refused it, because it came from another origin."), true
		}
		if refused, ok := after(event.Refused); ok {
			j.because(&v, sent.Frame, "A page on %s sent a form to the shop.", sent.Message.Initiator)
			return j.stop(v, event.Deliver, refused, "Alice's browser refused the cookie of the answer: "+refused.Refusal.Why), true
		}
	}
	return v, false
}

// ended: alice had logged out, and whoever showed her cookie once more was not
// served.
func (j *Judge) ended(v event.Verdict) (event.Verdict, bool) {
	out, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Logout && e.Person == "alice" })
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
		return e.Kind == event.Refused && e.Who == "alice" && j.knows(e.Value, e.Frame)
	})
	if ok {
		return j.stop(v, event.Deliver, refused, "Alice's browser refused the cookie: "+refused.Refusal.Why)
	}
	linked, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Request && e.Person == "alice" && j.inQuery(e) })
	if ok {
		return j.stop(v, event.Deliver, linked, "A link carries a value; it sets no cookie, and this server took none from it.")
	}
	if len(logins) == 0 {
		return j.stop(v, event.Deliver, j.at(j.end), "Nothing that Mallory knew ever came into Alice's browser.")
	}
	login := logins[len(logins)-1]
	if own, ok := j.freshKey(login); ok && !j.tried() {
		return j.stop(v, event.Elevate, j.cause(own), fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", own.Key))
	}
	return j.stop(v, event.Deliver, login, "Nothing that Mallory knew ever came into Alice's browser.")
}

// tried reports whether a page of Mallory's made alice's browser ask the shop
// for something.
func (j *Judge) tried() bool {
	_, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Request && e.Who == "alice" && e.Message.To == event.ShopHost && event.Foreign(e.Message.Initiator)
	})
	return ok
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
		return e.Kind == event.Save && e.Frame == login.Frame && e.Seq > login.Seq && e.User == "alice" && !j.knowsKey(e.Key, login.Frame) && !j.savedBefore(e)
	})
}

func (j *Judge) savedBefore(save *event.Event) bool {
	_, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Save && e.Key == save.Key && e.Frame < save.Frame })
	return ok
}

// attempt judges one plant at one login.
func (j *Judge) attempt(planted, login *event.Event) event.Verdict {
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
	kept, saved := inLogin(event.Save, func(e *event.Event) bool { return mine(e) && e.User == "alice" })
	loaded, found := inLogin(event.Load, mine)
	dropped, deleted := inLogin(event.Delete, mine)
	check, checked := inLogin(event.Unsign, mine)
	moved, fresh := inLogin(event.Save, func(e *event.Event) bool { return !mine(e) && e.User == "alice" })
	var moving *event.Event // the switch that gave alice a key of her own
	if fresh {
		if ask, ok := j.decision(moved); ok && ask.On && (ask.Switch == defence.Rotate || ask.Switch == defence.Flush) {
			moving = ask
		}
	}
	switch {
	case saved && !deleted:
		return j.notReplayed(v, kept.Key, login.Frame)
	case moving != nil && checked && moving.Seq < check.Seq: // the value was only looked at to end its record
		return j.stop(v, event.Elevate, moving, fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", moved.Key))
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

// stolen judges a key that Mallory learned only after the login that put alice
// into its record.
func (j *Judge) stolen(login *event.Event) (event.Verdict, bool) {
	var saved *event.Event
	fact, ok := j.First(func(f *event.Event) bool {
		if f.Kind != event.Learned || f.Frame <= login.Frame {
			return false
		}
		var ok bool
		saved, ok = j.First(func(e *event.Event) bool {
			return e.Kind == event.Save && e.Frame == login.Frame && e.User == "alice" && j.Carries(f.Value, e.Key)
		})
		return ok
	})
	if !ok {
		return event.Verdict{}, false
	}
	v := event.Verdict{Outcome: event.Defended}
	j.because(&v, fact.Frame, "Mallory got Alice's cookie when Alice was logged in already.")
	return j.notReplayed(v, saved.Key, fact.Frame), true
}

// notReplayed: login put alice into the record of key, which Mallory knew, and
// still Mallory was not served as alice.
func (j *Judge) notReplayed(v event.Verdict, key string, login int) event.Verdict {
	after := func(kind event.Kind) func(*event.Event) bool {
		return func(e *event.Event) bool { return e.Kind == kind && e.Person == "mallory" && e.Frame > login }
	}
	tried, ok := j.Last(after(event.Whoami))
	if !ok {
		return j.stop(v, event.Replay, j.at(login), "Login kept the key, but Mallory never used it afterwards.")
	}
	gone, deleted := j.First(func(e *event.Event) bool {
		return e.Kind == event.Delete && e.Found && e.Key == key && e.Frame > login && e.Seq < tried.Seq
	})
	_, shown := j.First(func(e *event.Event) bool {
		return after(event.Request)(e) && slices.ContainsFunc(event.CookiesOf(e), func(c event.Pair) bool { return j.Carries(c.Value, key) })
	})
	bad, unsigned := j.Last(func(e *event.Event) bool { return after(event.Unsign)(e) && !e.Found && j.Carries(e.Value, key) })
	switch {
	case !shown:
		return j.stop(v, event.Replay, tried, "Login kept "+key+", but Mallory has no cookie that carries it and that the server accepts.")
	case deleted:
		if _, out := j.First(func(e *event.Event) bool {
			return e.Kind == event.Logout && e.Frame == gone.Frame && e.Person == "alice"
		}); out {
			return j.stop(v, event.AfterLogout, gone, "Alice logged out, and the record was deleted before Mallory showed the key.")
		}
		return j.stop(v, event.Replay, gone, "The record was deleted before Mallory showed the key.")
	case j.bound(key, tried):
		return j.stop(v, event.Bind, tried, "The session is bound to Alice's browser. The server does not accept its key from another.")
	case unsigned:
		return j.stop(v, event.Replay, bad, "When Mallory showed it afterwards, the server did not accept its signature.")
	}
	return j.stop(v, event.Replay, tried, "When Mallory showed it afterwards, the server did not serve her as Alice.")
}

// bound reports whether the server looked at what binds a session to a browser
// before it turned Mallory away, though it had found alice's record.
func (j *Judge) bound(key string, tried *event.Event) bool {
	_, found := j.First(func(e *event.Event) bool {
		return e.Kind == event.Load && e.Frame == tried.Frame && e.Key == key && e.Found && e.User == "alice" && e.Seq < tried.Seq
	})
	return found && j.askedBinding(tried.Frame) && tried.User != "alice"
}

// knowsKey reports whether Mallory knew a value that carries the key.
func (j *Judge) knowsKey(key string, frame int) bool {
	_, ok := j.fact(key, frame)
	return ok
}

// inQuery reports whether the request's URL has a parameter that Mallory knew.
func (j *Judge) inQuery(e *event.Event) bool {
	_, query, _ := strings.Cut(e.Message.Start, "?")
	return slices.ContainsFunc(event.FieldsOf(query), func(f event.Field) bool { return j.knows(f.Value, e.Frame) })
}
