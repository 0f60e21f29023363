package script

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/near"
	"fixlab/lab/server"
)

// A Verb is something a person can do in a scenario.
type Verb struct {
	Name, Args, Does string
	min, max         int // number of arguments; max -1 is any
}

// Verbs lists every verb, for parsing and for a trainer's help page.
var Verbs = []Verb{
	{"get", "URL", "types a URL; one that begins with / is on shop.example", 1, 1},
	{"post", "URL [NAME=VALUE …]", "submits a form that stands on the same host", 1, -1},
	{"click", "TEXT", "follows the link with that text on the page she sees", 1, -1},
	{"submit", "[NAME=VALUE …]", "submits the form on the page she sees, with these fields filled in", 0, -1},
	{"copy", "NAME", "reads the session cookie's value in the browser's tools and calls it $NAME", 1, 1},
	{"read", "NAME FIELD", "reads the field FIELD of a form on the page she sees, hidden or not, and calls it $NAME", 2, 2},
	{"paste", "COOKIE", "types a cookie for shop.example into the browser's tools", 1, -1},
	{"let", "NAME=VALUE", "gives a value the name $NAME; $$NAME is the value percent-encoded, $cookie the session cookie's name", 1, -1},
	{"serve", "URL HEADER|HTML", "puts a header or a page on blog.shop.example, on evil.test, or, as a network attacker, on any http host; \"repeat N TEXT\" writes TEXT N times, %d counting", 2, -1},
	{"forget", "", "deletes all cookies", 0, 0},
	{"join", "NAME", "shares the address and the User-Agent of NAME from now on", 1, 1},
	{"script", "COOKIE", "runs document.cookie = \"COOKIE\" on shop.example", 1, -1},
	{"route", "", "stands for the steps of the route that was chosen", 0, 0},
	{"token", "", "stands for the steps of the source of the value that was chosen", 0, 0},
	{"visit", "", "opens the shop if alice has been there before", 0, 0},
	{"deploy", "", "the server's operator deploys; the signing secret changes if rotate-secret is on", 0, 0},
	{"cache", "", "the server's operator puts a cache in front of the front page; it keeps the first answer, cookies and all", 0, 0},
	{"wait", "DURATION", "lets time pass, such as 90s or 336h", 1, 1},
}

// Parse reads a scenario file: header lines, then steps, then sections. name
// is the file's name without ".txt". Every error begins with the file and the
// line, such as "flask-oracle.txt:12: ".
func Parse(name, text string) (*Scenario, error) {
	if len(text) > 256<<10 {
		return nil, fmt.Errorf("%s.txt:1: %d bytes; a scenario has at most 256 KiB", name, len(text))
	}
	p := parser{s: &Scenario{Name: name}, read: (*parser).header, key: (*parser).scenarioKey, end: (*parser).finish}
	if err := p.parse(text); err != nil {
		return nil, fmt.Errorf("%s.txt:%d: %w", name, p.line, err)
	}
	return p.s, nil
}

// ParseFragment reads a route's or a token's file: header lines, then steps.
// folder is the one it lies in, as "routes".
func ParseFragment(folder, name, text string) (*Fragment, error) {
	f := &Fragment{Name: name}
	p := parser{s: &Scenario{}, f: f, file: folder + "/" + name, read: (*parser).header, key: (*parser).fragmentKey, end: (*parser).finishFragment}
	if err := p.parse(text); err != nil {
		return nil, fmt.Errorf("%s/%s.txt:%d: %w", folder, name, p.line, err)
	}
	f.Steps = p.s.Steps
	return f, nil
}

func (p *parser) parse(text string) error {
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		p.line = i + 1
		if at := strings.IndexFunc(strings.TrimSuffix(line, "\r"), func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }); at >= 0 {
			return fmt.Errorf("a control character, %q", line[at])
		}
		if err := p.read(p, strings.TrimSuffix(line, "\r")); err != nil {
			return err
		}
	}
	return p.end(p)
}

// A parser reads line after line; read is the part of the file it is in.
type parser struct {
	s       *Scenario
	f       *Fragment
	file    string // see Step.File
	line    int
	begun   bool // the header
	caption []string
	story   []string
	read    func(*parser, string) error
	key     func(p *parser, key, value string) error // one line of the header
	end     func(*parser) error
}

func (p *parser) header(line string) error {
	if strings.TrimSpace(line) == "" {
		if !p.begun {
			return nil // blank lines before the header
		}
		p.read = (*parser).steps
		return nil
	}
	key, value, ok := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	if !ok || value == "" {
		return fmt.Errorf("want \"key: value\" in the header, got %q", line)
	}
	p.begun = true
	return p.key(p, key, value)
}

