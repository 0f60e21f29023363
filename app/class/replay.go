package class

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"fixlab/lab/ask"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// grounds are what wins are tried on, by the challenge: each remembers its runs, which most
// learners share.
type grounds map[string]goal.Ground

// replay says how far a learner has come with x. A win that her code claims is one when it
// is judged one again.
func (at grounds) replay(x item, g Goal) Result {
	r := Result{ID: x.id, Goal: g}
	switch {
	case !g.Solved && g.Tries == 0 && g.Hints == 0:
		return r
	case !g.Solved:
		r.Status = Tried
		return r
	case g.Win.empty():
		r.Status = Claimed
		return r
	}
	r.Status = Won
	v, err := at.judge(x, g.Win)
	if r.Fails = v.Fails(); err != nil || r.Fails != nil {
		r.Status, r.Err = Lost, err
	}
	return r
}

// empty reports whether there is nothing that could be played.
func (w Win) empty() bool {
	return w.Script == "" && w.On == nil && w.Points == nil && w.Patch == "" && w.Seed == "" && w.Claims == nil
}

// judge plays what won. That it came within the tries that there are is not asked: who
// begins such a challenge anew has all of them again.
func (at grounds) judge(x item, win Win) (goal.Verdict, error) {
	g := x.goal()
	on, _, err := script.ParseRow(g.Row())
	if err != nil {
		return nil, err
	}
	a := goal.Answer{On: on, Patch: win.Patch, Revoked: win.Revoked, Claims: win.Claims, Try: 1}
	var ground goal.Ground
	switch g.May.Kind {
	case script.MayScript:
		s, err := scenarios.Own(win.Script)
		if err != nil {
			return nil, err
		}
		if c, n, err := scenarios.GoalOf(s.Challenge); err != nil || c.Name != x.s.Name || n != x.n {
			return nil, fmt.Errorf("the script is not about this challenge, but about %q", s.Challenge)
		}
		if key := scenarios.Otherwise(s, x.s); key != "" {
			return nil, fmt.Errorf("the script's header has another %q than the challenge", key)
		}
		a.Steps = s.Steps
		ground = scenarios.Ground(x.s, "") // nobody else has this script
	case script.MayRevoke:
		ground = scenarios.Ground(x.s, win.Seed)
	default:
		var known bool
		if ground, known = at[x.s.Name]; !known {
			ground = scenarios.Ground(x.s, "")
			at[x.s.Name] = ground
		}
	}
	switch g.May.Kind {
	case script.MaySwitches, script.MayOff:
		if a.On = *win.On; !a.On.Valid() {
			return nil, errors.New("two of the switches exclude each other")
		}
	case script.MayPoint:
		for i, q := range x.s.Course.Asks {
			t, err := ground.Play(nil, q.Row())
			if err != nil {
				return nil, err
			}
			all := ask.Candidates(t, q.Point.Kind)
			if win.Points[i] < 1 || win.Points[i] > len(all) {
				return nil, errors.New("there is nothing at the place that was pointed at")
			}
			a.Points = append(a.Points, all[win.Points[i]-1])
		}
	}
	return goal.Judge(g, a, ground)
}

// ownWords is how many words of her own two scripts must have for their likeness to be no
// chance.
const ownWords = 2

// alike reports whether two who worked on their own would hardly have these answers both:
// the incident of one learner alone, if each has her own, or a script that is the same to
// the letter and has words that stand nowhere in the course. The moves alone are the same
// for many.
func alike(a, b []Result, ownIncidents bool) bool {
	for i := range min(len(a), len(b)) {
		x, y := a[i].Goal.Win, b[i].Goal.Win
		if a[i].Status != Won || b[i].Status != Won {
			continue
		}
		if ownIncidents && x.Seed != "" && x.Seed == y.Seed {
			return true
		}
		if x.Script != "" && x.Script == y.Script && len(unknown(x.Script)) >= ownWords {
			return true
		}
	}
	return false
}

// unknown returns the words of a text that the course does not have.
func unknown(text string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if len(word) > 2 && !strings.Contains(dictionary(), word) {
			words[word] = true
		}
	}
	return words
}
