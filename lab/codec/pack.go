package codec

import (
	"encoding/base64"
	"strings"
)

// Pack returns text for a link: a deflate stream (RFC 1951) in base64url without padding
// (RFC 4648 5).
func Pack(text string, d *Deflater) string {
	z := d.compress(text)
	return base64.RawURLEncoding.EncodeToString(z[2 : len(z)-4]) // without zlib's wrapping
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
	r := inflater{in: z, limit: limit}
	if err := r.blocks(); err != nil {
		return "", err
	}
	return string(r.out), nil
}