func (p *parser) scenarioKey(key, value string) error {
	switch key {
	case "title":
		return once(&p.s.Title, key, value)
	case "profile":
		if _, ok := server.ByID(value); !ok {
			return fmt.Errorf("unknown profile %q%s", value, near.Hint(value, server.IDs()))
		}
		return once(&p.s.Profile, key, value)
	case "seed":
		return once(&p.s.Seed, key, value)
	case "route":
		return once(&p.s.Route, key, value)
	case "token":
		return once(&p.s.Token, key, value)
	case "jar":
		if value != "fresh" && value != "visited" {
			return fmt.Errorf("a jar is fresh or visited, not %q", value)
		}
		p.s.Visited = value == "visited"
		return nil
	case "browser":
		i := slices.Index(Browsers, value)
		if i < 0 {
			return fmt.Errorf("unknown browser %q%s", value, near.Hint(value, Browsers))
		}
		p.s.Browser = cookie.Rules(i)
		return nil
	}
	return fmt.Errorf("unknown key %q%s", key, near.Hint(key, []string{"title", "profile", "seed", "route", "token", "jar", "browser"}))
}

func (p *parser) fragmentKey(key, value string) error {
	switch key {
	case "title":
		return once(&p.f.Title, key, value)
	case "does":
		return once(&p.f.Does, key, value)
	case "token":
		return once(&p.f.Token, key, value)
	case "needs":
		p.f.Needs = strings.Fields(value)
		return nil
	}
	return fmt.Errorf("unknown key %q%s", key, near.Hint(key, []string{"title", "does", "needs", "token"}))
}

// Browsers are the names of the browsers, in the order of cookie.Rules.
var Browsers = []string{"chromium", "draft", "tomorrow"}

// once sets a header's field that may be given one time.
func once(field *string, key, value string) error {
	if *field != "" {
		return fmt.Errorf("a second %q", key)
	}
	*field = value
	return nil
}

func (p *parser) steps(line string) error {
	if isSection(line) && p.f == nil {
		return p.open(line)
	}
	if c, ok := strings.CutPrefix(line, "#"); ok {
		if c = strings.Join(strings.Fields(c), " "); c != "" {
			p.caption = append(p.caption, c)
		}
		return nil
	}
	words := strings.Fields(line)
	if len(words) == 0 {
		return nil
	}
	if len(words) < 2 {
		return fmt.Errorf("want \"who verb …\", got %q", line)
	}
	who, at, _ := strings.Cut(words[0], "@")
	step := Step{File: p.file, Line: p.line, Caption: strings.Join(p.caption, " "), Who: who, At: at, Verb: words[1], Args: words[2:]}
	if len(step.Args) == 0 {
		step.Args = nil
	}
	p.caption = nil
	if err := step.check(words[0]); err != nil {
		return err
	}
	p.s.Steps = append(p.s.Steps, step)
	return nil
}

// check reports what is wrong with a step that can be seen before it is played.
func (s Step) check(who string) error {
	people := []string{"mallory", "alice", "server"}
	known := false
	for _, name := range people {
		known = known || s.Who == name
	}
	at := s.At == "" && !strings.Contains(who, "@") || s.Who != "server" && (s.At == "mallory" || s.At == "alice")
	if !known || !at {
		return fmt.Errorf("unknown actor %q%s (want mallory, alice or server; mallory@alice sits at alice's browser)", who, near.Hint(who, people))
	}
	var names []string
	for _, v := range Verbs {
		names = append(names, v.Name)
		if v.Name != s.Verb {
			continue
		}
		if n := len(s.Args); n < v.min || v.max >= 0 && n > v.max {
			return fmt.Errorf("%q takes %s", s.Verb, cmp.Or(v.Args, "nothing"))
		}
		if (s.Verb == "deploy" || s.Verb == "cache") != (s.Who == "server") ||
			(s.Verb == "serve" || s.Verb == "route" || s.Verb == "token") && s.Who != "mallory" || s.Verb == "visit" && s.Who != "alice" {
			return fmt.Errorf("%q is not something %s does", s.Verb, s.Who)
		}
		switch s.Verb {
		case "wait":
			if d, err := time.ParseDuration(s.Args[0]); err != nil || d < 0 || d > 10*365*24*time.Hour {
				return fmt.Errorf("%q is not a duration from 0s to ten years, such as 90s or 336h", s.Args[0])
			}
		case "let":
			if name, _, ok := strings.Cut(s.Args[0], "="); !ok || !IsName(name) || reserved(name) {
				return fmt.Errorf("want NAME=VALUE, got %q", s.Args[0])
			}
		case "copy", "read":
			if !IsName(s.Args[0]) || reserved(s.Args[0]) {
				return fmt.Errorf("%q is not a name: want letters and digits", s.Args[0])
			}
		case "join":
			if s.Args[0] != "alice" && s.Args[0] != "mallory" {
				return fmt.Errorf("nobody is called %q: want alice or mallory", s.Args[0])
			}
		case "post":
			return areFields(s.Args[1:])
		case "submit":
			return areFields(s.Args)
		}
		return nil
	}
	return fmt.Errorf("unknown verb %q%s", s.Verb, near.Hint(s.Verb, names))
}

