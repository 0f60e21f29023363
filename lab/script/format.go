package script

import (
	"cmp"
	"fmt"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
)

// Format returns the text that Parse reads back as s, but for the lines' numbers.
func Format(s *Scenario) string {
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

// Row returns the first column of w.
func (w Want) Row() string { return Row(w.On, w.With) }

// Row writes how a run differs from the lesson as it stands: the switches and,
// after an @, the words of its setup.
func Row(on defence.Set, with string) string {
	if with == "" {
		return on.String()
	}
	return on.String() + "@" + with
}

// ParseRow is the inverse of Row. The error is defence.Parse's; what the words
// mean is for package scenarios to say.
func ParseRow(text string) (on defence.Set, with string, err error) {
	switches, with, _ := strings.Cut(text, "@")
	on, err = defence.Parse(switches)
	return on, with, err
}

// String returns the step as it is written in a scenario file.
func (s Step) String() string {
	who := s.Who
	if s.At != "" {
		who += "@" + s.At
	}
	return strings.Join(append([]string{who, s.Verb}, s.Args...), " ")
}

// Browser returns the name of the browser the step is done at.
func (s Step) Browser() string { return cmp.Or(s.At, s.Who) }
