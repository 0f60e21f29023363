// Package world is the machine that plays scenarios: the clock, the dice, the
// browsers, the network, the doors of the server, and the record of what happens.
package world

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// Secret is the signing secret that every server starts with: the Flask article's.
const Secret = "super-secret-key"

// Play plays the i-th step of s. The error names the file and the line; it wraps a
// Limit when the run came to hold too much.
func (w *World) Play(s *script.Scenario, i int) error {
	w.frame, w.quiet, w.rolled = i, 0, false
	w.seed = s.Seed
	err := w.do(s.Steps[i])
	switch {
	case err != nil:
	case len(w.knows) > maxFacts:
		err = limit("Mallory writes more than %d values", maxFacts)
	case w.full() != nil:
		err = w.full()
	case i >= maxSteps:
		err = limit("more than %d steps", maxSteps)
	}
	if err != nil {
		return fmt.Errorf("%s.txt:%d: %w", cmp.Or(s.Steps[i].File, s.Name), s.Steps[i].Line, err)
	}
	return nil
}

// Try is Play, but lets the time of a step of Mallory's pass when it cannot be played.
func (w *World) Try(s *script.Scenario, i int) error {
	err := w.Play(s, i)
	if _, limit := errors.AsType[Limit](err); err == nil || limit || s.Steps[i].Who != event.Mallory {
		return err
	}
	w.Skip()
	return nil
}

// Skip lets the time of a step pass that is left out.
func (w *World) Skip() { w.now = w.now.Add(time.Second) }

// What one run may hold: enough for any lesson, and little enough for the page
// to answer at once.
const (
	maxFacts    = 500
	maxEvents   = 8000
	maxSteps    = 400
	maxValue    = 64 << 10 // bytes of a value, and of a page
	maxRequests = 600      // that all browsers together send
	maxBytes    = 3 << 20  // of what they ask for, of the pages that come, and of what the server stores: all of it is read, and kept
	maxPolicy   = 8 << 10  // bytes of a page's Content-Security-Policy, which is read for all that it loads
	maxOptions  = 500      // that the lists of a page offer: all of them are shown
)

// full returns what the run has come to hold too much of, nil for nothing. The step is
// then left as it is: Play says so.
func (w *World) full() error {
	switch {
	case w.requests > maxRequests:
		return limit("more than %d requests in one run", maxRequests)
	case w.bytes > maxBytes:
		return limit("more than %d MiB of requests, pages and sessions in one run", maxBytes>>20)
	case w.wordy:
		return limit("a Content-Security-Policy longer than %d KiB", maxPolicy>>10)
	case w.crowded:
		return limit("more than %d options on a page", maxOptions)
	case w.seq > maxEvents:
		return limit("more than %d events", maxEvents)
	}
	return nil
}

// isLimit reports whether err is of full.
func isLimit(err error) bool { _, is := err.(Limit); return is }

// A Limit is the error of a step at which the run came to hold too much. What
// happened up to there did happen.
type Limit struct{ says string }

func (l Limit) Error() string { return l.says }

func limit(format string, args ...any) Limit { return Limit{fmt.Sprintf(format, args...)} }

