package server

import "encoding/base64"

// newExpressSession returns express-session with its MemoryStore: the cookie is the id
// behind a signature. An unknown id is never taken over, and the cookie is sent
// only with a new id. req.session.regenerate() destroys the record and issues a
// new id for an empty session; a login that keeps the data copies it over.
// Source: express-session/index.js (generate, getcookie, shouldSetCookie).
func newExpressSession(e Env) Framework { return express(e) }

func express(e Env) sessions {
	return sessions{e, keyed{Env: e, cookie: "connect.sid", read: e.first, mint: e.uid, wrap: e.seal, unwrap: e.unseal, strict: true, once: true}}
}

// uid returns 24 random bytes in base64url (uid-safe).
func (e Env) uid() string {
	var b [24]byte
	e.read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
