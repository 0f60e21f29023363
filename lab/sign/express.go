package sign

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"fixlab/lab/codec"
)

type cookieSignature struct{ *ring }

// CookieSignature signs as the npm package cookie-signature does: value, a dot,
// and the standard base64 of HMAC-SHA256 under the secret itself, without its
// padding. There is no time. Signatures are compared as text, so nothing but
// the very signature verifies.
func CookieSignature(keys ...string) Signer { return newCookieSignature(keys) }

func newCookieSignature(keys []string) cookieSignature {
	return cookieSignature{(&ring{
		algorithm: "HMAC-SHA256",
		hash:      sha256.New,
		encode:    base64.RawStdEncoding.EncodeToString,
	}).secrets(keys)}
}

func (s cookieSignature) Sign(value string) string { return value + "." + s.signature(value) }

func (s cookieSignature) Unsign(signed string) (string, error) {
	value, sig, ok := CutLast(signed, ".")
	if !ok {
		return "", &failure{ErrMalformed, `no "." in the value`}
	}
	if s.index(value, sig) < 0 {
		return "", &failure{ErrBadSignature, "cookie signature invalid"}
	}
	return value, nil
}

func (s cookieSignature) Explain(signed string) Check {
	value, sig, _ := CutLast(signed, ".")
	return s.explain(value, sig)
}

type expressSession struct{ cookieSignature }

// ExpressSession signs an id as express-session does, and gives it the form it
// has on the wire: "s:" and what CookieSignature makes, through
// encodeURIComponent. Unsign takes the cookie as it comes, in any percent
// encoding, so the wire form, though not the signature, has many spellings; a
// value without "s:" is unsigned, which is ErrMalformed. Bytes from 0x80 on are
// taken for Latin-1, as Node takes them in a header.
func ExpressSession(keys ...string) Signer { return expressSession{newCookieSignature(keys)} }

func (s expressSession) Sign(value string) string {
	return encodeURIComponent("s:" + s.cookieSignature.Sign(value))
}

func (s expressSession) Unsign(signed string) (string, error) {
	inner, ok := strings.CutPrefix(DecodeCookie(signed), "s:")
	if !ok {
		return "", &failure{ErrMalformed, "cookie unsigned"}
	}
	return s.cookieSignature.Unsign(inner)
}

func (s expressSession) Explain(signed string) Check {
	return s.cookieSignature.Explain(strings.TrimPrefix(DecodeCookie(signed), "s:"))
}

// encodeURIComponent is JavaScript's, ECMA-262, 19.2.6.4.
func encodeURIComponent(s string) string {
	const hex = "0123456789ABCDEF"
	var b []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.!~*'()", c) >= 0 {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(b)
}

// DecodeCookie decodes a cookie's value as the npm package cookie does: by
// decodeURIComponent (ECMA-262, 19.2.6.2), and not at all where that throws.
func DecodeCookie(s string) string {
	latin := Latin1(s)
	var b []byte
	for i := 0; i < len(latin); i++ {
		if latin[i] != '%' {
			b = append(b, latin[i])
			continue
		}
		var seq []byte
		for want := 1; len(seq) < want; i += 3 {
			if i+2 >= len(latin) || latin[i] != '%' || codec.Unhex(latin[i+1]) < 0 || codec.Unhex(latin[i+2]) < 0 {
				return latin
			}
			c := byte(codec.Unhex(latin[i+1])<<4 | codec.Unhex(latin[i+2]))
			if seq = append(seq, c); len(seq) == 1 {
				switch {
				case c >= 0xf0:
					want = 4
				case c >= 0xe0:
					want = 3
				case c >= 0x80:
					want = 2
				}
			}
		}
		if !utf8.Valid(seq) {
			return latin
		}
		b = append(b, seq...)
		i--
	}
	return string(b)
}

// Latin1 returns s in UTF-8, its bytes from 0x80 on taken for Latin-1, as Node
// reads a header.
func Latin1(s string) string {
	if isASCII(s) {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		b = utf8.AppendRune(b, rune(s[i]))
	}
	return string(b)
}

// A keygrip signs as the npm package keygrip does with its default SHA-1: the
// signature is unpadded base64url and travels apart from its data. Signatures
// are compared as text.
type keygrip struct{ ring *ring }

// newKeygrip returns a keygrip whose first key signs.
func newKeygrip(keys []string) *keygrip {
	return &keygrip{(&ring{
		algorithm: "HMAC-SHA1",
		hash:      sha1.New,
		encode:    base64.RawURLEncoding.EncodeToString,
	}).secrets(keys)}
}

// sign returns the signature of data by the first key.
func (k *keygrip) sign(data string) string { return k.ring.signature(data) }

// index returns which key made sig for data, and -1 when none did.
func (k *keygrip) index(data, sig string) int { return k.ring.index(data, sig) }

type cookieSession struct {
	*keygrip
	name string
}

// CookieSession signs as the npm package cookie-session does, which needs two
// cookies: one has the name and the base64 of the value, the other the name
// with ".sig" and the keygrip signature of "name=" and that base64. The signed
// text is both as in a Cookie header, "name=...; name.sig=...". Sign takes JSON
// text as Node writes it (see NodeJSON). There is no time. A session that an
// older key signed is accepted; the real server then signs it anew with the
// first.
func CookieSession(name string, keys ...string) Signer {
	return cookieSession{newKeygrip(keys), name}
}

func (s cookieSession) Sign(value string) string {
	data := s.name + "=" + base64.StdEncoding.EncodeToString([]byte(value))
	return data + "; " + s.name + ".sig=" + s.sign(data)
}

// Unsign reads a Cookie header. The first cookie of a name counts.
func (s cookieSession) Unsign(signed string) (string, error) {
	value, ok := headerCookie(signed, s.name)
	sig, signedToo := headerCookie(signed, s.name+".sig")
	switch {
	case !ok:
		return "", &failure{ErrMalformed, "no cookie " + s.name}
	case !signedToo || sig == "":
		return "", &failure{ErrMalformed, "no cookie " + s.name + ".sig"}
	case s.index(s.name+"="+value, sig) < 0:
		return "", &failure{ErrBadSignature, "the signature does not match"}
	}
	data, err := codec.PyBase64(codec.Pad(value), codec.Base64URL)
	if err != nil {
		return "", &failure{ErrMalformed, err.Error()}
	}
	return string(data), nil
}

func (s cookieSession) Explain(signed string) Check {
	value, _ := headerCookie(signed, s.name)
	sig, _ := headerCookie(signed, s.name+".sig")
	return s.ring.explain(s.name+"="+value, sig)
}

// headerCookie finds a cookie in a Cookie header as the npm package cookies
// does, by the pattern /(?:^|;) *name=([^;]*)/.
func headerCookie(header, name string) (string, bool) {
	for part := range strings.SplitSeq(header, ";") {
		if v, ok := strings.CutPrefix(strings.TrimLeft(part, " "), name+"="); ok {
			return v, true
		}
	}
	return "", false
}
