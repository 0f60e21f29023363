package page

import (
	"slices"

	"fixlab/app/text"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// An Answer is what the learner has picked, where a challenge is answered by picking.
type Answer struct {
	Points  []int // for each question, an option from 1; 0 for none
	Patch   string
	Revoked []string
	Claims  []goal.Claimed
	Said    []bool // which of Claims she has said anything of
}

// missing says what the learner has not picked yet, "" for nothing.
func (m Model) missing() string {
	t := m.Task
	switch t.Kind() {
	case script.MayPoint:
		if slices.Contains(t.Draft.Points, 0) {
			return text.T("goal.pick-both")
		}
	case script.MayPatch:
		if t.Draft.Patch == "" {
			return text.T("goal.pick-patch")
		}
	case script.MayClaims:
		for i, c := range t.Draft.Claims {
			if !t.Draft.Said[i] || c.Row == "" {
				return text.T("goal.pick-claims")
			}
		}
	}
	return ""
}

// Options are what can be pointed at for each question of the challenge.
func (m Model) Options() (all [][]ask.Place) {
	for _, q := range m.Task.Challenge.Course.Asks {
		all = append(all, ask.Candidates(m.Trace, q.Point.Kind))
	}
	return all
}

// Rows are the runs that can be attached to a claim.
func (t Task) Rows() (rows []string) {
	for _, w := range t.Challenge.Wants {
		rows = append(rows, w.Row())
	}
	return rows
}

func (p PickPoint) goal(m Model) Model {
	if d := &m.Task.Draft; p.N < len(d.Points) && p.Option >= 1 && p.Option <= len(m.Options()[p.N]) {
		d.Points = slices.Clone(d.Points)
		d.Points[p.N] = p.Option
		m.Step = m.Options()[p.N][p.Option-1].Frame
	}
	return m
}

// A patch is played at once, so that it can be looked at.
func (p PickPatch) goal(m Model) Model {
	for _, patch := range m.Task.Goal().Patches {
		if patch.Name == string(p) {
			m.Task.Draft.Patch = string(p)
			on, _ := defence.Parse(patch.Row)
			return m.play(m.Scenario, on&^m.Scenario.Fixed())
		}
	}
	return m
}

func (p PickSession) goal(m Model) Model {
	d := &m.Task.Draft
	list := slices.DeleteFunc(slices.Clone(d.Revoked), func(s string) bool { return s == p.Session })
	if p.On {
		list = append(list, p.Session)
	}
	d.Revoked = list
	return m
}

func (p PickClaim) goal(m Model) Model {
	if d := &m.Task.Draft; p.N < len(d.Claims) {
		d.Claims, d.Said = slices.Clone(d.Claims), slices.Clone(d.Said)
		d.Claims[p.N].True, d.Said[p.N] = p.True, true
	}
	return m
}

// The run that is attached is shown.
func (p PickRow) goal(m Model) Model {
	d := &m.Task.Draft
	if p.N >= len(d.Claims) || !slices.Contains(m.Task.Rows(), p.Row) {
		return m
	}
	d.Claims = slices.Clone(d.Claims)
	d.Claims[p.N].Row = p.Row
	on, with, err := scenarios.ParseRow(p.Row)
	if err != nil {
		return m
	}
	s, err := scenarios.Play{Lesson: m.Task.Challenge.Name, On: on, With: with}.Arrange(m.Task.Challenge)
	if err != nil {
		return m.tell(err.Error() + ".")
	}
	return m.play(s, on&^s.Fixed())
}
