package page

import (
	"slices"

	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// mostFirst is how many switches stand where they are seen at once.
const mostFirst = 3

// First returns the switches of a lesson that stand where they are seen at once: the
// first that its want table throws alone, and where it has too few those that are taken
// for one another most often. A new key at login comes first.
func First(s *script.Scenario) []defence.Info {
	var out []defence.Info
	add := func(set defence.Set) {
		for _, d := range defence.All {
			if set.Has(d.Set) && len(out) < mostFirst && !slices.ContainsFunc(out, func(o defence.Info) bool { return o.Set == d.Set }) {
				out = append(out, d)
			}
		}
	}
	for _, w := range s.Wants {
		if w.On.Len() == 1 {
			add(w.On)
		}
	}
	for _, d := range []defence.Set{defence.Rotate, defence.RotateSecret, defence.HTTPOnly} {
		add(d)
	}
	slices.SortStableFunc(out, func(a, b defence.Info) int { return (b.Set & defence.Rotate).Len() - (a.Set & defence.Rotate).Len() })
	return out
}

// A Group opens or closes a group of switches.
type Group struct {
	Layer defence.Layer
	Open  bool
}

func (g Group) lab(m Model) Model {
	m.View.Groups &^= g.Layer.Set()
	if g.Open {
		m.View.Groups |= g.Layer.Set()
	}
	return m
}

// GroupOn returns the switches of a group that are on.
func GroupOn(l defence.Layer, on defence.Set) defence.Set { return on & l.Set() }

// opened returns v with the groups open that have more switches on than they had
// under was. None closes by itself: somebody may be in it.
func (v View) opened(was, is defence.Set) View {
	for _, d := range defence.All {
		if GroupOn(d.Layer, is).Len() > GroupOn(d.Layer, was).Len() {
			v.Groups |= d.Layer.Set()
		}
	}
	return v
}
