// Package sign reproduces the cookie signers of several web frameworks, byte
// for byte: what they mint, what they accept, what they refuse, and where they
// fall over.
//
// The versions are Django 4.0 to 6.1a, Flask 2.2 and 3.1 with itsdangerous 2.1
// and 2.2, cookie-signature 1.0.7 and 1.2.2, keygrip 1.1.0 and
// gorilla/securecookie 1.1.2. Django 3.2 mints the same; the SHA-1 signatures and
// the older rows that it accepts as well are refused here.
//
// A signature proves who minted a value. It does not prove for whom, nor, in
// most formats, when.
//
// Constructors take the secrets in one order everywhere: the first signs, and
// every one verifies, so that a rotated secret is kept as a fallback by naming
// it after its successor. They panic when there is none. A Signer keeps keyed
// hash state between calls and so serves one goroutine at a time.
package sign

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// A Signer appends a signature to a value and takes it off again.
type Signer interface {
	// Sign returns the value with its signature, as it stands in the cookie.
	Sign(value string) (signed string)
	// Unsign returns the value when the signature is right, and otherwise an
	// error that matches ErrBadSignature, or ErrCrash where the real code
	// raises.
	Unsign(signed string) (value string, err error)
}

// An Explainer shows its working. Every Signer of this package is one.
type Explainer interface {
	// Explain recomputes the signature of signed. With several secrets it shows
	// the one that matches, and the first when none does.
	Explain(signed string) Check
}

// A Check explains one signing or verification to a person.
type Check struct {
	Algorithm  string // "HMAC-SHA256"
	Secret     string // the secret that was used
	Derivation string // how the key is made from it, "" when the secret is the key
	Key        []byte // the derived key
	Message    string // exactly what is MACed
	Expected   string // the signature the server computes, as text
	Received   string // the signature in the value ("" when signing)
	Equal      bool   // the server takes Received for Expected; some compare leniently
}

// The errors of Unsign. Their text, and that of the errors that match them,
// gives the reason in the words of the real library where it has any.
var (
	// ErrBadSignature reports a value that no key at hand has signed.
	ErrBadSignature = errors.New("bad signature")
	// ErrExpired reports a right signature that is too old, or, for
	// itsdangerous, from the future. It matches ErrBadSignature.
	ErrExpired error = &failure{ErrBadSignature, "signature expired"}
	// ErrMalformed reports a value that has not the parts it should have. It
	// matches ErrBadSignature.
	ErrMalformed error = &failure{ErrBadSignature, "malformed value"}
	// ErrCrash reports a value on which the real code raises instead of
	// rejecting it, so that the visitor sees HTTP 500. It does not match
	// ErrBadSignature.
	ErrCrash = errors.New("the server raises an exception")
)

// A failure is an error of a kind, with the precise reason as its text.
type failure struct {
	kind   error
	reason string
}

func (f *failure) Error() string { return f.reason }
func (f *failure) Unwrap() error { return f.kind }

// A ring is a list of secrets with one way to make keys and signatures of them.
type ring struct {
	algorithm  string
	derivation string
	hash       func() hash.Hash
	derive     func(secret string) []byte // nil: the secret is the key
	encode     func(sum []byte) string
	lenient    func(sig string) (sum []byte, ok bool) // nil: signatures are compared as text
	macs       []mac
	buf        []byte
}

// A mac is one secret of a ring. Its key is derived when it is first used.
type mac struct {
	secret string
	key    []byte
	hash   hash.Hash
}

func (r *ring) secrets(keys []string) *ring {
	if len(keys) == 0 {
		panic("sign: no secret given")
	}
	r.macs = make([]mac, len(keys))
	for i, k := range keys {
		r.macs[i].secret = k
	}
	return r
}

// sum returns the MAC of message under the i-th secret. It is valid until the
// next call.
func (r *ring) sum(i int, message string) []byte {
	m := &r.macs[i]
	if m.hash == nil {
		m.key = []byte(m.secret)
		if r.derive != nil {
			m.key = r.derive(m.secret)
		}
		m.hash = hmac.New(r.hash, m.key)
	}
	m.hash.Reset()
	r.buf = append(r.buf[:0], message...)
	m.hash.Write(r.buf)
	r.buf = m.hash.Sum(r.buf[:0])
	return r.buf
}

// hashed returns a ring's derive: the hash of prefix and the secret.
func hashed(new func() hash.Hash, prefix string) func(string) []byte {
	return func(secret string) []byte {
		h := new()
		h.Write([]byte(prefix + secret))
		return h.Sum(nil)
	}
}

// signature returns the first secret's signature of message, as text.
func (r *ring) signature(message string) string { return r.encode(r.sum(0, message)) }

// index returns which secret made sig for message, -1 when none did.
func (r *ring) index(message, sig string) int {
	want := []byte(sig)
	if r.lenient != nil {
		var ok bool
		if want, ok = r.lenient(sig); !ok {
			return -1
		}
	}
	for i := range r.macs {
		got := r.sum(i, message)
		if r.lenient == nil {
			got = []byte(r.encode(got))
		}
		if hmac.Equal(got, want) {
			return i
		}
	}
	return -1
}

func (r *ring) explain(message, sig string) Check {
	i := r.index(message, sig)
	equal := i >= 0
	if !equal {
		i = 0
	}
	expected := r.encode(r.sum(i, message))
	return Check{
		Algorithm:  r.algorithm,
		Secret:     r.macs[i].secret,
		Derivation: r.derivation,
		Key:        append([]byte(nil), r.macs[i].key...),
		Message:    message,
		Expected:   expected,
		Received:   sig,
		Equal:      equal,
	}
}
