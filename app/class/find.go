package class

import (
	"encoding/base32"
	"strings"
	"unicode"
)

// mark begins a code; what follows it is its version.
const mark = "FX"

// codeVersion is that of the codes that this page writes.
const codeVersion = '1'

// crockford is base32 with digits and letters that are not taken for each other, by Douglas
// Crockford: no I, L, O and U.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// tagText is how many characters a tag has.
var tagText = crockford.EncodedLen(tagLength)

// Make returns the code of what was done, in groups of five characters. It is a code of the
// class of l; of the zero Link of no class.
func Make(w Work, l Link) string {
	k := l.key()
	payload := pack(w, k.id)
	return written(payload, k.tag(payload))
}

func written(payload, tag []byte) string {
	return mark + string(codeVersion) + "." + grouped(crockford.EncodeToString(payload)) + "." + grouped(crockford.EncodeToString(tag))
}

// grouped writes text in groups of five.
func grouped(text string) string {
	var b strings.Builder
	for i, c := range text {
		if i > 0 && i%5 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// A Found is what looks like a code in a text.
type Found struct {
	Text string // as it stands there
	Line int    // of the text, from 1

	version byte
	payload string // characters of the alphabet
	tag     string // likewise
	whole   bool   // both are there
	loose   bool   // what is taken for its tag may have been written behind a code that is cut off
}

// mostText bounds a text in which codes are looked for, mostFound how many are found, in
// bytes and codes: more than a class has.
const (
	mostText  = 2 << 20
	mostFound = 1000
)

// Find returns all that looks like a code in a text that was pasted: with blanks, hyphens,
// line breaks and marks of quoted mail within it, in small letters, with any text around
// it. It reads the first 2 MiB and the first thousand codes.
func Find(text string) (all []Found) {
	text = text[:min(len(text), mostText)]
	line, counted := 1, 0
	for at := 0; len(all) < mostFound; {
		begin, n := next(text, at)
		if begin < 0 {
			return all
		}
		line += strings.Count(text[counted:begin], "\n")
		counted = begin
		other, _ := next(text, begin+n)
		f := scan(text[begin+n : end(other, text)])
		if dot := begin + n + strings.IndexByte(text[begin+n:], '.'); other >= 0 && dot == other+n-1 { // that may be the end of the payload
			after, _ := next(text, other+n)
			if longer := scan(text[begin+n : end(after, text)]); longer.sound() {
				f = longer
			}
		}
		f.version, f.Line = text[begin+n-2], line
		at = begin + n + len(f.Text)
		f.Text = strings.TrimRightFunc(text[begin:at], func(c rune) bool { return unicode.IsSpace(c) || c == '>' || c == '-' })
		all = append(all, f)
	}
	return all
}

func end(next int, text string) int {
	if next < 0 {
		return len(text)
	}
	return next
}

// next returns where the next code begins, and how long "FX1." is; below 0 for none.
func next(text string, from int) (at, n int) {
	for i := from; i+4 <= len(text); i++ {
		if (text[i]|0x20 == 'f') && (text[i+1]|0x20 == 'x') && '0' <= text[i+2] && text[i+2] <= '9' && text[i+3] == '.' && (i == 0 || !isAlphabet(text[i-1])) {
			return i, 4
		}
	}
	return -1, 0
}

// isAlphabet reports whether a code can have c.
func isAlphabet(c byte) bool { return plain(c) != 0 }

// plain returns a character of the alphabet for one that was typed, 0 for none. U is in no
// code and is read all the same: it was typed for another.
func plain(c byte) byte {
	if 'a' <= c && c <= 'z' {
		c -= 'a' - 'A'
	}
	switch c {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	if '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' {
		return c
	}
	return 0
}

// sound reports whether f has all its characters, and the payload its checksum.
func (f Found) sound() bool {
	payload, wrong := decoded(f.payload)
	return f.whole && len(f.payload) == declared(f.payload) && !wrong && summed(payload)
}

// summed reports whether the payload ends in its checksum.
func summed(payload []byte) bool {
	n := len(payload) - sumLength
	return n >= 0 && string(checksum(payload[:n])) == string(payload[n:])
}

// scan reads a code behind its mark. What stands behind one that is cut off could be read as
// more of it; so one that is not sound is read only as far as it stands in groups of five,
// or in one piece.
func scan(text string) Found {
	strict := read(text, true)
	if f := read(text, false); f.sound() {
		f.loose = !strict.whole
		return f
	}
	return strict
}

// read reads the payload and the tag. Where that is strict, a group that has not five
// characters is the last, and so is a line before a blank one.
func read(text string, strict bool) (f Found) {
	var part [2][]byte
	n, group, blank, lines, i := 0, 0, false, 0, 0
	for ; i < len(text) && !(n == 1 && len(part[1]) == tagText); i++ {
		c := text[i]
		switch p := plain(c); {
		case p != 0:
			if strict && blank && group != 5 && len(part[n]) > 0 {
				return f.ends(text[:i], part)
			}
			if blank {
				group = 0
			}
			group, blank, lines = group+1, false, 0
			part[n] = append(part[n], p)
		case c == '.' && n == 0:
			n, group, blank, lines = 1, 0, false, 0
		case c == '\n':
			if lines++; strict && lines > 1 {
				return f.ends(text[:i], part)
			}
			blank = true
		case strings.IndexByte(" \t\r->", c) >= 0:
			blank = true
		case strings.HasPrefix(text[i:], "\u00a0"):
			blank = true
			i++
		default:
			return f.ends(text[:i], part)
		}
	}
	if strict && i < len(text) && plain(text[i]) != 0 && len(part[1]) == tagText {
		part[1] = part[1][:tagText-1] // a longer word, which is none of it
	}
	return f.ends(text[:i], part)
}

func (f Found) ends(text string, part [2][]byte) Found {
	f.Text, f.payload, f.tag = text, string(part[0]), string(part[1])
	f.whole = len(part[0]) > 0 && len(part[1]) == tagText
	return f
}

// declared returns how many characters a payload is to have by its own first bytes.
func declared(payload string) int {
	b, err := crockford.DecodeString(payload[:min(len(payload), 4)]) // two bytes and a half
	if err != nil || len(b) < 2 {
		return -1
	}
	return crockford.EncodedLen(int(b[0])<<8 | int(b[1]))
}
