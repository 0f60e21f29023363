package page

import "strconv"

// Inputs returns the fields with their values: what a person's hand has moved is
// the browser's, and a link, a key or a button may change it.
func (m Model) Inputs() []Input {
	p := PageOf(m.Page)
	switch {
	case p == nil:
		own := []Input{
			{"slider", strconv.Itoa(m.Step + 1)},
			{"speed", strconv.Itoa(int(m.View.Speed))},
			{"pick-lesson", m.picked()},
			{"pick-server", m.Scenario.Profile},
			{"pick-route", m.Scenario.Route},
			{"pick-token", ShownToken(m.Scenario)},
			{"pick-browser", strconv.Itoa(int(m.Scenario.Browser))},
		}
		return append(own, m.handInputs()...)
	case p.inputs != nil:
		return p.inputs(m)
	}
	return nil
}

// compareInputs are always the same: to pick a switch is to flip it, and nothing
// stays picked.
func compareInputs(Model) []Input { return []Input{{"flip-left", NoSwitch}, {"flip-right", NoSwitch}} }

func (e Exploration) inputs() []Input {
	jar := "fresh"
	if e.Setup.Visited {
		jar = "visited"
	}
	return []Input{
		{"explore-server", e.Setup.Profile},
		{"explore-token", e.Setup.Token},
		{"explore-jar", jar},
		{"explore-mode", strconv.Itoa(int(e.Mode))},
	}
}

// NoSwitch is the value of the lists of switches while none is being picked.
const NoSwitch = "none"

// picked is the value of the list of lessons: a lesson, a script, or a challenge.
func (m Model) picked() string {
	if m.Task.On() {
		return "goal:" + m.Task.ID()
	}
	return m.Scenario.Name
}
