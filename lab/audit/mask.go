package audit

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// marks are what equal values share, in the order in which values are met.
var marks = []string{"▲", "●", "■", "◆", "▼", "★", "✚", "✖"}

// MarkOf is the mark of the nth value, from 1: "▲", and after eight of them "▲2".
func MarkOf(n int) string {
	mark := marks[(n-1)%len(marks)]
	if n > len(marks) {
		mark += strconv.Itoa((n-1)/len(marks) + 1)
	}
	return mark
}

// MarkNumber is the n of MarkOf, 0 for a text that is no mark.
func MarkNumber(mark string) int {
	for i, m := range marks {
		rest, is := strings.CutPrefix(mark, m)
		if !is {
			continue
		}
		if rest == "" {
			return i + 1
		}
		if n, err := strconv.Atoi(rest); err == nil && n > 1 {
			return (n-1)*len(marks) + i + 1
		}
	}
	return 0
}

// A Masked is a cookie's value as a report shows it. The zero Masked is no value.
type Masked struct {
	Key  int    // from 1: values that share it are equal, or wrap one id
	Head string // the first four characters of a value that is long enough to give them away
	Size int    // in bytes
}

// Short is the value without its mark: "s%3A… (86)". "" for none.
func (m Masked) Short() string {
	if m.Key == 0 {
		return ""
	}
	return m.Head + "… (" + strconv.Itoa(m.Size) + ")"
}

// String is the value with its mark: "s%3A… (86) ▲". "" for none.
func (m Masked) String() string {
	if m.Key == 0 {
		return ""
	}
	return m.Short() + " " + MarkOf(m.Key)
}

// Masks writes cookie values so that they can be compared and not be used. Its zero value
// is ready. One of them serves a whole report: a mark means one value all through it.
type Masks struct{ seen map[string]int }

// Of returns a value's first four characters, its length in bytes and its mark:
// "s%3A… (86) ▲". Of fewer than twelve characters none is shown. It holds none of the
// bytes that a terminal or a cookie's syntax gives a meaning to.
func (m *Masks) Of(value string) string { return m.As(value, value) }

// As is Of with the mark of what is inside the value, its id: two values that wrap one id
// in two ways have one mark.
func (m *Masks) As(value, id string) string {
	if value == "" {
		return "(empty)"
	}
	return m.Mask(value, id).String()
}

// Mask is As, in its parts.
func (m *Masks) Mask(value, id string) Masked {
	if value == "" {
		return Masked{}
	}
	return Masked{m.key(id), head(value), len(value)}
}

// Mark returns a value's mark alone: "▲".
func (m *Masks) Mark(value string) string { return MarkOf(m.key(value)) }

// key is the number of a value, from 1.
func (m *Masks) key(value string) int {
	n, met := m.seen[value]
	if !met {
		if m.seen == nil {
			m.seen = map[string]int{}
		}
		n = len(m.seen) + 1
		m.seen[value] = n
	}
	return n
}

// Line returns a line of Set-Cookie with its value masked and its attributes as they stand.
func (m *Masks) Line(line string) string {
	pair, attributes, more := strings.Cut(line, ";")
	name, value, named := strings.Cut(pair, "=")
	if !named {
		name, value = "", pair
	}
	out := m.Of(strings.TrimSpace(value))
	if named {
		out = name + "=" + out
	}
	if more {
		out += ";" + attributes
	}
	return out
}

// head returns the first four characters of a value that is long enough to give them away.
func head(value string) string {
	if utf8.RuneCountInString(value) < 12 {
		return ""
	}
	var b strings.Builder
	n := 0
	for _, r := range value {
		if n++; n > 4 {
			break
		}
		if r <= ' ' || r == ';' || r == 0x7f || r > 0x7e {
			r = '?'
		}
		b.WriteRune(r)
	}
	return b.String()
}
