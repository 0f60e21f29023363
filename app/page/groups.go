package page

import "fixlab/lab/defence"

// OnTop are the two switches that stand above the groups, and are in none.
const OnTop = defence.Rotate | defence.RotateSecret

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
func GroupOn(l defence.Layer, on defence.Set) defence.Set { return on & l.Set() &^ OnTop }

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
