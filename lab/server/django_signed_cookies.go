package server

import (
	"net/http"

	"fixlab/lab/defence"
	"fixlab/lab/session"
)

// DjangoSignedCookies keeps the session in the cookie: the data, signed and
// dated. There is no session key and no record, so there is nothing to fixate,
// nothing to rotate and nothing to revoke.
// Sources: django/contrib/sessions/backends/signed_cookies.py and middleware.py.
func DjangoSignedCookies(e Env) Framework { return djangoSignedCookies{e} }

type djangoSignedCookies struct{ Env }

// load returns the data in the cookie; what does not verify is an empty session.
func (d djangoSignedCookies) load(r *http.Request) session.Values {
	data, err := d.Signer.Unsign(d.last(r, "sessionid"))
	if err != nil {
		return nil
	}
	values, _ := session.ParseValues(data)
	return values
}

func (d djangoSignedCookies) save(w http.ResponseWriter, values session.Values) {
	d.setCookie(w, "sessionid", d.Signer.Sign(values.JSON()))
}

// Visit writes to the session, as a shop does that remembers where you came in.
func (d djangoSignedCookies) Visit(w http.ResponseWriter, r *http.Request) {
	d.save(w, d.load(r).With("entry", "/"))
}

func (d djangoSignedCookies) Put(w http.ResponseWriter, r *http.Request, name, value string) bool {
	d.save(w, d.load(r).With(name, value))
	return true
}

func (d djangoSignedCookies) Login(w http.ResponseWriter, r *http.Request, user string) {
	values := d.load(r)
	if d.On(defence.Flush) { // request.session.flush()
		values = nil
	}
	values = values.With(session.User, user) // request.session["user_id"] = user
	if d.On(defence.Rotate) {                // request.session.cycle_key()
		d.save(w, values) // is save() here: the same data, signed again
		return
	}
	d.save(w, values)
}

func (d djangoSignedCookies) Values(r *http.Request) session.Values { return d.load(r) }

func (d djangoSignedCookies) Whoami(r *http.Request) (user, name string) {
	user = d.load(r).Get(session.User)
	return user, user
}

// Logout makes the browser forget the cookie. A copy of it stays valid.
func (d djangoSignedCookies) Logout(w http.ResponseWriter, r *http.Request) bool {
	d.clearCookie(w, "sessionid")
	return true
}
