package server

import (
	"fixlab/lab/codec"
	"fixlab/lab/session"
)

// newFlask returns Flask with the session in the cookie: tagged JSON, signed and
// dated. There is no key and no record. session.clear() at login drops the data.
// Sources: flask/sessions.py (SecureCookieSessionInterface), flask/json/tag.py.
func newFlask(e Env) Framework {
	return sessions{e, carried{e, "session", e.firstStripped, flaskJSON, session.ParseValues}}
}

func flaskJSON(v session.Values) string { return codec.FlaskJSON(object(v)) }
