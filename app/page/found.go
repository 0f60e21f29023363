package page

import (
	"slices"

	"fixlab/app/survey"
	"fixlab/scenarios"
)

// A Found is what a job has found so far, for one question. It is not
// changed once the page has it: more is a new one.
type Found struct {
	For     string // the question, see Exploration.question
	Done    int    // parts of the job that is being done
	Of      int
	Runs    int               // made for it
	Rows    [][]survey.Ending // by the order of Mode.Orders; a column a route, and at the end Alice's day
	Servers [][]survey.Ending // by the order of server.Profiles; a column a route
	Space   *survey.Space     // of every combination on this server
	Wide    *survey.Space     // and on every server: what the parts come to
	Parts   []survey.Space    // of Wide, as they come in
	Ended   bool
	Error   string
	OnPage  bool // there was no worker
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