// A World is everything that changes during a run.
type World struct {
	Profile  server.Profile
	Defences defence.Set // of the server, the lesson's own among them: see Throw

	Events    []event.Event     // what happened; the reader may take them away
	Keys      []string          // every session key, in order of appearance
	Vars      map[string]string // the script's variables
	Consulted []Question        // what the server asked of the switches
	Observed  Observed

	now     time.Time
	dice    dice
	seed    string // the scenario's
	rolled  bool   // the dice have this step's seed
	mallory browser
	alice   browser

	net      Network
	served   map[string]*resource // by URL without its query: what Mallory put there
	caching  bool                 // there is a cache in front of the shop
	cached   *resource            // its front page
	requests int                  // sent so far
	bytes    int                  // see maxBytes
	wordy    bool                 // a page had more than maxPolicy
	crowded  bool                 // a page had more than maxOptions
	wire     *exchange            // the last one

	env     server.Env
	memory  session.Memory
	secrets []string
	users   map[string]string // name -> password

	frame  int
	seq    int
	person string            // who does the step
	at     string            // the browser she sits at
	wrote  []string          // whose word each argument of the step is
	fields []event.Field     // of the last request
	sent   request           // the last one
	opened opened            // by the server, for the last request
	hers   bool              // Mallory answered the last request
	asked  defence.Set       // the switches of Consulted
	quiet  defence.Set       // Routine ones written down in this step already; see on
	shaped defence.Set       // those that shape what browsers do
	owner  map[string]string // of each variable: what alice has, Mallory does not know
	beside map[string]string // of a variable that holds a session cookie: the second one's value, see server.Profile.Beside
	second bool              // $cookie and such a variable mean the second cookie now
	knows  []event.Fact      // Mallory
	sealed map[string]string // what the signer made of what: its values, and their plain texts; only ever added to

	last      event.Snapshot // as it was made last
	lesson    *script.Scenario
	fixed     defence.Set     // Scenario.Fixed: nobody can throw those
	memo      *Memo           // what need not be worked out again
	remembers bool            // what tabs showed before
	silent    bool            // nobody reads it: no texts, no lines of code, no raw messages
	messages  []event.Message // of a silent run: not used yet
}

// New returns the world before the first step of s, under d. It keeps in memo, and takes
// from it, what need not be worked out twice. The error names an unknown profile.
func New(s *script.Scenario, d defence.Set, memo *Memo) (*World, error) {
	w, err := build(s, d, memo)
	if err == nil {
		w.start()
	}
	return w, err
}

// Silent returns a world whose events are for the judge and not for a reader:
// they have no texts, no lines of code and no raw messages.
func Silent(s *script.Scenario, memo *Memo) (*World, error) {
	w, err := build(s, 0, memo)
	if err != nil {
		return nil, err
	}
	w.remembers = remembers(s)
	w.silent, w.messages = true, make([]event.Message, 64)
	w.frame = -1 // before the first step
	w.start()
	return w, nil
}

func build(s *script.Scenario, d defence.Set, memo *Memo) (*World, error) {
	profile, ok := server.ByID(s.Profile)
	if !ok {
		return nil, fmt.Errorf("%s.txt: unknown profile %q", s.Name, s.Profile)
	}
	w := &World{
		Profile: profile, Defences: s.Under(d), lesson: s, fixed: s.Fixed(),
		Vars: map[string]string{}, owner: map[string]string{},

		now:     time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC),
		dice:    dice{rand.NewChaCha8([32]byte{})},
		mallory: newBrowser("mallory", s.Browser), alice: newBrowser("alice", s.Browser),
		served: map[string]*resource{}, wire: &exchange{},
		secrets: []string{Secret}, users: map[string]string{},
		sealed: map[string]string{}, memo: memo, remembers: true,
	}
	for name, password := range event.Passwords {
		w.users[name] = password
	}
	w.net = Network{
		event.BlogHost: still(event.BlogHost),
		event.EvilHost: still(event.EvilHost),
		event.NewsHost: still(event.NewsHost),
	}
	return w, nil
}

// start starts the server with the present secrets. What it stored stays.
func (w *World) start() {
	now := func() time.Time { return w.now }
	w.env = server.Env{
		Now:    now,
		Rand:   randRecorder{w, w.dice},
		Store:  storeRecorder{w, &w.memory},
		Signer: signerRecorder{w, w.Profile.Signer(now, w.secrets), strings.Join(w.secrets, " ")},
		On:     w.on,
		Users:  w.users,
		HTTPS:  func(r *http.Request) bool { return r.URL.Scheme == "https" },

		Transfer: w.transfer,
		Opened:   w.openedAccount,
		Denied:   w.denied,
		Named:    func(user string) { w.opened.named = user },
	}
	w.net[event.ShopHost] = server.New(w.env, frameworkRecorder{w.Profile.New(w.env), w})
}

// dice is reseeded at every step, so that a switch that draws more numbers at
// one step changes none at the next.
type dice struct{ *rand.ChaCha8 }

// CookieName is what the browser's tools show: it leaves no event.
func (w *World) CookieName() string { return w.named(w.Profile.Cookie) }

// named returns the whole name of one of the server's cookies.
func (w *World) named(cookie string) string {
	e := server.Env{On: func(d defence.Set) bool { w.ask(d); return w.Defences.Has(d) }}
	return e.CookieName(cookie)
}

