package event

import "slices"

// An Outcome says who won. A run has the worst that held at any of its steps.
type Outcome string

// The outcomes, worst first.
const (
	Hijacked            Outcome = "hijacked"              // the server served Mallory as alice
	HijackedWithAccount Outcome = "hijacked-with-account" // the same, and Mallory needed an account of her own for it
	Forged              Outcome = "forged"                // a form of Mallory's acted in alice's account
	Trapped             Outcome = "trapped"               // alice acted in Mallory's account
	Poisoned            Outcome = "poisoned"              // alice's session holds what Mallory wrote
	Zombie              Outcome = "zombie"                // a cookie of alice's worked after she had logged out
	Broken              Outcome = "broken"                // alice could not use her own account
	Defended            Outcome = "defended"              // the attack was blocked at a Gate
	NotApplicable       Outcome = "not-applicable"        // there is no session key that two browsers could share
)

// Outcomes are all of them, worst first.
var Outcomes = []Outcome{Hijacked, HijackedWithAccount, Forged, Trapped, Poisoned, Zombie, Broken, Defended, NotApplicable}

// Hijack reports whether the server served Mallory as alice.
func (o Outcome) Hijack() bool { return o == Hijacked || o == HijackedWithAccount }

// Harm reports whether something of alice's was open to somebody else, was
// changed by somebody else, or was taken for hers when it was not. A zombie is
// harm: logging out was to close her account, and whoever holds a copy of the
// cookie still gets in. Broken is none: alice pays for a defence, and nobody
// gains by it.
func (o Outcome) Harm() bool {
	switch o {
	case Hijacked, HijackedWithAccount, Forged, Trapped, Poisoned, Zombie:
		return true
	}
	return false
}

// Worse reports whether o is worse than than.
func (o Outcome) Worse(than Outcome) bool {
	return slices.Index(Outcomes, o) < slices.Index(Outcomes, than)
}

// A Gate is a hurdle that the attack has to take, in order. The first one it
// fails is what stopped it.
type Gate string

// The gates, in order.
const (
	Obtain      Gate = "obtain"       // Mallory knows a value
	Deliver     Gate = "deliver"      // it gets into alice's browser
	Select      Gate = "select"       // alice's browser sends it at login, and the server reads it
	Accept      Gate = "accept"       // the server takes it
	Elevate     Gate = "elevate"      // login puts alice into that very record
	Bind        Gate = "bind"         // the session works in another browser than hers
	Replay      Gate = "replay"       // the value still works for Mallory afterwards
	AfterLogout Gate = "after-logout" // and even when alice has logged out
)

// Gates are all of them, in order.
var Gates = []Gate{Obtain, Deliver, Select, Accept, Elevate, Bind, Replay, AfterLogout}

// A Verdict is the outcome, the step that decided it, and why.
type Verdict struct {
	Outcome Outcome
	Also    []Outcome // what held besides, worst first
	Frame   int       // the deciding step, an index of Trace.Frames
	Event   int       // the Seq of the deciding event, 0 when it is the whole step
	Gate    Gate      // Defended: the first gate that failed; else ""
	Key     string    // of a hijack and of Trapped: the session key, "" when the server has none
	Because []Clause  // one to three
}

// A Clause is one sentence of cause, tied to the step that shows it.
type Clause struct {
	Text  string
	Frame int
}

// Holds reports whether o is the outcome or holds besides.
func (v Verdict) Holds(o Outcome) bool { return v.Outcome == o || slices.Contains(v.Also, o) }
