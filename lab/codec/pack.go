package codec

import (
	"encoding/base64"
	"strings"
)

// Pack returns text for a link: a deflate stream (RFC 1951) in base64url without padding
// (RFC 4648 5).
func Pack(text string, d *Deflater) string {
	return base64.RawURLEncoding.EncodeToString(d.Deflate("", text))
}

// Unpack is the inverse of Pack. It takes a stream in zlib's wrapping too (RFC 1950), and
// base64 with padding. The error says that text is neither, or that it inflates to more
// than limit bytes.
func Unpack(text string, limit int) (string, error) {
	z, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return "", err
	}
	if out, err := inflate(z, limit); err == nil {
		return string(out), nil
	}
	return Inflate("", z, limit)
}
