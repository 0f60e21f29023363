package server

import "fixlab/lab/session"

// newDjangoSignedCookies returns Django with the session in the cookie: the data,
// signed and dated. There is no session key and no record, so there is nothing to fixate,
// nothing to rotate and nothing to revoke: cycle_key() is save() here, which
// signs the same data again, and flush() empties this browser's cookie alone.
// Source: django/contrib/sessions/backends/signed_cookies.py.
func newDjangoSignedCookies(e Env) Framework {
	return django{sessions{e, carried{e, "sessionid", e.last, session.Values.JSON, session.ParseValues}}}
}
