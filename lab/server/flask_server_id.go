package server

import (
	"net/http"

	"fixlab/lab/defence"
	"fixlab/lab/session"
)

// newFlaskServerID returns Flask with sessions in a dict of the application's; its
// signed session carries the id, session["sid"], and nothing else. Without
// Strict it takes over an id that it signed but no longer has
// (store.setdefault(session["sid"], {})).
func newFlaskServerID(e Env) Framework {
	return flaskServerID{sessions{e, keyed{Env: e, cookie: "session", read: e.firstStripped, mint: e.newKey, wrap: e.flaskID, unwrap: e.flaskIDOf, once: true}}}
}

type flaskServerID struct{ sessions }

// flaskID returns Flask's session around the id.
func (e Env) flaskID(id string) string {
	return e.Signer.Sign(flaskJSON(session.Values{}.With("sid", id)))
}

func (e Env) flaskIDOf(text string) (id string, err error) {
	text, err = e.Signer.Unsign(text)
	if err != nil {
		return "", err
	}
	v, err := session.ParseValues(text)
	if err != nil {
		return "", err
	}
	return unbare(v.Get("sid"))
}

// Login has one way of its own to drop the data: session.clear() empties
// Flask's session, and the id was in it. The record stays, as it was.
func (f flaskServerID) Login(w http.ResponseWriter, r *http.Request, user string) {
	if f.On(defence.Clear) { // session.clear()
		f.save(w, r, "", f.enter(r, nil, user))
		return
	}
	f.sessions.Login(w, r, user)
}
