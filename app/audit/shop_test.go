//go:build !wasm

package audit_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// A shop is a small server with a login, which the traps set. As it stands every visitor
// gets a session, login gives a new id and ends the old session, and logout ends it.
type shop struct {
	keeps bool // login goes on with the session that the browser brought
	lazy  bool // no session before the login
	rolls bool // every answer sets the cookie again

	set   func(w http.ResponseWriter, id string)                                  // gives a browser an id
	of    func(r *http.Request) string                                            // the id that a request brings
	live  func(r *http.Request, s *session) bool                                  // whether a session that is there still counts
	every func(w http.ResponseWriter, r *http.Request)                            // before every answer
	field func(s *session) string                                                 // more of the login form
	enter func(w http.ResponseWriter, r *http.Request, was *session, user string) // what a right password leads to
	pages handlers                                                                // other pages, "GET /basket"

	known map[string]string // users and their passwords; nil: passwords

	one      sync.Mutex
	sessions map[string]*session
}

// handlers are pages by method and path.
type handlers = map[string]func(http.ResponseWriter, *http.Request, *session)

// A session is what a shop keeps for an id.
type session struct {
	id, user string
	data     map[string]string
	at       time.Time // whatever a trap needs
}

var passwords = map[string]string{"alice": "pw-alice", "mallory": "pw-mallory"}

// auditing is how a shop at an address is audited. Nothing here is to depend on how fast
// the machine is: requests have a minute.
func auditing(url string) audit.Config {
	return audit.Config{URL: url, Login: "/login", Private: "/profile", Logout: "/logout", Mode: core.Ordinary, Timeout: time.Minute,
		Alice: audit.Account{Name: "alice", Password: passwords["alice"]}, Mallory: audit.Account{Name: "mallory", Password: passwords["mallory"]}}
}

const loginForm = `<form method="post" action="%s"><input name="user"><input name="pass" type="password">%s<button>Log in</button></form>`

func page(w http.ResponseWriter, status int, html string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprint(w, "<!doctype html><title>Shop</title>", html)
}

func (s *shop) accounts() map[string]string {
	if s.known != nil {
		return s.known
	}
	return passwords
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.one.Lock()
	defer s.one.Unlock()
	if s.every != nil {
		s.every(w, r)
	}
	in := s.sessions[s.brought(r)]
	if in != nil && s.live != nil && !s.live(r, in) {
		in = nil
	}
	if in == nil && !s.lazy {
		in = s.open(w)
	} else if in != nil && s.rolls {
		s.give(w, in.id)
	}
	if p := s.pages[r.Method+" "+r.URL.Path]; p != nil {
		p(w, r, in)
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "GET /":
		page(w, 200, `home <a href="/login">log in</a>`)
	case "GET /login":
		more := ""
		if s.field != nil {
			more = s.field(in)
		}
		page(w, 200, fmt.Sprintf(loginForm, "/login", more))
	case "POST /login":
		user := r.FormValue("user")
		if p := s.accounts()[user]; p == "" || p != r.FormValue("pass") {
			page(w, 401, "no")
			return
		}
		if s.enter != nil {
			s.enter(w, r, in, user)
			return
		}
		s.logIn(w, in, user, s.keeps)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	case "GET /profile":
		profile(w, in)
	case "GET /logout":
		if in != nil {
			delete(s.sessions, in.id)
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
	default:
		page(w, 404, "not here")
	}
}

// profile is the private page.
func profile(w http.ResponseWriter, in *session) {
	if in == nil || in.user == "" {
		page(w, 401, "anonymous")
		return
	}
	page(w, 200, "hello "+in.user+` <a href="/logout">log out</a>`)
}

// logIn puts user into the session that was, or into a new one.
func (s *shop) logIn(w http.ResponseWriter, was *session, user string, keeps bool) *session {
	in := was
	if was == nil || !keeps {
		if in = s.open(w); was != nil {
			delete(s.sessions, was.id)
		}
	}
	in.user = user
	return in
}

// open makes a session with a new id.
func (s *shop) open(w http.ResponseWriter) *session {
	in := s.under(rand.Text())
	s.give(w, in.id)
	return in
}

// under makes a session with this id.
func (s *shop) under(id string) *session {
	if s.sessions == nil {
		s.sessions = map[string]*session{}
	}
	s.sessions[id] = &session{id: id, data: map[string]string{}}
	return s.sessions[id]
}

func (s *shop) give(w http.ResponseWriter, id string) {
	if s.set != nil {
		s.set(w, id)
		return
	}
	send(w, "sid="+id+"; Path=/; HttpOnly")
}

func (s *shop) brought(r *http.Request) string {
	if s.of != nil {
		return s.of(r)
	}
	return first(r, "sid")
}

func send(w http.ResponseWriter, line string) { w.Header().Add("Set-Cookie", line) }

// first and last return the value of the first and of the last cookie of a name.
func first(r *http.Request, name string) string {
	for _, c := range r.CookiesNamed(name) {
		return c.Value
	}
	return ""
}

func last(r *http.Request, name string) (value string) {
	for _, c := range r.CookiesNamed(name) {
		value = c.Value
	}
	return value
}

var key = []byte(rand.Text())

// signed and unsigned are a text with its MAC behind a dot, and back; "" is no such text.
func signed(text string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func unsigned(value string) string {
	i := strings.LastIndex(value, ".")
	if i < 0 || signed(value[:i]) != value {
		return ""
	}
	return value[:i]
}

var sealer = func() cipher.AEAD {
	block, err := aes.NewCipher([]byte(rand.Text())[:16])
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}()

// sealed and unsealed encrypt a text under a new nonce each time, and back; "" is no such
// text.
func sealed(text string) string {
	nonce := make([]byte, sealer.NonceSize())
	rand.Read(nonce) // never fails
	return base64.RawURLEncoding.EncodeToString(sealer.Seal(nonce, nonce, []byte(text), nil))
}

func unsealed(value string) string {
	b, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(b) < sealer.NonceSize() {
		return ""
	}
	text, err := sealer.Open(nil, b[:sealer.NonceSize()], b[sealer.NonceSize():], nil)
	if err != nil {
		return ""
	}
	return string(text)
}

// A clock is one that goes on only when somebody sleeps.
type clock struct {
	one sync.Mutex
	at  time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.one.Lock()
	defer c.one.Unlock()
	return c.at
}

func (c *clock) sleep(_ context.Context, d time.Duration) error {
	c.one.Lock()
	defer c.one.Unlock()
	c.at = c.at.Add(d)
	return nil
}
