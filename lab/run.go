// Package lab plays scenarios: it owns the clock, the dice, the network and
// the notebook in which everything that happens is written down.
package lab

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

const (
	shopHost = "shop.example"
	blogHost = "blog.shop.example" // a sibling that Mallory writes on
	secret   = "super-secret-key"  // the Flask article's
)

// Run plays s under d. It is pure: equal arguments give equal traces. The
// error names the file and the line of a step that cannot be played.
func Run(s *Scenario, d defence.Set) (*Trace, error) {
	w, err := newWorld(s, d)
	if err != nil {
		return nil, fmt.Errorf("%s.txt: %w", s.Name, err)
	}
	t := &Trace{Scenario: s, Defences: d}
	for i, step := range s.Steps {
		w.frame, w.events = i, nil
		w.dice.roll(s.Seed, i)
		if err := w.do(step); err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", s.Name, step.Line, err)
		}
		t.Frames = append(t.Frames, Frame{step, w.events, w.snapshot()})
	}
	t.Keys, t.Asked, t.Vars = w.keys, w.asked, w.vars
	t.Verdict = judge(t)
	return t, nil
}

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
	env      server.Env
	defences defence.Set
	vars     map[string]string
	owner    map[string]string // of each variable: what alice has, Mallory does not know

	frame  int
	seq    int
	events []Event
	person string // who does the step
	at     string // the browser she sits at
	loaded string // the session key last touched in this request
	asked  defence.Set
	keys   []string
	knows  []Fact
	source map[uintptr][]Line // of the places on the stack seen so far
}

func newWorld(s *Scenario, d defence.Set) (*world, error) {
	profile, ok := server.ByID(s.Profile)
	if !ok {
		return nil, fmt.Errorf("unknown profile %q", s.Profile)
	}
	w := &world{
		now:     time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC),
		dice:    dice{rand.NewChaCha8([32]byte{})},
		mallory: browser{name: "mallory"}, alice: browser{name: "alice"},
		profile: profile, secrets: []string{secret}, defences: d, vars: map[string]string{}, owner: map[string]string{}, source: map[uintptr][]Line{},
	}
	w.net = Network{blogHost: http.HandlerFunc(w.blog)}
	w.start()
	return w, nil
}

// start starts the server with the present secrets. What it stored stays.
func (w *world) start() {
	now := func() time.Time { return w.now }
	w.env = server.Env{
		Now:    now,
		Rand:   randRecorder{w, w.dice},
		Store:  storeRecorder{w, &w.memory},
		Signer: signerRecorder{w, w.profile.Signer(now, w.secrets)},
		On:     w.on,
		Users:  map[string]string{"alice": "correct-horse", "mallory": "hunter2"},
	}
	w.net[shopHost] = server.New(w.env, frameworkRecorder{w.profile.New(w.env), w})
}

// blog is Mallory's page on a sibling host. It sends $plant as its Set-Cookie line.
func (w *world) blog(rw http.ResponseWriter, _ *http.Request) {
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	if plant := w.vars["plant"]; plant != "" && w.owner["plant"] == "mallory" {
		rw.Header().Add("Set-Cookie", plant)
	}
	fmt.Fprintln(rw, "<!doctype html><title>The blog</title><h1>The blog</h1><p>Ten recipes for rainy days.</p>")
}

// dice is reseeded at every step, so that a switch that draws more numbers at
// one step changes none at the next.
type dice struct{ *rand.ChaCha8 }

func (d dice) roll(seed string, step int) {
	d.Seed(sha256.Sum256([]byte(seed + "/" + strconv.Itoa(step))))
}

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
	switch s.Verb {
	case "get", "post":
		return w.open(b, s.Verb, args)
	case "copy":
		w.copy(b, args[0])
	case "paste":
		line := strings.Join(args, " ")
		w.typed(b, line, line+"; Path=/; Secure", cookie.HTTP)
	case "script":
		line := strings.Join(args, " ")
		w.typed(b, line, line, cookie.Script)
	case "let":
		name, value, _ := strings.Cut(strings.Join(args, " "), "=")
		w.let(b, name, value)
	case "deploy":
		w.deploy()
	case "wait":
		d, err := time.ParseDuration(args[0])
		if err != nil {
			return err
		}
		w.now = w.now.Add(d)
		w.log(Event{Who: b.name, Kind: Did, Text: "waits " + d.String()})
	default:
		return fmt.Errorf("unknown verb %q", s.Verb)
	}
	return nil
}

