//go:build !wasm

package audit

import (
	"cmp"
	"crypto/rand"
	"math/big"
	"strings"

	core "fixlab/lab/audit"
	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// invent makes a jar with a session cookie that nobody issued: a random value of the
// shape of the id that the genuine one carries, without any signature.
func (r *run) invent(jar string, seen *core.Seen) error {
	model := r.sessionOf(r.jars[r.last[core.Victim]])
	if len(model) == 0 {
		seen.Nothing = "There is no session cookie to take the shape from."
		return nil
	}
	made := newBrowser()
	var entries []cookie.Entry
	for _, e := range model {
		t := token.Recognise(e.Name, e.Value)
		if t.Of != "" {
			continue // the signature of another one
		}
		e.Value = likeness(cmp.Or(t.ID, e.Value))
		entries = append(entries, e)
	}
	made.jar = cookie.Restore(cookie.Chromium, entries)
	r.jars[jar] = made
	return nil
}

// likeness is a random text of the shape of id: of its length, with digits for digits,
// letters of the same case for letters, and all else as it is. What is too long to be an
// id is made 32 hexadecimal digits.
func likeness(id string) string {
	const digits, hex, small = "0123456789", "0123456789abcdef", "abcdefghijklmnopqrstuvwxyz"
	if len(id) > 128 || len(id) < 8 {
		return random(32, hex)
	}
	isHex := strings.Trim(strings.ToLower(id), hex+"-") == ""
	var b strings.Builder
	escape := 0
	for _, c := range id {
		if c == '%' {
			escape = 3
		}
		if escape > 0 { // of "%3A" nothing is made up
			escape--
			b.WriteRune(c)
			continue
		}
		switch {
		case c >= '0' && c <= '9':
			b.WriteString(random(1, digits))
		case c >= 'a' && c <= 'z' && isHex:
			b.WriteString(random(1, hex[10:]))
		case c >= 'A' && c <= 'Z' && isHex:
			b.WriteString(strings.ToUpper(random(1, hex[10:])))
		case c >= 'a' && c <= 'v' && strings.Trim(id, digits+small[:22]) == "":
			b.WriteString(random(1, small[:22])) // PHP's 26 characters are of [0-9a-v]
		case c >= 'a' && c <= 'z':
			b.WriteString(random(1, small))
		case c >= 'A' && c <= 'Z':
			b.WriteString(strings.ToUpper(random(1, small)))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// random returns n random characters of alphabet.
func random(n int, alphabet string) string {
	var b strings.Builder
	for range n {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			panic(err) // it never fails
		}
		b.WriteByte(alphabet[i.Int64()])
	}
	return b.String()
}
