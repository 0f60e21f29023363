package server

import (
	"net/http"

	"fixlab/lab/defence"
	"fixlab/lab/session"
)

// DjangoDB keeps sessions in a table; the cookie is the bare key, unsigned.
// What is signed is the row. Its login is home-made: it writes the user into
// the session itself instead of calling auth.login(), which would rotate.
// Sources: django/contrib/sessions/backends/{base,db}.py, middleware.py and
// django/contrib/auth/__init__.py.
func DjangoDB(e Env) Framework { return djangoDB{e} }

type djangoDB struct{ Env }

// load returns the session that r names. An unknown key is never taken over;
// a row that does not decode is an empty session under the same key.
func (d djangoDB) load(r *http.Request) (key string, values session.Values) {
	rec, ok := d.Store.Load(d.last(r, "sessionid"))
	if !ok {
		return "", nil
	}
	data, err := d.Signer.Unsign(rec.Data)
	if err != nil {
		return rec.ID, nil
	}
	values, _ = session.ParseValues(data)
	return rec.ID, values
}

// save writes the row and sends the cookie, as the middleware does for a modified session.
func (d djangoDB) save(w http.ResponseWriter, key string, values session.Values) {
	if key == "" {
		key = d.newKey() // SessionStore.create()
	}
	d.Store.Save(d.row(key, values))
	d.setCookie(w, "sessionid", key)
}

func (d djangoDB) row(key string, values session.Values) session.Record {
	return session.Record{ID: key, Data: d.Signer.Sign(values.JSON())}
}

// newKey returns 32 characters of a-z and 0-9 (backends/base.py, _get_new_session_key).
func (d djangoDB) newKey() string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
	key := make([]byte, 0, 32)
	for len(key) < cap(key) {
		var b [32]byte
		d.read(b[:])
		for _, c := range b {
			if n := int(c & 63); n < len(alphabet) && len(key) < cap(key) { // drawn again when over, as secrets.choice does
				key = append(key, alphabet[n])
			}
		}
	}
	return string(key)
}

// Visit writes to the session, as a shop does that remembers where you came
// in. Django sends no cookie to a visitor for whom nothing was written.
func (d djangoDB) Visit(w http.ResponseWriter, r *http.Request) {
	key, values := d.load(r)
	d.save(w, key, values.With("entry", "/"))
}

func (d djangoDB) Put(w http.ResponseWriter, r *http.Request, name, value string) bool {
	key, values := d.load(r)
	d.save(w, key, values.With(name, value))
	return true
}

func (d djangoDB) Login(w http.ResponseWriter, r *http.Request, user string) {
	key, values := d.load(r)
	if d.On(defence.Flush) { // request.session.flush()
		d.Store.Delete(key)
		key, values = "", nil
	}
	values = values.With(session.User, user) // request.session["user_id"] = user
	if d.On(defence.Rotate) {                // request.session.cycle_key()
		d.retire(d.row(key, values))
		key = d.newKey()
	}
	d.save(w, key, values)
}

func (d djangoDB) Values(r *http.Request) session.Values {
	_, values := d.load(r)
	return values
}

func (d djangoDB) Whoami(r *http.Request) (user, name string) {
	user = d.Values(r).Get(session.User)
	return user, user
}

func (d djangoDB) Logout(w http.ResponseWriter, r *http.Request) bool {
	if key, _ := d.load(r); key != "" {
		d.Store.Delete(key) // request.session.flush()
	}
	d.clearCookie(w, "sessionid")
	return true
}
