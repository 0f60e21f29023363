// Package lab plays scenarios: it owns the clock, the dice, the network and
// the notebook in which everything that happens is written down.
package lab

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// secret is the Flask article's.
const secret = "super-secret-key"

// Run plays s under d. It is pure: equal arguments give equal traces. The
// error names the file and the line of a step that cannot be played.
func Run(s *Scenario, d defence.Set) (*Trace, error) {
	w, err := newWorld(s, d)
	if err != nil {
		return nil, err
	}
	w.start()
	t := &Trace{Scenario: s, Defences: d}
	for i, step := range s.Steps {
		w.events = nil
		if err := w.play(s, i); err != nil {
			return nil, err
		}
		t.Frames = append(t.Frames, Frame{step, w.events, w.snapshot()})
	}
	t.Cookie = w.cookieName()
	t.Keys, t.Asked, t.Vars = w.keys, w.asked, w.vars
	t.Verdict = newJury(t).judge()
	return t, nil
}

// play plays the i-th step of s.
func (w *world) play(s *Scenario, i int) error {
	w.frame, w.quiet, w.rolled = i, 0, false
	w.seed = s.Seed
	err := w.do(s.Steps[i])
	switch {
	case err != nil:
	case len(w.knows) > maxKnown:
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

// A world is everything that changes during a run.
type world struct {
	now      time.Time
	dice     dice
	net      Network
	mallory  browser
	alice    browser
	profile  server.Profile
	memory   session.Memory
	secrets  []string
	users    map[string]string // name -> password
	env      server.Env
	defences defence.Set
	vars     map[string]string
	owner    map[string]string   // of each variable: what alice has, Mallory does not know
	served   map[string]*content // by URL without its query: what Mallory put there
	caching  bool                // there is a cache in front of the shop
	cached   *content            // its front page

	requests int // sent so far

	frame  int
	seq    int
	events []Event
	person string // who does the step
	at     string // the browser she sits at
	loaded string // the session key last touched in this request
	hers   bool   // Mallory answered the last request
	seed   string // the scenario's
	rolled bool   // the dice have this step's seed
	joined bool   // a browser has taken the address of another
	asked  defence.Set
	quiet  defence.Set // asked in this step already; see shaping
	keys   []string
	knows  []Fact
	source map[uintptr][]Line // of the places on the stack seen so far

	known *known    // what need not be worked out again
	wire  *exchange // the last one

	mute    bool        // nobody will read it: see Player
	literal bool        // see Scenario.names
	asks    []question  // of a mute run
	looked  defence.Set // of a mute run: what it shaped was looked at

	messages []Message // of a mute run: not used yet
}

func newWorld(s *Scenario, d defence.Set) (*world, error) {
	profile, ok := server.ByID(s.Profile)
	if !ok {
		return nil, fmt.Errorf("%s.txt: unknown profile %q", s.Name, s.Profile)
	}
	w := &world{
		now:     time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC),
		dice:    dice{rand.NewChaCha8([32]byte{})},
		mallory: newBrowser("mallory", s.Browser), alice: newBrowser("alice", s.Browser),
		profile: profile, secrets: []string{secret}, defences: d, users: map[string]string{"alice": "correct-horse", "mallory": "hunter2"}, vars: map[string]string{}, owner: map[string]string{},
		served: map[string]*content{}, source: map[uintptr][]Line{}, known: &known{}, wire: &exchange{},
	}
	w.net = Network{
		blogHost: still("The blog", "Ten recipes for rainy days."),
		evilHost: still("Prizes", "You have won."),
		newsHost: still("News", "It will rain."),
	}
	return w, nil
}

// start starts the server with the present secrets. What it stored stays.
func (w *world) start() {
	now := func() time.Time { return w.now }
	w.env = server.Env{
		Now:    now,
		Rand:   randRecorder{w, w.dice},
		Store:  storeRecorder{w, &w.memory},
		Signer: signerRecorder{w, w.profile.Signer(now, w.secrets), strings.Join(w.secrets, " ")},
		On:     w.on,
		Users:  w.users,
		HTTPS:  func(r *http.Request) bool { return r.URL.Scheme == "https" },

		Transfer: w.transfer,
	}
	w.net[shopHost] = server.New(w.env, frameworkRecorder{w.profile.New(w.env), w})
}

// dice is reseeded at every step, so that a switch that draws more numbers at
// one step changes none at the next.
type dice struct{ *rand.ChaCha8 }

// do plays one step.
func (w *world) do(s Step) error {
	w.now = w.now.Add(time.Second)
	w.person, w.at = s.Who, s.Browser()
	args := make([]string, len(s.Args))
	for i, a := range s.Args {
		var err error
		if args[i], err = w.expand(a); err != nil {
			return err
		}
	}
	b := &w.alice
	if s.Browser() == "mallory" {
		b = &w.mallory
	}
	line := strings.Join(args, " ")
	switch s.Verb {
	case "get":
		return w.visit(b, args[0])
	case "post":
		return w.post(b, args[0], args[1:])
	case "click":
		return w.click(b, line)
	case "submit":
		return w.submit(b, args)
	case "copy":
		w.copy(b, args[0])
	case "read":
		return w.noteField(b, args[0], args[1])
	case "paste":
		pair, rest, _ := strings.Cut(line, ";")
		full := pair + "; Path=/; Secure"
		if strings.HasPrefix(line, "__Host-Http-") || strings.HasPrefix(line, "__Http-") {
			full += "; HttpOnly"
		}
		if rest != "" { // what is typed stands last, and wins
			full += ";" + rest
		}
		w.typed(b, line, full, cookie.HTTP)
	case "script":
		w.typed(b, line, line, cookie.Script)
	case "forget":
		b.jar = cookie.Jar{Rules: b.jar.Rules, Looked: b.jar.Looked}
		w.log(&Event{Who: b.name, Kind: Did, Text: forgets})
	case "let":
		name, value, _ := strings.Cut(line, "=")
		w.let(b, name, value)
	case "serve":
		return w.serve(args[0], strings.Join(args[1:], " "))
	case "join":
		w.join(b, args[0])
	case "deploy":
		w.deploy()
	case "cache":
		w.caching = true
		w.log(&Event{Who: shopHost, Kind: Did, Text: "puts a cache in front of the front page; it keeps the first answer, cookies and all"})
	case "wait":
		d, err := time.ParseDuration(args[0])
		if err != nil {
			return err
		}
		w.now = w.now.Add(d)
		w.log(&Event{Who: b.name, Kind: Did, Text: "waits " + d.String()})
	case "route", "token", "visit":
		return fmt.Errorf("%q is not filled in", s.Verb)
	default:
		return fmt.Errorf("unknown verb %q", s.Verb)
	}
	return nil
}

// forgets is what the verb "forget" says.
const forgets = "deletes all cookies"

// join lets b appear under the address and the User-Agent of name's browser.
func (w *world) join(b *browser, name string) {
	other := &w.alice
	if name == "mallory" {
		other = &w.mallory
	}
	b.address, b.agent, w.joined = other.address, other.agent, true
	w.log(&Event{Who: b.name, Kind: Did, Text: "shares the address and copies the User-Agent of " + name})
}

// let names a value. What Mallory names she knows.
func (w *world) let(b *browser, name, value string) {
	w.owner[name] = w.person
	if valueOf(value) == "" {
		w.vars[name] = ""
		w.log(&Event{Who: b.name, Kind: Did, Text: "has nothing to plant"})
		return
	}
	w.vars[name] = value
	if w.person == "mallory" {
		w.learn(valueOf(value), "she made it up")
	}
	w.log(&Event{Who: b.name, Kind: Did, Text: "makes ready: " + value, Value: valueOf(value)})
}

func (w *world) deploy() {
	old := w.secrets[0]
	w.secrets = w.env.Deploy(w.secrets)
	if w.secrets[0] == old {
		w.log(&Event{Who: shopHost, Kind: Did, Text: "starts again with the same signing secret"})
		return
	}
	w.start()
	text := "starts again with a new signing secret; the old one is gone"
	if len(w.secrets) > 1 {
		text = "starts again with a new signing secret; the old one still verifies"
	}
	w.log(&Event{Who: shopHost, Kind: Did, Text: text})
}

// expand replaces $name by its value and $$name by its value percent-encoded,
// for URLs. $cookie is the session cookie's name and $nbsp a no-break space.
// $bait, what a route plants, is $loot unless it has a value of its own.
func (w *world) expand(text string) (string, error) {
	var b strings.Builder
	if !strings.Contains(text, "$") {
		return text, nil
	}
	for {
		before, after, ok := strings.Cut(text, "$")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		after, encoded := strings.CutPrefix(after, "$")
		n := 0
		for n < len(after) && isName(after[n:n+1]) {
			n++
		}
		name := after[:n]
		value, known := w.vars[name]
		switch name {
		case "cookie":
			value, known = w.cookieName(), true
		case "bait":
			if !known {
				name = "loot"
				value, known = w.vars[name]
			}
		case "nbsp":
			value, known = "\u00a0", true
		}
		if !known {
			return "", fmt.Errorf("unknown variable %q: name it with copy or let first", "$"+name)
		}
		if w.person == "mallory" && w.owner[name] == "alice" {
			return "", fmt.Errorf("%q is alice's: mallory cannot know it", "$"+name)
		}
		if b.Len()+len(value) > 16<<10 {
			return "", fmt.Errorf("a value longer than 16 KiB")
		}
		if encoded {
			value = url.QueryEscape(value)
		}
		b.WriteString(value)
		text = after[n:] // not len(name): $bait may have become $loot
	}
}

// cookieName is what the browser's tools show: it leaves no event.
func (w *world) cookieName() string {
	e := server.Env{On: func(d defence.Set) bool { w.ask(d); return w.defences.Has(d) }}
	return e.CookieName(w.profile.Cookie)
}

// ask notes that the run consulted d.
func (w *world) ask(d defence.Set) {
	if !w.asked.Has(d) {
		w.asked |= d
		if w.mute {
			w.asks = append(w.asks, question{d, w.frame})
		}
	}
}

// did notes that somebody did something in her own browser.
func (w *world) did(who string, text func() string) {
	e := Event{Who: who, Kind: Did}
	if !w.mute {
		e.Text = text()
	}
	w.log(&e)
}

func (w *world) log(e *Event) {
	w.seq++
	e.Seq, e.Person, e.At, e.frame = w.seq, w.person, w.at, w.frame
	w.events = append(w.events, *e)
}

func (w *world) learn(value, how string) {
	if value == "" || len(w.knows) > maxKnown || slices.ContainsFunc(w.knows, func(f Fact) bool { return f.Value == value }) {
		return
	}
	w.knows = append(w.knows, Fact{value, w.frame, how})
	e := Event{Who: "mallory", Kind: Learned, Value: value}
	if !w.mute {
		e.Text = "knows " + value + ": " + how
	}
	w.log(&e)
}

func (w *world) key(id string) {
	if !slices.Contains(w.keys, id) {
		w.keys = append(w.keys, id)
	}
}

func (w *world) snapshot() Snapshot {
	s := Snapshot{Now: w.now, Knows: slices.Clone(w.knows), Secrets: slices.Clone(w.secrets)}
	for _, b := range []*browser{&w.mallory, &w.alice} {
		page := b.page
		page.Name, page.Jar = b.name, b.jar.All()
		s.Browsers = append(s.Browsers, page)
	}
	for _, key := range w.keys {
		if rec, ok := w.memory.Load(key); ok {
			values := decode(rec.Data)
			s.Rows = append(s.Rows, Row{key, values.Get(session.User), values, rec.Data})
		}
	}
	return s
}
