package page

import "strconv"

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
