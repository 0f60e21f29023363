package page

import (
	"slices"
	"strings"

	"fixlab/lab/script"
)

// notGranted returns the first of some lines that the challenge does not grant, "" for none.
func (m Model) notGranted(lines []string) string {
	if !m.Task.ByScript() {
		return ""
	}
	for _, line := range lines {
		if steps, err := script.ParseSteps("script", line); err == nil && len(steps) == 1 && !m.Task.Goal().May.Grants(steps[0]) {
			return line
		}
	}
	return ""
}

// maySit reports whether Mallory may sit at Alice's browser.
func (m Model) maySit() bool { return !slices.Contains(m.Bars(), "device") }

// granted returns the capabilities that those steps need: what a lesson grants.
func granted(steps []script.Step) []string {
	out := []string{}
	for _, c := range script.Capabilities {
		if slices.ContainsFunc(steps, func(s script.Step) bool { return slices.Contains(s.Needs(), c.Name) }) {
			out = append(out, c.Name)
		}
	}
	return out
}

// Denied are the verbs that the challenge does not grant whoever sits at a browser.
func (m Model) Denied(browser string) (verbs []string) {
	if !m.Task.ByScript() {
		return nil
	}
	who, at, _ := strings.Cut(m.Hand.sitter(browser), "@")
	for _, v := range script.Verbs {
		if !m.Task.Goal().May.Grants(script.Step{Who: who, At: at, Verb: v.Name}) {
			verbs = append(verbs, v.Name)
		}
	}
	return verbs
}

// Bars returns the capabilities that are not granted for what is shown.
func (m Model) Bars() (names []string) {
	grants := m.Scenario.Grants
	if grants == nil && !m.ByHand() {
		grants = granted(m.Scenario.Steps)
	}
	if grants == nil {
		return nil
	}
	for _, c := range script.Capabilities {
		if !slices.Contains(grants, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}
