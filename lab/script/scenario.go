package script

import (
	"cmp"
	"slices"
	"strings"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
)

// A Scenario is a lesson: who does what, and how it must end.
type Scenario struct {
	Name      string // the file's name without ".txt"
	Text      string `json:"-"` // the file's
	Title     string
	Seed      string
	On        defence.Set `json:",omitempty"` // the switches of the lesson's own server: see Fixed
	Challenge string      `json:",omitempty"` // the challenge that a learner's script answers, and after a slash which goal of several, from 1
	Grants    []string    `json:",omitempty"` // the names of Capabilities that Mallory has; nil for all
	Setup
	Steps  []Step // as they are played
	Script []Step // as they are written, when the route, the source or the visit is left open; else nil
	Wants  []Want
	Story  string  // Markdown
	Course *Course `json:"-"` // what a learner is asked; nil without a card. No run hangs on it
}

// A Setup is what a learner can choose besides the switches.
type Setup struct {
	Profile string       // the server
	Route   string       // the fragment that stands for "mallory route": how the value gets into alice's browser
	Token   string       // the fragment that stands for "mallory token": where Mallory has the value from
	Visited bool         // "alice visit" opens the shop: she has been there before
	Browser cookie.Rules // whose rules both browsers follow
}

// A Step is one line of the script.
type Step struct {
	File    string // "" in the scenario's own file, else the fragment's, such as "routes/xss"
	Line    int    // in the file, from 1
	Caption string // the comment above it
	Who     string // "mallory", "alice" or "server"
	At      string // the browser she sits at, if not her own
	Verb    string
	Args    []string
	Second  bool // it is about the second of two session cookies: see Fragment.Each
}

// A Want is one row of the want table: how the run under On must end, played as
// With says.
type Want struct {
	Line    int
	On      defence.Set
	With    string // words of a setup, as "network+visited"
	Outcome event.Outcome
	Key     string // the session key, a $variable that holds the cookie around it, or * for any; "" when there is none
}

// A Fragment is the part of an attack that can be exchanged: a route or a
// source of the value.
type Fragment struct {
	Name  string // as scenarios and links call it
	Title string
	Needs []string // what Mallory must have for it
	Does  string   // one sentence
	Token string   // a route's own source of the value; "" when any will do
	Each  bool     // it carries one cookie: where the session is in two, it is gone once for each
	Steps []Step
}

// Opens reports whether the script leaves verb to the setup: "route", "token"
// or "visit".
func (s *Scenario) Opens(verb string) bool {
	return slices.ContainsFunc(s.Script, func(step Step) bool { return step.Verb == verb })
}

// Fill returns s played by route and token: their steps stand where the script
// says "mallory route" and "mallory token", and "alice visit" is a visit to the
// shop or nothing. A nil Fragment has no steps. $way in a route is the way in that
// alice takes after it.
func (s *Scenario) Fill(route, token *Fragment) *Scenario {
	filled := *s
	if s.Script == nil {
		return &filled
	}
	filled.Steps = nil
	for i, step := range s.Script {
		switch step.Verb {
		case "route":
			way := cmp.Or(wayIn(s.Script[i+1:]), "/")
			filled.Steps = append(filled.Steps, route.steps(way)...)
			if p, ok := server.ByID(s.Profile); ok && p.Beside != "" && route != nil && route.Each {
				filled.Steps = append(filled.Steps, second(route.steps(way))...)
			}
		case "token":
			filled.Steps = append(filled.Steps, token.steps("/")...)
		case "visit":
			if s.Visited {
				step.Verb, step.Args = "get", []string{"/"}
				filled.Steps = append(filled.Steps, step)
			}
		default:
			filled.Steps = append(filled.Steps, step)
		}
	}
	return &filled
}

// steps returns the steps of f, where $way is a path of the shop.
func (f *Fragment) steps(way string) []Step {
	if f == nil {
		return nil
	}
	steps := slices.Clone(f.Steps)
	for i, step := range steps {
		steps[i].Args = slices.Clone(step.Args)
		for k, arg := range step.Args {
			steps[i].Args[k] = strings.ReplaceAll(arg, "$way", way)
		}
	}
	return steps
}

// second returns steps, which it changes, as they are done for the second cookie.
func second(steps []Step) []Step {
	for i := range steps {
		steps[i].Second = true
	}
	steps[0].Caption = "This server's session is in two cookies. The same once more, for the second."
	return steps
}

// WayIn returns the path of the form by which alice first comes into her account,
// that of the login where the script does not tell.
func (s *Scenario) WayIn() string { return cmp.Or(wayIn(s.Steps), server.Ways[0]) }

// wayIn returns the path of the form by which alice first comes into her account
// in those steps: she posts it, or opens its page and submits that. It is "" when
// she does neither.
func wayIn(steps []Step) string {
	shown := "" // the form that she sees
	for _, step := range steps {
		if step.Who != "alice" || len(step.Args) == 0 && step.Verb != "submit" {
			continue
		}
		path := ""
		if len(step.Args) > 0 {
			path, _, _ = strings.Cut(strings.TrimPrefix(step.Args[0], "https://"+event.ShopHost), "?")
		}
		if !slices.Contains(server.Ways, path) {
			path = ""
		}
		switch step.Verb {
		case "get", "click":
			shown = path
		case "post":
			if shown = ""; path != "" {
				return path
			}
		case "submit":
			if shown != "" {
				return shown
			}
		}
	}
	return ""
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
