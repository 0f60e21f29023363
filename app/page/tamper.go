package page

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/bench"
)

// A tampering is what becomes of the text with one character changed.
type tampering struct {
	Before, Is, After string // the text around the changed character
	Says              string // which character it is, and what it was
	Verdict           BenchVerdict
	Note              string // what that means
}

// Tampered returns what becomes of the text with the chosen character changed.
// ok is false when none is chosen.
func (b Bench) Tampered() (t tampering, ok bool) {
	if b.Flip < 1 || b.Flip > utf8.RuneCountInString(b.Text) {
		return t, false
	}
	changed, was, is := bench.Flip(b.Text, b.Flip-1)
	at := offset(b.Text, b.Flip-1)
	t.Before, t.Is, t.After = changed[:at], is, changed[at+len(is):]
	t.Verdict = b.Judged(changed)
	whole := b.Judged(b.Text)
	t.Says = text.T("bench.tampered", "place", place(b.Flip, whole.Reading.Layers, at), "was", words.Visible(was), "is", words.Visible(is))
	switch {
	case t.Verdict.Accepted && whole.Accepted && t.Verdict.Reading.Value == whole.Reading.Value:
		t.Note = text.T("bench.note-same-value", "why", b.Picked().Malleable)
	case t.Verdict.Accepted && whole.Accepted:
		t.Note = text.T("bench.note-other-value")
	case t.Verdict.Accepted:
		t.Note = text.T("bench.note-right-now")
	}
	return t, true
}

// offset returns the byte at which the i-th character of s begins, from 0.
func offset(s string, i int) int {
	for at := range s {
		if i == 0 {
			return at
		}
		i--
	}
	return len(s)
}

// place says of the n-th character in which part of a text it is, at being its byte.
func place(n int, layers []bench.Layer, at int) string {
	if len(layers) == 0 {
		return strconv.Itoa(n)
	}
	for _, p := range layers[0].Parts {
		if at < len(p.Text) {
			switch p.Role {
			case bench.RoleMark:
				return text.T("bench.place-separator", "n", n)
			case bench.RoleOther:
				return strconv.Itoa(n)
			}
			return text.T("bench.place-in", "n", n, "part", RoleWord(p.Role))
		}
		at -= len(p.Text)
	}
	return strconv.Itoa(n)
}

// longestTried bounds the text whose every character is tried.
const longestTried = 400

// Survey says which single characters of an accepted text can be changed.
func (b Bench) Survey() string {
	v := b.Judged(b.Text)
	if !v.Accepted {
		return ""
	}
	at, tried := b.Picked().Accepted(b.Text, b.Check, longestTried)
	n := utf8.RuneCountInString(b.Text)
	switch {
	case !tried:
		return ""
	case len(at) == 0:
		return text.T("bench.survey-none", "n", n)
	}
	var list []string
	for _, i := range at {
		list = append(list, text.T("bench.survey-number", "place", place(i+1, v.Reading.Layers, offset(b.Text, i))))
	}
	return text.T("bench.survey-some", "n", n, "list", strings.Join(list, "; "))
}

// RoleWord is what a part of a signed text is called.
func RoleWord(r bench.Role) string { return text.T("bench.role-" + string(r)) }

// A jump is a character worth changing.
type jump struct {
	Label string
	At    int // from 1
}

// Jumps returns the last character of each part that says something.
func (b Bench) Jumps(layers []bench.Layer) []jump {
	if len(layers) == 0 {
		return nil
	}
	var out []jump
	n := 0
	for _, p := range layers[0].Parts {
		n += utf8.RuneCountInString(p.Text)
		if p.Role != bench.RoleMark && p.Role != bench.RoleOther && len(out) < 6 {
			out = append(out, jump{text.T("bench.jump", "part", RoleWord(p.Role)), n})
		}
	}
	return out
}
