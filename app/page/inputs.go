package page

import (
	"strconv"

	"fixlab/lab/script"
	"fixlab/scenarios"
)

// An Input is a field of the page as the browser must show it.
type Input struct{ ID, Value string }

// Inputs returns the fields with their values: what a person's hand has moved is
// the browser's, and a link, a key or a button may change it.
func (m Model) Inputs() []Input {
	switch m.Page {
	case "":
		return []Input{
			{"slider", strconv.Itoa(m.Step + 1)},
			{"speed", strconv.Itoa(int(m.View.Speed))},
			{"pick-lesson", m.Scenario.Name},
			{"pick-server", m.Scenario.Profile},
			{"pick-route", m.Scenario.Route},
			{"pick-token", ShownToken(m.Scenario)},
			{"pick-browser", strconv.Itoa(int(m.Scenario.Browser))},
		}
	case "sign":
		return m.Bench.Ready().Inputs()
	}
	return nil
}

// FixedToken returns the name of the source that the route of s brings along, ""
// when any will do.
func FixedToken(s *script.Scenario) string {
	if r := scenarios.Route(s.Route); r != nil && s.Opens("route") {
		return r.Token
	}
	return ""
}

// ShownToken returns the name of the source that the list of sources shows.
func ShownToken(s *script.Scenario) string {
	if fixed := FixedToken(s); TokenNamed(fixed) != nil {
		return fixed
	}
	return s.Token
}

// TokenNamed returns the source of that name, nil if there is none.
func TokenNamed(name string) *script.Fragment {
	for _, f := range scenarios.Tokens {
		if f.Name == name {
			return f
		}
	}
	return nil
}
