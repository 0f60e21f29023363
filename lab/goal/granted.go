package goal

import (
	"slices"

	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// granted adds whether the answer does only what it may. start is what was on.
func (j *judging) granted(start defence.Set) {
	n := len(j.parts)
	wrong := func(frame int, off defence.Set) { j.add(Part{Kind: Granted, Frame: frame, Off: off}) }
	for i, step := range j.a.Steps {
		if j.g.May.Kind != script.MayScript || !j.g.May.Grants(step) {
			wrong(i, 0)
		}
	}
	if j.g.May.Kind != script.MayScript {
		j.a.Steps = nil
	}
	var off defence.Set // thrown against the rules
	switch j.g.May.Kind {
	case script.MaySwitches:
	case script.MayOff:
		off = j.a.On &^ start
	case script.MayPatch:
		on, known := j.patch()
		if !known {
			wrong(-1, j.a.On)
			break
		}
		j.a.On = on
	default:
		off = j.a.On ^ start
	}
	if off != 0 {
		wrong(-1, off)
	}
	if len(j.parts) == n {
		j.add(Part{Kind: Granted, Holds: true, Frame: -1})
	}
}

// patch returns the switches of the patch that was chosen.
func (j *judging) patch() (on defence.Set, known bool) {
	i := slices.IndexFunc(j.g.Patches, func(p script.Patch) bool { return p.Name == j.a.Patch })
	if i < 0 {
		return 0, false
	}
	on, err := defence.Parse(j.g.Patches[i].Row)
	return on, err == nil
}

// pointed adds whether what was pointed at is right.
func (j *judging) pointed() error {
	for n, a := range j.at.Challenge.Course.Asks {
		p := Part{Kind: Pointed, N: n, Says: a.Else, Frame: -1}
		if n < len(j.a.Points) {
			t, err := j.row(a.Row())
			if err != nil {
				return err
			}
			p.Holds, p.Says = ask.Judge(t, a, j.a.Points[n])
			p.Frame, p.Trace = j.a.Points[n].Frame, t
		}
		j.add(p)
	}
	return nil
}

// claimed adds whether the claims are judged rightly, and whether the runs that are attached
// show it: each has the server and the switches that the claim speaks of, and comes to the
// same by whichever way in.
func (j *judging) claimed() error {
	for n, c := range j.g.Claims {
		said, shown := Part{Kind: Judged, N: n, Frame: -1}, Part{Kind: Attached, N: n, Frame: -1}
		if n < len(j.a.Claims) {
			a := j.a.Claims[n]
			t, is, err := j.truth(c)
			if err != nil {
				return err
			}
			said.Holds = a.True == is
			if shown.Run = a.Row; a.Row != "" {
				own, err := j.row(a.Row)
				if err != nil {
					return err
				}
				holds, err := ask.Holds(c.Holds, own, j.row)
				if err != nil {
					return err
				}
				shown.Holds = holds == is && own.Defences == t.Defences && own.Scenario.Profile == t.Scenario.Profile && same(own.Verdict, t.Verdict)
				shown.Frame, shown.Trace = own.Verdict.Frame, own
			}
		}
		j.add(said)
		j.add(shown)
	}
	return nil
}

// truth returns the run that c is about, and whether c is true of it.
func (j *judging) truth(c script.Claim) (t *lab.Trace, is bool, err error) {
	if t, err = j.row(c.Row); err != nil {
		return nil, false, err
	}
	is, err = ask.Holds(c.Holds, t, j.row)
	return t, is, err
}

// same reports whether two runs come to the same, stopped at the same gate if they are.
func same(a, b event.Verdict) bool { return a.Outcome == b.Outcome && a.Gate == b.Gate }

// revokes reports whether term holds of the sessions that the answer ends.
func (j *judging) revokes(term script.Term) bool {
	some, of := j.at.Fixated, j.a.Revoked // those of some that are not of the others
	if term.Text == "only" {
		some, of = of, some
	}
	missing := slices.ContainsFunc(some, func(session string) bool { return !slices.Contains(of, session) })
	return missing == term.Not
}
