package text

import (
	"fmt"
	"slices"
	"strings"
)

// A part of a text is either words, or a placeholder.
type part struct {
	name  string   // of the placeholder, "" for words
	text  string   // the words, or those in {name:words}
	forms []string // of {name|one|many}
}

// cut cuts a text at its placeholders. {{ and }} stand for braces.
func cut(text string) ([]part, error) {
	if !strings.ContainsAny(text, "{}") {
		return []part{{text: text}}, nil
	}
	var out []part
	words := ""
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			words, text = words+text, ""
			break
		}
		words, text = words+text[:i], text[i:]
		if strings.HasPrefix(text, "{{") || strings.HasPrefix(text, "}}") {
			words, text = words+text[:1], text[2:]
			continue
		}
		if text[0] == '}' {
			return nil, fmt.Errorf("a } without its {")
		}
		end := closing(text)
		if end < 0 {
			return nil, fmt.Errorf("a { without its }")
		}
		p, err := placeholder(text[1:end])
		if err != nil {
			return nil, err
		}
		if words != "" {
			out, words = append(out, part{text: words}), ""
		}
		out, text = append(out, p), text[end+1:]
	}
	if words != "" {
		out = append(out, part{text: words})
	}
	return out, nil
}

// closing returns where the brace closes that text begins with, -1 for nowhere.
func closing(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// placeholder reads what stands between two braces.
func placeholder(inner string) (part, error) {
	end := strings.IndexAny(inner, "|:")
	if end < 0 {
		end = len(inner)
	}
	p := part{name: inner[:end]}
	if !isKey(p.name) {
		return p, fmt.Errorf("{%s}: %q is no name of a placeholder", inner, p.name)
	}
	switch rest := inner[end:]; {
	case strings.HasPrefix(rest, ":"):
		p.text = strings.TrimSpace(rest[1:])
		if p.text == "" || strings.ContainsAny(p.text, "{}") {
			return p, fmt.Errorf("{%s}: want words after the colon", inner)
		}
	case rest != "":
		p.forms = []string{""}
		depth := 0
		for _, r := range rest[1:] {
			switch r {
			case '{':
				depth++
			case '}':
				depth--
			case '|':
				if depth == 0 {
					p.forms = append(p.forms, "")
					continue
				}
			}
			p.forms[len(p.forms)-1] += string(r)
		}
	}
	return p, nil
}

// Holes returns the names of the placeholders of a text, sorted, and those among them
// by whose number the words are chosen.
func Holes(text string) (names, counts []string, err error) {
	parts, err := cut(text)
	for _, p := range parts {
		if p.name == "" {
			continue
		}
		names = append(names, p.name)
		if p.forms != nil {
			counts = append(counts, p.name)
		}
		for _, f := range p.forms {
			more, deep, bad := Holes(f)
			if bad != nil {
				err = bad
			}
			names, counts = append(names, more...), append(counts, deep...)
		}
	}
	slices.Sort(names)
	slices.Sort(counts)
	return slices.Compact(names), slices.Compact(counts), err
}

// Check says what is wrong with a text of c: braces that do not pair, or other forms
// than its language has.
func (c *Catalogue) Check(text string) error {
	parts, err := cut(text)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.forms != nil && len(p.forms) != c.Forms() {
			return fmt.Errorf("{%s|…} has %d forms, and the language %d", p.name, len(p.forms), c.Forms())
		}
		for _, f := range p.forms {
			if err := c.Check(f); err != nil {
				return err
			}
		}
	}
	return nil
}
