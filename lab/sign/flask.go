package sign

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
)

// A Derivation is a way in which itsdangerous makes a key of salt and secret.
// itsdangerous/signer.py, derive_key
type Derivation string

const (
	DeriveHMAC         Derivation = "hmac"          // HMAC(secret, salt)
	DeriveDjangoConcat Derivation = "django-concat" // SHA1(salt + "signer" + secret)
	DeriveConcat       Derivation = "concat"        // SHA1(salt + secret)
	DeriveNone         Derivation = "none"          // the secret is the key
)

type itsDangerous struct{ *ring }

// ItsDangerous signs as itsdangerous.Signer does with its default SHA-1: value,
// a dot, and the unpadded base64url of the HMAC. Flask-Session up to 0.8 signs
// its ids so, with the salt "flask-session" and DeriveHMAC.
//
// The signature is malleable. It is decoded before it is compared, and Python
// decodes leniently: the unused bits of the last character, characters outside
// the alphabet (as long as the padding still works out), + and / for - and _,
// and = signs at the end all pass. Other texts with the same value therefore
// verify.
//
// The library itself lists its keys the other way round, newest last.
func ItsDangerous(salt string, derivation Derivation, keys ...string) Signer {
	return itsDangerous{itsRing("SHA1", sha1.New, salt, derivation, keys)}
}

func itsRing(digest string, new func() hash.Hash, salt string, derivation Derivation, keys []string) *ring {
	r := &ring{
		algorithm: "HMAC-" + digest,
		hash:      new,
		encode:    base64.RawURLEncoding.EncodeToString,
		lenient: func(sig string) ([]byte, bool) {
			sum, err := codec.PyBase64(codec.Pad(sig), codec.Base64URL)
			return sum, err == nil
		},
	}
	switch derivation {
	case DeriveHMAC:
		r.derivation = "HMAC-" + digest + `(secret_key, "` + salt + `")`
		r.derive = func(secret string) []byte {
			h := hmac.New(new, []byte(secret))
			h.Write([]byte(salt))
			return h.Sum(nil)
		}
	case DeriveDjangoConcat:
		r.derivation = digest + `("` + salt + `" + "signer" + secret_key)`
		r.derive = hashed(new, salt+"signer")
	case DeriveConcat:
		r.derivation = digest + `("` + salt + `" + secret_key)`
		r.derive = hashed(new, salt)
	case DeriveNone:
	default:
		panic("sign: unknown key derivation " + string(derivation))
	}
	return r.secrets(keys)
}

func (s itsDangerous) Sign(value string) string { return value + "." + s.signature(value) }

func (s itsDangerous) Unsign(signed string) (string, error) {
	value, sig, ok := CutLast(signed, ".")
	if !ok {
		return "", &failure{ErrMalformed, "No b'.' found in value"}
	}
	if s.index(value, sig) < 0 {
		return "", &failure{ErrBadSignature, "Signature " + pyBytes(sig) + " does not match"}
	}
	return value, nil
}

func (s itsDangerous) Explain(signed string) Check {
	value, sig, _ := CutLast(signed, ".")
	return s.explain(value, sig)
}

// FlaskLifetime is the default PERMANENT_SESSION_LIFETIME, which Flask enforces
// on every session cookie it reads, also on those of non-permanent sessions.
const FlaskLifetime = 31 * 24 * time.Hour

type flaskSession struct {
	itsDangerous
	now    func() time.Time
	maxAge time.Duration
	pack   codec.Deflater
}

// FlaskSession signs as Flask does its own session cookie. Sign takes JSON text
// as Flask's serializer writes it (see FlaskJSON), packs it with zlib where that
// saves at least two bytes (marked by a leading dot), encodes it in unpadded
// base64url, appends a dot and the time, and signs that like ItsDangerous with
// the salt "cookie-session" and DeriveHMAC. Unsign gives the text back,
// unparsed.
//
// A session older than maxAge is refused, and so is one from the future; 0
// checks neither (Flask always has a maxAge: see FlaskLifetime). Whole seconds
// count. The signature is malleable, as ItsDangerous tells. Where the signature
// is right and what it signs cannot be decoded, Flask raises BadPayload, which
// it does not catch: that is ErrCrash.
func FlaskSession(now func() time.Time, maxAge time.Duration, keys ...string) Signer {
	return &flaskSession{
		itsDangerous: itsDangerous{itsRing("SHA1", sha1.New, "cookie-session", DeriveHMAC, keys)},
		now:          now,
		maxAge:       maxAge,
	}
}

func (s *flaskSession) Sign(value string) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(s.now().Unix()))
	stamp := strings.TrimLeft(string(b[:]), "\x00")
	return s.itsDangerous.Sign(codec.EncodePayload(value, &s.pack) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(stamp)))
}

// maxDatetime is the last second of Python's datetime, that of the year 9999.
const maxDatetime = 253402300799

// Unsign follows itsdangerous/timed.py, TimestampSigner.unsign, which looks at
// the timestamp before it reports a bad signature.
func (s *flaskSession) Unsign(signed string) (string, error) {
	_, bad := s.itsDangerous.Unsign(signed)
	result, _, dot := CutLast(signed, ".")
	if !dot {
		return "", bad
	}
	text, stamp, dot := CutLast(result, ".")
	ts, ok := FlaskTime(stamp)
	switch {
	case !dot && bad != nil:
		return "", bad
	case !dot:
		return "", &failure{ErrMalformed, "timestamp missing"}
	case !ok && bad == nil, bad != nil && ok && ts > maxDatetime:
		return "", &failure{ErrMalformed, "Malformed timestamp"}
	case bad != nil:
		return "", bad
	case ts > maxDatetime:
		return "", &failure{ErrCrash, "ValueError: year is out of range"}
	}
	if s.maxAge != 0 {
		age, limit := s.now().Unix()-int64(ts), int64(s.maxAge/time.Second)
		if age > limit || age < 0 {
			reason := " < 0 seconds"
			if age > limit {
				reason = " > " + strconv.FormatInt(limit, 10) + " seconds"
			}
			return "", &failure{ErrExpired, "Signature age " + strconv.FormatInt(age, 10) + reason}
		}
	}
	value, err := codec.DecodePayload(text)
	if err != nil {
		return "", &failure{ErrCrash, "BadPayload: " + err.Error()}
	}
	return value, nil
}

// FlaskTime parses the timestamp of a session cookie: at most eight big-endian
// bytes in base64url, the seconds since 1970 (itsdangerous/timed.py). It is not ok
// for more bytes or for what is not base64.
func FlaskTime(stamp string) (uint64, bool) {
	b, err := codec.PyBase64(codec.Pad(stamp), codec.Base64URL)
	if err != nil || len(b) > 8 {
		return 0, false
	}
	var ts uint64
	for _, c := range b {
		ts = ts<<8 | uint64(c)
	}
	return ts, true
}

// pyBytes is Python's repr of a bytes object.
func pyBytes(s string) string {
	const hex = "0123456789abcdef"
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	b := []byte{'b', quote}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote || c == '\\':
			b = append(b, '\\', c)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c < ' ' || c >= 0x7f:
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, quote))
}
