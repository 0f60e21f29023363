package page

import (
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/app/words"
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

// question tells explorations apart whose tables need other runs.
func (e Exploration) question() string { return e.LabLink() + " " + survey.Modes[e.Mode].Name }

// Job returns what is left to find out.
func (e Exploration) Job() survey.Job {
	return survey.Job{Kind: survey.Exploring, For: e.question(), Play: e.Play(), Mode: e.Mode, Wide: e.Wide}
}

// Play returns the words of the present set's run.
func (e Exploration) Play() scenarios.Play { return Played(survey.Lesson(), e.Setup, e.Present) }

// LabLink returns the link to that run in the lab.
func (e Exploration) LabLink() string { return LinkTo(e.Play(), 0) }

// An ExploreMsg is a message to the page of every combination.
type ExploreMsg interface{ explore(Exploration) Exploration }

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

// Update returns e after msg.
func (e Exploration) Update(msg ExploreMsg) Exploration { return msg.explore(e) }

func (s ExploreServer) explore(e Exploration) Exploration {
	if _, ok := server.ByID(string(s)); ok {
		e.Setup.Profile = string(s)
		return e.anew()
	}
	return e
}

func (t ExploreToken) explore(e Exploration) Exploration {
	if TokenNamed(string(t)) != nil {
		e.Setup.Token = string(t)
		return e.anew()
	}
	return e
}

func (v ExploreJar) explore(e Exploration) Exploration {
	e.Setup.Visited = bool(v)
	return e.anew()
}

func (o ExploreMode) explore(e Exploration) Exploration {
	if o >= 0 && int(o) < len(survey.Modes) {
		e.Mode = survey.Mode(o)
		return e.anew()
	}
	return e
}

func (s ExploreSort) explore(e Exploration) Exploration { e.Sorted = bool(s); return e }

func (ExploreWide) explore(e Exploration) Exploration {
	e.Wide, e.Stopped = true, false
	if e.Found != nil { // the tables stay
		f := *e.Found
		f.Wide, f.Parts, f.Ended, f.Done = nil, nil, false, 0
		e.Found = &f
	}
	return e
}

func (ExploreStop) explore(e Exploration) Exploration { e.Stopped = true; return e }

func (ExploreStart) explore(e Exploration) Exploration { return e.anew() }

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
		return e, []Effect{Cancel(survey.Exploring)} // one is still at work when another failed
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

// says is what the live region says when the table is complete.
func (e Exploration) says() string {
	switch f := e.Found; {
	case e.Stopped:
		return text.T("explore.cancelled-early")
	case f == nil || !f.Ended:
		return ""
	case f.Error != "":
		return f.Error
	default:
		return text.T("explore.say-complete", "n", f.Runs, "runs", words.Thousands(f.Runs))
	}
}
