package page

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Visible writes text so that every character of it can be seen.
func Visible(text string) string {
	clean := true
	for _, r := range text {
		clean = clean && strconv.IsPrint(r) && r != '\ufffd'
	}
	if clean {
		return text
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case strconv.IsPrint(r) && (r != '\ufffd' || n > 1):
			b.WriteString(text[i : i+n])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			for _, c := range []byte(text[i : i+n]) {
				b.Write([]byte{'\\', 'x', hex[c>>4], hex[c&15]})
			}
		}
		i += n
	}
	return b.String()
}

// HexOf writes bytes in hex with a space between them.
func HexOf(text string) string {
	const hex = "0123456789abcdef"
	b := make([]byte, 0, 3*len(text))
	for i := range len(text) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, hex[text[i]>>4], hex[text[i]&15])
	}
	return string(b)
}

// BytesOf writes a range of n bytes, counted from 0.
func BytesOf(from, n int) string {
	if n == 1 {
		return "byte " + strconv.Itoa(from)
	}
	return "bytes " + strconv.Itoa(from) + "–" + strconv.Itoa(from+n-1)
}
