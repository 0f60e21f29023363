package words

import (
	"strings"

	"fixlab/app/text"
	"fixlab/lab"
)

// A piece is a stretch of text: a session key, its signature, or anything else.
type piece struct {
	Text   string
	Key    int  // the number of the session key that it is, from 1, or 0
	Signed bool // it is the signature of the key before it, with the dot
}

// Pieces cuts text at the run's session keys, so that each can be shown as a
// chip, and at their signatures. Joined again they are text.
func Pieces(keys []string, text string) []piece {
	var out []piece
	plain := 0
	cut := func(end int) {
		if end > plain {
			out = append(out, piece{Text: text[plain:end]})
		}
		plain = end
	}
	for i := 0; i < len(text); {
		key := keyAt(keys, text, i)
		if key == 0 {
			i++
			continue
		}
		cut(i)
		i += len(keys[key-1])
		out = append(out, piece{Text: keys[key-1], Key: key})
		if n := signature(text[i:]); n > 0 {
			out = append(out, piece{Text: text[i : i+n], Signed: true})
			i += n
		}
		plain = i
	}
	cut(len(text))
	return out
}

// signature returns the length of the signature, a dot and a long word, at the beginning
// of text, or 0.
func signature(text string) int {
	const shortest = 16
	n := 1
	for n < len(text) && (isWord(text[n]) || text[n] == '+' || text[n] == '/' || text[n] == '%') {
		n++
	}
	if !strings.HasPrefix(text, ".") || n <= shortest {
		return 0
	}
	return n
}

// Spoken is s to be read aloud: a session id by its label, and that it is signed in place
// of the signature.
func Spoken(t *lab.Trace, s string) string {
	var out strings.Builder
	for _, p := range Pieces(t.Keys, s) {
		switch {
		case p.Key > 0:
			out.WriteString(t.Label(p.Text))
		case p.Signed:
			out.WriteString(", " + text.T("jar.signed"))
		default:
			out.WriteString(Short(p.Text))
		}
	}
	return out.String()
}

// keyAt returns the number of the longest key that stands at text[i:] as a word of its own.
func keyAt(keys []string, text string, i int) int {
	best := 0
	if i > 0 && isWord(text[i-1]) && !(i >= 3 && text[i-3] == '%') { // "%3A" is a colon
		return 0
	}
	for n, key := range keys {
		if key == "" || !strings.HasPrefix(text[i:], key) || best > 0 && len(key) <= len(keys[best-1]) {
			continue
		}
		if end := i + len(key); end < len(text) && isWord(text[end]) {
			continue
		}
		best = n + 1
	}
	return best
}

func isWord(c byte) bool {
	return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// Short leaves the middle out of every word that is too long to be read.
func Short(text string) string {
	const longest, head, tail = 28, 10, 4
	var b strings.Builder
	for text != "" {
		n := strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 || !isWord(byte(r)) })
		switch {
		case n == 0:
			n = 1
			for n < len(text) && text[n]&0xC0 == 0x80 {
				n++
			}
		case n < 0:
			n = len(text)
		}
		if word := text[:n]; n > longest && word[0] < 0x80 {
			b.WriteString(word[:head] + "…" + word[n-tail:])
		} else {
			b.WriteString(word)
		}
		text = text[n:]
	}
	return b.String()
}
