package server

import "net/http"

// newPassport05 returns express-session with passport 0.5: req.login() writes the user
// into the session that is there, and neither the id nor the data changes.
// Source: passport/lib/sessionmanager.js, 0.5.3.
func newPassport05(e Env) Framework { return express(e) }

// newPassport07 returns express-session with passport 0.6 and later: req.login()
// regenerates the session, so the id is new and the data is gone.
// Source: passport/lib/sessionmanager.js, 0.7.0.
func newPassport07(e Env) Framework { return passport{express(e), false} }

// newPassport07Keep returns passport 0.7 with keepSessionInfo: the data is merged into
// the new session, a CSRF secret included.
func newPassport07Keep(e Env) Framework { return passport{express(e), true} }

type passport struct {
	sessions
	keepSessionInfo bool
}

func (p passport) Login(w http.ResponseWriter, r *http.Request, user string) {
	if p.forgotten(r) { // a way in that does not go through passport
		p.sessions.Login(w, r, user)
		return
	}
	key, v := p.open(r)
	p.drop(key) // req.session.regenerate()
	if !p.keepSessionInfo {
		v = nil
	}
	p.save(w, r, "", p.enter(r, v, user))
}
