// Package class is what a trainer and a class hand each other without a server: the link
// that learners open, the code in which each says what she has done, and what the codes of
// a class come to once everything that they claim has been played again.
//
// What it proves. The key of a class is made of a phrase that stands in the link, so it is
// on the laptop of everybody who has opened it. A tag that is right says that a code was
// typed and copied without a mistake, by somebody with the phrase. It does not say by whom:
// signed is not yours. Wins are played again; name, day, bets, hints and tries are what the
// code says. Whoever has a code can try phrases on it at home: one of four words out of 256
// is no secret for long.
package class

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fixlab/lab/near"
)

// A Link is what a trainer gives to a class. The zero Link is that of nobody's class.
type Link struct {
	Class    string // its name, at most LongestName bytes
	Phrase   string // what its key is made of, at most LongestName bytes
	Hide     bool   // no worked solutions
	Variants bool   // each learner has an incident of her own
	Lang     string // "de"; "" for the page's own
}

// LongestName bounds the name of a class and its phrase, and LongestLang the language, in
// bytes.
const (
	LongestName = 60
	LongestLang = 12
)

// linkVersion is the first byte of a link.
const linkVersion = 1

// longestLink is how many characters Fragment writes at most.
var longestLink = base64.RawURLEncoding.EncodedLen(2 + 2*LongestName + LongestLang + 2 + 2)

// On reports whether l is that of a class.
func (l Link) On() bool { return tidy(l.Phrase) != "" }

// Check returns nil if Fragment can write l.
func (l Link) Check() error {
	for _, x := range []struct {
		what, text string
		most       int
	}{{"the name of the class", l.Class, LongestName}, {"the phrase", l.Phrase, LongestName}, {"the language", l.Lang, LongestLang}} {
		switch {
		case len(x.text) > x.most:
			return fmt.Errorf("%s has %d bytes; the most are %d", x.what, len(x.text), x.most)
		case !printable(x.text):
			return fmt.Errorf("%s has a character that cannot be seen: %s", x.what, near.Quote(x.text))
		}
	}
	if l.key() == (key{}) {
		return errors.New("the class has no phrase")
	}
	if strings.ContainsFunc(l.Lang, func(c rune) bool { return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-') }) {
		return fmt.Errorf("%s is no language: want one such as de or pt-BR", near.Quote(l.Lang))
	}
	return nil
}

// Fragment writes l as Parse reads it, for behind the # of an address: what stands there is
// sent to no server. The error is that of Check.
func (l Link) Fragment() (string, error) {
	if err := l.Check(); err != nil {
		return "", err
	}
	var flags byte
	if l.Hide {
		flags |= 1
	}
	if l.Variants {
		flags |= 2
	}
	b := append([]byte{linkVersion, flags}, l.Class+"\n"+l.Phrase+"\n"+l.Lang...)
	return base64.RawURLEncoding.EncodeToString(append(b, checksum(b)...)), nil
}

// Parse reads what Fragment has written. The error says what is wrong with it.
func Parse(fragment string) (l Link, err error) {
	if len(fragment) > longestLink+2 {
		return l, fmt.Errorf("the class link has %d characters; the most are %d", len(fragment), longestLink)
	}
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(fragment, "="))
	switch {
	case err != nil:
		return l, errors.New("the class link has a character that does not belong into it")
	case len(b) < 1:
		return l, errors.New("the class link is empty")
	case b[0] != linkVersion:
		return l, fmt.Errorf("the class link is of version %d, and this page reads version %d", b[0], linkVersion)
	case len(b) < 4 || string(checksum(b[:len(b)-2])) != string(b[len(b)-2:]):
		return l, errors.New("the class link is cut short, or was changed")
	}
	parts := strings.Split(string(b[2:len(b)-2]), "\n")
	if len(parts) != 3 || b[1] > 3 {
		return l, errors.New("the class link says something that this page does not know")
	}
	l = Link{Class: parts[0], Phrase: parts[1], Lang: parts[2], Hide: b[1]&1 != 0, Variants: b[1]&2 != 0}
	if err := l.Check(); err != nil {
		return Link{}, err
	}
	return l, nil
}

// checksum returns the CRC-16 of b as CCITT has it: it finds every slip of up to sixteen
// bits on end, and so one character that is wrong, or two that were exchanged.
func checksum(b []byte) []byte {
	sum := uint16(0xFFFF)
	for _, c := range b {
		sum ^= uint16(c) << 8
		for range 8 {
			if sum>>15 == 1 {
				sum = sum<<1 ^ 0x1021
			} else {
				sum <<= 1
			}
		}
	}
	return []byte{byte(sum >> 8), byte(sum)}
}

// printable reports whether all of text can be seen, and stands where it was typed.
func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) })
}

// A key is what codes are signed with, and by what a class is known.
type key struct {
	mac [sha256.Size]byte
	id  [4]byte
}

// key returns the key of the class: HKDF-SHA-256 of the phrase (RFC 5869), salted with the
// name. Blanks and capitals make no difference: it may have been read out. The zero key is
// that of no class.
func (l Link) key() (k key) {
	phrase := tidy(l.Phrase)
	if phrase == "" {
		return k
	}
	const info = "completion code, version 1"
	secret := mac([]byte("fxlab class "+tidy(l.Class)), []byte(phrase))
	first := mac(secret, []byte(info+"\x01"))
	copy(k.mac[:], first)
	copy(k.id[:], mac(secret, []byte(string(first)+info+"\x02")))
	return k
}

func tidy(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
