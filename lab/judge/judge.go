// Package judge reads the events of a run: who won, at which gate, and why. It
// knows no scenario, and no sentence tells it anything.
package judge

import (
	"fmt"
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// A Judge looks for evidence in a run's events.
type Judge struct {
	events  []*event.Event
	facts   []*event.Event           // those of them by which Mallory learned something
	arrived []*event.Event           // and by which Alice's browser stored something
	origins register[string, origin] // of what was signed or accepted, by its value
	saved   register[string, int]    // the frame in which each session key was first saved
	end     int                      // the index of the last frame
	silent  bool                     // nobody will read the clauses
	attempt bool                     // what Mallory did is an attack, whatever came of it: see Settle

	// The ledger.
	visits   []visit
	sessions []held
	opened   []*event.Event        // the accounts that people opened
	values   register[string, int] // the sessions that were signed as a whole, by their values
	parts    register[string, int] // and by the value of a cookie that has a part of it
	places   register[place, int]  // the sessions that values stand for
	learned  []int                 // of each of facts: the session that it stands for, -1 for none
	kept     []keep                // the carried sessions that came into Alice's browser
	pending  *event.Event          // a signature that may be that of a row, see note
	spare    []item                // memory to use again
	in       map[string]stay       // Alice's last login that nothing has ended, by browser
	last     map[string]int        // the session that she wrote last, by browser

	findings [fault + 1]finding // the first of each of harms
	costs    []event.Clause

	// What the verdict asks for again and again.
	how  map[string]*event.Event // see factOf
	sent *event.Event            // whose cookies are these
	with []event.Pair
}

// The harms, by their places in harms.
const (
	hijack = iota
	forge
	trap
	exposure
	poison
	undead
	phish
	fault
)

// harms are what can be found in a run, worst first.
var harms = [...]struct {
	outcome event.Outcome
	tell    func(*Judge, *finding) event.Verdict
}{
	{event.Hijacked, (*Judge).hijacked}, {event.Forged, (*Judge).forged}, {event.Trapped, (*Judge).trapped}, {event.Exposed, (*Judge).exposed},
	{event.Poisoned, (*Judge).poisoned}, {event.Zombie, (*Judge).zombie}, {event.Impersonated, (*Judge).impersonated}, {event.Broken, (*Judge).broken},
}

// A finding is the visit that shows that an outcome holds. The zero finding is none.
type finding struct {
	at      int          // the visit's index, from 1
	by      *event.Event // the event that shows it
	session held         // as it was then; its items are not
	item    item
}

// New returns a Judge of a run whose last frame is end, with room for n events.
// A silent one gives no reasons.
func New(n, end int, silent bool) *Judge {
	return &Judge{events: make([]*event.Event, 0, n), end: end, silent: silent, in: map[string]stay{}, last: map[string]int{}}
}

// Again forgets what j has heard; the next run's last frame is end.
func (j *Judge) Again(end int) {
	if len(j.in) > 0 {
		clear(j.in)
	}
	if len(j.last) > 0 {
		clear(j.last)
	}
	*j = Judge{
		events: j.events[:0], facts: j.facts[:0], arrived: j.arrived[:0], origins: j.origins.again(), saved: j.saved.again(), end: end, silent: j.silent,
		visits: j.visits[:0], sessions: j.sessions[:0], opened: j.opened[:0], values: j.values.again(), parts: j.parts.again(), places: j.places.again(),
		learned: j.learned[:0], kept: j.kept[:0], spare: j.spare[:0], in: j.in, last: j.last, costs: j.costs[:0],
	}
}

// Hear adds events.
func (j *Judge) Hear(events []event.Event) {
	for i := range events {
		e := &events[i]
		j.events = append(j.events, e)
		switch e.Kind {
		case event.Learned:
			j.facts = append(j.facts, e)
			j.learned = append(j.learned, j.learns(e))
		case event.Sign, event.Unsign:
			j.origin(e)
		case event.Save:
			if j.saved.get(e.Key) == nil {
				j.saved.put(e.Key, e.Frame)
			}
		case event.Stored:
			if e.Who == event.Alice && event.Unquoted(e.Value) != "" {
				j.arrived = append(j.arrived, e)
			}
		}
		j.note(e)
	}
}

// Verdict returns the verdict on what j has heard, which is the whole run.
func (j *Judge) Verdict() event.Verdict {
	j.settled()
	j.close()
	var worst event.Verdict
	for i := range j.findings {
		switch f := &j.findings[i]; {
		case f.at == 0:
		case worst.Outcome == "":
			worst = harms[i].tell(j, f)
		default:
			worst.Also = append(worst.Also, harms[i].outcome)
		}
	}
	if worst.Outcome == "" {
		worst = j.defended()
	}
	worst.Costs = append(worst.Costs, j.costs...)
	return worst
}

// Settle returns what v, the Verdict, is when it is known what the run would have
// come to otherwise: again plays it once more, with the switches on and without the
// steps of those indices. A hijack that does not happen without Mallory's own logins
// needs her account. What does harm when no switch is on is an attack, though it came
// to nothing.
func (j *Judge) Settle(v event.Verdict, on defence.Set, again func(on defence.Set, without []int) (event.Outcome, error)) event.Verdict {
	switch {
	case v.Outcome == event.Hijacked:
		own := j.ownLogins()
		if own == nil {
			break
		}
		if o, err := again(on, own); err != nil || !o.Hijack() { // an error: Alice's steps cannot be played without the login
			v.Outcome = event.HijackedWithAccount
		}
	case v.Outcome == event.NoAttack && on != 0:
		if o, err := again(0, nil); err == nil && o.Harm() {
			j.attempt = true
			v = j.defended()
			v.Costs = j.costs
		}
	}
	return v
}

// found keeps the first finding of a kind.
func (j *Judge) found(harm int, v *visit, by *event.Event, s *held, i item) {
	f := &j.findings[harm]
	if f.at != 0 {
		return
	}
	f.at, f.by, f.item = j.index(v)+1, by, i
	if s != nil {
		f.session = *s
	}
}

// index returns the visit's. It is the last one or one that was found.
func (j *Judge) index(v *visit) int {
	for i := len(j.visits) - 1; i >= 0; i-- {
		if &j.visits[i] == v {
			return i
		}
	}
	return -1
}

// visit returns the visit of a finding.
func (j *Judge) visit(f *finding) *visit { return &j.visits[f.at-1] }

// verdict begins one that e decided.
func (j *Judge) verdict(o event.Outcome, e *event.Event) event.Verdict {
	return event.Verdict{Outcome: o, Frame: e.Frame, Event: e.Seq}
}

// First returns the first event that fits.
func (j *Judge) First(fits func(*event.Event) bool) (*event.Event, bool) {
	return first(j.events, fits)
}

// Last returns the last event that fits.
func (j *Judge) Last(fits func(*event.Event) bool) (*event.Event, bool) { return last(j.events, fits) }

func first(events []*event.Event, fits func(*event.Event) bool) (*event.Event, bool) {
	for _, e := range events {
		if fits(e) {
			return e, true
		}
	}
	return nil, false
}

func last(events []*event.Event, fits func(*event.Event) bool) (*event.Event, bool) {
	for _, e := range slices.Backward(events) {
		if fits(e) {
			return e, true
		}
	}
	return nil, false
}

// during returns the events of a frame.
func (j *Judge) during(frame int) []*event.Event {
	from, _ := slices.BinarySearchFunc(j.events, frame, func(e *event.Event, frame int) int { return e.Frame - frame })
	to, _ := slices.BinarySearchFunc(j.events[from:], frame+1, func(e *event.Event, frame int) int { return e.Frame - frame })
	return j.events[from : from+to]
}

// cookies are those of a request.
func (j *Judge) cookies(sent *event.Event) []event.Pair {
	if j.sent != sent {
		j.sent, j.with = sent, event.CookiesOf(sent)
	}
	return j.with
}

// cost adds what Alice paid, once a step and sentence.
func (j *Judge) cost(frame int, format string, args ...string) {
	if j.silent {
		return
	}
	c := event.Clause{Text: sentence(format, args), Frame: frame}
	if !slices.Contains(j.costs, c) {
		j.costs = append(j.costs, c)
	}
}

// at stands for the whole step.
func (j *Judge) at(frame int) *event.Event { return &event.Event{Frame: frame} }

// because adds a clause.
func (j *Judge) because(v *event.Verdict, frame int, format string, args ...string) {
	if !j.silent {
		v.Because = append(v.Because, event.Clause{Text: sentence(format, args), Frame: frame})
	}
}

// sentence fills in a format that has %s for each of args.
func sentence(format string, args []string) string {
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
	}
	return fmt.Sprintf(format, values...)
}

// stop ends the verdict at the gate that failed, with its evidence.
func (j *Judge) stop(v event.Verdict, g event.Gate, e *event.Event, text string) event.Verdict {
	v.Gate, v.Frame, v.Event = g, e.Frame, e.Seq
	j.because(&v, e.Frame, "%s", text)
	return v
}
