package explore

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/judge"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// A Result is what a silent run leaves: how it ended, and which switches mattered.
type Result struct {
	Outcome event.Outcome
	Also    []event.Outcome // what held besides, worst first
	Gate    event.Gate      // see Verdict
	Key     string          // see Verdict
	Frame   int             // see Verdict

	// Asked are the switches that the run consulted. Unlike Trace.Asked it
	// leaves out what nothing came of: an attribute of a cookie that no browser
	// looked at, a prefix of its name that no jar would have held against anybody,
	// an HSTS header that no browser heeded, and what a session was bound to when
	// nobody else opened it. With those thrown the messages differ and the rest of
	// the Result does not.
	Asked defence.Set
}

// Holds reports whether o is the outcome or holds besides.
func (r *Result) Holds(o event.Outcome) bool { return r.Outcome == o || slices.Contains(r.Also, o) }

// A Player plays one scenario again and again, silently: the same world, servers,
// browsers and judge as in Run, but nothing is written down for a reader. It
// serves one goroutine at a time.
type Player struct {
	s     *script.Scenario
	w     *world.World
	begin *world.Checkpoint
	memo  *world.Memo
	judge *judge.Judge

	namesCookie bool // the script does, and so its name may matter wherever it is asked for

	skip  []bool        // steps that are left out; nil for none
	try   bool          // so are those of Mallory's that cannot be played
	other *Player       // plays the same otherwise, to see what would have been; nil until it is needed
	forks []defence.Set // by frame: what runs consulted there for the first time
}

// NewPlayer returns a Player of s. The error is Run's when the profile is unknown.
func NewPlayer(s *script.Scenario) (*Player, error) { return newPlayer(s, &world.Memo{}) }

// Next returns a Player of another scenario that shares what p has worked out, so
// that similar scenarios cost less. The two serve one goroutine together.
func (p *Player) Next(s *script.Scenario) (*Player, error) { return newPlayer(s, p.memo) }

func newPlayer(s *script.Scenario, memo *world.Memo) (*Player, error) {
	w, err := world.Silent(s, memo)
	if err != nil {
		return nil, err
	}
	return &Player{
		s: s, w: w, begin: w.Save(), memo: memo, judge: judge.New(0, 0, true),
		namesCookie: namesCookie(s, w.Profile.Cookie), forks: make([]defence.Set, len(s.Steps)),
	}, nil
}

// Play plays the scenario under d. The Result's Outcome, Also, Gate, Key and
// Frame are those of Run's Verdict, and the error is Run's. Where Run's trace is
// Cut, there is no Result, and the error says what it is cut by.
func (p *Player) Play(d defence.Set) (Result, error) { return p.play(p.begin, d, nil) }

// play goes on from a checkpoint of a run that d does not change up to there.
// It calls pass, if any, before each step.
func (p *Player) play(from *world.Checkpoint, d defence.Set, pass func(frame int)) (Result, error) {
	w := p.w
	w.Restore(from)
	w.Throw(d)
	for i := from.Frame() + 1; i < len(p.s.Steps); i++ {
		if pass != nil {
			pass(i)
		}
		if p.skip != nil && p.skip[i] {
			w.Skip()
			continue
		}
		play := w.Play
		if p.try {
			play = w.Try
		}
		if err := play(p.s, i); err != nil {
			return Result{}, err
		}
	}
	p.judge.Again(len(p.s.Steps) - 1)
	p.judge.Hear(w.Events)
	v := p.judge.Verdict()
	asked := p.mattered()
	v = p.judge.Settle(v, d, func(on defence.Set, without []int) (event.Outcome, error) {
		r, err := p.otherwise(on, without)
		if err != nil || on != d {
			return r.Outcome, err
		}
		for _, q := range p.other.w.Consulted { // what it asked decides here too
			p.w.Consult(q.Set)
		}
		asked |= r.Asked
		return r.Outcome, err
	})
	return Result{v.Outcome, v.Also, v.Gate, v.Key, v.Frame, asked}, nil
}

// otherwise plays the run under d, and without some more of its steps.
func (p *Player) otherwise(d defence.Set, without []int) (r Result, err error) {
	if p.other == nil {
		if p.other, err = p.Next(p.s); err != nil {
			return Result{}, err
		}
		p.other.skip = make([]bool, len(p.s.Steps))
	}
	clear(p.other.skip)
	copy(p.other.skip, p.skip)
	for _, i := range without {
		p.other.skip[i] = true
	}
	p.other.try = p.try || without != nil
	return p.other.Play(d)
}
