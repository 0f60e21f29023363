package script

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/near"
)

func isSection(line string) bool {
	return strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --")
}

// open ends the section before the line, and opens the one that it names.
func (p *parser) open(line string) error {
	at := p.line
	p.mistake(p.close())
	p.line, p.first, p.given, p.read = at, cmp.Or(p.first, at), nil, (*parser).passed
	name := strings.TrimSuffix(strings.TrimPrefix(line, "-- "), " --")
	if solution, ok := strings.CutPrefix(name, "script "); ok {
		return p.script(solution)
	}
	i := slices.IndexFunc(Sections, func(s Section) bool { return s.Name == name })
	switch {
	case i < 0:
		var names []string
		for _, s := range Sections {
			names = append(names, s.Name)
		}
		return fmt.Errorf("unknown section %q%s", name, near.Choices(name, names))
	case name == "want":
		p.read = (*parser).wants
	case name == "story.md":
		p.read = (*parser).storyText
	default:
		return p.begin(&Sections[i])
	}
	return nil
}

// passed reads a line of a section that there is not, or not twice.
func (p *parser) passed(line string) error {
	if isSection(line) {
		return p.open(line)
	}
	return nil
}

// begin opens a section of the course at the present line.
func (p *parser) begin(s *Section) error {
	if s.Name == "card" && p.carded || s.Name == "notes" && p.course.Notes != (Notes{}) {
		return fmt.Errorf("a second section %q", s.Name)
	}
	p.opened, p.begins, p.given = s, p.line, map[string]bool{}
	p.read = (*parser).courseLine
	switch s.Name {
	case "card":
		p.carded = true
	case "bet":
		p.course.Bets = append(p.course.Bets, Bet{Line: p.line})
	case "ask":
		p.course.Asks = append(p.course.Asks, Ask{Line: p.line})
	case "stop":
		p.course.Stops = append(p.course.Stops, Stop{Line: p.line})
	case "goal":
		p.course.Goals = append(p.course.Goals, Goal{Line: p.line})
	}
	return nil
}

// close reports what the section that is open lacks.
func (p *parser) close() error {
	if p.opened == nil || p.given == nil || p.wrong(p.begins, p.line) {
		return nil
	}
	for _, k := range p.opened.Keys {
		if k.need && !p.given[k.Name] {
			p.line = p.begins
			return fmt.Errorf("a section %q needs a line \"%s: %s\"", p.opened.Name, k.Name, k.Args)
		}
	}
	return nil
}

// courseLine reads a line of a section of "key: value".
func (p *parser) courseLine(line string) error {
	switch {
	case isSection(line):
		return p.open(line)
	case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		return nil
	}
	key, value, ok := strings.Cut(line, ": ")
	if value = strings.TrimSpace(value); !ok || value == "" {
		return fmt.Errorf("want \"key: value\" in the section %q, got %q", p.opened.Name, line)
	}
	name, rest, _ := strings.Cut(key, " ")
	if rest != "" && name != "wrong" && name != "why" {
		name = key
	}
	i := slices.IndexFunc(p.opened.Keys, func(k SectionKey) bool { return k.Name == name })
	if i < 0 {
		return fmt.Errorf("unknown key %q in the section %q%s", name, p.opened.Name, near.Choices(name, p.opened.names()))
	}
	k := &p.opened.Keys[i]
	if p.given[name] && !k.many {
		return fmt.Errorf("a second %q in the section %q", name, p.opened.Name)
	}
	p.given[name] = p.given[name] || rest == "" // a mistake does not stand for everything else
	if err := k.set(&p.course, rest, value); err != nil {
		if (name == "wrong" || name == "why") && p.wrong(p.begins, p.line) {
			return nil // it is about a line above, which may be the one that is wrong
		}
		return err
	}
	if p.opened.Name == "goal" {
		rows := last(p.course.Goals).rows
		for i := len(rows); i > 0 && rows[i-1].line == 0; i-- {
			rows[i-1].line = p.line
		}
	}
	switch name {
	case "card":
		last(last(p.course.Stops).Cards).Line = p.line
	case "also":
		last(last(p.course.Goals).Also).Line = p.line
	case "fails":
		last(last(p.course.Goals).Fails).Line = p.line
	case "claim":
		last(last(p.course.Goals).Claims).Line = p.line
	case "term":
		p.course.termLines = append(p.course.termLines, p.line)
	}
	return nil
}
