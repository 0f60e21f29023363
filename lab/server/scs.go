package server

// newSCS returns alexedwards/scs with its memstore: the cookie is a bare random token.
// An unknown token is never taken over. RenewToken issues a new one, keeps the
// data and deletes the old record; Destroy deletes the record, and what is
// written afterwards is a new session; Clear drops the data and keeps the token.
// Sources: alexedwards/scs/data.go (Load, Commit, Destroy, Clear, RenewToken), session.go.
func newSCS(e Env) Framework {
	return sessions{e, keyed{Env: e, cookie: "session", read: e.first, mint: e.token, wrap: bare, unwrap: unbare, strict: true}}
}
