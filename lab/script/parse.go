package script

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/near"
)

// Parse reads a scenario file: header lines, then steps, then sections. name
// is the file's name without ".txt". Every error begins with the file and the
// line, such as "flask-oracle.txt:12: ".
func Parse(name, text string) (*Scenario, error) {
	if len(text) > 256<<10 {
		return nil, fmt.Errorf("%s.txt:1: %d bytes; a scenario has at most 256 KiB", name, len(text))
	}
	p := parser{s: &Scenario{Name: name}, read: (*parser).header, key: (*parser).scenarioKey, end: (*parser).finish}
	p.into = &p.s.Steps
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
	p.into = &p.s.Steps
	if err := p.parse(text); err != nil {
		return nil, fmt.Errorf("%s/%s.txt:%d: %w", folder, name, p.line, err)
	}
	f.Steps = p.s.Steps
	return f, nil
}

// ParseSteps reads steps as a scenario file has them, and nothing else. Errors are those of
// Parse.
func ParseSteps(name, text string) ([]Step, error) {
	p := parser{s: &Scenario{}, f: &Fragment{}, read: (*parser).steps, end: func(*parser) error { return nil }}
	p.into = &p.s.Steps
	if err := p.parse(text); err != nil {
		return nil, fmt.Errorf("%s.txt:%d: %w", name, p.line, err)
	}
	return p.s.Steps, nil
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
	begun   bool    // the header
	seen    uint    // bit i: the header has given Keys[i]
	into    *[]Step // where steps go: the scenario's, or those of a script of its course
	caption []string
	story   []string
	course  Course
	carded  bool            // there is a section "card"
	opened  *Section        // of the course, the last one
	begins  int             // its line
	given   map[string]bool // the keys it has
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
	i := slices.IndexFunc(Keys, func(k Key) bool { return k.Name == key })
	if i < 0 {
		return fmt.Errorf("unknown key %q%s", key, near.Choices(key, keyNames()))
	}
	if p.seen&(1<<i) != 0 {
		return fmt.Errorf("a second %q", key)
	}
	p.seen |= 1 << i
	return Keys[i].set(p.s, value)
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
	case "each":
		if p.f.Each = value == "cookie"; !p.f.Each {
			return fmt.Errorf("a route is gone once for each cookie, not for each %q", value)
		}
		return nil
	}
	return fmt.Errorf("unknown key %q%s", key, near.Choices(key, []string{"title", "does", "needs", "token", "each"}))
}

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
	if strings.TrimSpace(line) == "" {
		return nil
	}
	step, err := parseStep(line)
	if err != nil {
		return err
	}
	step.File, step.Line, step.Caption = p.file, p.line, strings.Join(p.caption, " ")
	p.caption = nil
	*p.into = append(*p.into, step)
	return nil
}

// parseStep reads "who verb arguments".
func parseStep(line string) (Step, error) {
	words := strings.Fields(line)
	if len(words) < 2 {
		return Step{}, fmt.Errorf("want \"who verb …\", got %q", line)
	}
	who, at, _ := strings.Cut(words[0], "@")
	step := Step{Who: who, At: at, Verb: words[1], Args: words[2:]}
	if len(step.Args) == 0 {
		step.Args = nil
	}
	return step, step.check(words[0])
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
	w := Want{Line: p.line}
	var err error
	if w.On, w.With, err = ParseRow(words[0]); err != nil {
		return err
	}
	for _, old := range p.s.Wants {
		if old.Row() == w.Row() {
			return fmt.Errorf("a second row for %s; the first is on line %d", w.Row(), old.Line)
		}
	}
	if w.Outcome, err = outcome(words[1]); err != nil {
		return err
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
	if err := p.close(); err != nil {
		return err
	}
	p.s.Story = strings.TrimSpace(strings.Join(p.story, "\n"))
	switch {
	case p.s.Title == "":
		return fmt.Errorf("the header has no title")
	case p.s.Profile == "":
		return fmt.Errorf("the header has no profile")
	case len(p.s.Steps) == 0:
		return fmt.Errorf("no steps")
	}
	if slices.ContainsFunc(p.s.Steps, func(step Step) bool { v, _ := verb(step.Verb); return v.Open }) {
		p.s.Script = p.s.Steps
	}
	if err := p.complete(); err != nil {
		return err
	}
	return p.free()
}