func (w *world) open(b *browser, verb string, args []string) error {
	text := args[0]
	if strings.HasPrefix(text, "/") {
		text = "https://" + shopHost + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return fmt.Errorf("%q is not a URL", args[0])
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Opaque != "" {
		return fmt.Errorf("%q is not an http or https URL", args[0])
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment, u.RawFragment = "", ""
	var form url.Values
	if verb == "post" {
		form = url.Values{}
		for _, field := range args[1:] {
			name, value, _ := strings.Cut(field, "=")
			form.Add(name, value)
		}
	}
	return w.fetch(b, u, form)
}

// copy reads the session cookie in the browser's tools, which show HttpOnly cookies too.
func (w *world) copy(b *browser, name string) {
	u := &url.URL{Scheme: "https", Host: shopHost, Path: "/"}
	value, cookieName := "", w.cookieName()
	for _, e := range b.jar.Get(w.now, u, cookie.Context{TopLevel: true}) {
		if e.Name == cookieName {
			value = e.Value
			break
		}
	}
	w.vars[name], w.owner[name] = value, w.person
	if value == "" {
		w.log(Event{Who: b.name, Kind: Did, Text: "finds no cookie " + cookieName + " to copy"})
		return
	}
	w.log(Event{Who: b.name, Kind: Did, Text: "copies " + cookieName + "=" + value, Value: value})
	if w.person == "mallory" {
		w.learn(value, "she read it in the cookie jar")
	}
}

// typed puts a cookie for the shop into b's jar by hand.
func (w *world) typed(b *browser, line, full string, api cookie.API) {
	if valueOf(line) == "" {
		w.log(Event{Who: b.name, Kind: Did, Text: "has no value to put into the jar"})
		return
	}
	if w.person == "mallory" {
		w.learn(valueOf(line), "she made it up")
	}
	w.log(Event{Who: b.name, Kind: Did, Text: "puts " + line + " into the jar"})
	u := &url.URL{Scheme: "https", Host: shopHost, Path: "/"}
	w.store(b, u, full, cookie.Context{API: api, TopLevel: api == cookie.HTTP})
}

// let names a value. What Mallory names she knows.
func (w *world) let(b *browser, name, value string) {
	w.owner[name] = w.person
	if valueOf(value) == "" {
		w.vars[name] = ""
		w.log(Event{Who: b.name, Kind: Did, Text: "has no value for " + name})
		return
	}
	w.vars[name] = value
	if w.person == "mallory" {
		w.learn(valueOf(value), "she made it up")
	}
	w.log(Event{Who: b.name, Kind: Did, Text: "prepares " + name + ": " + value, Value: valueOf(value)})
}

func (w *world) deploy() {
	old := w.secrets[0]
	w.secrets = w.env.Deploy(w.secrets)
	if w.secrets[0] == old {
		w.log(Event{Who: shopHost, Kind: Did, Text: "starts again with the same signing secret"})
		return
	}
	w.start()
	text := "starts again with a new signing secret; the old one is gone"
	if len(w.secrets) > 1 {
		text = "starts again with a new signing secret; the old one still verifies"
	}
	w.log(Event{Who: shopHost, Kind: Did, Text: text})
}

// expand replaces $name by its value; $cookie is the session cookie's name.
func (w *world) expand(text string) (string, error) {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "$")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		n := 0
		for n < len(after) && isName(after[n:n+1]) {
			n++
		}
		name := after[:n]
		value, known := w.vars[name]
		if name == "cookie" {
			value, known = w.cookieName(), true
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
		b.WriteString(value)
		text = after[n:]
	}
}

// cookieName is what the browser's tools show: it leaves no event.
func (w *world) cookieName() string {
	e := server.Env{On: func(d defence.Set) bool { w.asked |= d; return w.defences.Has(d) }}
	return e.CookieName(w.profile.Cookie)
}

func (w *world) log(e Event) {
	w.seq++
	e.Seq, e.Person, e.At = w.seq, w.person, w.at
	w.events = append(w.events, e)
}

func (w *world) learn(value, how string) {
	if value == "" || slices.ContainsFunc(w.knows, func(f Fact) bool { return f.Value == value }) {
		return
	}
	w.knows = append(w.knows, Fact{value, w.frame, how})
	w.log(Event{Who: "mallory", Kind: Learned, Value: value, Text: "knows " + value + ": " + how})
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
