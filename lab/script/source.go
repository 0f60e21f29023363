package script

import (
	"cmp"
	"fmt"
	"strings"

	"fixlab/lab/cookie"
)

// Source returns the head and the steps of s as a scenario file has them: Parse reads
// them back.
func (s *Scenario) Source() string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nprofile: %s\n", s.Title, s.Profile)
	for _, line := range []struct{ key, value string }{{"seed", s.Seed}, {"route", s.Route}, {"token", s.Token}} {
		if line.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", line.key, line.value)
		}
	}
	if s.On != 0 {
		fmt.Fprintf(&b, "on: %s\n", s.On)
	}
	if s.Visited {
		b.WriteString("jar: visited\n")
	}
	if s.Browser != cookie.Chromium {
		fmt.Fprintf(&b, "browser: %s\n", Browsers[s.Browser])
	}
	if s.Challenge != "" {
		fmt.Fprintf(&b, "challenge: %s\n", s.Challenge)
	}
	if s.Grants != nil {
		fmt.Fprintf(&b, "grants: %s\n", cmp.Or(strings.Join(s.Grants, " "), "nothing"))
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
	return b.String()
}
