package lab

// An Outcome says who won. A run has the worst that held at any of its steps.
type Outcome string

// The outcomes, worst first.
const (
	Hijacked Outcome = "hijacked" // the server served Mallory as alice
	Trapped  Outcome = "trapped"  // alice acted in Mallory's account
	Broken   Outcome = "broken"   // alice could not use her own account
	Defended Outcome = "defended"
)

// A Gate is a hurdle that the attack has to take, in order. The first one it
// fails is what stopped it.
type Gate string

// The gates, in order.
const (
	Obtain  Gate = "obtain"  // Mallory knows a value
	Deliver Gate = "deliver" // it gets into alice's browser
	Select  Gate = "select"  // alice's browser sends it at login
	Accept  Gate = "accept"  // the server takes it
	Elevate Gate = "elevate" // login puts alice into that very record
	Replay  Gate = "replay"  // the value still works for Mallory afterwards
)

// A Verdict is the outcome, the step that decided it, and why.
type Verdict struct {
	Outcome Outcome
	Frame   int      // the deciding step, an index of Trace.Frames
	Event   int      // the Seq of the deciding event, 0 when it is the whole step
	Gate    Gate     // Defended: the first gate that failed; else ""
	Key     string   // Hijacked and Trapped: the session key, "" when the server has none
	Because []Clause // one to three
}

// A Clause is one sentence of cause, tied to the step that shows it.
type Clause struct {
	Text  string
	Frame int
}

// judge reads the verdict off the events of a run. It knows no scenario.
func judge(t *Trace) Verdict {
	j := newJury(t)
	for _, found := range []func() (Verdict, bool){j.hijacked, j.trapped, j.broken} {
		if v, ok := found(); ok {
			return v
		}
	}
	return j.defended()
}
