package edit

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/near"
	"fixlab/lab/script"
)

// Words are what a file can name that this package does not know. Where there are none
// of a kind, nothing is said of names of that kind.
type Words struct {
	Routes, Tokens []*script.Fragment
	Terms          []string // of the glossary
}

// of returns the fragments for which a verb stands, or which a key of the header names.
func (w Words) of(word string) []*script.Fragment {
	switch word {
	case "route":
		return w.Routes
	case "token":
		return w.Tokens
	}
	return nil
}

// fragments suggests the names of fragments.
func fragments(all []*script.Fragment) (list []Suggestion) {
	for _, f := range all {
		list = append(list, Suggestion{f.Name, f.Title})
	}
	return list
}

// setups are what can stand after the @ of a row.
func (w Words) setups() []Suggestion {
	return slices.Concat(fragments(w.Routes), fragments(w.Tokens),
		plain([]string{"visited", "fresh"}, ""), plain(script.Browsers, ""), profiles())
}

// wrongKey returns which word of a line of the header names a route or a source of the
// value that there is not.
func (w Words) wrongKey(line string) (at span, says string) {
	key, value, _ := strings.Cut(line, ":")
	all := w.of(key)
	value = strings.TrimSpace(value)
	names := texts(fragments(all))
	if all == nil || slices.Contains(names, value) {
		return span{}, ""
	}
	from := len(key) + strings.Index(line[len(key):], value)
	return span{from, from + len(value)}, fmt.Sprintf("unknown %s %q%s", key, value, near.Choices(value, names))
}

// wrongVerb returns the verb of a step that stands for a fragment, which the header does
// not name.
func (w Words) wrongVerb(s step) (at span, says string) {
	all := w.of(s.words[1])
	if all == nil {
		return span{}, ""
	}
	return s.at[1], fmt.Sprintf("\"mallory %s\" stands for a %[1]s that the header does not name%s", s.words[1], near.Choices("", texts(fragments(all))))
}

// wrongRow returns which word of a row of the want table, after its @, there is not.
func (w Words) wrongRow(line string) (at span, says string) {
	all := words(line)
	if w.Routes == nil || w.Tokens == nil || len(all) == 0 {
		return span{}, ""
	}
	row, _, _ := strings.Cut(line[all[0].from:all[0].to], "#")
	_, with, ok := strings.Cut(row, "@")
	if !ok || with == "" {
		return span{}, ""
	}
	known, from := texts(w.setups()), all[0].from+len(row)-len(with)
	for word := range strings.SplitSeq(with, "+") {
		if !slices.Contains(known, word) {
			says = fmt.Sprintf("%q is no server, route, source, jar or browser%s", word, near.Choices(word, known))
			if slices.Contains(defence.Names(), word) {
				says = fmt.Sprintf("%q is a switch: it stands before the @", word)
			}
			return span{from, from + len(word)}, says
		}
		from += len(word) + len("+")
	}
	return span{}, ""
}
