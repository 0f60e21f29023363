package page

import (
	"maps"
	"slices"
	"strings"

	"fixlab/lab/script"
)

// A Done is what was done for a goal of a challenge.
type Done struct {
	Solved bool   `json:"solved,omitempty"`
	Hints  int    `json:"hints,omitempty"`
	Tries  int    `json:"tries,omitempty"`  // up to the one that solved it
	Answer string `json:"answer,omitempty"` // what solved it: the link to the run, or what was picked
}

// longestAnswer bounds what is kept of an answer, in bytes.
const longestAnswer = 4 << 10

// answered returns what a judged answer changes in what is kept of the goal.
func (m Model) answered(wins bool) func(*Done) {
	t := m.Task
	return func(d *Done) {
		if d.Solved { // what solved it first stays
			return
		}
		d.Tries++
		if !wins {
			return
		}
		d.Solved, d.Hints = true, t.Hints
		switch t.Kind() {
		case script.MayPatch:
			d.Answer = t.Draft.Patch
		case script.MayRevoke:
			d.Answer = strings.Join(t.Draft.Revoked, " ")
		case script.MayPoint, script.MayClaims:
		default:
			if link := "#" + m.LinkAt(m.Step); len(link) <= longestAnswer {
				d.Answer = link
			}
		}
	}
}

// keepGoal returns l with what is kept of a goal changed.
func (l Learn) keepGoal(id string, change func(*Done)) Learn {
	d := l.Progress.Challenges[id]
	was := d
	if change(&d); d == was {
		return l
	}
	l.Progress.Challenges = maps.Clone(l.Progress.Challenges)
	if l.Progress.Challenges == nil {
		l.Progress.Challenges = map[string]Done{}
	}
	l.Progress.Challenges[id] = d
	if l.today != "" {
		l.Progress.Day = l.today
	}
	l.Progress.changes++
	return l
}

// Kept is what is kept of the goal that is played.
func (m Model) Kept() Done { return m.Learn.Progress.Challenges[m.Task.ID()] }

// Challenge is the first goal that is not solved yet, by its ID, and the title of its
// challenge; "" when all are.
func (l Learn) Challenge() (id, title string) {
	for _, s := range Challenges() {
		for n := range s.Course.Goals {
			if id := (Task{Challenge: s, N: n}).ID(); !l.Progress.Challenges[id].Solved {
				return id, s.Title
			}
		}
	}
	return "", ""
}

// SolvedGoals are the goals that were solved, by their IDs.
func (m Model) SolvedGoals() (ids []string) {
	for id, d := range m.Learn.Progress.Challenges {
		if d.Solved {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
