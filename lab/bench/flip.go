package bench

import "strings"

// Flip replaces the i-th character (rune) of text, counted from 0, with the one
// whose base64 value differs in the lowest bit. In the last character of a
// signature that bit is often an unused one. A character outside the base64url
// alphabet becomes an A. was and is are the two characters; when text has no i-th
// character, it is returned unchanged and they are "".
func Flip(text string, i int) (flipped string, was, is string) {
	n := 0
	for at, r := range text {
		if n == i {
			was, is = text[at:at+runeLen(text, at)], "A"
			if d := strings.IndexRune(base64Digits, r); d >= 0 {
				is = base64Digits[d^1:][:1]
			}
			return text[:at] + is + text[at+len(was):], was, is
		}
		n++
	}
	return text, "", ""
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// Accepted returns the indices of the characters of text, counted from 0, that
// Flip can change while the text still verifies with f. It verifies once per
// character, so a text of more than limit bytes is not tried.
func (s *Scheme) Accepted(text string, f Form, limit int) (at []int, tried bool) {
	set, err := settle(s.Asks, f, false)
	if err != nil || len(text) > limit {
		return nil, false
	}
	for i, n := 0, len([]rune(text)); i < n; i++ {
		bad, _, _ := Flip(text, i)
		if _, err := s.signer(set, bad).Unsign(bad); err == nil {
			at = append(at, i)
		}
	}
	return at, true
}
