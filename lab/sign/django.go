package sign

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
)

// The salts under which Django signs its own things.
const (
	// SaltSignedCookies is the session cookie's of the signed_cookies backend.
	// django/contrib/sessions/backends/signed_cookies.py
	SaltSignedCookies = "django.contrib.sessions.backends.signed_cookies"
	// SaltSession is the stored row's of the db, cached_db and file backends.
	// django/contrib/sessions/backends/base.py, key_salt
	SaltSession = "django.contrib.sessions.SessionStore"
	// SaltSigner, SaltTimestamp and SaltDumps are the defaults of Signer,
	// TimestampSigner and signing.dumps. django/core/signing.py
	SaltSigner    = "django.core.signing.Signer"
	SaltTimestamp = "django.core.signing.TimestampSigner"
	SaltDumps     = "django.core.signing"
	// SaltAuthHash is that of session["_auth_user_hash"].
	// django/contrib/auth/base_user.py
	SaltAuthHash = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
)

type django struct {
	*ring
}

// Django signs as django.core.signing.Signer does: value, a colon, and the
// unpadded base64url of HMAC-SHA256 under SHA-256(salt + "signer" + secret).
// Signatures are compared as text, so nothing but the very signature verifies.
// The first key is SECRET_KEY, the others are SECRET_KEY_FALLBACKS.
func Django(salt string, keys ...string) Signer { return newDjango(salt, "", keys) }

// newDjango puts prefix before each secret, as get_cookie_signer does.
func newDjango(salt, prefix string, keys []string) *django {
	secret := "SECRET_KEY"
	if prefix != "" {
		secret = `"` + prefix + `" + SECRET_KEY`
	}
	return &django{(&ring{
		algorithm:  "HMAC-SHA256",
		derivation: `SHA256("` + salt + `" + "signer" + ` + secret + ")",
		hash:       sha256.New,
		derive:     hashed(sha256.New, salt+"signer"+prefix),
		encode:     base64.RawURLEncoding.EncodeToString,
	}).secrets(keys)}
}

func (s *django) Sign(value string) string { return value + ":" + s.signature(value) }

func (s *django) Unsign(signed string) (string, error) {
	value, sig, ok := CutLast(signed, ":")
	if !ok {
		return "", &failure{ErrMalformed, `No ":" found in value`}
	}
	if s.index(value, sig) < 0 {
		return "", &failure{ErrBadSignature, `Signature "` + sig + `" does not match`}
	}
	return value, nil
}

func (s *django) Explain(signed string) Check {
	value, sig, _ := CutLast(signed, ":")
	return s.explain(value, sig)
}

type djangoTimestamp struct {
	django
	now    func() time.Time
	maxAge time.Duration
}

// DjangoTimestamp signs as django.core.signing.TimestampSigner does: Django's
// Signer over value, a colon, and the whole seconds since 1970 in base 62. A
// value expires when it is older than maxAge, strictly and to the fraction of a
// second; 0 is never (Django's None; write time.Nanosecond for its 0). A
// timestamp in the future is accepted. Where the signature is right and the
// timestamp is not one, Django raises ValueError or IndexError, neither a
// BadSignature; that is ErrMalformed here, since the session backends that meet
// it catch everything.
func DjangoTimestamp(salt string, now func() time.Time, maxAge time.Duration, keys ...string) Signer {
	return &djangoTimestamp{*newDjango(salt, "", keys), now, maxAge}
}

// DjangoSignedCookie signs as HttpResponse.set_signed_cookie does: a
// TimestampSigner whose secrets are prefixed with "django.http.cookies" and
// whose salt is the cookie's name followed by extraSalt. The value itself is
// not encoded. django/core/signing.py, get_cookie_signer
func DjangoSignedCookie(name, extraSalt string, now func() time.Time, maxAge time.Duration, keys ...string) Signer {
	return &djangoTimestamp{*newDjango(name+extraSalt, "django.http.cookies", keys), now, maxAge}
}

func (s *djangoTimestamp) Sign(value string) string {
	return s.django.Sign(value + ":" + base62(s.now().Unix()))
}

func (s *djangoTimestamp) Unsign(signed string) (string, error) {
	result, err := s.django.Unsign(signed)
	if err != nil {
		return "", err
	}
	value, stamp, ok := CutLast(result, ":")
	if !ok {
		return "", &failure{ErrMalformed, "not enough values to unpack (expected 2, got 1)"}
	}
	ts, err := FromBase62(stamp)
	if err != nil {
		return "", err
	}
	if s.maxAge == 0 {
		return value, nil
	}
	now := s.now()
	age := float64(now.Unix()) + float64(now.Nanosecond())/1e9 - ts
	if age > s.maxAge.Seconds() {
		max := strconv.FormatFloat(s.maxAge.Seconds(), 'f', -1, 64)
		return "", &failure{ErrExpired, "Signature age " + codec.PythonJSON(age) + " > " + max + " seconds"}
	}
	return value, nil
}

