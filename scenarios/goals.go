package scenarios

import (
	"errors"
	"fmt"

	"fixlab/lab/goal"
	"fixlab/lab/script"
)

// AnySeed is that of an incident where no learner has one of her own.
const AnySeed = "1"

// Judge says of every part of the i-th goal of s whether it holds of a. seed is that of the
// learner's incident.
func Judge(s *script.Scenario, i int, a goal.Answer, seed string) (goal.Verdict, error) {
	return goal.Judge(&s.Course.Goals[i], a, Ground(s, seed))
}

// Answers returns nil if s, a learner's script, solves the challenge that its header names,
// by acting. The error says which part does not hold.
func Answers(s *script.Scenario) error {
	c, i, err := GoalOf(s.Challenge)
	if err != nil {
		return err
	}
	g := &c.Course.Goals[i]
	if key := Otherwise(s, c); key != "" {
		return fmt.Errorf("its header has another %q than the challenge", key)
	}
	if g.May.Kind != script.MayScript {
		return fmt.Errorf("the challenge %s is not answered by a script", s.Challenge)
	}
	on, _, err := script.ParseRow(g.Row())
	if err != nil {
		return err
	}
	return wins(Judge(c, i, goal.Answer{Steps: s.Steps, On: on, Try: 1}, ""))
}

// mistold plays the answers of which a goal says whether they win, and returns where it is
// not so. Whatever it says, doing nothing must not win, and no more must everything on.
func mistold(s *script.Scenario, g *script.Goal, at goal.Ground) (wrong []Mistake) {
	add := func(line int, format string, args ...any) {
		wrong = append(wrong, Mistake{line, fmt.Sprintf(format, args...)})
	}
	a, err := goal.Worked(g, at)
	if err == nil {
		a.Try = 1
		err = wins(goal.Judge(g, a, at))
	}
	if err != nil {
		add(g.Line, "the worked solution does not win: %v", err)
	}
	for _, t := range g.Also {
		if err := wins(try(s, g, t, at)); err != nil {
			add(t.Line, "%s does not win: %v", t, err)
		}
	}
	fails := append([]script.Trial{{Line: g.Line, From: "start", Row: g.Row()}}, g.Fails...)
	if g.May.Kind == script.MaySwitches || g.May.Kind == script.MayOff {
		fails = append(fails, script.Trial{Line: g.Line, Row: script.Everything})
	}
	for _, t := range fails {
		switch v, err := try(s, g, t, at); {
		case err != nil:
			add(t.Line, "%s: %v", t, err)
		case v.Wins():
			add(t.Line, "%s wins as well", t)
		}
	}
	return wrong
}

// try judges a trial of g, a goal of s.
func try(s *script.Scenario, g *script.Goal, t script.Trial, at goal.Ground) (goal.Verdict, error) {
	if t.From == "only" {
		bare := *s
		bare.On = 0
		at = Ground(&bare, "")
	}
	return goal.Try(g, t, at)
}

// wins returns nil if v wins, and what does not hold if not.
func wins(v goal.Verdict, err error) error {
	for _, p := range v.Fails() {
		err = errors.Join(err, errors.New(missed(p)))
	}
	return err
}

// missed says of a part that does not hold what it is about, and at which step.
func missed(p goal.Part) string {
	text := [...]string{"not granted", "a key of the server's is typed out", "too many tries", "pointed at the wrong thing", "a claim judged wrongly", "a run that does not show it", "", "can be left out"}[p.Kind]
	if p.Kind == goal.Needed {
		text = fmt.Sprintf("%q does not hold", p.Term)
	}
	if p.Off != 0 {
		text += ": " + p.Off.String()
	}
	if p.Run != "" {
		text += " in " + p.Run
	}
	if p.Frame >= 0 {
		text += fmt.Sprintf(" (step %d)", p.Frame+1)
	}
	return text
}

// Otherwise returns the key of the header by which s, a learner's script, is played otherwise
// than the challenge c; "" when it is played alike.
func Otherwise(s, c *script.Scenario) string {
	switch {
	case s.Profile != c.Profile:
		return "profile"
	case s.Seed != c.Seed:
		return "seed"
	case s.On != c.On:
		return "on"
	case s.Browser != c.Browser:
		return "browser"
	}
	return ""
}
