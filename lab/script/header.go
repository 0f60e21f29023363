package script

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/near"
	"fixlab/lab/server"
)

// A Key is one line that the header of a scenario file may have, once.
type Key struct {
	Name string
	Args string // its value, as a usage line has it
	Does string // as a clause without a subject
	set  func(s *Scenario, value string) error
}

// Keys are all there are.
var Keys = []Key{
	{"title", "TEXT", "names the scenario; every file has one", func(s *Scenario, value string) error { s.Title = value; return nil }},
	{"profile", "PROFILE", "chooses the server; every file has one", setProfile},
	{"seed", "TEXT", "seeds the dice; another seed gives other keys", func(s *Scenario, value string) error { s.Seed = value; return nil }},
	{"route", "ROUTE", "is what \"mallory route\" stands for", func(s *Scenario, value string) error { s.Route = value; return nil }},
	{"token", "SOURCE", "is what \"mallory token\" stands for", func(s *Scenario, value string) error { s.Token = value; return nil }},
	{"jar", "fresh|visited", "says whether alice has been to the shop before, which \"alice visit\" asks for", setJar},
	{"on", "SWITCHES", "are switches of this server: on in every run, and not the learner's to throw", setOn},
	{"grants", "CAPABILITY … | nothing", "are what Mallory can do besides what anybody can; without it, everything", setGrants},
	{"challenge", "NAME[/N]", "names the challenge that this script answers, and which part of it", func(s *Scenario, value string) error { s.Challenge = value; return nil }},
	{"browser", strings.Join(Browsers, "|"), "says whose rules both browsers follow", setBrowser},
}

// Browsers are the names of the browsers, in the order of cookie.Rules.
var Browsers = []string{"chromium", "draft", "tomorrow", "firefox"}

func keyNames() (names []string) {
	for _, k := range Keys {
		names = append(names, k.Name)
	}
	return names
}

func setProfile(s *Scenario, value string) error {
	if _, ok := server.ByID(value); !ok {
		return fmt.Errorf("unknown profile %q%s", value, near.Choices(value, server.IDs()))
	}
	s.Profile = value
	return nil
}

func setOn(s *Scenario, value string) (err error) {
	s.On, err = defence.Parse(value)
	return err
}

func setJar(s *Scenario, value string) error {
	if value != "fresh" && value != "visited" {
		return fmt.Errorf("a jar is fresh or visited, not %q", value)
	}
	s.Visited = value == "visited"
	return nil
}

func setBrowser(s *Scenario, value string) error {
	i := slices.Index(Browsers, value)
	if i < 0 {
		return fmt.Errorf("unknown browser %q%s", value, near.Choices(value, Browsers))
	}
	s.Browser = cookie.Rules(i)
	return nil
}
