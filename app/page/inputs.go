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
	case "compare": // to pick a switch is to flip it: nothing stays picked
		return []Input{{"flip-left", NoSwitch}, {"flip-right", NoSwitch}}
	case "explore":
		jar := "fresh"
		if m.Explore.Setup.Visited {
			jar = "visited"
		}
		return []Input{
			{"explore-server", m.Explore.Setup.Profile},
			{"explore-token", m.Explore.Setup.Token},
			{"explore-jar", jar},
			{"explore-mode", strconv.Itoa(int(m.Explore.Mode))},
		}
	}
	return nil
}

// NoSwitch is the value of the lists of switches while none is being picked.
const NoSwitch = "none"
