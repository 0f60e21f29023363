// Package text holds the words of the page, a file for each language, and reads
// them. The head of en.txt says how such a file is written.
package text

import (
	"embed"
	"strconv"
	"strings"
)

// files are the languages. Another is another file here.
//
//go:embed *.txt
var files embed.FS

// English is the language that the others are translated from.
const English = "en"

// Rare reports whether a key begins as those do that only the pages which few need
// show: the program that a first visit loads is built without these texts.
func Rare(key string) bool {
	for _, begins := range []string{"teach.", "present.", "notes.", "codes.", "owncard.", "bench.", "audit."} {
		if strings.HasPrefix(key, begins) {
			return true
		}
	}
	return false
}

// current is the language of the page; it is read when the first text is asked for.
var current *Catalogue

// Use has T answer in a language: "en", the name of another file here, or Pseudo.
// It reports whether there is such a language; if not, nothing changes. It is
// called before the page is drawn: what is drawn already stays as it is.
func Use(language string) bool {
	if current != nil && current.Name == language {
		return true
	}
	if language == Pseudo {
		current = pseudo(open(English))
		return true
	}
	c := open(language)
	if c == nil {
		return false
	}
	current = c
	return true
}

// Known reports whether Use takes a language.
func Known(language string) bool {
	_, err := files.ReadFile(language + ".txt")
	return language == Pseudo || err == nil
}

// Language is the one that T answers in.
func Language() string { return inUse().Name }

// Languages are those that there is a file of, by their names.
func Languages() (names []string) {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("text: " + err.Error()) // it is embedded
	}
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".txt"))
	}
	return names
}

func inUse() *Catalogue {
	if current == nil {
		current = open(English)
	}
	return current
}

// open reads an embedded file, nil if there is none. A fault in it costs the entries
// that have it: the tests look for them.
func open(language string) *Catalogue {
	b, err := files.ReadFile(language + ".txt")
	if err != nil {
		return nil
	}
	c, _ := Read(language, string(b))
	if language != English {
		c.fallback = open(English)
	}
	return c
}

// T returns the text of a key. args are the names of its placeholders, each
// followed by its value, a string or an int:
//
//	text.T("learn.step", "n", 4, "of", 8)
//
// A key that is not in the catalogue, or a placeholder without a value that fits,
// comes out as the key. What a translation lacks comes out in English.
//
// The key is written out, so that the command words finds where it is used; or
// joined from constants and one thing that varies, as in "outcome."+string(o). T is
// called while the page is drawn, and never to fill a package variable, which would
// be English for ever.
func T(key string, args ...any) string {
	var b strings.Builder
	for _, p := range Pieces(key, args...) {
		if p.Name != "" && p.Text == "" { // it has no value
			return key
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// A Piece is a stretch of a text. The view draws something of its own for a piece
// that has a name: a key, a link.
type Piece struct {
	Name string // of the placeholder; "" for what is text
	Text string // for a placeholder what stands in it, as in {link:Go there}
}

// Pieces is T for a text in which the view draws something itself: the placeholders
// that args give no value for come out as pieces with a name.
func Pieces(key string, args ...any) []Piece {
	raw, of, ok := inUse().raw(key)
	if !ok {
		return []Piece{{Text: key}}
	}
	out, ok := of.expand(nil, raw, args)
	if !ok {
		return []Piece{{Text: key}}
	}
	return out
}

// expand appends the pieces of text to out.
func (c *Catalogue) expand(out []Piece, text string, args []any) ([]Piece, bool) {
	parts, err := cut(text)
	if err != nil || len(args)%2 != 0 {
		return nil, false
	}
	for _, p := range parts {
		if p.name == "" {
			out = words(out, p.text)
			continue
		}
		value, given := valueOf(p.name, args)
		switch value := value.(type) {
		case int:
			if p.forms == nil {
				out = words(out, strconv.Itoa(value))
				continue
			}
			n := c.form(value)
			if n >= len(p.forms) {
				return nil, false
			}
			var ok bool
			if out, ok = c.expand(out, p.forms[n], args); !ok {
				return nil, false
			}
		case string:
			if p.forms != nil {
				return nil, false
			}
			out = words(out, value)
		default:
			if given || p.forms != nil {
				return nil, false
			}
			out = append(out, Piece{p.name, p.text})
		}
	}
	return out, true
}

// words appends text to the piece before it, if that is text as well.
func words(out []Piece, text string) []Piece {
	if n := len(out); n > 0 && out[n-1].Name == "" {
		out[n-1].Text += text
		return out
	}
	return append(out, Piece{Text: text})
}

func valueOf(name string, args []any) (value any, given bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}
