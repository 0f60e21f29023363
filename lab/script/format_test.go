package script

import (
	"fmt"
	"strings"
)

// format returns the text that Parse reads back as s, but for the lines' numbers.
func format(s *Scenario) string {
	var b strings.Builder
	b.WriteString(s.Source())
	if len(s.Wants) > 0 {
		b.WriteString("\n-- want --\n")
		for _, w := range s.Wants {
			b.WriteString(strings.TrimSpace(fmt.Sprintf("%s %s %s", w.Row(), w.Outcome, w.Key)) + "\n")
		}
	}
	if s.Course != nil {
		b.WriteString(formatCourse(s.Course))
	}
	if s.Story != "" {
		fmt.Fprintf(&b, "\n-- story.md --\n%s\n", s.Story)
	}
	return b.String()
}

func formatCourse(c *Course) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, value)
		}
	}
	b.WriteString("\n-- card --\n")
	line("goal", c.Goal)
	line("minutes", fmt.Sprint(c.Minutes))
	line("take", c.Take)
	for _, t := range c.Terms {
		line("term", t)
	}
	for _, bet := range c.Bets {
		b.WriteString("\n-- bet --\n")
		line("ask", bet.Ask)
		line("run", bet.Run)
		for _, o := range bet.Options {
			line("option", o.Text+" | "+o.Holds.String())
		}
		if bet.Where != nil {
			line("where", bet.Where.String())
		}
	}
	for _, a := range c.Asks {
		b.WriteString("\n-- ask --\n")
		line("ask", a.Ask)
		line("run", a.Run)
		line("point", a.Point.String())
		line("right", a.Right)
		for _, w := range a.Wrong {
			line("wrong "+w.Thing.String(), w.Text)
		}
		line("wrong", a.Else)
	}
	for _, s := range c.Stops {
		b.WriteString("\n-- stop --\n")
		line("ask", s.Ask)
		line("run", s.Run)
		for _, card := range s.Cards {
			line("card", card.Row+" | "+card.Title+" | "+card.Does)
			line("why "+string(card.Ends), card.Why)
		}
	}
	for i := range c.Goals {
		b.WriteString("\n-- goal --\n")
		formatGoal(line, &c.Goals[i])
	}
	for _, s := range c.Scripts {
		fmt.Fprintf(&b, "\n-- script %s --\n", s.Name)
		formatSteps(&b, s.Steps)
	}
	if n := c.Notes; n.Goal != "" {
		b.WriteString("\n-- notes --\n")
		line("goal", n.Goal)
		line("believe", n.Believe)
		line("say", n.Say)
		line("ask", n.Ask)
		line("expect", n.Expect)
		line("minutes", fmt.Sprint(n.Minutes))
		line("trap", n.Trap)
	}
	return b.String()
}

func formatSteps(b *strings.Builder, steps []Step) {
	for _, step := range steps {
		b.WriteString("\n")
		if step.Caption != "" {
			fmt.Fprintf(b, "# %s\n", step.Caption)
		}
		b.WriteString(step.String() + "\n")
	}
}

func formatGoal(line func(key, value string), g *Goal) {
	line("say", g.Say)
	line("may", g.May.String())
	line("start", g.Start)
	if g.Tries > 0 {
		line("tries", fmt.Sprint(g.Tries))
	}
	for _, suite := range g.Suites {
		line("suite", suite)
	}
	line("need", g.Need.String())
	line("minimal", g.Minimal)
	for _, hint := range g.Hints {
		line("hint", hint)
	}
	joined := func(steps []Step) string {
		var lines []string
		for _, step := range steps {
			lines = append(lines, step.String())
		}
		return strings.Join(lines, " | ")
	}
	for _, h := range g.Habits {
		line("habit", h.Name+" | "+joined(h.Steps))
	}
	line("sent", joined(g.Sent))
	for _, p := range g.Patches {
		line("patch", p.Name+" = "+p.Row+" : "+p.Text)
	}
	for _, c := range g.Claims {
		line("claim", c.Text+" | "+c.Row+" | "+c.Holds.String())
	}
	line("script", g.Script)
	line("solve", g.Solve)
	trials := func(key string, all []Trial) {
		for _, t := range all {
			line(key, t.String())
		}
	}
	trials("also", g.Also)
	trials("fails", g.Fails)
	line("why", g.Why)
}
