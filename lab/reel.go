package lab

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/world"
)

// A reel is a run as far as it was played, and places in it from which another one that
// begins alike goes on. Nobody writes to one: many runs may go on from it.
type reel struct {
	take
	s      *script.Scenario
	m      *machine
	events [][]event.Event  // by step
	states []event.Snapshot // after each step; nil when nobody reads the run, and so is end
	end    *end
	marks  []mark // by n
}

// An end is what a trace says of the end of its run.
type end struct {
	cookie string
	keys   []string
	asked  defence.Set
	vars   map[string]string
}

// A take is how a scenario is played.
type take struct {
	on      defence.Set
	without []int // steps that are left out, with those of Mallory's that cannot be played then
	silent  bool  // for the judge and not for a reader
}

// A machine plays one run at a time, of those that go on from each other.
type machine struct {
	sync.Mutex
	w *world.World
}

// A mark is how things stood after n steps.
type mark struct {
	n  int
	at *world.Checkpoint
}

// An act that is taken back leads to the step before, an edit to any: the last steps of a
// run have marks, and of the others each of that many.
const (
	lastMarked  = 8
	everyMarked = 32
)

func marked(n, of int) bool { return n > 0 && (of-n < lastMarked || n%everyMarked == 0) }

// kin names the reel of a run that a later one goes on from: how it is played, but for
// which steps are left out.
type kin struct {
	on            defence.Set
	silent, again bool
}

// A studio plays a scenario in several ways.
type studio struct {
	s    *script.Scenario
	memo *world.Memo
	was  map[kin]*reel // of a run that may have begun alike
	keep map[kin]*reel // for the next; nil when there is none

	most   int // how many events are played before it rests; 0 for any number
	played int
	rests  bool
}

// errRests is why a run that rests has not come to its end.
var errRests = errors.New("it rests")

// play returns the run as far as it can be played. The error is that of the step at which
// it ends; what a world.Limit has ended is in the reel.
func (o *studio) play(t take) (*reel, error) {
	if o.rests {
		return nil, errRests
	}
	id := kin{t.on, t.silent, t.without != nil}
	r := &reel{take: t, s: o.s}
	first, err := r.begin(o.was[id], o)
	if err != nil {
		return nil, err
	}
	w := r.m.w
	defer r.m.Unlock()
	defer w.Rest()
	if o.keep != nil {
		o.keep[id] = r
	}
	for i := first; i < len(o.s.Steps); i++ {
		play := w.Play
		if t.without != nil {
			play = w.Try
		}
		if slices.Contains(t.without, i) {
			w.Skip()
		} else {
			err = play(o.s, i)
		}
		if _, limit := errors.AsType[world.Limit](err); err != nil && !limit {
			return r, err
		}
		r.events = append(r.events, w.Take())
		if !t.silent {
			r.states = append(r.states, w.Snapshot())
		}
		if err != nil {
			break
		}
		o.played += len(r.events[i])
		o.rests = o.most > 0 && o.played >= o.most
		if o.keep != nil && (o.rests || marked(i+1, len(o.s.Steps))) {
			r.marks = append(r.marks, mark{i + 1, w.Keep()})
		}
		if o.rests && i+1 < len(o.s.Steps) {
			return r, errRests
		}
	}
	if !t.silent {
		cookie := w.CookieName() // it may ask
		r.end = &end{cookie, slices.Clip(w.Keys), w.Asked(), maps.Clone(w.Vars)}
	}
	return r, err
}

// begin has r begin with what was has played already, and returns the first step that it
// has not. The machine is r's alone until it is unlocked.
func (r *reel) begin(was *reel, o *studio) (first int, err error) {
	if at := was.last(r.alike(was)); at >= 0 {
		m := was.marks[at]
		r.m = was.m
		r.m.Lock()
		r.m.w.GoOn(m.at, r.s, o.memo)
		r.events = slices.Clip(was.events[:m.n])
		if !r.silent {
			r.states = slices.Clip(was.states[:m.n])
		}
		for _, m := range was.marks[:at+1] {
			if marked(m.n, len(r.s.Steps)) {
				r.marks = append(r.marks, m)
			}
		}
		return m.n, nil
	}
	r.m = &machine{}
	if r.silent {
		r.m.w, err = world.Silent(r.s, o.memo)
	} else {
		r.m.w, err = world.New(r.s, r.on, o.memo)
	}
	if err != nil {
		return 0, err
	}
	r.m.w.Throw(r.on)
	if o.keep != nil {
		r.m.w.Remember()
	}
	r.m.Lock()
	return 0, nil
}

// last returns the index of the last mark after at most n steps, -1 for none.
func (r *reel) last(n int) int {
	if r == nil {
		return -1
	}
	at, exact := slices.BinarySearchFunc(r.marks, n, func(m mark, n int) int { return m.n - n })
	if !exact {
		at--
	}
	return at
}

// alike returns with how many steps r begins that was has played just so.
func (r *reel) alike(was *reel) (n int) {
	if was == nil || r.on != was.on || !alike(r.s, was.s) {
		return 0
	}
	for n < len(was.events) && n < len(r.s.Steps) && sameStep(r.s.Steps[n], was.s.Steps[n]) && slices.Contains(r.without, n) == slices.Contains(was.without, n) {
		n++
	}
	return n
}

// alike reports whether runs of two scenarios differ in their steps alone.
func alike(a, b *script.Scenario) bool {
	return a.Seed == b.Seed && a.On == b.On && a.Profile == b.Profile && a.Browser == b.Browser
}

// sameStep reports whether two steps do the same; where they are written makes no
// difference.
func sameStep(a, b script.Step) bool {
	return a.Who == b.Who && a.At == b.At && a.Verb == b.Verb && a.Second == b.Second && slices.Equal(a.Args, b.Args)
}
