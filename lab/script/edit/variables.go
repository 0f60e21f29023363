package edit

import (
	"unicode/utf8"

	"fixlab/lab/script"
)

// given are the variables that there are in every run, with what they stand for.
var given = []Suggestion{
	{"$cookie", "the session cookie's name"},
	{"$bait", "what a route plants: $loot, if nothing else has that name"},
	{"$nbsp", "a no-break space"},
}

// isGiven reports whether a variable of that name always has a value.
func isGiven(name string) bool {
	switch name {
	case "cookie", "nbsp", "space", "dollar", "newline":
		return true
	}
	return false
}

// A use is a variable in a text: $name or ${name}, $$name or $${name}.
type use struct {
	span
	name string // "" when no name stands there
}

// uses returns the variables in a text.
func uses(text string) (all []use) {
	for i := 0; i < len(text); i++ {
		if text[i] != '$' {
			continue
		}
		u := use{span: span{from: i}}
		if i++; i < len(text) && text[i] == '$' {
			i++
		}
		braced := i < len(text) && text[i] == '{'
		if braced {
			i++
		}
		n := i
		for n < len(text) && inName(text[n]) {
			n++
		}
		switch u.name = text[i:n]; {
		case braced && n < len(text) && text[n] == '}':
			n++
		case braced:
			u.name, n = "", i
		}
		u.to, i = n, n-1
		all = append(all, u)
	}
	return all
}

// inName reports whether c can stand in the name of a variable.
func inName(c byte) bool { return c < utf8.RuneSelf && script.IsName(string(rune(c))) }
