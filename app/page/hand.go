package page

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Hand is what the learner does in Play by herself: the script that her acts write, and
// what she has typed and not done yet.
type Hand struct {
	Typed  map[string]string // what stands in fields of the browsers and of the header, by their ids, where it is not what the page says; see RadioField
	Menu   string            // the list that is open
	Sits   bool              // Mallory sits at Alice's browser
	Site   Site
	Cookie CookieForm
	Editor
	Offer Offer
	Last  string         // the link to the script that was left, "" for none
	Kept  scenarios.Play // a run to compare another one with

	undo, redo []change
	known      []uint64 // the scripts that she has seen, the last one last: they are played without a question
}

// A HandMsg is a message to what the learner plays by hand.
type HandMsg interface{ hand(Model) Model }

// ByHand reports whether a script is shown that the learner writes, and no lesson.
func (m Model) ByHand() bool {
	return m.Page == "" && m.Scenario != nil && scenarios.IsOwn(m.Scenario.Name)
}

type (
	// TakeOver has the learner go on from the step that is shown.
	TakeOver struct{}
	// NewScript begins a script without steps on a server, by its profile's ID; "" is the one
	// that is shown.
	NewScript string
	// An Act is what somebody does, as lines of the script: from the step that is shown on.
	Act []string
	// TakeBack takes the last act back.
	TakeBack struct{}
	// Again does again what was taken back.
	Again struct{}
	// A Type is what stands in a field of a browser, by the field's id: see standsIn.
	Type struct{ ID, Text string }
	// SitDown has Mallory sit at Alice's browser, or get up.
	SitDown bool
)

func (TakeOver) hand(m Model) Model {
	if m.ByHand() {
		return m
	}
	return m.script(m.upToHere())
}

func (n NewScript) hand(m Model) Model {
	n = cmp.Or(n, NewScript(m.Scenario.Profile), firstServer)
	next := m.script("title: " + text.T("hand.untitled") + "\nprofile: " + string(n) + "\nseed: 1\n")
	next.Hand.undo, next.Hand.redo, next.Hand.Site = nil, nil, Site{}
	if next.Scenario != m.Scenario {
		next.Hand.Last = m.left().Last
	}
	return next
}

func (a Act) hand(m Model) Model {
	if m = EditRests(0).hand(m); m.Hand.Drafting { // what was typed is played first
		return m.tell(text.T("hand.mend-first"))
	}
	was := m.upToHere()
	if m.ByHand() {
		was = m.Scenario.Text
	}
	if barred := m.notGranted(a); barred != "" {
		return m.tell(text.T("goal.barred", "line", barred))
	}
	typed := m.Hand.Typed
	m.Hand.Typed = maps.Clone(typed)
	delete(m.Hand.Typed, AddressField(event.Mallory)) // what was typed there is done, or is no longer meant
	delete(m.Hand.Typed, AddressField(event.Alice))
	next := m.script(script.Append(m.upToHere(), a...))
	if next.Scenario == m.Scenario { // it cannot be played: the notice says why
		next.Hand.Typed = typed
		return next
	}
	next.Hand = next.Hand.did(between(was, next.Scenario.Text))
	if n := len(m.Trace.Frames) - m.Step - 1; n > 0 && m.ByHand() {
		return next.tell(text.T("hand.forked", "n", n))
	}
	return next
}

func (s SitDown) hand(m Model) Model { m.Hand.Sits = bool(s); return m }

// upToHere returns the text of the script up to the step that is shown.
func (m Model) upToHere() string {
	n := min(m.Step+1, len(m.Trace.Frames))
	if m.ByHand() && m.Scenario.Script == nil {
		return script.Cut(m.Scenario.Text, m.Scenario, n)
	}
	s := *m.Scenario
	if m.Task.ByScript() {
		s.Challenge = m.Task.ID()
	} else if !m.ByHand() && s.Grants == nil {
		s.Grants = granted(s.Steps)
	}
	return script.Taken(&s, n)
}

// script returns m with the script of that text, at its last step. Where it cannot be
// played all stays as it is, and the notice says why.
func (m Model) script(written string) Model {
	next, err := m.scripted(written)
	if err != nil {
		return m.cannot(err)
	}
	return next
}

// cannot returns m, saying that a script cannot be played for that error.
func (m Model) cannot(err error) Model {
	return m.tell(text.T("hand.cannot", "why", withoutFile(err)))
}

// scripted is script, with the error where it cannot be played.
func (m Model) scripted(written string) (Model, error) {
	s, err := scenarios.Own(written)
	if err != nil {
		return m, err
	}
	d := m.Defences &^ s.Fixed()
	if s.Allows(d) != nil {
		d = 0
	}
	r, err := m.Run.play(s, d)
	if err != nil {
		return m, err
	}
	m = m.tell("")
	r.Step = max(0, len(r.Trace.Frames)-1)
	m.Hand.Typed = m.stillTyped(r)
	m.Run, m.Page = r, ""
	m.Hand.Sits = m.Hand.Sits && m.maySit()
	m.View.Playing = false
	m.Hand = m.Hand.knows(s.Name)
	h := &m.Hand
	h.Menu = ""
	if n := len(r.Trace.Frames); n > 0 {
		last := r.Trace.Frames[n-1].Step
		h.Site.Open = h.Site.Open && (last.Browser() != event.Mallory || last.Verb == "serve" || last.Verb == "remove")
	}
	if f := h.Cookie; f.Browser != "" && !f.New && !slices.ContainsFunc(m.stateOf(f.Browser).Jar, f.of) {
		h.Cookie = CookieForm{} // it is gone
	}
	h.redo, h.Drafting, h.Draft, h.Faults, h.Checked = nil, false, "", nil, nil
	return m, nil
}

