package judge

import (
	"cmp"
	"slices"

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
			return j.stop(v, event.Obtain, at.denied, guessed)
		}
		did, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Did && e.Person == event.Mallory })
		if !ok {
			did = j.at(j.end)
		}
		return j.stop(v, event.Obtain, did, "Mallory never held a value that this server would take.")
	}
	plants, logins := j.plants(), j.logins()
	there := slices.Concat(plants, j.copies())
	best := j.furthest(there, logins)
	switch {
	case best.Outcome != "":
		return best
	case len(plants) > 0 && len(logins) > 0:
		return j.stop(v, event.Elevate, plants[0], "Mallory's value came into Alice's browser only after she had logged in.")
	case len(there) > 0 && len(logins) == 0:
		j.tellKnown(&v, there[0])
		return j.stop(v, event.Elevate, there[0], "Alice did not log in to her account in that browser, so it never became her session.")
	}
	if v, ok := j.turnedAway(v, len(logins) == 0); ok {
		return v
	}
	learned := j.facts[0]
	j.because(&v, learned.Frame, "Mallory knew %s: %s.", learned.Value, learned.Reason)
	return j.undelivered(v, logins)
}

// furthest judges every plant at every login after it, and what was stolen after a
// login, and returns the verdict on the attempt that came to the last gate; the zero
// Verdict when there was none.
func (j *Judge) furthest(plants, logins []*event.Event) event.Verdict {
	best := event.Verdict{}
	try := func(v event.Verdict) {
		if best.Outcome == "" || reach(v.Gate) > reach(best.Gate) {
			best = v
		}
	}
	for _, login := range logins {
		seen := map[string]bool{} // the same cookie planted twice is one attempt
		for _, planted := range plants {
			if text := event.WireOf(planted.Line); planted.Seq < login.Seq && cmp.Or(j.factOf(planted.Value), planted).Seq < login.Seq && !seen[text] && len(seen) < 50 {
				seen[text] = true
				try(j.attempted(planted, login))
			}
		}
		for _, other := range []func(*event.Event) (event.Verdict, bool){j.stolen, j.given} {
			if v, ok := other(login); ok {
				try(v)
			}
		}
	}
	return best
}

// guessed is what came of a guess.
const guessed = "Mallory tried to log in as Alice, and the name and the secret did not belong together."

// tried reports whether Mallory did anything that could reach Alice: she took or
// made a value for later use, sat at Alice's browser, tried to prove that she is
// Alice, or wrote something that Alice's browser loaded, sent or stored.
func (j *Judge) tried() bool {
	asked := false // for something that she could have got a value by
	for _, e := range j.events {
		if e.Person != event.Mallory {
			continue
		}
		asked = asked || e.Kind == event.Request
		if e.At == event.Alice || e.Act == event.Prepared && (asked || e.Value != "") {
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
		if v := &j.visits[i]; v.guess && v.sent.Person == event.Mallory {
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

// ended: Alice had logged out, and whoever put a copy of her cookie back and showed it
// was not served.
func (j *Judge) ended(v event.Verdict) (event.Verdict, bool) {
	out, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Logout && e.Person == event.Alice })
	if !ok {
		return v, false
	}
	var back *event.Event
	gone, ok := j.First(func(gone *event.Event) bool {
		if gone.Kind != event.Delete || !gone.Found || gone.Frame != out.Frame {
			return false
		}
		back, ok = j.First(func(e *event.Event) bool {
			return e.Kind == event.Stored && e.Frame > out.Frame && j.Carries(e.Value, gone.Key)
		})
		return ok
	})
	if !ok {
		return v, false
	}
	shown, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Request && e.Seq > back.Seq && e.Who == back.Who && slices.ContainsFunc(event.CookiesOf(e), func(c event.Pair) bool { return j.Carries(c.Value, gone.Key) })
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
