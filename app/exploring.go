package main

import (
	"slices"
	"strings"
	"sync"

	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// exploreLesson is the lesson that is played over every route.
const exploreLesson = scenarios.Open

// controlRoute brings nothing to anybody: over it Alice's day is an honest one.
const controlRoute = "cross-site"

// An Exploration is what the page of every combination shows. Its link has all
// but Found.
type Exploration struct {
	Setup   lab.Setup // the server, the source, the jar and the browser
	Mode    Mode
	Present defence.Set
	Sorted  bool // the rows that stop most come first
	Wide    bool // every server is played, not only this one
	Stopped bool // by the learner
	Found   *found
}

// A Mode says what a row of the table does with its switch.
type Mode int

// The modes.
const (
	ModeAlone Mode = iota // nothing else is on
	ModeAdded
	ModeRemoved
)

// modes are the modes' names, in links, and what the page calls them.
var modes = [...]struct{ Name, Title, Base string }{
	{"alone", "Each switch alone", "Nothing on"},
	{"added", "Added to the present set", "The present set"},
	{"removed", "Removed from the present set", "The present set"},
}

// An order is one row of the table: what is on in its runs.
type order struct {
	Set    defence.Set
	Switch int // in defence.All; -1 for the row that the others are compared with
}

// orders returns the rows of the table, the one to compare with first.
func (m Mode) orders(present defence.Set) []order {
	base := order{present, -1}
	if m == ModeAlone {
		base.Set = 0
	}
	rows := []order{base}
	for i, d := range defence.All {
		switch on := present.Has(d.Set); {
		case m == ModeAlone:
			rows = append(rows, order{d.Set, i})
		case on == (m == ModeRemoved):
			rows = append(rows, order{present.Flip(d.Set), i})
		}
	}
	return rows
}

// An ending is how one run ended.
type ending struct {
	Outcome lab.Outcome `json:"o"`
	Step    int         `json:"s"`           // the deciding one, from 0
	Broken  bool        `json:"b,omitempty"` // alice could not use her account, besides
}

// harm reports whether Mallory got something out of the run.
func (c ending) harm() bool {
	switch c.Outcome {
	case lab.Broken, lab.Defended, lab.NotApplicable, lab.Zombie, "":
		return false
	}
	return true
}

// endingWords says a cell in one word and names its icon.
func endingWords(c ending) (word, symbol string) {
	switch c.Outcome {
	case lab.Hijacked:
		return "hijacked", "hijacked"
	case lab.HijackedWithAccount:
		return "hijacked*", "hijacked"
	case lab.Defended:
		return "stopped", "defended"
	case lab.NotApplicable:
		return "no key", "broken"
	}
	return string(c.Outcome), outcomeIcon(c.Outcome)
}

// A found is what a job has found so far, for one question. It is not
// changed once the page has it: more is a new one.
type found struct {
	For     string // the question, see Exploration.question
	Done    int    // parts of the job that is being done
	Of      int
	Runs    int        // made for it
	Rows    [][]ending // by the order of Mode.orders; a column a route, and at the end Alice's day
	Servers [][]ending // by the order of server.Profiles; a column a route
	Space   *space     // of every combination on this server
	Wide    *space     // and on every server: what the parts come to
	Parts   []space    // of Wide, as they come in
	Ended   bool
	Error   string
	OnPage  bool // there was no worker
}

// question tells explorations apart whose tables need other runs.
func (e Exploration) question() string { return e.link() + " " + modes[e.Mode].Name }

// job returns what is left to find out.
func (e Exploration) job() job {
	return job{Kind: "explore", For: e.question(), Link: e.link(), Mode: e.Mode, Wide: e.Wide}
}

// exploreOwn is the lesson with its own setup. It is read once.
var exploreOwn = sync.OnceValue(func() *lab.Scenario {
	s, err := scenarios.Get(exploreLesson)
	if err != nil {
		panic("the page: " + err.Error()) // its own lessons parse; their tests say so
	}
	return s
})

// link returns the lab's link to the present set's run.
func (e Exploration) link() string { return runLink(exploreOwn(), e.Setup, e.Present.String(), 0) }

// runLink returns the lab's link to a step, from 0, of a run of s.
func runLink(s *lab.Scenario, with lab.Setup, switches string, step int) string {
	return linkTo(s.Name, switches, step, scenarios.Words(s, with, s.Setup))
}

// exploration returns m's exploration; one that was not looked at yet begins at
// what the lab shows.
func exploration(m Model) Exploration {
	e := m.Explore
	if m.Page == "explore" {
		return e
	}
	e.Setup = exploreOwn().Setup
	e.Setup.Profile = m.Scenario.Profile
	if m.Scenario.Opens("token") {
		e.Setup.Token, e.Setup.Visited = m.Scenario.Token, m.Scenario.Visited
	}
	e.Setup.Browser = m.Scenario.Browser
	e.Present = m.Defences
	return e
}

// exploreRest writes the link: server, source, mode, the present set, and the
// jar, the browser and the order of the rows where they are not the usual ones.
func exploreRest(m Model) string {
	e := exploration(m)
	parts := []string{e.Setup.Profile, e.Setup.Token, modes[e.Mode].Name, e.Present.String()}
	var words []string
	if e.Setup.Visited {
		words = append(words, "visited")
	}
	if e.Setup.Browser != 0 {
		words = append(words, lab.Browsers[e.Setup.Browser])
	}
	if e.Sorted {
		words = append(words, "sorted")
	}
	if words != nil {
		parts = append(parts, strings.Join(words, "+"))
	}
	return strings.Join(parts, "/")
}

// readExplore is the inverse of exploreRest.
func readExplore(m Model, parts []string) (next Model, wrong string) {
	was := m.Explore
	own := m
	own.Page = "" // what the link leaves open is as in the lab
	e := exploration(own)
	e.Sorted, e.Found = false, nil
	var faults []string
	for i, part := range parts {
		switch i {
		case 0:
			if _, ok := server.ByID(part); ok {
				e.Setup.Profile = part
			} else {
				faults = append(faults, "there is no server "+quote(part))
			}
		case 1:
			if token(part) != nil {
				e.Setup.Token = part
			} else {
				faults = append(faults, "there is no source "+quote(part))
			}
		case 2:
			at := slices.IndexFunc(modes[:], func(o struct{ Name, Title, Base string }) bool { return o.Name == part })
			if at < 0 {
				faults = append(faults, "there is no table "+quote(part))
				at = 0
			}
			e.Mode = Mode(at)
		case 3:
			set, err := defence.Parse(part)
			if err != nil {
				faults = append(faults, err.Error())
			}
			e.Present = set
		case 4:
			e.Setup.Visited, e.Setup.Browser = false, 0
			for word := range strings.SplitSeq(part, "+") {
				if n := slices.Index(lab.Browsers, word); n >= 0 {
					e.Setup.Browser = cookie.Rules(n)
					continue
				}
				switch word {
				case "visited":
					e.Setup.Visited = true
				case "sorted":
					e.Sorted = true
				default:
					faults = append(faults, "there is no word "+quote(word))
				}
			}
		default:
			if i == 5 {
				faults = append(faults, "it has more parts than six")
			}
		}
	}
	if len(parts) == 4 {
		e.Setup.Visited, e.Setup.Browser = false, 0
	}
	if was.Found != nil && was.question() == e.question() {
		e.Found, e.Stopped, e.Wide = was.Found, was.Stopped, was.Wide
	}
	m.Explore = e
	return m, strings.Join(faults, "; ")
}

// token returns the source of that name, nil if there is none.
func token(name string) *lab.Fragment {
	for _, f := range scenarios.Tokens {
		if f.Name == name {
			return f
		}
	}
	return nil
}

type (
	ExploreServer string   // by its name
	ExploreToken  string   // by its name
	ExploreJar    bool     // alice has been to the shop before
	ExploreMode   Mode     // another table
	ExploreSort   bool     // the rows that stop most first
	ExploreWide   struct{} // play every server
	ExploreStop   struct{} // cancel
	ExploreStart  struct{} // play on after a cancel
	Answers       []answer // of the worker
)

func (s ExploreServer) apply(m Model) Model {
	if _, ok := server.ByID(string(s)); ok {
		m.Explore.Setup.Profile = string(s)
		m.Explore = m.Explore.anew()
	}
	return m
}

func (t ExploreToken) apply(m Model) Model {
	if token(string(t)) != nil {
		m.Explore.Setup.Token = string(t)
		m.Explore = m.Explore.anew()
	}
	return m
}

func (v ExploreJar) apply(m Model) Model {
	m.Explore.Setup.Visited = bool(v)
	m.Explore = m.Explore.anew()
	return m
}

func (o ExploreMode) apply(m Model) Model {
	if o >= 0 && int(o) < len(modes) {
		m.Explore.Mode = Mode(o)
		m.Explore = m.Explore.anew()
	}
	return m
}

func (s ExploreSort) apply(m Model) Model { m.Explore.Sorted = bool(s); return m }

func (ExploreWide) apply(m Model) Model {
	e := &m.Explore
	e.Wide, e.Stopped = true, false
	if e.Found != nil { // the tables stay
		f := *e.Found
		f.Wide, f.Parts, f.Ended, f.Done = nil, nil, false, 0
		e.Found = &f
	}
	return m
}

// withPart returns f with another report of a part of every server.
func (f found) withPart(part space) found {
	parts := make([]space, part.Parts)
	copy(parts, f.Parts)
	parts[part.Part] = part
	all := parts[0]
	for _, p := range parts[1:] {
		all = all.and(p)
	}
	f.Parts, f.Wide = parts, &all
	return f
}

func (ExploreStop) apply(m Model) Model { m.Explore.Stopped = true; return m }

func (ExploreStart) apply(m Model) Model { m.Explore = m.Explore.anew(); return m }

// anew returns e with nothing found yet.
func (e Exploration) anew() Exploration {
	e.Found, e.Stopped, e.Wide = nil, false, false
	return e
}

func (a Answers) apply(m Model) Model {
	e := &m.Explore
	for _, one := range a {
		if e.Stopped || one.For != e.question() {
			continue // of a question that is no longer asked
		}
		f := found{For: one.For}
		if again := one.Kind == "row" && one.Done == 1; e.Found != nil && !again {
			f = *e.Found
		}
		f.Done, f.Of, f.Runs = one.Done, one.Of, max(f.Runs, one.Runs)
		f.OnPage = f.OnPage || one.OnPage
		switch one.Kind {
		case "row":
			f.Rows = append(slices.Clip(f.Rows), one.Cells)
		case "server":
			f.Servers = append(slices.Clip(f.Servers), one.Cells)
		case "space":
			if one.Space.Wide {
				f = f.withPart(*one.Space)
			} else {
				f.Space = one.Space
			}
		case "end":
			f.Ended = f.Wide == nil || f.Wide.Ended
		case "error":
			f.Error, f.Ended = one.Error, true
		}
		if f.Wide != nil {
			f.Done, f.Of = f.Wide.Played, f.Wide.Attacks
		}
		e.Found = &f
	}
	return m
}

// stopped returns how many of the attacks that succeed in base do not in row, and
// how many those are.
func stopped(base, row []ending) (k, n int) {
	for i := range scenarios.Routes {
		if i < len(base) && i < len(row) && base[i].harm() {
			n++
			if !row[i].harm() {
				k++
			}
		}
	}
	return k, n
}

// exploreSays is what the live region says when the table is complete.
func exploreSays(m Model) string {
	switch f := m.Explore.Found; {
	case m.Explore.Stopped:
		return "Cancelled."
	case f == nil || !f.Ended:
		return ""
	case f.Error != "":
		return f.Error
	default:
		return "All is played: " + thousands(f.Runs) + " runs."
	}
}