func base62(n int64) string {
	if n == 0 {
		return "0"
	}
	var b [12]byte
	i, neg := len(b), n < 0
	for ; n != 0; n /= 62 {
		d := n % 62
		if d < 0 {
			d = -d
		}
		i--
		b[i] = Base62Digits[d]
	}
	if neg {
		i--
		b[i] = '-'
	}
	return string(b[i:])
}

// FromBase62 parses one of Django's timestamps. It returns a float because Python's
// integers have no limit; a number beyond float64 is ErrMalformed, and so is a text
// that is no number, with the text of the exception that Django raises.
func FromBase62(s string) (float64, error) {
	if s == "" {
		return 0, &failure{ErrMalformed, "string index out of range"}
	}
	digits, neg := strings.CutPrefix(s, "-")
	n := 0.0
	for i := 0; i < len(digits); i++ {
		d := strings.IndexByte(Base62Digits, digits[i])
		if d < 0 {
			return 0, &failure{ErrMalformed, "substring not found"}
		}
		n = n*62 + float64(d)
	}
	if math.IsInf(n, 0) {
		return 0, &failure{ErrMalformed, "int too large to convert to float"}
	}
	if neg {
		n = -n
	}
	return n, nil
}

type djangoDumps struct {
	djangoTimestamp
	compress bool
	pack     *codec.Deflater
}

// DjangoDumps signs as django.core.signing.dumps does. Sign takes JSON text as
// Django's serializer writes it (see PythonJSON), encodes it in unpadded
// base64url, and signs that with TimestampSigner; Unsign gives the text back,
// unparsed. With compress the text goes through zlib where that saves at least
// two bytes, marked by a leading dot inside the signed text; the bytes are those
// of C zlib at level 6. Unsign reads both.
//
// The signed_cookies backend is this with SaltSignedCookies, compress, and a
// maxAge of SESSION_COOKIE_AGE (two weeks). The rows of the db, cached_db and
// file backends are this with SaltSession, compress, and no maxAge; nothing
// binds such a row to its session key.
func DjangoDumps(salt string, now func() time.Time, maxAge time.Duration, compress bool, keys ...string) Signer {
	return &djangoDumps{djangoTimestamp{*newDjango(salt, "", keys), now, maxAge}, compress, nil}
}

func (s *djangoDumps) Sign(value string) string {
	if s.compress && s.pack == nil {
		s.pack = new(codec.Deflater)
	}
	return s.djangoTimestamp.Sign(codec.EncodePayload(value, s.pack))
}

func (s *djangoDumps) Unsign(signed string) (string, error) {
	text, err := s.djangoTimestamp.Unsign(signed)
	if err != nil {
		return "", err
	}
	value, err := codec.DecodePayload(text)
	if err != nil {
		return "", &failure{ErrMalformed, err.Error()}
	}
	return value, nil
}

// An AuthHash is what Django keeps in session["_auth_user_hash"]: the lower-case
// hex of HMAC-SHA256 over the user's password field, which ends every session
// of the user when the password changes. The key is SHA-256(salt + secret),
// here without the word "signer". Hashes are compared as text.
// django/contrib/auth/base_user.py, get_session_auth_hash
type AuthHash struct {
	ring     *ring
	password string
}

// DjangoAuthHash is the AuthHash of a user whose password field, the encoded
// hash with its algorithm and salt, is password.
func DjangoAuthHash(password string, keys ...string) *AuthHash {
	return &AuthHash{
		(&ring{
			algorithm:  "HMAC-SHA256",
			derivation: `SHA256("` + SaltAuthHash + `" + SECRET_KEY)`,
			hash:       sha256.New,
			derive:     hashed(sha256.New, SaltAuthHash),
			encode:     hex.EncodeToString,
		}).secrets(keys),
		password,
	}
}

// Hash returns the hash under the first secret.
func (h *AuthHash) Hash() string { return h.ring.signature(h.password) }

// Index returns which secret made hash, and -1 when none did. Since Django
// 4.1.8 a fallback's hash keeps the session and cycles its key; before, only
// the first secret counts.
func (h *AuthHash) Index(hash string) int { return h.ring.index(h.password, hash) }

// Sign returns the hash of the password field, whatever value is. With Unsign it
// makes an AuthHash a Signer.
func (h *AuthHash) Sign(string) string { return h.Hash() }

// Unsign returns the password field when hash is the right one for it.
func (h *AuthHash) Unsign(hash string) (string, error) {
	switch {
	case len(hash) != hex.EncodedLen(sha256.Size) || !Only(hash, "0123456789abcdef"):
		return "", &failure{ErrMalformed, "a hash has 64 digits of lower-case hex"}
	case h.Index(hash) < 0:
		return "", &failure{ErrBadSignature, "the hash does not match, and Django ends the session"}
	}
	return h.password, nil
}

// Explain recomputes the hash and compares it with the given one.
func (h *AuthHash) Explain(hash string) Check { return h.ring.explain(h.password, hash) }
