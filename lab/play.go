package lab

import (
	"maps"
	"net/http"
	"slices"
	"time"

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
	// leaves out what nothing came of: an attribute of a cookie that no browser
	// looked at, a prefix of its name that no jar would have held against anybody,
	// an HSTS header that no browser heeded, and what a session was bound to when
	// nobody else opened it. With those thrown the messages differ and the rest of
	// the Result does not.
	Asked defence.Set
}

// Holds reports whether o is the outcome or holds besides.
func (r *Result) Holds(o Outcome) bool { return r.Outcome == o || slices.Contains(r.Also, o) }

// A Player plays one scenario again and again, mute: the same world, servers,
// browsers and jury as in Run, but nothing is written down for a reader. It
// serves one goroutine at a time.
type Player struct {
	s     *Scenario
	w     *world
	begin checkpoint
	known *known
	jury  jury
	skip  []bool        // steps that are left out; nil for none
	forks []defence.Set // by frame: what runs consulted there for the first time
}

// A question is the first time that a run consulted a switch.
type question struct {
	set   defence.Set
	frame int
}

// NewPlayer returns a Player of s. The error is Run's when the profile is unknown.
func NewPlayer(s *Scenario) (*Player, error) { return newPlayer(s, &known{}) }

// Next returns a Player of another scenario that knows what p has worked out, so
// that similar scenarios cost less. The two serve one goroutine together.
func (p *Player) Next(s *Scenario) (*Player, error) { return newPlayer(s, p.known) }

func newPlayer(s *Scenario, known *known) (*Player, error) {
	w, err := newWorld(s, 0)
	if err != nil {
		return nil, err
	}
	p := &Player{s: s, w: w, known: known, forks: make([]defence.Set, len(s.Steps))}
	w.known, w.mute, w.literal = known, true, s.names(w.profile.Cookie)
	w.start()
	w.frame = -1 // before the first step
	w.messages = make([]Message, 64)
	p.begin = w.save()
	return p, nil
}

// Play plays the scenario under d. The Result's Outcome, Also, Gate, Key and
// Frame are those of Run's Verdict, and the error is Run's.
func (p *Player) Play(d defence.Set) (Result, error) { return p.play(&p.begin, d, nil) }

// play goes on from a checkpoint of a run that d does not change up to there.
// It calls pass, if any, before each step.
func (p *Player) play(from *checkpoint, d defence.Set, pass func(frame int)) (Result, error) {
	w := p.w
	w.restore(from)
	w.defences = d
	for i := from.world.frame + 1; i < len(p.s.Steps); i++ {
		if pass != nil {
			pass(i)
		}
		if p.skip != nil && p.skip[i] {
			w.now = w.now.Add(time.Second)
			continue
		}
		if err := w.play(p.s, i); err != nil {
			return Result{}, err
		}
	}
	p.jury = jury{events: p.jury.events[:0], facts: p.jury.facts[:0], end: len(p.s.Steps) - 1, mute: true}
	p.jury.hear(w.events)
	v := p.jury.judge()
	return Result{v.Outcome, v.Also, v.Gate, v.Key, v.Frame, w.mattered()}, nil
}

// Play is a single Play of s.
func Play(s *Scenario, d defence.Set) (Result, error) {
	p, err := NewPlayer(s)
	if err != nil {
		return Result{}, err
	}
	return p.Play(d)
}

