package server

import (
	"net/http"

	"fixlab/lab/session"
)

// newFlaskSeedVerified returns the article's listing with the obvious repair: login
// verifies the signature of the cookie, and keeps the id if it is right. Strict
// asks the table too. Added: visitors get a signed id, and there is a logout.
func newFlaskSeedVerified(e Env) Framework { return flaskSeedTable{flaskSeedSessions(e, false)} }

// newFlaskSeedFixed returns the article's own repair: a fresh id at every login. Added:
// the row of the old id goes; the article's listing has no row to delete.
func newFlaskSeedFixed(e Env) Framework {
	return flaskSeedFixed{flaskSeedTable{flaskSeedSessions(e, true)}}
}

func flaskSeedSessions(e Env, strict bool) sessions {
	return sessions{e, keyed{Env: e, cookie: "session", read: e.firstStripped, mint: e.newKey, wrap: e.seal, unwrap: e.unseal, strict: strict}}
}

// flaskSeedTable keeps nothing but the table of ids and users.
type flaskSeedTable struct{ sessions }

// Visit issues an id that is nobody's yet.
func (f flaskSeedTable) Visit(w http.ResponseWriter, r *http.Request) {
	key, v := f.open(r)
	f.save(w, r, key, v)
}

// Put cannot: the article keeps no data.
func (f flaskSeedTable) Put(http.ResponseWriter, *http.Request, string, string) bool { return false }

// Whoami greets the id, as the article's profile does, once it is somebody's.
func (f flaskSeedTable) Whoami(r *http.Request) (user, name string) {
	key, v := f.open(r)
	user = v.Get(session.User)
	if user == "" {
		return "", ""
	}
	return user, key
}

type flaskSeedFixed struct{ flaskSeedTable }

func (f flaskSeedFixed) Login(w http.ResponseWriter, r *http.Request, user string) {
	key, _ := f.open(r)
	v := f.enter(r, nil, user)
	if key != "" {
		f.retire(record(key, v))
	}
	f.save(w, r, "", v) // fresh_session_id = os.urandom(16).hex()
}
