package edit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fixlab/lab/script"
)

// A part is what a line belongs to.
type part int

const (
	inHeader part = iota
	inSteps
	inSection
)

// A reader says of line after line what part of a file it belongs to.
type reader struct {
	part    part
	begun   bool            // the header
	section string          // the name of the present one
	keys    map[string]bool // that the header or the section has given
	work    int             // how many bytes it has looked at
}

// read takes in a line, and returns the part that it belongs to.
func (r *reader) read(line string) part {
	r.work += len(line) + 1
	first, _, _ := strings.Cut(line, " ")
	isSection := strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --")
	if r.part == inHeader {
		switch {
		case strings.TrimSpace(line) == "":
			if r.begun {
				r.part = inSteps
			}
			return inHeader
		case !isSection && !slices.Contains(script.Actors, first):
			r.begun = true
			r.give(line)
			return inHeader
		}
		r.part = inSteps // the blank line is missing
	}
	if isSection {
		r.part, r.section, r.keys = inSection, strings.Trim(line, "- "), nil
	}
	if r.part == inSection {
		r.give(line)
	}
	return r.part
}

// give notes the key of a line.
func (r *reader) give(line string) {
	if key, _, ok := strings.Cut(line, ":"); ok {
		if r.keys == nil {
			r.keys = map[string]bool{}
		}
		r.keys[key] = true
	}
}

// A span is where a word stands in a text.
type span struct{ from, to int }

// words returns where the words of a line stand, which are those of strings.Fields.
func words(line string) (all []span) {
	from := -1
	for i, c := range line {
		switch space := unicode.IsSpace(c); {
		case space && from >= 0:
			all = append(all, span{from, i})
			from = -1
		case !space && from < 0:
			from = i
		}
	}
	if from >= 0 {
		all = append(all, span{from, len(line)})
	}
	return all
}

// boundary returns the nearest offset in text at which a rune begins, at most at.
func boundary(text string, at int) int {
	at = max(0, min(at, len(text)))
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