// mattered returns the switches that the run consulted, see Result.Asked.
func (w *world) mattered() defence.Set {
	const shapes = defence.HostPrefix | defence.Secure | defence.HTTPOnly | defence.Lax | defence.SameSiteStrict |
		defence.HSTS | defence.HSTSSubDomains | defence.BindAddress | defence.BindDevice
	looked := w.looked
	if w.defences.Has(defence.HostPrefix) || w.literal { // what it did is not seen in the names it gave
		looked |= defence.HostPrefix
	}
	attributes := w.alice.jar.Looked | w.mallory.jar.Looked
	if attributes&cookie.SecureAttribute != 0 {
		looked |= defence.Secure | defence.HostPrefix // which makes it Secure
	}
	if attributes&cookie.HTTPOnlyAttribute != 0 {
		looked |= defence.HTTPOnly
	}
	if attributes&cookie.SameSiteAttribute != 0 {
		looked |= defence.Lax | defence.SameSiteStrict
	}
	if w.asked&(defence.BindAddress|defence.BindDevice) != 0 && w.shared() {
		looked |= defence.BindAddress | defence.BindDevice
	}
	return w.asked&^shapes | w.asked&looked
}

// shared reports whether a browser opened a session in which another one may
// have logged in: a record, or a signed text with the session in it. Two browsers
// that wrote the same text share it too.
func (w *world) shared() bool {
	if w.joined {
		return true
	}
	type session struct{ text, browser string }
	var sessions []session // that somebody logged in to
	browser := ""
	for i := range w.events {
		e := &w.events[i]
		text := e.Key
		switch e.Kind {
		case Request:
			browser = e.Who
			continue
		case Save, Load:
			if e.User == "" {
				continue
			}
		case Sign, Unsign:
			if text = e.Value; e.Kind == Sign && e.User == "" || e.Kind == Unsign && (!e.Found || w.whose(text) == "") {
				continue
			}
		default:
			continue
		}
		if slices.ContainsFunc(sessions, func(s session) bool { return s.text == text && s.browser != browser }) {
			return true
		}
		switch own := (session{text, browser}); {
		case slices.Contains(sessions, own):
		case e.Kind == Load || e.Kind == Unsign: // nobody was seen to write it
			return true
		default:
			sessions = append(sessions, own)
		}
	}
	return false
}

// A checkpoint is how things stood after a step. What a world only ever appends
// to is shared with it.
type checkpoint struct {
	world world
	shop  http.Handler
}

// save returns a checkpoint of w.
func (w *world) save() checkpoint { return checkpoint{w.apart(), w.net[shopHost]} }

// anew returns the beginning, with memory of its own: what other checkpoints
// share stays.
func (p *Player) anew() *checkpoint {
	p.w.events, p.w.asks, p.w.keys, p.w.knows = make([]Event, 0, cap(p.w.events)), nil, nil, nil
	c := p.begin
	c.world.messages = make([]Message, len(c.world.messages))
	return &c
}

// own returns from with memory of its own.
func (p *Player) own(from *checkpoint) *checkpoint {
	if from.world.frame < 0 {
		return p.anew()
	}
	c := *from
	w := &c.world
	w.events, w.asks, w.keys, w.knows, w.messages = slices.Clone(w.events), slices.Clone(w.asks), slices.Clone(w.keys), slices.Clone(w.knows), nil
	return &c
}

// restore brings w back to c.
func (w *world) restore(c *checkpoint) {
	users := w.users // the server holds this very map
	if len(users) != len(c.world.users) {
		clear(users)
		maps.Copy(users, c.world.users)
	}
	events, asks, keys, knows := w.events, w.asks, w.keys, w.knows
	*w = c.world.apart()
	w.users = users
	w.net[shopHost] = c.shop
	if w.frame < 0 { // nothing is shared, and nothing that was there before counts
		w.events, w.asks, w.keys, w.knows = events[:0], asks[:0], keys[:0], knows[:0]
	}
}

// apart returns a copy of w that changes apart from it, but for what is shared
// on purpose.
func (w *world) apart() world {
	c := *w
	c.mallory.jar, c.alice.jar = *w.mallory.jar.Clone(), *w.alice.jar.Clone()
	c.mallory.hsts, c.alice.hsts = *w.mallory.hsts.Clone(), *w.alice.hsts.Clone()
	c.memory = w.memory.Clone()
	c.users, c.vars, c.owner, c.served = maps.Clone(w.users), maps.Clone(w.vars), maps.Clone(w.owner), maps.Clone(w.served)
	return c
}
