package script

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"fixlab/lab/near"
)

// MostBytes is how long a scenario file may be.
const MostBytes = 256 << 10

// Parse reads a scenario file: header lines, then steps, then sections. name
// is the file's name without ".txt". Every error begins with the file and the
// line, such as "flask-oracle.txt:12: ".
func Parse(name, text string) (*Scenario, error) {
	return read(name, text, false)
}

// Draft is Parse for a script that is being written: it may have no steps yet.
func Draft(name, text string) (*Scenario, error) { return read(name, text, true) }

func read(name, text string, draft bool) (*Scenario, error) {
	p := newParser(name)
	p.s.Text, p.draft = text, draft
	if p.parse(text); p.found != nil {
		return nil, fmt.Errorf("%s.txt:%d: %w", name, p.found[0].Line, p.found[0].Err)
	}
	return p.s, nil
}

// A Mistake is what is wrong with one line of a file.
type Mistake struct {
	Line int // from 1
	Err  error
}

// Mistakes reads a scenario file as Parse does, and goes on after a mistake as if its line
// were not there, until it has found most of them. The first is the one that Draft tells.
// The steps are those that are right.
func Mistakes(text string, most int) (steps []Step, found []Mistake) {
	p := newParser("")
	p.most, p.draft = most, true
	p.parse(text)
	return p.s.Steps, p.found[:min(most, len(p.found))]
}

func newParser(name string) *parser {
	p := &parser{s: &Scenario{Name: name}, most: 1, read: (*parser).header, key: (*parser).scenarioKey, ends: []func(*parser) error{
		(*parser).close, (*parser).titled, (*parser).stepped, (*parser).complete, (*parser).free}}
	p.into = &p.s.Steps
	return p
}

// ParseFragment reads a route's or a token's file: header lines, then steps.
// folder is the one it lies in, as "routes".
func ParseFragment(folder, name, text string) (*Fragment, error) {
	f := &Fragment{Name: name}
	p := parser{s: &Scenario{}, f: f, file: folder + "/" + name, most: 1, read: (*parser).header, key: (*parser).fragmentKey, ends: []func(*parser) error{(*parser).finishFragment}}
	p.into = &p.s.Steps
	if p.parse(text); p.found != nil {
		return nil, fmt.Errorf("%s/%s.txt:%d: %w", folder, name, p.found[0].Line, p.found[0].Err)
	}
	f.Steps = p.s.Steps
	return f, nil
}

// ParseSteps reads steps as a scenario file has them, and nothing else. Errors are those of
// Parse.
func ParseSteps(name, text string) ([]Step, error) {
	p := parser{s: &Scenario{}, f: &Fragment{}, most: 1, read: (*parser).steps}
	p.into = &p.s.Steps
	if p.parse(text); p.found != nil {
		return nil, fmt.Errorf("%s.txt:%d: %w", name, p.found[0].Line, p.found[0].Err)
	}
	return p.s.Steps, nil
}

// parse reads text until it has found as many mistakes as it looks for.
func (p *parser) parse(text string) {
	if len(text) > MostBytes && p.f == nil {
		p.line = 1
		p.mistake(fmt.Errorf("%d bytes; a scenario has at most 256 KiB", len(text)))
		return
	}
	lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
	for i, line := range lines {
		p.line = i + 1
		line = strings.TrimSuffix(line, "\r")
		if at := strings.IndexFunc(line, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }); at >= 0 {
			p.mistake(fmt.Errorf("a control character, %q", line[at]))
		} else {
			p.mistake(p.read(p, line))
		}
		if len(p.found) >= p.most {
			return
		}
	}
	for _, end := range p.ends {
		p.line = len(lines)
		if p.mistake(end(p)); len(p.found) >= p.most {
			return
		}
	}
}

// mistake notes that err, if it is one, is what is wrong with the present line.
func (p *parser) mistake(err error) {
	if err != nil {
		p.found = append(p.found, Mistake{p.line, err})
	}
}

