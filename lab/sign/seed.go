package sign

import (
	"crypto/sha256"
	"encoding/hex"
)

type seed struct{ *ring }

// Seed signs as the seed articles' Flask code does: value, a dot, and the
// lower-case hex of HMAC-SHA256 under the secret itself. There is no time, no
// salt and no key derivation. Signatures are compared as text, so nothing but
// the very signature verifies; one with a non-ASCII character makes
// hmac.compare_digest raise TypeError, which is ErrCrash here.
func Seed(keys ...string) Signer {
	return seed{(&ring{
		algorithm: "HMAC-SHA256",
		hash:      sha256.New,
		encode:    hex.EncodeToString,
	}).secrets(keys)}
}

func (s seed) Sign(value string) string { return value + "." + s.signature(value) }

func (s seed) Unsign(signed string) (string, error) {
	value, sig, ok := CutLast(signed, ".")
	switch {
	case !ok:
		return "", &failure{ErrMalformed, `no "." in the value`}
	case !isASCII(sig):
		return "", &failure{ErrCrash, "TypeError: comparing strings with non-ASCII characters is not supported"}
	case s.index(value, sig) < 0:
		return "", &failure{ErrBadSignature, "the signature does not match"}
	}
	return value, nil
}

func (s seed) Explain(signed string) Check {
	value, sig, _ := CutLast(signed, ".")
	return s.explain(value, sig)
}
