package paper

import (
	"fmt"
	"slices"

	"fixlab/app/page"
	"fixlab/lab/defence"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A key is all answers.
type key struct {
	Questions  []question
	Lessons    []lesson
	Challenges []challenge
}

// A challenge is one with its answers.
type challenge struct {
	N int // from 1
	*script.Scenario
	Parts []part
}

// A part is a goal of a challenge with its worked solution, which was played and wins. It has
// what the goal asks for, and nothing else.
type part struct {
	*script.Goal
	Hint     string    // the last: the solution in words
	Moves    []step    // a script
	Switches []string  // the titles of those that are on; nil where none is thrown
	Patch    string    // its name and its text
	Points   []pointed // places
	Claims   []claim   // what is true of each
	Sessions []string  // those that are fixated
	Wins     []string  // other switches that win
	Fails    []string  // some that do not
}

// A claim has what came of running it.
type claim struct {
	script.Claim
	True bool
	Run  string // that shows it
}

func newKey() (k key, err error) {
	if k.Questions, err = questions(); err != nil {
		return k, err
	}
	if k.Lessons, err = lessons(); err != nil {
		return k, err
	}
	all, err := scenarios.Challenges()
	if err != nil {
		return k, err
	}
	for i, s := range all {
		c := challenge{N: i + 1, Scenario: s}
		for j := range s.Course.Goals {
			p, err := solved(s, j)
			if err != nil {
				return k, fmt.Errorf("challenge %s, part %d: %w", s.Name, j+1, err)
			}
			c.Parts = append(c.Parts, p)
		}
		k.Challenges = append(k.Challenges, c)
	}
	return k, nil
}

// solved plays the worked solution of the ith goal of s, and the trials of it.
func solved(s *script.Scenario, i int) (p part, err error) {
	g := &s.Course.Goals[i]
	at := scenarios.Ground(s, scenarios.AnySeed)
	a, err := goal.Worked(g, at)
	if err != nil {
		return p, err
	}
	a.Try = 1
	if v, err := goal.Judge(g, a, at); err != nil || !v.Wins() {
		return p, fmt.Errorf("the worked solution does not win: %v, %v", v.Fails(), err)
	}
	p = part{Goal: g, Hint: g.Hints[len(g.Hints)-1], Sessions: a.Revoked}
	switch g.May.Kind {
	case script.MayScript:
		for n, s := range a.Steps {
			p.Moves = append(p.Moves, step{n + 1, s.Caption})
		}
	case script.MaySwitches, script.MayOff:
		p.Switches = titles(a.On)
	case script.MayPatch:
		patch := g.Patches[slices.IndexFunc(g.Patches, func(x script.Patch) bool { return x.Name == a.Patch })]
		p.Patch = patch.Name + ": " + patch.Text
	case script.MayPoint:
		p.Points, err = answered(s.Course.Asks, scenarios.Rows(s))
	case script.MayClaims:
		for n, c := range g.Claims {
			p.Claims = append(p.Claims, claim{c, a.Claims[n].True, page.RowWords(c.Row)})
		}
	}
	if err != nil || p.Switches == nil {
		return p, err
	}
	if p.Wins, err = tried(g, g.Also, true, at); err == nil {
		p.Fails, err = tried(g, g.Fails, false, at)
	}
	return p, err
}

// tried plays trials that must win, or must not, and says which switches they throw.
func tried(g *script.Goal, trials []script.Trial, win bool, at goal.Ground) (rows []string, err error) {
	for _, t := range trials {
		v, err := goal.Try(g, t, at)
		if err != nil {
			return nil, err
		}
		if v.Wins() != win {
			return nil, fmt.Errorf("%q wins: %v, want %v", t, v.Wins(), win)
		}
		if on, _, err := script.ParseRow(t.Row); err == nil && on != 0 {
			rows = append(rows, page.SwitchWords(on))
		}
	}
	return rows, nil
}

// titles are those of switches.
func titles(on defence.Set) []string {
	all := []string{}
	for _, d := range on.Infos() {
		all = append(all, d.Title)
	}
	return all
}
