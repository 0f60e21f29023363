package contract

import "strings"

// demands reports whether a text must have an attribute, such as "HttpOnly", to match a
// regular expression of ECMA-262. It looks at what every match has: one of alternatives
// does not count, nor what may be left out. An attribute is a word of its own: "Secure" is
// not in "__Secure-id". Where it is in doubt, the pattern does not demand it.
func demands(pattern, attribute string) bool {
	p := parser{text: pattern, word: strings.ToLower(attribute)}
	return p.sure(p.choice())
}

// sure reports whether every match of a part has the attribute.
func (p *parser) sure(x part) bool { return x.has || p.standsIn(x.text) }

// A part of a pattern is what all of its matches share.
type part struct {
	text string // the texts in it that stand in every match, in lower case, with breaks between them
	has  bool   // the attribute is in what text leaves out
}

// What stands between the texts of a part.
const (
	gap   = "\x00" // anything
	space = " "    // blanks, or none
)

// A parser is a position in a pattern.
type parser struct {
	text  string
	word  string
	at    int
	depth int
}

// choice reads alternatives up to a closing bracket or the end.
func (p *parser) choice() part {
	if p.depth++; p.depth > 100 {
		p.at = len(p.text)
		return part{text: gap}
	}
	defer func() { p.depth-- }()
	all := p.sequence()
	for p.take("|") {
		all = part{text: gap, has: p.sure(all)}
		next := p.sequence()
		all.has = all.has && p.sure(next)
	}
	return all
}

// sequence reads terms that follow one another.
func (p *parser) sequence() (s part) {
	for p.at < len(p.text) && p.text[p.at] != '|' && p.text[p.at] != ')' {
		t := p.term()
		switch least, exactly := p.quantifier(); {
		case least == 0 && strings.Trim(t.text, space) == "" && !t.has:
			s.text += space
		case least == 0:
			s.text += gap
		case !exactly:
			s.text, s.has = s.text+t.text+gap, s.has || t.has
		default:
			s.text, s.has = s.text+t.text, s.has || t.has
		}
	}
	return s
}

// term reads one term without its quantifier.
func (p *parser) term() part {
	switch {
	case p.take("(?!"), p.take("(?<!"):
		p.choice()
		p.take(")")
		return part{}
	case p.take("(?="), p.take("(?<="): // it looks, and takes nothing
		inside := p.choice()
		p.take(")")
		return part{has: p.sure(inside)}
	case p.take("("):
		if p.take("?") { // (?:, (?<name>, (?i:, and (?i) of other dialects
			for p.at < len(p.text) && strings.IndexByte(":>)", p.text[p.at]) < 0 {
				p.at++
			}
			if !p.take(":") {
				p.take(">")
			}
		}
		inside := p.choice()
		p.take(")")
		return inside
	case p.take("["):
		return part{text: p.class()}
	case p.take(`\`):
		return part{text: p.escape()}
	case p.take("."):
		return part{text: gap}
	case p.take("^"), p.take("$"):
		return part{}
	}
	p.at++
	return part{text: strings.ToLower(p.text[p.at-1 : p.at])}
}

// class reads the rest of a class of characters: that of one letter in both cases is the
// letter.
func (p *parser) class() string {
	from := p.at
	p.take("^")
	p.take("]")
	for p.at < len(p.text) && p.text[p.at] != ']' {
		if p.text[p.at] == '\\' {
			p.at++
		}
		p.at++
	}
	p.at = min(p.at, len(p.text))
	inside := strings.ToLower(p.text[from:p.at])
	p.take("]")
	switch {
	case len(inside) == 2 && inside[0] == inside[1] && inside[0] != '\\', len(inside) == 1 && inside != "^":
		return inside[:1]
	case inside != "" && strings.Trim(strings.ReplaceAll(inside, `\t`, " "), " ") == "", inside == `\s`:
		return space
	}
	return gap
}

// escape reads what stands behind a backslash.
func (p *parser) escape() string {
	if p.at >= len(p.text) {
		return ""
	}
	c := p.text[p.at]
	p.at++
	switch {
	case c == 's' || c == 't':
		return space
	case c == 'b' || c == 'B':
		return ""
	case c == 'x' || c == 'u' || c == 'c' || c == 'p' || c == 'P' || c == 'k' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return gap
	}
	return string(c)
}

// quantifier reads one, if there is one: how often at least, and whether exactly once.
func (p *parser) quantifier() (least int, once bool) {
	least, once = 1, true
	switch {
	case p.take("*"), p.take("?"):
		least, once = 0, false
	case p.take("+"):
		once = false
	case p.at < len(p.text) && p.text[p.at] == '{':
		end := strings.IndexByte(p.text[p.at:], '}')
		if end < 0 {
			return 1, true
		}
		inside := p.text[p.at+1 : p.at+end]
		if inside == "" || inside[0] < '0' || inside[0] > '9' {
			return 1, true
		}
		p.at += end + 1
		first, _, _ := strings.Cut(inside, ",")
		if once = inside == "1"; strings.Trim(first, "0") == "" {
			least = 0
		}
	default:
		return 1, true
	}
	p.take("?") // the least that matches
	return least, once
}

func (p *parser) take(s string) bool {
	if !strings.HasPrefix(p.text[p.at:], s) {
		return false
	}
	p.at += len(s)
	return true
}

// standsIn reports whether the attribute stands in a text, as a word of its own.
func (p *parser) standsIn(text string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], p.word)
		if i < 0 {
			return false
		}
		i += from
		before, after := text[:i], text[i+len(p.word):]
		if (before == "" || strings.HasSuffix(before, ";") || strings.HasSuffix(before, space) || strings.HasSuffix(before, gap)) && (after == "" || strings.IndexByte("; =\x00", after[0]) >= 0) {
			return true
		}
		from = i + 1
	}
}