// wrong reports whether a mistake was found on one of those lines.
func (p *parser) wrong(from, to int) bool {
	return slices.ContainsFunc(p.found, func(m Mistake) bool { return from <= m.Line && m.Line <= to })
}

// A parser reads line after line; read is the part of the file it is in. What only
// follows from a mistake it has noted is none: it reports nothing as missing from a
// part that has one.
type parser struct {
	s       *Scenario
	f       *Fragment
	file    string // see Step.File
	draft   bool   // there may be no steps
	line    int
	most    int       // how many mistakes it looks for
	found   []Mistake // in the order of reading
	begun   bool      // the header
	body    int       // the line that ended it, 0 within it
	seen    uint      // bit i: the header has given Keys[i]
	into    *[]Step   // where steps go: the scenario's, or those of a script of its course
	caption []string
	first   int            // the line of the first section
	rows    map[string]int // of the want table, with their lines
	story   []string
	course  Course
	carded  bool            // there is a section "card"
	opened  *Section        // of the course, the last one
	begins  int             // its line
	given   map[string]bool // the keys it has; nil when it is closed
	read    func(*parser, string) error
	key     func(p *parser, key, value string) error // one line of the header
	ends    []func(*parser) error                    // what must hold of the whole, in this order
}

func (p *parser) header(line string) error {
	if strings.TrimSpace(line) == "" {
		if !p.begun {
			return nil // blank lines before the header
		}
		p.read, p.body = (*parser).steps, p.line
		return nil
	}
	err := p.headerLine(line)
	if who, _, _ := strings.Cut(line, " "); err == nil || p.most == 1 || !isSection(line) && !isActor(who) {
		return err
	}
	p.mistake(err) // there is no blank line before the steps
	p.read, p.body = (*parser).steps, p.line
	return p.steps(line)
}

func (p *parser) headerLine(line string) error {
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
		if c = strings.Join(strings.Fields(inOrder(c)), " "); c != "" {
			p.caption = append(p.caption, c)
		}
		return nil
	}
	if strings.TrimSpace(line) == "" {
		return nil
	}
	caption := strings.Join(p.caption, " ")
	p.caption = nil
	step, err := parseStep(line)
	if err != nil {
		return err
	}
	step.File, step.Line, step.Caption = p.file, p.line, caption
	if err := p.s.allowed(step); err != nil {
		return err
	}
	*p.into = append(*p.into, step)
	return nil
}

// inOrder returns a text without the characters that have what stands between them shown in
// another order: a caption may be somebody else's, and is shown to a class.
func inOrder(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, text)
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
	row := w.Row()
	if first, ok := p.rows[row]; ok {
		return fmt.Errorf("a second row for %s; the first is on line %d", row, first)
	}
	if w.Outcome, err = outcome(words[1]); err != nil {
		return err
	}
	if len(words) == 3 {
		w.Key = words[2]
	}
	if p.rows == nil {
		p.rows = map[string]int{}
	}
	p.rows[row] = p.line
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

// titled reports what the header lacks.
func (p *parser) titled() error {
	p.s.Story = strings.TrimSpace(strings.Join(p.story, "\n"))
	switch {
	case p.wrong(0, cmp.Or(p.body, p.line)):
	case p.s.Title == "":
		return fmt.Errorf("the header has no title")
	case p.s.Profile == "":
		return fmt.Errorf("the header has no profile")
	}
	return nil
}

// stepped reports a scenario without steps.
func (p *parser) stepped() error {
	if len(p.s.Steps) == 0 && len(p.found) == 0 && !p.draft {
		return fmt.Errorf("no steps")
	}
	if slices.ContainsFunc(p.s.Steps, func(step Step) bool { v, _ := verb(step.Verb); return v.Open }) {
		p.s.Script = p.s.Steps
	}
	return nil
}
