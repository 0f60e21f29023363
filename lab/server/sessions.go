package server

import (
	"errors"
	"net/http"

	"fixlab/lab/codec"
	"fixlab/lab/defence"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// sessions is what the frameworks have in common: a session is opened, written
// to and saved, and login writes the user into it. Where the session is kept,
// and which of a visitor's claims to one are believed, is the backend's.
type sessions struct {
	Env
	backend
}

// A backend is where a framework keeps its sessions.
type backend interface {
	// open returns the session that r brings and what it holds. The key is ""
	// when there is none, or when sessions have no key.
	open(r *http.Request) (key string, v session.Values)
	// save keeps v under key, under a new one when it is "", and sends the cookie.
	save(w http.ResponseWriter, r *http.Request, key string, v session.Values)
	// forget makes the browser drop its cookies.
	forget(w http.ResponseWriter)
}

// Visit writes to the session, as a shop does that remembers where you came
// in. Most frameworks send no cookie to a visitor for whom nothing was written.
func (s sessions) Visit(w http.ResponseWriter, r *http.Request) {
	s.Put(w, r, "entry", "/")
}

func (s sessions) Put(w http.ResponseWriter, r *http.Request, name, value string) bool {
	key, v := s.open(r)
	s.save(w, r, key, v.With(name, value))
	return true
}

// Login is written by hand: no framework's helper is called.
func (s sessions) Login(w http.ResponseWriter, r *http.Request, user string) {
	key, v := s.open(r)
	v, early := s.userFirst(r, key, v, user, nil)
	if (key != "" || v != nil) && s.flushes(r) {
		s.drop(key)
		key, v = "", nil
	}
	if !early {
		v = s.enter(r, v, user)
	}
	if key != "" && s.rotates(r) {
		s.retire(record(key, v))
		key = ""
	}
	s.save(w, r, key, v)
}

// drop deletes the record of key, if there is one.
func (s sessions) drop(key string) {
	if key != "" {
		s.Store.Delete(key)
	}
}

func (s sessions) Values(r *http.Request) session.Values {
	_, v := s.open(r)
	return v
}

func (s sessions) Whoami(r *http.Request) (user, name string) {
	user = s.Values(r).Get(session.User)
	return user, user
}

// Logout deletes the record and the cookie. A session that has no record lives
// on in every copy of its cookie.
func (s sessions) Logout(w http.ResponseWriter, r *http.Request) bool {
	if key, _ := s.open(r); key != "" {
		s.end(key)
	}
	s.forget(w)
	return true
}

// keyed keeps sessions in the store; the cookie carries the key.
type keyed struct {
	Env
	cookie string                                    // its base name
	read   func(r *http.Request, name string) string // which of several cookies of that name
	mint   func() string                             // makes a key
	wrap   func(key string) (text string)            // the key as the cookie carries it
	unwrap func(text string) (key string, err error) // the inverse
	strict bool                                      // never takes over a key that is not in the store
	once   bool                                      // sends the cookie with a new key only
}

func (k keyed) open(r *http.Request) (key string, v session.Values) {
	key, err := k.unwrap(k.read(r, k.cookie))
	if errors.Is(err, sign.ErrCrash) {
		panic(err)
	}
	if err != nil {
		return "", nil
	}
	rec, ok := k.Store.Load(key)
	if !ok && (k.strict || k.On(defence.Strict)) {
		return "", nil
	}
	v, _ = session.ParseValues(rec.Data)
	if !k.fits(r, v) {
		return "", nil
	}
	return key, v
}

func (k keyed) save(w http.ResponseWriter, _ *http.Request, key string, v session.Values) {
	fresh := key == ""
	if fresh {
		key = k.mint()
	}
	k.Store.Save(record(key, v))
	if k.once && !fresh {
		return
	}
	k.setCookie(w, k.cookie, k.wrap(key))
}

func (k keyed) forget(w http.ResponseWriter) { k.clearCookie(w, k.cookie) }

// bare is the wrap of a cookie that is the key itself.
func bare(key string) string { return key }

// unbare is the unwrap of such a cookie.
func unbare(text string) (string, error) {
	if text == "" {
		return "", sign.ErrMalformed
	}
	return text, nil
}

// carried keeps sessions in the cookie: there is no key and no record, so there
// is nothing to rotate and nothing to revoke.
type carried struct {
	Env
	cookie string
	read   func(r *http.Request, name string) string
	encode func(session.Values) string // the text that is signed
	decode func(string) (session.Values, error)
}

func (c carried) open(r *http.Request) (key string, v session.Values) {
	text, err := c.Signer.Unsign(c.read(r, c.cookie))
	if errors.Is(err, sign.ErrCrash) {
		panic(err)
	}
	if err != nil {
		return "", nil
	}
	v, err = c.decode(text)
	if err != nil || !c.fits(r, v) {
		return "", nil
	}
	return "", v
}

func (c carried) save(w http.ResponseWriter, _ *http.Request, _ string, v session.Values) {
	c.setCookie(w, c.cookie, c.Signer.Sign(c.encode(v)))
}

func (c carried) forget(w http.ResponseWriter) { c.clearCookie(w, c.cookie) }

// A refusal is thrown by a framework that answers a request itself, with an
// error page.
type refusal struct{ status int }

// record is how every store here keeps a session: as a JSON object. The
// originals use JSON, pickle, msgpack or gob.
func record(key string, v session.Values) session.Record {
	return session.Record{ID: key, Data: v.JSON()}
}

// object returns v for the serializers of package sign.
func object(v session.Values) codec.Object {
	var o codec.Object
	for _, f := range v {
		o = append(o, codec.Member{Key: f.Name, Value: f.Value})
	}
	return o
}
