// Package lint finds what the words of the page and its sources have against each
// other.
package lint

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/app/text"
)

// English returns what is wrong between the English texts and where the sources use
// them, a line for each: a key that is missing, one that nothing uses, a placeholder
// without a value and a value without a placeholder.
func English(c *text.Catalogue, uses []Use) (faults []string) {
	used := map[string]bool{}
	for _, u := range uses {
		found := false
		for _, e := range c.Entries {
			if u.matches(e.Key) {
				found, used[e.Key] = true, true
				faults = append(faults, u.values(e)...)
			}
		}
		if !found {
			faults = append(faults, fmt.Sprintf("%s: there is no text %s", u.At, u.Key))
		}
	}
	for _, e := range c.Entries {
		if !used[e.Key] {
			faults = append(faults, fmt.Sprintf("%s:%d: nothing uses %s", c.Name, e.Line, e.Key))
		}
	}
	return append(faults, forms(c)...)
}

// values says which placeholders of a text a use leaves open, and which it fills that
// are not there. Which of several texts a key means is not known: it may fill too many.
func (u Use) values(e text.Entry) (faults []string) {
	names, _, err := text.Holes(e.Text)
	if err != nil {
		return nil // forms says it
	}
	for _, name := range names {
		if !slices.Contains(u.Values, name) && !u.Pieces {
			faults = append(faults, fmt.Sprintf("%s: {%s} of %s has no value", u.At, name, e.Key))
		}
	}
	for _, name := range u.Values {
		if !slices.Contains(names, name) && !strings.Contains(u.Key, "*") {
			faults = append(faults, fmt.Sprintf("%s: %s has no {%s}", u.At, e.Key, name))
		}
	}
	return faults
}

// forms says which texts are not written correctly, or have other forms than their
// language.
func forms(c *text.Catalogue) (faults []string) {
	for _, e := range c.Entries {
		add := func(format string, args ...any) {
			faults = append(faults, fmt.Sprintf("%s:%d: %s: "+format, append([]any{c.Name, e.Line, e.Key}, args...)...))
		}
		if e.Text == "" {
			add("the text is empty")
		}
		if err := c.Check(e.Text); err != nil {
			add("%v", err)
		}
	}
	return faults
}

// Twice returns a note for each text that stands under several keys: perhaps one would do.
func Twice(c *text.Catalogue) (notes []string) {
	same := map[string][]text.Entry{}
	for _, e := range c.Entries {
		same[e.Text] = append(same[e.Text], e)
	}
	for _, first := range c.Entries {
		all := same[first.Text]
		if len(all) == 1 || all[0].Key != first.Key {
			continue
		}
		var others []string
		for _, e := range all[1:] {
			others = append(others, fmt.Sprintf("%s (line %d)", e.Key, e.Line))
		}
		notes = append(notes, fmt.Sprintf("%s:%d: %s says the same as %s", c.Name, first.Line, first.Key, strings.Join(others, ", ")))
	}
	return notes
}

// Translation returns what is wrong with a translation: what it lacks, what has no
// English any more, what was made from another English text, and placeholders that
// are not those of the English.
func Translation(english, other *text.Catalogue) (faults []string) {
	for _, e := range english.Entries {
		if _, ok := other.Get(e.Key); !ok {
			faults = append(faults, fmt.Sprintf("%s: missing: %s @%s = %s", other.Name, e.Key, text.Sum(e.Text), e.Text))
		}
	}
	for _, e := range other.Entries {
		add := func(format string, args ...any) {
			faults = append(faults, fmt.Sprintf("%s:%d: %s "+format, append([]any{other.Name, e.Line, e.Key}, args...)...))
		}
		from, ok := english.Get(e.Key)
		if !ok {
			add("has no English text")
			continue
		}
		switch now := text.Sum(from.Text); e.Sum {
		case now:
		case "":
			add("does not say what it was made from: write @%s behind the key", now)
		default:
			add("has changed in English, now @%s = %s", now, from.Text)
		}
		want, _, err := text.Holes(from.Text)
		if err != nil {
			continue
		}
		if got, _, err := text.Holes(e.Text); err == nil && !slices.Equal(got, want) {
			add("has the placeholders %q, want %q", got, want)
		}
	}
	return append(faults, forms(other)...)
}
