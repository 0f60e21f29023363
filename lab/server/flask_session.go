package server

import (
	"encoding/base64"
	"encoding/hex"
)

// newFlaskSession returns the extension Flask-Session 0.8: sessions in files, the
// cookie a signed random id (SESSION_USE_SIGNER; BareKey is its default). An
// unknown id is never taken over, and a bad signature gets a new one.
// session_interface.regenerate() issues a new id, keeps the data and deletes
// the old record.
// Source: flask_session/base.py (ServerSideSessionInterface).
func newFlaskSession(e Env) Framework {
	return sessions{e, keyed{Env: e, cookie: "session", read: e.firstStripped, mint: e.token, wrap: e.seal, unwrap: e.unseal, strict: true}}
}

// newFlaskSessionOld returns Flask-Session 0.3.2 and 0.5.0: the cookie is the bare id,
// and any id that a browser brings is taken over.
// Source: flask_session/sessions.py (open_session).
func newFlaskSessionOld(e Env) Framework {
	return sessions{e, keyed{Env: e, cookie: "session", read: e.firstStripped, mint: e.uuid4, wrap: bare, unwrap: unbare}}
}

// newFlaskSessionOldSigned returns the same with SESSION_USE_SIGNER: a bad signature
// gets a new id, a good one is taken over, also when its record is gone.
func newFlaskSessionOldSigned(e Env) Framework {
	return sessions{e, keyed{Env: e, cookie: "session", read: e.firstStripped, mint: e.uuid4, wrap: e.seal, unwrap: e.unseal}}
}

// token returns 32 random bytes in base64url, as Python's secrets.token_urlsafe(32)
// and scs's token are.
func (e Env) token() string {
	var b [32]byte
	e.read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// uuid4 returns a random UUID (RFC 9562 §5.4), as Python's str(uuid.uuid4()) is.
func (e Env) uuid4() string {
	var b [16]byte
	e.read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
