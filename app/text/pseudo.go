package text

import (
	"strings"
	"unicode/utf8"
)

// Pseudo is a language that is made from English: with accents, two fifths longer,
// and in brackets. Whoever looks at the page in it sees which words are in no
// catalogue, and which have too little room.
const Pseudo = "pseudo"

// The brackets around a text of the pseudo-language.
const (
	PseudoOpen  = "⟦"
	PseudoClose = "⟧"
)

var accents = strings.NewReplacer(
	"a", "á", "c", "ç", "e", "ë", "i", "ï", "l", "ł", "n", "ñ", "o", "ö", "r", "ř", "s", "š", "u", "ü", "y", "ý", "z", "ž",
	"A", "Å", "C", "Ç", "E", "É", "I", "Ï", "L", "Ł", "N", "Ñ", "O", "Ø", "R", "Ř", "S", "Š", "U", "Û", "Y", "Ý", "Z", "Ž",
)

// pseudo returns the pseudo-language of c.
func pseudo(c *Catalogue) *Catalogue {
	out := &Catalogue{Name: Pseudo, plural: c.plural, index: c.index}
	for _, e := range c.Entries {
		text, length := accented(e.Text)
		e.Text = PseudoOpen + text + strings.Repeat("~", (length*2+4)/5) + PseudoClose
		out.Entries = append(out.Entries, e)
	}
	return out
}

// accented returns a text with accents on its words, and how many letters those have.
func accented(text string) (out string, length int) {
	parts, err := cut(text)
	if err != nil {
		return text, 0
	}
	var b strings.Builder
	words := func(s string) {
		length += utf8.RuneCountInString(s)
		b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(accents.Replace(s)))
	}
	for _, p := range parts {
		switch {
		case p.name == "":
			words(p.text)
			continue
		case p.text != "":
			b.WriteString("{" + p.name + ":")
			words(p.text)
		default:
			b.WriteString("{" + p.name)
		}
		longest := 0
		for _, f := range p.forms {
			form, n := accented(f)
			b.WriteString("|" + form)
			longest = max(longest, n)
		}
		length += longest
		b.WriteString("}")
	}
	return b.String(), length
}
