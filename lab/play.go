package lab

import (
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
)

// A Result is what a mute run leaves: how it ended, and which switches mattered.
type Result struct {
	Outcome Outcome
	Also    []Outcome // what held besides, worst first
	Gate    Gate      // see Verdict
	Key     string    // see Verdict
	Frame   int       // see Verdict

	// Asked are the switches that the run consulted. Unlike Trace.Asked it
	// leaves out what only shaped a message: an attribute of a cookie that no
	// browser looked at, and an HSTS header that nobody heeded. With those
	// switches thrown the messages differ and the Result does not.
	Asked defence.Set
}

// Holds reports whether o is the outcome or holds besides.
func (r *Result) Holds(o Outcome) bool {
	return Verdict{Outcome: r.Outcome, Also: r.Also}.Holds(o)
}

// A Player plays one scenario again and again, mute: the same world, servers and
// jury as in Run, but nothing is written down for a reader. A Player serves one
// goroutine at a time.
type Player struct {
	s     *Scenario
	known known
	mute  mute
	jury  []*Event
}

// mute is what a run keeps in place of a trace.
type mute struct {
	asks   []question
	looked defence.Set // what it shaped was looked at
}

// A question is the first time that a switch was consulted.
type question struct {
	set   defence.Set
	frame int
}

// NewPlayer returns a Player of s.
func NewPlayer(s *Scenario) *Player { return &Player{s: s} }

// Play plays s under d. Its Outcome, Also, Gate, Key and Frame are those of
// Run's Verdict, and so is the error.
func (p *Player) Play(d defence.Set) (Result, error) {
	w, err := newWorld(p.s, d)
	if err != nil {
		return Result{}, err
	}
	p.mute.asks, p.mute.looked = p.mute.asks[:0], 0
	w.known, w.mute = &p.known, &p.mute
	w.start()
	for i := range p.s.Steps {
		if err := w.play(p.s, i); err != nil {
			return Result{}, err
		}
	}
	p.jury = p.jury[:0]
	for i := range w.events {
		p.jury = append(p.jury, &w.events[i])
	}
	w.cookieName()
	v := jury{events: p.jury, end: len(p.s.Steps) - 1, mute: true}.judge()
	return Result{v.Outcome, v.Also, v.Gate, v.Key, v.Frame, w.mattered()}, nil
}

// Play is NewPlayer and one Play.
func Play(s *Scenario, d defence.Set) (Result, error) { return NewPlayer(s).Play(d) }

// lazy are the switches that only shape a message. They matter when a browser
// looks at what they shaped.
const lazy = defence.HTTPOnly | defence.Secure | defence.Lax | defence.SameSiteStrict | defence.HSTS | defence.HSTSSubDomains

// mattered returns the switches that the run consulted, see Result.Asked.
func (w *world) mattered() defence.Set {
	looked := w.mute.looked
	for attribute, of := range map[cookie.Attributes]defence.Set{
		cookie.SecureAttribute: defence.Secure, cookie.HTTPOnlyAttribute: defence.HTTPOnly, cookie.SameSiteAttribute: defence.Lax | defence.SameSiteStrict,
	} {
		if (w.alice.jar.Looked|w.mallory.jar.Looked)&attribute != 0 {
			looked |= of
		}
	}
	return w.asked &^ (lazy &^ looked)
}
