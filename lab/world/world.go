// Package lab plays scenarios: it owns the clock, the dice, the network and
// the notebook in which everything that happens is written down.
package world

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// Secret is the Flask article's.
const Secret = "super-secret-key"

// Play plays the i-th step of s.
func (w *World) Play(s *script.Scenario, i int) error {
	w.Frame, w.quiet, w.rolled = i, 0, false
	w.seed = s.Seed
	err := w.do(s.Steps[i])
	switch {
	case err != nil:
	case len(w.Knows) > maxKnown:
		err = fmt.Errorf("Mallory writes more than %d values", maxKnown)
	case w.seq > maxEvents:
		err = fmt.Errorf("more than %d events", maxEvents)
	}
	if err != nil {
		return fmt.Errorf("%s.txt:%d: %w", cmp.Or(s.Steps[i].File, s.Name), s.Steps[i].Line, err)
	}
	return nil
}

// What one run may hold: enough for any lesson, and little enough for the page
// to answer at once.
const (
	maxKnown  = 500
	maxEvents = 5000
)

// A World is everything that changes during a run.
type World struct {
	Now      time.Time
	dice     dice
	net      Network
	mallory  browser
	alice    browser
	Profile  server.Profile
	memory   session.Memory
	secrets  []string
	users    map[string]string // name -> password
	env      server.Env
	Defences defence.Set
	Vars     map[string]string
	owner    map[string]string    // of each variable: what alice has, Mallory does not know
	served   map[string]*resource // by URL without its query: what Mallory put there
	caching  bool                 // there is a cache in front of the shop
	cached   *resource            // its front page

	requests int // sent so far

	Frame  int
	seq    int
	Events []event.Event
	person string // who does the step
	at     string // the browser she sits at
	loaded string // the session key last touched in this request
	hers   bool   // Mallory answered the last request
	seed   string // the scenario's
	rolled bool   // the dice have this step's seed
	joined bool   // a browser has taken the address of another
	Asked  defence.Set
	quiet  defence.Set // asked in this step already; see shaping
	Keys   []string
	Knows  []event.Fact
	source map[uintptr][]event.Line // of the places on the stack seen so far
	sealed map[string]string        // what the signer made of what: its values, and their plain texts; only ever added to

	Memo *Memo     // what need not be worked out again
	wire *exchange // the last one

	Mute    bool        // nobody will read it: see Player
	Literal bool        // see Scenario.names
	Asks    []Question  // of a mute run
	looked  defence.Set // of a mute run: what it shaped was looked at

	Messages []event.Message // of a mute run: not used yet
}

func New(s *script.Scenario, d defence.Set) (*World, error) {
	profile, ok := server.ByID(s.Profile)
	if !ok {
		return nil, fmt.Errorf("%s.txt: unknown profile %q", s.Name, s.Profile)
	}
	w := &World{
		Now:     time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC),
		dice:    dice{rand.NewChaCha8([32]byte{})},
		mallory: newBrowser("mallory", s.Browser), alice: newBrowser("alice", s.Browser),
		Profile: profile, secrets: []string{Secret}, Defences: d, users: map[string]string{"alice": "correct-horse", "mallory": "hunter2"}, Vars: map[string]string{}, owner: map[string]string{},
		served: map[string]*resource{}, source: map[uintptr][]event.Line{}, sealed: map[string]string{}, Memo: &Memo{}, wire: &exchange{},
	}
	w.net = Network{
		event.BlogHost: still("The blog", "Ten recipes for rainy days."),
		event.EvilHost: still("Prizes", "You have won."),
		event.NewsHost: still("News", "It will rain."),
	}
	return w, nil
}

// Start starts the server with the present secrets. What it stored stays.
func (w *World) Start() {
	now := func() time.Time { return w.Now }
	w.env = server.Env{
		Now:    now,
		Rand:   randRecorder{w, w.dice},
		Store:  storeRecorder{w, &w.memory},
		Signer: signerRecorder{w, w.Profile.Signer(now, w.secrets), strings.Join(w.secrets, " ")},
		On:     w.on,
		Users:  w.users,
		HTTPS:  func(r *http.Request) bool { return r.URL.Scheme == "https" },

		Transfer: w.transfer,
	}
	w.net[event.ShopHost] = server.New(w.env, frameworkRecorder{w.Profile.New(w.env), w})
}

// dice is reseeded at every step, so that a switch that draws more numbers at
// one step changes none at the next.
type dice struct{ *rand.ChaCha8 }

// CookieName is what the browser's tools show: it leaves no event.
func (w *World) CookieName() string {
	e := server.Env{On: func(d defence.Set) bool { w.ask(d); return w.Defences.Has(d) }}
	return e.CookieName(w.Profile.Cookie)
}

// ask notes that the run consulted d.
func (w *World) ask(d defence.Set) {
	if !w.Asked.Has(d) {
		w.Asked |= d
		if w.Mute {
			w.Asks = append(w.Asks, Question{d, w.Frame})
		}
	}
}

// did notes that somebody did something in her own browser.
func (w *World) did(who string, text func() string) {
	e := event.Event{Who: who, Kind: event.Did}
	if !w.Mute {
		e.Text = text()
	}
	w.log(&e)
}

func (w *World) log(e *event.Event) {
	w.seq++
	e.Seq, e.Person, e.At, e.Frame = w.seq, w.person, w.at, w.Frame
	w.Events = append(w.Events, *e)
}

func (w *World) learn(value, how string) {
	if value == "" || len(w.Knows) > maxKnown || slices.ContainsFunc(w.Knows, func(f event.Fact) bool { return f.Value == value }) {
		return
	}
	w.Knows = append(w.Knows, event.Fact{Value: value, Frame: w.Frame, How: how})
	e := event.Event{Who: "mallory", Kind: event.Learned, Value: value, Reason: how}
	if !w.Mute {
		e.Text = "knows " + value + ": " + how
	}
	w.log(&e)
}

func (w *World) key(id string) {
	if !slices.Contains(w.Keys, id) {
		w.Keys = append(w.Keys, id)
	}
}

func (w *World) Snapshot() event.Snapshot {
	s := event.Snapshot{Now: w.Now, Knows: slices.Clone(w.Knows), Secrets: slices.Clone(w.secrets)}
	for _, b := range []*browser{&w.mallory, &w.alice} {
		page := b.page
		page.Name, page.Jar = b.name, b.jar.All()
		s.Browsers = append(s.Browsers, page)
	}
	for _, key := range w.Keys {
		if rec, ok := w.memory.Load(key); ok {
			values := w.values(rec.Data)
			s.Rows = append(s.Rows, event.Row{Key: key, User: values.Get(session.User), Data: values, Raw: rec.Data})
		}
	}
	return s
}
