package event

import (
	"slices"

	"fixlab/lab/defence"
)

// An Outcome says who won. A run has the worst that held at any of its steps.
type Outcome string

// The outcomes, worst first.
const (
	Hijacked            Outcome = "hijacked"              // Mallory was shown, or acted in, an account of Alice's to which she had not proved herself
	HijackedWithAccount Outcome = "hijacked-with-account" // the same, and without Mallory's own logins it does not happen
	Forged              Outcome = "forged"                // the server changed something of Alice's because of markup that Mallory wrote
	Trapped             Outcome = "trapped"               // Alice was served in an account that is not hers, and to which she had not proved herself
	Exposed             Outcome = "exposed"               // Mallory was shown what belongs to Alice's session, and not served as her
	Poisoned            Outcome = "poisoned"              // Alice's session, after her login, holds what Mallory wrote
	Zombie              Outcome = "zombie"                // a session that Alice's logout was to end still shows or changes what is hers
	Impersonated        Outcome = "impersonated"          // Mallory proved herself with Alice's own secret: no session defence is asked
	Broken              Outcome = "broken"                // Alice could not use an account to which she had proved herself
	Defended            Outcome = "defended"              // the attack was blocked at a Gate
	NoAttack            Outcome = "no-attack"             // Mallory did nothing that could reach Alice
	NotApplicable       Outcome = "not-applicable"        // there is no session key that two browsers could share
)

// Outcomes are all of them, worst first.
var Outcomes = []Outcome{Hijacked, HijackedWithAccount, Forged, Trapped, Exposed, Poisoned, Zombie, Impersonated, Broken, Defended, NoAttack, NotApplicable}

// Hijack reports whether the server served Mallory as Alice, or let her act so.
func (o Outcome) Hijack() bool { return o == Hijacked || o == HijackedWithAccount }

// Harm reports whether something of Alice's was open to somebody else, was
// changed by somebody else, or was taken for hers when it was not. A zombie is
// harm: logging out was to close her account, and whoever holds a copy of the
// cookie still gets in. Broken is none: Alice cannot use her account, and nobody
// gains by it.
func (o Outcome) Harm() bool {
	switch o {
	case Hijacked, HijackedWithAccount, Forged, Trapped, Exposed, Poisoned, Zombie, Impersonated:
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
	Deliver     Gate = "deliver"      // it gets into Alice's browser
	Select      Gate = "select"       // Alice's browser sends it at login, and the server reads it
	Accept      Gate = "accept"       // the server takes it
	Elevate     Gate = "elevate"      // login puts Alice into that very record
	Bind        Gate = "bind"         // the session works in another browser than hers
	Replay      Gate = "replay"       // the value still works for Mallory afterwards
	AfterLogout Gate = "after-logout" // and even when Alice has logged out
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
	Key     string    // of a hijack, of Trapped, and of a Zombie that is served as Alice: the session key, "" when the server has none
	Because []Clause  // one to three
	Costs   []Clause  // what Alice paid, whatever the outcome: a request of hers that was refused, a basket that was lost

	// Without says what the switches that were on did: what the same steps come to
	// without one of them. It names those that make a difference, to the outcome or to
	// what Alice pays, and those of which it cannot be told; when there is none, or the run is
	// Long, all of them together. With no switch on it is nil.
	Without []Otherwise
}

// An Otherwise is what a run comes to when some of its switches are off.
type Otherwise struct {
	Off     defence.Set
	Outcome Outcome // "" when the steps cannot be played to their end like that
	Costs   int     // how many things Alice pays then
	Long    bool    `json:",omitempty"` // of a long run it is told of all switches together alone
}

// A Clause is one sentence of cause, tied to the step that shows it.
type Clause struct {
	Text  string
	Frame int
}

// Holds reports whether o is the outcome or holds besides.
func (v Verdict) Holds(o Outcome) bool { return v.Outcome == o || slices.Contains(v.Also, o) }
