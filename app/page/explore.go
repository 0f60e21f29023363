package page

import (
	"slices"
	"strings"

	"fixlab/app/survey"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// An Exploration is what the page of every combination shows. Its link has all
// but Found.
type Exploration struct {
	Setup   script.Setup // the server, the source, the jar and the browser
	Mode    survey.Mode
	Present defence.Set
	Sorted  bool // the rows that stop most come first
	Wide    bool // every server is played, not only this one
	Stopped bool // by the learner
	Found   *Found

	asked survey.Job // of the workers, the zero Job when they do nothing
}

// A Found is what a job has found so far, for one question. It is not
// changed once the page has it: more is a new one.
type Found struct {
	For     string // the question, see Exploration.question
	Done    int    // parts of the job that is being done
	Of      int
	Runs    int               // made for it
	Rows    [][]survey.Ending // by the order of Mode.orders; a column a route, and at the end Alice's day
	Servers [][]survey.Ending // by the order of server.Profiles; a column a route
	Space   *survey.Space     // of every combination on this server
	Wide    *survey.Space     // and on every server: what the parts come to
	Parts   []survey.Space    // of Wide, as they come in
	Ended   bool
	Error   string
	OnPage  bool // there was no worker
}

// question tells explorations apart whose tables need other runs.
func (e Exploration) question() string { return e.Link() + " " + survey.Modes[e.Mode].Name }

// Job returns what is left to find out.
func (e Exploration) Job() survey.Job {
	return survey.Job{Kind: "explore", For: e.question(), Play: e.Play(), Mode: e.Mode, Wide: e.Wide}
}

// Play returns the words of the present set's run.
func (e Exploration) Play() scenarios.Play { return Played(survey.Lesson(), e.Setup, e.Present) }

// Link returns the lab's link to it.
func (e Exploration) Link() string { return LinkTo(e.Play(), 0) }

// Played returns the words of the run of lesson with another setup.
func Played(lesson *script.Scenario, with script.Setup, on defence.Set) scenarios.Play {
	return scenarios.Play{Lesson: lesson.Name, On: on, With: scenarios.Words(lesson, with, lesson.Setup)}
}

// exploration returns m's exploration; one that was not looked at yet begins at
// what the lab shows.
func exploration(m Model) Exploration {
	e := m.Explore
	if m.Page == "explore" {
		return e
	}
	e.Setup = survey.Lesson().Setup
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
	parts := []string{e.Setup.Profile, e.Setup.Token, survey.Modes[e.Mode].Name, e.Present.String()}
	var words []string
	if e.Setup.Visited {
		words = append(words, "visited")
	}
	if e.Setup.Browser != 0 {
		words = append(words, script.Browsers[e.Setup.Browser])
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
			if TokenNamed(part) != nil {
				e.Setup.Token = part
			} else {
				faults = append(faults, "there is no source "+quote(part))
			}
		case 2:
			at := slices.IndexFunc(survey.Modes[:], func(o struct{ Name, Title, Base string }) bool { return o.Name == part })
			if at < 0 {
				faults = append(faults, "there is no table "+quote(part))
				at = 0
			}
			e.Mode = survey.Mode(at)
		case 3:
			set, err := defence.Parse(part)
			if err != nil {
				faults = append(faults, err.Error())
			}
			e.Present = set
		case 4:
			e.Setup.Visited, e.Setup.Browser = false, 0
			for word := range strings.SplitSeq(part, "+") {
				if n := slices.Index(script.Browsers, word); n >= 0 {
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

type (
	ExploreServer string      // by its name
	ExploreToken  string      // by its name
	ExploreJar    bool        // alice has been to the shop before
	ExploreMode   survey.Mode // another table
	ExploreSort   bool        // the rows that stop most first
	ExploreWide   struct{}    // play every server
	ExploreStop   struct{}    // cancel
	ExploreStart  struct{}    // play on after a cancel
)

func (s ExploreServer) apply(m Model) Model {
	if _, ok := server.ByID(string(s)); ok {
		m.Explore.Setup.Profile = string(s)
		m.Explore = m.Explore.anew()
	}
	return m
}

func (t ExploreToken) apply(m Model) Model {
	if TokenNamed(string(t)) != nil {
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
	if o >= 0 && int(o) < len(survey.Modes) {
		m.Explore.Mode = survey.Mode(o)
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
func (f Found) withPart(part survey.Space) Found {
	parts := make([]survey.Space, part.Parts)
	copy(parts, f.Parts)
	parts[part.Part] = part
	all := parts[0]
	for _, p := range parts[1:] {
		all = all.And(p)
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

// ask has the workers, so many at most, find out what is left to find out.
func (e Exploration) ask(workers int) (Exploration, []Effect) {
	switch f := e.Found; {
	case e.Stopped, f != nil && f.Ended:
		if e.asked == (survey.Job{}) {
			return e, nil
		}
		e.asked = survey.Job{}
		return e, []Effect{Cancel(exploring)} // one is still at work when another failed
	case e.asked == e.Job():
		return e, nil
	}
	e.asked = e.Job()
	parts := 1
	if e.Wide {
		parts = max(1, workers)
	}
	var jobs Ask
	for i := range parts {
		j := e.asked
		j.Part, j.Parts = i, parts
		jobs = append(jobs, j)
	}
	return e, []Effect{jobs}
}

// take returns e with the answers to its question.
func (e Exploration) take(list []survey.Answer) Exploration {
	for _, one := range list {
		if e.Stopped || one.For != e.question() {
			continue // of a question that is no longer asked
		}
		f := Found{For: one.For}
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
	return e
}

// Stopped returns how many of the attacks that succeed in base do not in row, and
// how many those are.
func Stopped(base, row []survey.Ending) (k, n int) {
	for i := range scenarios.Routes {
		if i < len(base) && i < len(row) && base[i].Outcome.Harm() {
			n++
			if !row[i].Outcome.Harm() {
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
		return "All is played: " + words.Thousands(f.Runs) + " runs."
	}
}
