package page

import (
	"strconv"
	"strings"
	"unicode/utf8"

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
	text, was, is := bench.Flip(b.Text, b.Flip-1)
	at := offset(b.Text, b.Flip-1)
	t.Before, t.Is, t.After = text[:at], is, text[at+len(is):]
	t.Verdict = b.Judged(text)
	whole := b.Judged(b.Text)
	t.Says = "Character " + strconv.Itoa(b.Flip) + place(whole.Reading.Layers, at) + ": " + words.Visible(was) + " became " + words.Visible(is) + "."
	switch {
	case t.Verdict.Accepted && whole.Accepted && t.Verdict.Reading.Value == whole.Reading.Value:
		t.Note = "Another text, the same value: the format is malleable here. " + b.Picked().Malleable
	case t.Verdict.Accepted && whole.Accepted:
		t.Note = "Another text with another value."
	case t.Verdict.Accepted:
		t.Note = "The text was refused as it was, and is right now."
	}
	return t, true
}

// offset returns the byte at which the i-th character of text begins, from 0.
func offset(text string, i int) int {
	for at := range text {
		if i == 0 {
			return at
		}
		i--
	}
	return len(text)
}

// place says in which part of a text a byte is.
func place(layers []bench.Layer, at int) string {
	if len(layers) == 0 {
		return ""
	}
	for _, p := range layers[0].Parts {
		if at < len(p.Text) {
			switch p.Role {
			case bench.RoleMark:
				return ", a separator"
			case bench.RoleOther:
				return ""
			}
			return ", in the " + string(p.Role)
		}
		at -= len(p.Text)
	}
	return ""
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
		return "Each of the " + strconv.Itoa(n) + " characters was tried: with any one of them changed so, the text is refused."
	}
	var list []string
	for _, i := range at {
		list = append(list, strconv.Itoa(i+1)+place(v.Reading.Layers, offset(b.Text, i)))
	}
	return "Each of the " + strconv.Itoa(n) + " characters was tried: with any one of them changed so, the text is refused, but not with number " + strings.Join(list, "; number ") + "."
}

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
			out = append(out, jump{"Last of the " + string(p.Role), n})
		}
	}
	return out
}
