package goal

import (
	"fmt"

	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// Worked returns the worked solution of g: its script, its switches, or what is right when
// the lab plays what is asked.
func Worked(g *script.Goal, at Ground) (a Answer, err error) {
	row := g.Solved()
	if locked(g.May.Kind) {
		row = g.Row()
	}
	if a.On, _, err = script.ParseRow(row); err != nil {
		return a, err
	}
	j := judging{g: g, at: at}
	switch g.May.Kind {
	case script.MayScript:
		a.Steps = at.Challenge.Course.ScriptOf(g.Script)
	case script.MayPatch:
		for _, p := range g.Patches {
			if on, err := defence.Parse(p.Row); err == nil && on == a.On {
				a.Patch = p.Name
			}
		}
	case script.MayPoint:
		a.Points, err = j.right()
	case script.MayClaims:
		for _, c := range g.Claims {
			_, is, err := j.truth(c)
			if err != nil {
				return a, err
			}
			a.Claims = append(a.Claims, Claimed{is, c.Row})
		}
	case script.MayRevoke:
		a.Revoked = at.Fixated
	}
	return a, err
}

// right returns the places that the challenge's questions ask for.
func (j *judging) right() (all []ask.Place, err error) {
	for _, q := range j.at.Challenge.Course.Asks {
		t, err := j.row(q.Row())
		if err != nil {
			return nil, err
		}
		place, ok := ask.Find(t, q.Point.Event)
		if !ok {
			return nil, fmt.Errorf("the run of %s has nothing for %q", q.Row(), q.Point)
		}
		all = append(all, place)
	}
	return all, nil
}

// locked reports whether a learner throws no switch.
func locked(k script.MayKind) bool {
	return k != script.MaySwitches && k != script.MayOff && k != script.MayPatch
}

// Try judges a trial of g. Where a learner throws no switch, those of the trial are how the
// server is built instead. What its From says of the server is for at.
func Try(g *script.Goal, t script.Trial, at Ground) (Verdict, error) {
	h := *g
	if h.Solve = t.Row; t.Row == script.Everything {
		h.Solve = (Everything() &^ at.Challenge.Fixed()).String()
	}
	if locked(h.May.Kind) {
		h.Start = h.Solve
	}
	a, err := Worked(&h, at)
	if err != nil {
		return nil, err
	}
	if t.From == "start" {
		a = Answer{On: a.On}
	}
	return Judge(&h, a, at)
}

// Everything returns all defences at once, of those that exclude each other the last.
func Everything() (all defence.Set) {
	for _, info := range defence.All {
		if !info.Wrong {
			all = all.Flip(info.Set)
		}
	}
	return all
}
