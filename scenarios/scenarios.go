// Package scenarios holds the lessons. Each .txt file is one, but for the glossary.
package scenarios

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/near"
	"fixlab/lab/script"
)

//go:embed *.txt routes tokens challenges articles
var files embed.FS

// First is the lesson that the page opens with.
const First = "signed-id-toss"

// A Group is lessons that belong together.
type Group struct {
	Title string
	Names []string
}

// Groups are the lessons in the order for a learner. A lesson that is named in
// none comes after them, in a group of its own.
func Groups() []Group {
	groups := []Group{
		{"The course", []string{
			"signed-is-not-yours", "which-moment", "three-defences", "how-did-it-get-there",
			"two-rotations", "two-rows-one-ghost", "no-row-at-all", "your-framework",
		}},
		{"More lessons", []string{"signed-id-toss", "any-route", "signed-id-shared-computer", "link-plants-nothing"}},
		{"How the cookie gets there", []string{
			"secure-on-an-empty-jar", "httponly-does-not-stop-planting", "host-prefix-and-xss", "samesite-is-for-something-else",
			"first-cookie-wins", "last-cookie-wins", "regenerating-promotes-the-attacker",
		}},
		{"What login does with it", []string{
			"strict-and-a-real-key", "rotated-but-alive", "forgotten-single-sign-on", "forgotten-sign-up", "no-session-before-login",
			"cycle-or-flush", "csrf-token-survives-login", "what-a-defence-costs", "a-deploy-in-between", "a-new-secret-and-a-new-trap", "bound-to-an-address", "bound-in-the-same-cafe",
		}},
		{"What login cannot help", []string{"trapped-in-mallorys-account", "logged-in-by-a-form", "logout-keeps-the-record"}},
		{"The two articles", []string{"django-planted-key", "django-nothing-to-rotate", "flush-after-login", "flask-oracle", "flask-default-id"}},
		{"Real ones", []string{
			"cve-2022-25896", "cve-2023-29019", "cve-2024-28197", "cve-2024-38513", "cve-2022-24895",
			"cve-2023-46733", "cve-2022-35943", "cve-2020-5205", "cve-2026-30224", "cve-2025-47278",
		}},
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("scenarios: the embedded files: " + err.Error())
	}
	var rest []string
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".txt")
		if ok && name != glossary && !slices.ContainsFunc(groups, func(g Group) bool { return slices.Contains(g.Names, name) }) {
			rest = append(rest, name)
		}
	}
	if rest != nil {
		groups = append(groups, Group{"More", rest})
	}
	return groups
}

// All returns every lesson, the first one first. The error names the file and
// the line.
func All() ([]*script.Scenario, error) {
	var out []*script.Scenario
	for _, name := range Names() {
		s, err := Get(name)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// Names returns the lessons' names in the order of All.
func Names() []string {
	var names []string
	for _, g := range Groups() {
		names = append(names, g.Names...)
	}
	return names
}

// Get returns the lesson of that name. The error says which names are near,
// or all of them. A scenario that a learner has written is had by its name too: see Own.
func Get(name string) (*script.Scenario, error) {
	if IsOwn(name) {
		text, err := Text(name)
		if err != nil {
			return nil, err
		}
		return own(text, name)
	}
	if IsChallenge(name) {
		return Challenge(name)
	}
	text, err := files.ReadFile(name + ".txt")
	if err != nil || name == glossary {
		return nil, fmt.Errorf("unknown scenario %q%s", name, near.Choices(name, Names()))
	}
	s, err := script.Parse(name, string(text))
	if err != nil {
		return nil, err
	}
	return filled(s)
}

// Parse reads a scenario file as script.Parse does and fills in the route and the
// source of the value that its header names.
func Parse(name, text string) (*script.Scenario, error) {
	s, err := script.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if line, err := named(s, text); err != nil {
		return nil, fmt.Errorf("%s.txt:%d: %w", name, line, err)
	}
	return filled(s)
}

// filled returns s with its own route and source, if its want rows can be played.
func filled(s *script.Scenario) (*script.Scenario, error) {
	full, err := Arrange(s, s.Setup)
	if err != nil {
		return nil, fmt.Errorf("%s.txt:1: %w", s.Name, err)
	}
	for _, w := range s.Wants {
		if _, err := (Play{s.Name, w.On, w.With}).Arrange(s); err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", s.Name, w.Line, err)
		}
	}
	if s.Course == nil {
		return full, nil
	}
	for line, row := range s.Course.Rows {
		on, with, err := ParseRow(row)
		if err == nil {
			_, err = Play{s.Name, on, with}.Arrange(s)
		}
		if err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", s.Name, line, err)
		}
	}
	return full, nil
}

// named returns nil if there are the route and the source that s names, text
// being its file, and if it names those that its steps ask for. The line of an
// error is the header's, or the step's for which the header names nothing.
func named(s *script.Scenario, text string) (line int, err error) {
	for _, x := range []struct {
		verb, name string
		all        []*script.Fragment
	}{{"route", s.Route, Routes}, {"token", s.Token, Tokens}} {
		asks := slices.IndexFunc(s.Script, func(step script.Step) bool { return step.Verb == x.verb })
		switch {
		case find(x.all, x.name) != nil || x.name == "" && asks < 0:
			continue
		case x.name == "":
			return s.Script[asks].Line, unknown(x.verb, x.name, x.all)
		}
		lines := strings.Split(text, "\n")
		at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, x.verb+":") })
		return at + 1, unknown(x.verb, x.name, x.all)
	}
	if s.Challenge != "" {
		if _, _, err := GoalOf(s.Challenge); err != nil {
			at := slices.IndexFunc(strings.Split(text, "\n"), func(line string) bool { return strings.HasPrefix(line, "challenge:") })
			return at + 1, err
		}
	}
	return 0, nil
}
