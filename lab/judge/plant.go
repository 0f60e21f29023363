package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// undelivered: nothing that Mallory knew came into Alice's browser.
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
	if at := j.guess(); at != nil {
		return j.stop(v, event.Obtain, at.denied, guessed)
	}
	at := j.at(j.end)
	if len(logins) > 0 {
		at = logins[len(logins)-1]
		if own, ok := j.freshKey(at); ok && !j.sentByMallory() {
			by := own
			if j.visitOf(at).open >= 0 { // where there was no session, no question made the key new
				by = j.cause(own)
			}
			return j.stop(v, event.Elevate, by, fmt.Sprintf("Login gave Alice a key of her own, %s, which Mallory does not know.", own.Key))
		}
	}
	if i := slices.IndexFunc(j.facts, func(fact *event.Event) bool { return j.storedBefore(fact.Value, fact.Seq) != nil }); i >= 0 {
		return j.stop(v, event.Replay, j.facts[i], "It was Alice's own, and the server did not serve Mallory as Alice for it.")
	}
	return j.stop(v, event.Deliver, at, "Nothing that Mallory knew ever came into Alice's browser.")
}

// sentByMallory reports whether what Mallory wrote made Alice's browser ask the
// shop for something.
func (j *Judge) sentByMallory() bool {
	return slices.ContainsFunc(j.visits, func(v visit) bool {
		return v.sent.Who == event.Alice && v.sent.Message.ToShop() && v.by == event.Mallory && (v.sent.Message.Fields != nil || event.Foreign(v.sent.Message.Initiator))
	})
}

// freshKey returns the event in which the login first saved a key that Mallory
// does not know.
func (j *Judge) freshKey(login *event.Event) (*event.Event, bool) {
	return last(j.during(login.Frame), func(e *event.Event) bool {
		return e.Kind == event.Save && e.Seq > login.Seq && j.owner(e.User) == event.Alice && !j.knowsKey(e.Key, login.Frame) && !j.savedBefore(e)
	})
}

// savedBefore reports whether the key was saved in an earlier step, too.
func (j *Judge) savedBefore(save *event.Event) bool {
	first := j.saved.get(save.Key)
	return first != nil && *first < save.Frame
}

// attempted judges one plant at one login.
func (j *Judge) attempted(planted, login *event.Event) event.Verdict {
	v := event.Verdict{Outcome: event.Defended}
	j.tellKnown(&v, planted)
	sent := j.visitOf(login).sent
	if v, ok := j.unsent(v, planted, sent); ok {
		return v
	}
	return j.taken(v, planted, sent, login)
}

// factOf returns how Mallory first came to know a value, nil when she did not.
func (j *Judge) factOf(value string) *event.Event {
	fact, told := j.how[value]
	if !told {
		fact, _ = first(j.facts, func(e *event.Event) bool { return j.same(e.Value, value) })
		if j.how == nil {
			j.how = map[string]*event.Event{}
		}
		j.how[value] = fact
	}
	return fact
}

// tellKnown says how Mallory came to know what was in Alice's browser, and when it
// came there.
func (j *Judge) tellKnown(v *event.Verdict, planted *event.Event) {
	fact, value := cmp.Or(j.factOf(planted.Value), planted), planted.Value
	switch {
	case planted.Seq < fact.Seq:
		j.because(v, fact.Frame, "Mallory took %s from Alice's browser.", value)
	case planted.Frame == fact.Frame:
		j.because(v, fact.Frame, "Mallory knew %s, and it came into Alice's browser.", value)
	default:
		j.because(v, fact.Frame, "Mallory knew %s: %s.", value, fact.Reason)
		j.because(v, planted.Frame, "It came into Alice's browser.")
	}
}

