package server

import (
	"cmp"
	"net/http"

	"fixlab/lab/defence"
	"fixlab/lab/session"
)

// newSignedID returns the lab's own reference: a random session key, signed with
// HMAC-SHA256, and the session in a store. Every visitor gets one at once.
// Without Strict it takes over a key that it signed but no longer has.
func newSignedID(e Env) Framework { return signedID{e} }

type signedID struct{ Env }

// key returns the session key that r brings, "" when it brings none.
func (s signedID) key(r *http.Request) string {
	text := s.first(r, "sid")
	if given := cmp.Or(r.URL.Query().Get("sid"), r.PostForm.Get("sid")); given != "" && !s.On(defence.CookieOnly) {
		text = given
	}
	key, err := s.unseal(text)
	if err != nil {
		return ""
	}
	return key
}

// open returns the session of r; the key is "" when r has none.
func (s signedID) open(r *http.Request) (key string, values session.Values) {
	key = s.key(r)
	if key == "" {
		return "", nil
	}
	rec, ok := s.Store.Load(key)
	if !ok && s.On(defence.Strict) {
		return "", nil
	}
	values, _ = session.ParseValues(rec.Data)
	if !s.fits(r, values) {
		return "", nil
	}
	return key, values
}

// save keeps values under key, under a new one when it is "".
func (s signedID) save(w http.ResponseWriter, key string, values session.Values) {
	if key == "" {
		key = s.newKey()
	}
	s.Store.Save(s.row(key, values))
	s.setCookie(w, "sid", s.seal(key))
}

func (s signedID) row(key string, values session.Values) session.Record {
	return session.Record{ID: key, Data: values.JSON()}
}

func (s signedID) Visit(w http.ResponseWriter, r *http.Request) {
	key, values := s.open(r)
	s.save(w, key, values)
}

func (s signedID) Put(w http.ResponseWriter, r *http.Request, name, value string) bool {
	key, values := s.open(r)
	s.save(w, key, values.With(name, value))
	return true
}

func (s signedID) Login(w http.ResponseWriter, r *http.Request, user string) {
	key, values := s.open(r)
	values, early := s.userFirst(r, key, values, user, s.row)
	if (key != "" || values != nil) && s.flushes(r) {
		if key != "" {
			s.Store.Delete(key)
		}
		key, values = "", nil
	}
	if !early {
		values = s.enter(r, values, user)
	}
	if key != "" && s.rotates(r) {
		s.retire(s.row(key, values))
		key = ""
	}
	s.save(w, key, values)
}

func (s signedID) Values(r *http.Request) session.Values {
	key := s.key(r)
	if key == "" {
		return nil
	}
	rec, _ := s.Store.Load(key)
	values, _ := session.ParseValues(rec.Data)
	if !s.fits(r, values) {
		return nil
	}
	return values
}

func (s signedID) Whoami(r *http.Request) (user, name string) {
	user = s.Values(r).Get(session.User)
	return user, user
}

func (s signedID) Logout(w http.ResponseWriter, r *http.Request) bool {
	if key := s.key(r); key != "" {
		s.end(key)
	}
	s.clearCookie(w, "sid")
	return true
}
