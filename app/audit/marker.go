//go:build !wasm

package audit

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	markup "golang.org/x/net/html"

	core "fixlab/lab/audit"
	"fixlab/lab/audit/tree"
)

// marks says whose mark an answer shows. A name that stands for itself is looked for as it
// is written, and if neither of the two is there in capitals and small letters alike.
//
// Where the page asks for a password in place of the private one, a name that stands in its
// form is the one that was typed last, and knows nobody.
func (r *run) marks(a *answer) core.Who {
	if a = r.stranger.unsaid(a); a.turnsAway() {
		a = a.withoutMarkup()
	}
	alice, mallory := shows(a, r.Alice.Sees), shows(a, r.Mallory.Sees)
	if !alice && !mallory {
		folded := *a
		folded.body = bytes.ToLower(a.body)
		alice = r.Alice.Sees == r.Alice.Name && shows(&folded, strings.ToLower(r.Alice.Name))
		mallory = r.Mallory.Sees == r.Mallory.Name && shows(&folded, strings.ToLower(r.Mallory.Name))
	}
	switch {
	case alice && mallory:
		return core.Unclear
	case alice:
		return core.Victim
	case mallory:
		return core.Attacker
	}
	return core.Nobody
}

// turnsAway reports whether an answer is a login page instead of what was asked for.
func (a *answer) turnsAway() bool {
	if a.url.Path == a.asked.Path && a.status != 401 && a.status != 403 {
		return false
	}
	f := toLogIn(read(a))
	return f != nil && f.password() >= 0
}

// withoutMarkup is the answer with nothing but what is written on its page.
func (a *answer) withoutMarkup() *answer {
	b := *a
	var text bytes.Buffer
	for z := markup.NewTokenizer(bytes.NewReader(a.body)); ; {
		switch z.Next() {
		case markup.ErrorToken:
			b.body = text.Bytes()
			return &b
		case markup.TextToken:
			text.Write(z.Raw())
		default:
			text.WriteByte(' ')
		}
	}
}

// shows reports whether an answer holds a mark: a text that stands by itself, or with
// "json:/user/name=alice" the value at a JSON pointer (RFC 6901).
func shows(a *answer, mark string) bool {
	if rest, ok := strings.CutPrefix(mark, "json:"); ok {
		pointer, want, _ := strings.Cut(rest, "=")
		root, err := tree.JSON("", a.text())
		if err != nil {
			return false
		}
		v := root.Find(pointer)
		return v != nil && v.Kind != tree.Null && v.Word() == want
	}
	return stands(html.UnescapeString(a.text()), mark)
}

// stands reports whether word is in text and no letter or digit goes on with it.
func stands(text, word string) bool {
	if word == "" {
		return false
	}
	part := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		first, _ := utf8.DecodeRuneInString(word)
		last, _ := utf8.DecodeLastRuneInString(word)
		if !(part(before) && part(first)) && !(part(after) && part(last)) {
			return true
		}
		from = i + 1
	}
}