// A Question is the first time that the server consulted a switch.
type Question struct {
	Set   defence.Set
	Frame int // -1: no step of this run, see Consult
}

// Asked returns the switches on which anything in the run hung: what the server
// consulted, and what browsers send for it.
// There are none of Scenario.Fixed among them: nobody can throw those.
func (w *World) Asked() defence.Set { return (w.asked | w.shaped) &^ w.fixed }

// Throw has d be the learner's switches from now on.
func (w *World) Throw(d defence.Set) { w.Defences = w.lesson.Under(d) }

// Consult notes that what is said of the run hangs on d as well, though no step
// of it asked.
func (w *World) Consult(d defence.Set) {
	if !(w.asked | w.fixed).Has(d) {
		w.asked |= d
		w.Consulted = append(w.Consulted, Question{d, -1})
	}
}

// ask notes that the server consulted d.
func (w *World) ask(d defence.Set) {
	if !(w.asked | w.fixed).Has(d) {
		w.asked |= d
		w.Consulted = append(w.Consulted, Question{d, w.frame})
	}
}

// An opened is what the server opened of its own for a request.
type opened struct {
	key  string         // the session key last touched
	row  string         // what the store had under it
	user string         // whom it serves
	data session.Values // what the session holds

	named   string // whose account the page is of that it answers with, where the page says so
	written bool   // data is what it wrote itself
	putting string // whose word it is that the shop is putting into the session, "" when it puts none
}

// did notes that somebody did something in her own browser.
func (w *World) did(who string, text func() string) {
	e := event.Event{Who: who, Kind: event.Did}
	if !w.silent {
		e.Text = text()
	}
	w.log(&e)
}

// prepared is did, of somebody who takes or makes a value for later use.
func (w *World) prepared(who string, text func() string) {
	w.did(who, text)
	w.Events[len(w.Events)-1].Act = event.Prepared
}

func (w *World) log(e *event.Event) {
	w.seq++
	e.Seq, e.Person, e.At, e.Frame = w.seq, w.person, w.at, w.frame
	w.Events = append(w.Events, *e)
}

func (w *World) learn(value, how string) {
	if value == "" || len(w.knows) > maxFacts || slices.ContainsFunc(w.knows, func(f event.Fact) bool { return f.Value == value }) {
		return
	}
	w.knows = append(w.knows, event.Fact{Value: value, Frame: w.frame, How: how})
	e := event.Event{Who: "mallory", Kind: event.Learned, Value: value, Reason: how}
	if !w.silent {
		e.Text = "knows " + value + ": " + how
	}
	w.log(&e)
}

func (w *World) key(id string) {
	if !slices.Contains(w.Keys, id) {
		w.Keys = append(w.Keys, id)
	}
}

// Snapshot returns how things stand now. What has not changed since the last one is
// shared with it.
func (w *World) Snapshot() event.Snapshot {
	s := event.Snapshot{Now: w.now, Knows: slices.Clip(w.knows), Secrets: slices.Clip(w.secrets)}
	for i, b := range []*browser{&w.mallory, &w.alice} {
		var was []cookie.Entry
		if w.last.Browsers != nil {
			was = w.last.Browsers[i].Jar
		}
		s.Browsers = append(s.Browsers, b.seen(was))
	}
	s.Rows = w.rows(w.last.Rows)
	w.last = s
	return s
}

// rows returns the session store: the very list was, when that is the same.
func (w *World) rows(was []event.Row) (rows []event.Row) {
	n := 0
	for _, key := range w.Keys {
		rec, ok := w.memory.Load(key)
		if !ok {
			continue
		}
		if rows == nil && n < len(was) && was[n].Key == key && was[n].Raw == rec.Data {
			n++
			continue
		}
		if rows == nil {
			rows = append(make([]event.Row, 0, len(w.Keys)), was[:n]...)
		}
		values := w.values(rec.Data)
		rows = append(rows, event.Row{Key: key, User: values.Get(session.User), Data: values, Raw: rec.Data})
	}
	switch {
	case rows != nil:
		return rows
	case n == 0:
		return nil
	}
	return was[:n:n]
}
