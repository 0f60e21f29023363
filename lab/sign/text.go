package sign

import "strings"

// Base62Digits are the digits of Django's timestamps, in ascending order
// (django/core/signing.py, BASE62_ALPHABET).
const Base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// URLDigits are the characters of base64url, in no particular order.
const URLDigits = Base62Digits + "-_"

// Only reports whether s consists of characters of digits. The empty string does.
func Only(s, digits string) bool { return strings.Trim(s, digits) == "" }

// CutLast cuts s around the last sep, as Python's rsplit(sep, 1) does. When sep is
// not in s, before is s and found is false.
func CutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
