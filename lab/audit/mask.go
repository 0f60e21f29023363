package audit

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// marks are what equal values share, in the order in which values are met.
var marks = []string{"▲", "●", "■", "◆", "▼", "★", "✚", "✖"}

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
	return head(value) + "… (" + strconv.Itoa(len(value)) + ") " + m.Mark(id)
}

// Mark returns a value's mark alone: "▲".
func (m *Masks) Mark(value string) string {
	n, met := m.seen[value]
	if !met {
		if m.seen == nil {
			m.seen = map[string]int{}
		}
		n = len(m.seen)
		m.seen[value] = n
	}
	mark := marks[n%len(marks)]
	if n >= len(marks) {
		mark += strconv.Itoa(n/len(marks) + 1)
	}
	return mark
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
