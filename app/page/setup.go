package page

import (
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

func (r SetRoute) apply(m Model) Model {
	return m.arrange(func(s *script.Setup) { s.Route = string(r) })
}

func (p SetServer) apply(m Model) Model {
	if _, ok := server.ByID(string(p)); !ok {
		return m
	}
	return m.arrange(func(s *script.Setup) { s.Profile = string(p) })
}

func (t SetToken) apply(m Model) Model {
	return m.arrange(func(s *script.Setup) { s.Token = string(t) })
}

func (v SetJar) apply(m Model) Model {
	return m.arrange(func(s *script.Setup) { s.Visited = bool(v) })
}

func (r SetRules) apply(m Model) Model {
	if r < 0 || int(r) >= len(script.Browsers) {
		return m
	}
	return m.arrange(func(s *script.Setup) { s.Browser = cookie.Rules(r) })
}

// arrange plays the lesson again with another setup. What the lesson does not
// leave open stays as it is.
func (m Model) arrange(change func(*script.Setup)) Model {
	setup := m.Scenario.Setup
	change(&setup)
	s, err := scenarios.Arrange(m.Scenario, setup)
	if err != nil {
		m.Notice, m.Undo = "This cannot be played: "+err.Error()+".", false
		return m
	}
	return m.play(s, m.Defences)
}

// corresponding returns the step of t that stands where old, the step with that
// index, stood in another run of the lesson: the same line of the same file; or,
// since another route has lines of its own, the first of that route; or the same
// place in order; or where the verdict points.
func corresponding(old script.Step, t *lab.Trace, index int) int {
	find := func(same func(script.Step) bool) int {
		return slices.IndexFunc(t.Frames, func(f lab.Frame) bool { return same(f.Step) })
	}
	if i := find(func(s script.Step) bool { return s.File == old.File && s.Line == old.Line }); i >= 0 {
		return i
	}
	if folder, _, ok := strings.Cut(old.File, "/"); ok {
		if i := find(func(s script.Step) bool { return strings.HasPrefix(s.File, folder+"/") }); i >= 0 {
			return i
		}
	}
	if index < len(t.Frames) {
		return index
	}
	return t.Verdict.Frame
}