// unsent: Alice's browser did not bring a planted value with the request sent, her
// login. ok is false when it did.
func (j *Judge) unsent(v event.Verdict, planted, sent *event.Event) (_ event.Verdict, ok bool) {
	value, text := planted.Value, event.WireOf(planted.Line)
	name := event.Pair{Text: text}.Name()
	if slices.ContainsFunc(j.cookies(sent), func(p event.Pair) bool {
		return p.Text == text && p.Value == value || named(p, name) && j.same(p.Value, value)
	}) {
		return v, false
	}
	if held, ok := first(j.during(sent.Frame), func(e *event.Event) bool {
		return e.Kind == event.Withheld && j.same(e.Value, value)
	}); ok {
		return j.stop(v, event.Select, held, "Her browser did not send it at login: "+held.Refusal.Why), true
	}
	return j.stop(v, event.Select, sent, "Her browser no longer sent it at login."), true
}

// taken: Alice's browser sent a planted value, and a login made of it what it did:
// the gate is that at which the server went another way, or one after the login.
func (j *Judge) taken(v event.Verdict, planted, sent, login *event.Event) event.Verdict {
	value := planted.Value
	inLogin := func(kind event.Kind, fits func(*event.Event) bool) (*event.Event, bool) {
		return last(j.during(login.Frame), func(e *event.Event) bool {
			return e.Kind == kind && e.Seq > login.Seq && fits(e)
		})
	}
	mine := func(e *event.Event) bool {
		return j.Carries(value, e.Key) || j.same(e.Value, value) || j.isPart(value, e.Value)
	}
	kept, saved := inLogin(event.Save, func(e *event.Event) bool { return mine(e) && j.owner(e.User) == event.Alice })
	loaded, found := inLogin(event.Load, mine)
	dropped, deleted := inLogin(event.Delete, mine)
	check, checked := inLogin(event.Unsign, mine)
	moved, fresh := inLogin(event.Save, func(e *event.Event) bool { return !mine(e) && j.owner(e.User) == event.Alice })
	var moving *event.Event // the switch that gave Alice a key of her own
	if fresh {
		if ask, ok := j.decision(moved, renewing); ok && ask.On && (ask.Switch == defence.Rotate || ask.Switch == defence.Flush) {
			moving = ask
		}
	}
	switch {
	case saved && !deleted:
		return j.notReplayed(v, j.savedAs(kept), login.Frame, "Login kept the key. ")
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
	case !found && !checked && j.rival(planted, sent):
		return j.stop(v, event.Select, sent, "Alice's browser sent two cookies of that name, and the server read the other.")
	case found && loaded.Found && fresh && j.askedBinding(login.Frame):
		return j.stop(v, event.Bind, loaded, "Its session is bound to another browser, so the server gave Alice one of her own.")
	case fresh && j.savedBefore(moved):
		return j.stop(v, event.Select, sent, "The server did not read it: Alice's own session, "+moved.Key+", stayed hers.")
	case fresh && !found && !checked && j.sets(login, event.Pair{Text: event.WireOf(planted.Line)}.Name()):
		return j.stop(v, event.Accept, sent, "The server could make nothing of it, and gave Alice a session of her own.")
	case fresh && !found && !checked:
		return j.stop(v, event.Select, sent, "The server read no cookie of that name, and gave Alice a session of her own.")
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

// sets reports whether the answer to a login set a cookie of that name.
func (j *Judge) sets(login *event.Event, name string) bool {
	_, ok := first(j.during(login.Frame), func(e *event.Event) bool {
		return e.Kind == event.Stored && e.Seq > login.Seq && nameOf(e) == name
	})
	return ok
}

// named reports whether that is the name of a cookie; most are told by their first byte.
func named(p event.Pair, name string) bool {
	return (name == "" || p.Text != "" && p.Text[0] == name[0]) && p.Name() == name
}

// rival reports whether the request brought another value under the planted one's
// name.
func (j *Judge) rival(planted, sent *event.Event) bool {
	name := event.Pair{Text: event.WireOf(planted.Line)}.Name()
	return slices.ContainsFunc(j.cookies(sent), func(p event.Pair) bool {
		return named(p, name) && !j.same(p.Value, planted.Value)
	})
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
