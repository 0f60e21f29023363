package token

import (
	"encoding/base64"
	"math"
	"strings"

	"fixlab/lab/sign"
)

const (
	lowerHex = "0123456789abcdef"
	upperHex = "0123456789ABCDEF"
	anyHex   = "0123456789abcdefABCDEF"
	decimal  = "0123456789"
	lower36  = "abcdefghijklmnopqrstuvwxyz0123456789"
)

// is reports whether s has from min to max characters, all of digits.
func is(s, digits string, min, max int) bool {
	return len(s) >= min && len(s) <= max && sign.Only(s, digits)
}

func isHex(s string, min, max int) bool {
	return is(s, lowerHex, min, max) || is(s, upperHex, min, max)
}

// isUUID reports whether s is a UUID in its usual form (RFC 9562 section 4).
func isUUID(s string) bool {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return false
	}
	return sign.Only(strings.ReplaceAll(s, "-", ""), anyHex)
}

// IDBits is the least that a value must be able to hold to look like an id
// (NIST SP 800-63B 7.1).
const IDBits = 64

// LooksLikeID reports whether s can hold at least IDBits, in an alphabet that ids are
// written in, and does not read like words: a random text changes often between
// small and capital letters and digits.
func LooksLikeID(s string) bool {
	if len(s) > 128 || Bits(s) < IDBits {
		return false
	}
	switch {
	case isUUID(s), sign.Only(s, decimal):
		return true
	case isHex(s, 16, 128):
		return strings.Trim(s, decimal) != "" && strings.ContainsAny(s, decimal)
	}
	changes, before := 0, byte(0)
	for i := 0; i < len(s); i++ {
		class := class(s[i])
		if class != 0 && before != 0 && class != before {
			changes++
		}
		if class != 0 {
			before = class
		}
	}
	if !strings.ContainsAny(s, decimal) { // CamelCase changes too, at every other word
		return len(s) >= 20 && changes*12 >= len(s)*5
	}
	return len(s) >= 16 && changes*6 >= len(s)
}

func class(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return '0'
	case 'a' <= c && c <= 'z':
		return 'a'
	case 'A' <= c && c <= 'Z':
		return 'A'
	}
	return 0
}

// Bits returns what a text of this length and alphabet can hold at most, 0 for one
// that has characters in which nobody writes ids.
func Bits(s string) int {
	if s == "" {
		return 0
	}
	if isUUID(s) {
		return 122
	}
	for _, a := range []struct {
		digits string
		size   float64
	}{
		{decimal, 10}, {lowerHex, 16}, {upperHex, 16}, {lower36, 36}, {sign.Base62Digits, 62},
		{sign.URLDigits, 64}, {sign.Base62Digits + "+/=", 64}, {sign.URLDigits + "+/=,", 64},
	} {
		if sign.Only(s, a.digits) {
			return int(float64(len(strings.TrimRight(s, "="))) * math.Log2(a.size))
		}
	}
	return 0
}

// unbase decodes base64 strictly, of either alphabet, with padding or without.
func unbase(s string) ([]byte, bool) {
	s = strings.TrimRight(s, "=")
	code := base64.RawURLEncoding
	if strings.ContainsAny(s, "+/") {
		code = base64.RawStdEncoding
	}
	if s == "" || strings.ContainsAny(s, "\r\n") {
		return nil, false
	}
	b, err := code.DecodeString(s)
	return b, err == nil
}
