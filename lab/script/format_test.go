package script

import (
	"fmt"
	"strings"

	"fixlab/lab/cookie"
)

// format returns the text that Parse reads back as s, but for the lines' numbers.
func format(s *Scenario) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nprofile: %s\n", s.Title, s.Profile)
	for _, line := range []struct{ key, value string }{{"seed", s.Seed}, {"route", s.Route}, {"token", s.Token}} {
		if line.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", line.key, line.value)
		}
	}
	if s.Visited {
		b.WriteString("jar: visited\n")
	}
	if s.Browser != cookie.Chromium {
		fmt.Fprintf(&b, "browser: %s\n", Browsers[s.Browser])
	}
	steps := s.Steps
	if s.Script != nil {
		steps = s.Script
	}
	for _, step := range steps {
		b.WriteString("\n")
		if step.Caption != "" {
			fmt.Fprintf(&b, "# %s\n", step.Caption)
		}
		b.WriteString(step.String() + "\n")
	}
	if len(s.Wants) > 0 {
		b.WriteString("\n-- want --\n")
		for _, w := range s.Wants {
			b.WriteString(strings.TrimSpace(fmt.Sprintf("%s %s %s", w.Row(), w.Outcome, w.Key)) + "\n")
		}
	}
	if s.Story != "" {
		fmt.Fprintf(&b, "\n-- story.md --\n%s\n", s.Story)
	}
	return b.String()
}
