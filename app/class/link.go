// Package class is what a class shares without a server.
package class

import (
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Link is what a trainer gives her class.
type Link struct {
	Class    string // its name
	Phrase   string
	Hide     bool   // no solutions are shown
	Variants bool   // each learner has a variant of her own
	Lang     string // of the page; "" for its own choice
}

// Bounds of a Link, in bytes.
const (
	MostClass  = 60
	MostPhrase = 80
	mostLang   = 20
)

// Word begins the fragment of a Link.
const Word = "class"

const linkVersion = 1

// Fragment writes l for an address, as "class/…".
func (l Link) Fragment() string {
	b := []byte{linkVersion, 0}
	for i, on := range []bool{l.Hide, l.Variants} {
		if on {
			b[1] |= 1 << i
		}
	}
	for _, text := range []string{l.Class, l.Phrase, l.Lang} {
		b = append(b, byte(len(text)))
		b = append(b, text...)
	}
	sum := crc32.ChecksumIEEE(b)
	return Word + "/" + base64.RawURLEncoding.EncodeToString(append(b, byte(sum>>8), byte(sum)))
}

// Fault says why l cannot be a link, nil if it can.
func (l Link) Fault() error {
	for _, f := range []struct {
		what, text string
		most       int
	}{{"the name of the class", l.Class, MostClass}, {"the phrase", l.Phrase, MostPhrase}, {"the language", l.Lang, mostLang}} {
		switch {
		case len(f.text) > f.most:
			return fmt.Errorf("%s has more than %d bytes", f.what, f.most)
		case !utf8.ValidString(f.text) || strings.ContainsFunc(f.text, func(r rune) bool { return !shown(r) }):
			return fmt.Errorf("%s has a character that cannot be shown", f.what)
		}
	}
	return nil
}

var errCut = errors.New("the class link is cut short or mistyped: ask for it again")

// Parse is the inverse of Fragment. The error says what is wrong with the link.
func Parse(fragment string) (l Link, err error) {
	packed, ok := strings.CutPrefix(fragment, Word+"/")
	if !ok {
		return l, errors.New("it is no class link")
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(packed)
	if err != nil || len(b) < 4 {
		return l, errCut
	}
	b, sum := b[:len(b)-2], b[len(b)-2:]
	switch c := crc32.ChecksumIEEE(b); {
	case byte(c>>8) != sum[0] || byte(c) != sum[1]:
		return l, errCut
	case b[0] != linkVersion:
		return l, fmt.Errorf("the class link is of version %d, and this page reads version %d", b[0], linkVersion)
	case b[1] > 3:
		return l, errors.New("the class link asks for what this page does not know")
	}
	l.Hide, l.Variants = b[1]&1 != 0, b[1]&2 != 0
	b = b[2:]
	for _, text := range []*string{&l.Class, &l.Phrase, &l.Lang} {
		if len(b) == 0 || len(b) < 1+int(b[0]) {
			return Link{}, errCut
		}
		*text, b = string(b[1:1+b[0]]), b[1+b[0]:]
	}
	if len(b) > 0 {
		return Link{}, errCut
	}
	if err := l.Fault(); err != nil {
		return Link{}, err
	}
	return l, nil
}

// Clean returns a text as a Link can hold it, in one line, without what cannot be shown,
// and of at most that many bytes.
func Clean(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if !shown(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	return strings.ToValidUTF8(text[:min(len(text), most)], "")
}

func shown(r rune) bool { return r == ' ' || unicode.IsPrint(r) }