// faultOf returns what an error says of a script, and the line of it that it names; 0 where
// it names none, as of a step of a route.
func faultOf(err error) (line int, says string) {
	says = err.Error()
	if rest, ok := strings.CutPrefix(says, "script.txt:"); ok {
		if n, what, ok := strings.Cut(rest, ": "); ok {
			line, _ = strconv.Atoi(n)
			return line, what
		}
	}
	return 0, says
}

// withoutFile returns an error's text without the file and the line that it begins with.
func withoutFile(err error) string {
	_, says := faultOf(err)
	return says
}

// left returns the hand as it is when the learner goes to something else: the script that
// she was writing can be come back to.
func (m Model) left() Hand {
	h := Hand{known: m.Hand.known, Last: m.Hand.Last, Kept: m.Hand.Kept}
	if m.ByHand() && m.Scenario.Challenge == "" && len(m.Scenario.Steps) > 0 {
		h.Last = m.LinkAt(m.Step)
	}
	if m.Hand.Drafting {
		h.Last = ScriptPage + "/" + strings.TrimPrefix(scenarios.NameOf(m.Hand.Draft), "~")
	}
	return h
}

// sitter returns who does what is done at a browser.
func (h Hand) sitter(browser string) string {
	if browser == event.Alice && h.Sits {
		return event.Mallory + "@" + event.Alice
	}
	return browser
}

// stateOf returns how a browser stands at the step that is shown.
func (m Model) stateOf(browser string) event.Browser {
	if len(m.Trace.Frames) == 0 {
		return event.Browser{Name: browser}
	}
	return m.Trace.Frames[m.Step].State.Browser(browser)
}

// AddressField is the id of the address bar of a browser.
func AddressField(browser string) string { return "address-" + browser }

// handInputs are the fields of what is played by hand.
func (m Model) handInputs() []Input {
	out, h := m.pageInputs(), m.Hand
	out = append(out, Input{"site-url", h.Site.URL}, Input{"site-headers", h.Site.Headers}, Input{"site-html", h.Site.HTML}, Input{"site-template", NoTemplate})
	if m.ByHand() {
		s := m.Scenario
		on, grants := "", ""
		if s.On != 0 {
			on = s.On.String()
		}
		if s.Grants != nil {
			grants = cmp.Or(strings.Join(s.Grants, " "), "nothing")
		}
		out = append(out, Input{"script", m.Written()})
		for _, line := range [][2]string{{"title", s.Title}, {"seed", s.Seed}, {"on", on}, {"grants", grants}} {
			id, value := HeadField(line[0]), line[1]
			if wrong, is := m.Hand.Typed[id]; is {
				value = wrong
			}
			out = append(out, Input{id, value})
		}
	}
	if n := h.Cookie.Now; h.Cookie.Browser != "" {
		out = append(out, Input{"cookie-name", n.Name}, Input{"cookie-value", n.Value}, Input{"cookie-domain", n.Domain},
			Input{"cookie-path", n.Path}, Input{"cookie-samesite", cmp.Or(n.SameSite, NoSameSite)}, Input{"cookie-age", n.Age})
	}
	return out
}

// A Click follows a link of the page that a browser shows, by its text, and which of
// several.
type Click struct {
	Browser, Text string
	Nth           int
}

func (c Click) hand(m Model) Model {
	words := script.Rest(strings.Join(strings.Fields(c.Text), " "), m.named)
	if c.Nth > 1 {
		words = "#" + strconv.Itoa(c.Nth) + " " + words
	}
	return Act{m.Hand.sitter(c.Browser) + " click " + words}.hand(m)
}

// A GoTo types an address into a browser's bar.
type GoTo struct{ Browser, Address string }

func (g GoTo) hand(m Model) Model {
	at := strings.TrimSpace(g.Address)
	switch {
	case at == "":
		return m
	case strings.HasPrefix(at, "/"), strings.Contains(at, "://"):
	default:
		at = "https://" + at
	}
	shop := "https://" + event.ShopHost
	if path, ok := strings.CutPrefix(at, shop); ok && (path == "" || path[0] == '/') { // it is shorter, and means the same
		at = cmp.Or(path, "/")
	}
	at = strings.Join(strings.Fields(at), "%20")
	return Act{m.Hand.sitter(g.Browser) + " get " + script.Rest(at, m.named)}.hand(m)
}

// named reports whether a variable has a value at the step that is shown. One that Alice
// named is no word of Mallory's, and the run says so.
func (m Model) named(variable string) bool {
	if variable == "cookie" || script.Written[variable] != "" {
		return true
	}
	for i := range m.Trace.Frames {
		step := m.Trace.Frames[i].Step
		if i > m.Step {
			break
		}
		if name := step.Names(); name == variable || name == "loot" && variable == "bait" {
			return true
		}
	}
	return false
}

// stillTyped returns what was typed in m that is still asked for in next: in the browsers
// that show the same page.
func (m Model) stillTyped(next Run) map[string]string {
	kept := map[string]string{}
	for _, who := range []string{event.Mallory, event.Alice} {
		was, is := m.stateOf(who), Model{Run: next}.stateOf(who)
		for id, text := range m.Hand.Typed {
			of := id == AddressField(who) || strings.HasPrefix(id, PageFields(who))
			if of && was.URL == is.URL && slices.Equal(was.Page, is.Page) {
				kept[id] = text
			}
		}
	}
	return kept
}