func areFields(args []string) error {
	for _, field := range args {
		if !strings.Contains(field, "=") {
			return fmt.Errorf("want NAME=VALUE, got %q", field)
		}
	}
	return nil
}

func (p *parser) wants(line string) error {
	if isSection(line) {
		return p.open(line)
	}
	line, _, _ = strings.Cut(line, "#")
	words := strings.Fields(line)
	switch {
	case len(words) == 0:
		return nil
	case len(words) < 2 || len(words) > 3:
		return fmt.Errorf("want \"defences outcome [key]\", got %q", line)
	}
	w := Want{Line: p.line, Outcome: event.Outcome(words[1])}
	var err error
	if w.On, w.With, err = ParseRow(words[0]); err != nil {
		return err
	}
	for _, old := range p.s.Wants {
		if old.Row() == w.Row() {
			return fmt.Errorf("a second row for %s; the first is on line %d", w.Row(), old.Line)
		}
	}
	if !slices.Contains(event.Outcomes, w.Outcome) {
		var names []string
		for _, o := range event.Outcomes {
			names = append(names, string(o))
		}
		return fmt.Errorf("unknown outcome %q%s", words[1], near.Hint(words[1], names))
	}
	if len(words) == 3 {
		w.Key = words[2]
	}
	p.s.Wants = append(p.s.Wants, w)
	return nil
}

func (p *parser) storyText(line string) error {
	if isSection(line) {
		return p.open(line)
	}
	p.story = append(p.story, line)
	return nil
}

func isSection(line string) bool {
	return strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --")
}

func (p *parser) open(line string) error {
	switch name := strings.TrimSuffix(strings.TrimPrefix(line, "-- "), " --"); name {
	case "want":
		p.read = (*parser).wants
	case "story.md":
		p.read = (*parser).storyText
	default:
		return fmt.Errorf("unknown section %q%s: want \"want\" or \"story.md\"", name, near.Hint(name, []string{"want", "story.md"}))
	}
	return nil
}

func (p *parser) finishFragment() error {
	switch {
	case p.f.Title == "":
		return fmt.Errorf("the header has no title")
	case p.f.Does == "":
		return fmt.Errorf("the header does not say what it does")
	case len(p.s.Steps) == 0:
		return fmt.Errorf("no steps")
	}
	return nil
}

func (p *parser) finish() error {
	p.s.Story = strings.TrimSpace(strings.Join(p.story, "\n"))
	switch {
	case p.s.Title == "":
		return fmt.Errorf("the header has no title")
	case p.s.Profile == "":
		return fmt.Errorf("the header has no profile")
	case len(p.s.Steps) == 0:
		return fmt.Errorf("no steps")
	case len(p.s.Steps) > 100:
		return fmt.Errorf("%d steps; at most 100", len(p.s.Steps))
	}
	open := func(step Step) bool { return step.Verb == "route" || step.Verb == "token" || step.Verb == "visit" }
	if slices.ContainsFunc(p.s.Steps, open) {
		p.s.Script = p.s.Steps
	}
	return nil
}

// Format returns the text that Parse reads back as s, but for the lines' numbers.
func Format(s *Scenario) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nprofile: %s\n", s.Title, s.Profile)
	for _, line := range []struct{ key, value string }{{"seed", s.Seed}, {"route", s.Route}, {"token", s.Token}} {
		if line.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", line.key, line.value)
		}
	}
	if s.Visited {
		b.WriteString("jar: visited\n")
	}
	if s.Browser != cookie.Chromium {
		fmt.Fprintf(&b, "browser: %s\n", Browsers[s.Browser])
	}
	steps := s.Steps
	if s.Script != nil {
		steps = s.Script
	}
	for _, step := range steps {
		b.WriteString("\n")
		if step.Caption != "" {
			fmt.Fprintf(&b, "# %s\n", step.Caption)
		}
		b.WriteString(step.String() + "\n")
	}
	if len(s.Wants) > 0 {
		b.WriteString("\n-- want --\n")
		for _, w := range s.Wants {
			b.WriteString(strings.TrimSpace(fmt.Sprintf("%s %s %s", w.Row(), w.Outcome, w.Key)) + "\n")
		}
	}
	if s.Story != "" {
		fmt.Fprintf(&b, "\n-- story.md --\n%s\n", s.Story)
	}
	return b.String()
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

// reserved reports whether a variable of that name is given.
func reserved(name string) bool { return name == "cookie" || name == "nbsp" }

func IsName(s string) bool {
	for _, c := range s {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_') {
			return false
		}
	}
	return s != ""
}
