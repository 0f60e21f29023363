package server

import (
	"errors"
	"net/http"

	"fixlab/lab/defence"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// newFlaskSeed returns the Flask article's login and profile, line for line in what
// they do, plus one table (here the store) that says whose session an id is.
// Without that table nobody owns a session, and there is nothing to hijack.
func newFlaskSeed(e Env) Framework { return flaskSeed{e} }

type flaskSeed struct{ Env }

func (f flaskSeed) Login(w http.ResponseWriter, r *http.Request, user string) {
	id := f.firstStripped(r, "session") // session_id = request.cookies.get('session', 'fixed-by-attacker')
	if id == "" {
		id = "fixed-by-attacker"
	}
	if f.On(defence.Strict) { // verify and keep
		id = f.verifyAndKeep(r)
	}
	v := f.enter(r, nil, user)
	if f.rotates(r) || f.flushes(r) { // fresh_session_id = os.urandom(16).hex()
		if old, ok := f.verify(r); ok { // added: the article's fix leaves old ids alive
			f.retire(record(old, v))
		}
		id = f.newKey()
	}
	f.Store.Save(record(id, v)) // the added table
	f.setCookie(w, "session", f.Signer.Sign(id))
}

// verifyAndKeep returns the id of a cookie that is signed and in the table, or a fresh one.
func (f flaskSeed) verifyAndKeep(r *http.Request) string {
	id, ok := f.verify(r)
	if ok {
		_, ok = f.Store.Load(id)
	}
	if !ok {
		return f.newKey()
	}
	return id
}

// verify is the article's verify_session. A signature that is not ASCII makes
// hmac.compare_digest raise TypeError, which Flask answers with a 500.
func (f flaskSeed) verify(r *http.Request) (id string, ok bool) {
	id, err := f.Signer.Unsign(f.firstStripped(r, "session"))
	if errors.Is(err, sign.ErrCrash) {
		panic(err)
	}
	return id, err == nil
}

func (f flaskSeed) Whoami(r *http.Request) (user, name string) {
	id, ok := f.verify(r)
	if !ok {
		return "", ""
	}
	v := f.table(id)
	if !f.fits(r, v) {
		return "", ""
	}
	return v.Get(session.User), id // return f'Hello {session_id}'
}

// Values holds the user alone: the article keeps no other data.
func (f flaskSeed) Values(r *http.Request) session.Values {
	id, ok := f.verify(r)
	if !ok {
		return nil
	}
	return f.table(id)
}

// table looks up whose session the id is.
func (f flaskSeed) table(id string) session.Values {
	rec, _ := f.Store.Load(id)
	v, _ := session.ParseValues(rec.Data)
	return v
}

// Visit does nothing: the article starts no session before login.
func (f flaskSeed) Visit(http.ResponseWriter, *http.Request) {}

// Put cannot: the article keeps no data.
func (f flaskSeed) Put(http.ResponseWriter, *http.Request, string, string) bool { return false }

// Logout cannot: the article has no logout, and nothing that one could delete.
func (f flaskSeed) Logout(http.ResponseWriter, *http.Request) bool { return false }
