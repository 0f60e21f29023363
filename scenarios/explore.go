package scenarios

import (
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// Switches are the defences that the whole space is explored under. The
// mistakes are not among them, nor what only a few servers know.
var Switches = defence.Having(defence.Explored)

// Open is the lesson that leaves the route and the source of the value open.
const Open = "any-route"

// Ways returns s, which leaves the route open, played over every route and
// every source of the value, route after route; a route that brings its own
// source comes once. The rest is as in with.
func Ways(s *script.Scenario, with script.Setup) ([]*script.Scenario, error) {
	var out []*script.Scenario
	for _, route := range Routes {
		for _, token := range Tokens {
			if route.Token != "" && token != Tokens[0] {
				continue
			}
			with.Route, with.Token = route.Name, token.Name
			played, err := Arrange(s, with)
			if err != nil {
				return nil, err
			}
			out = append(out, played)
		}
	}
	return out, nil
}

// Everywhere returns the Ways of s to every server, one after the other.
func Everywhere(s *script.Scenario, with script.Setup) ([]*script.Scenario, error) {
	var out []*script.Scenario
	for _, id := range server.IDs() {
		with.Profile = id
		ways, err := Ways(s, with)
		if err != nil {
			return nil, err
		}
		out = append(out, ways...)
	}
	return out, nil
}

// Honest returns s, which leaves the route open, without an attack: what is
// left is alice at her own browser.
func Honest(s *script.Scenario, with script.Setup) *script.Scenario {
	played := *s
	with.Route, with.Token = "", none.Name
	played.Setup = with
	return played.Fill(nil, none)
}
