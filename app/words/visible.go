package words

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible writes text so that every byte of it can be seen: what cannot be seen
// as it stands is written as \n, \r, \t or byte by byte as \xNN.
func Visible(text string) string {
	const hex = "0123456789abcdef"
	return mapped(text, func(b *strings.Builder, r rune, bytes string) {
		switch r {
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			for _, c := range []byte(bytes) {
				b.Write([]byte{'\\', 'x', hex[c>>4], hex[c&15]})
			}
		}
	})
}

// Terminal writes text so that a terminal shows it and obeys nothing in it. Line
// ends stay. Other control characters below a blank and what is no UTF-8 are
// written as \xNN, and whatever else cannot be seen, as DEL, the C1 controls and
// the bidirectional ones, as \uNNNN. What is JSON stays JSON of the same value.
func Terminal(text string) string {
	return mapped(text, func(b *strings.Builder, r rune, bytes string) {
		switch high, low := utf16.EncodeRune(r); {
		case r == '\n':
			b.WriteByte('\n')
		case r < ' ' || r == utf8.RuneError:
			for _, c := range []byte(bytes) {
				fmt.Fprintf(b, `\x%02x`, c)
			}
		case high != utf8.RuneError:
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	})
}

// seen reports whether the character of n bytes at the head of a text can be seen
// as it stands. utf8.RuneError of one byte is no UTF-8.
func seen(r rune, n int) bool { return strconv.IsPrint(r) && (r != utf8.RuneError || n > 1) }

// mapped returns text in which hidden has written each character that is not seen.
func mapped(text string, hidden func(b *strings.Builder, r rune, bytes string)) string {
	at := 0
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !seen(r, n) {
			break
		}
		at += n
	}
	if at == len(text) {
		return text
	}
	var b strings.Builder
	b.WriteString(text[:at])
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if seen(r, n) {
			b.WriteString(text[at : at+n])
		} else {
			hidden(&b, r, text[at:at+n])
		}
		at += n
	}
	return b.String()
}
