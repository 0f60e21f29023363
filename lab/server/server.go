// Package server holds the applications under attack. They are ordinary
// http.Handlers: they know nothing of simulation, tracing or a page, and their
// files are shown to the learner exactly as they are compiled.
package server

import (
	"embed"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"fixlab/lab/defence"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// Source holds the Go files of this package, as they are compiled. The patterns
// leave out every file whose name ends in "st", as that of a test does.
//
//go:embed *[^t].go *[^s]t.go
var Source embed.FS

// Env is all that a server takes from outside; it has no globals.
type Env struct {
	Now    func() time.Time
	Rand   io.Reader
	Store  session.Store
	Signer sign.Signer
	On     func(defence.Set) bool // reports whether the switch, one bit, is on
	Users  map[string]string      // name -> password; sign-up adds to it

	HTTPS func(*http.Request) bool // reports whether a request came over https; nil: all do
	// The shop's log; each is called unless it is nil.
	Transfer func(user, to, amount string) // for every transfer
	Opened   func(user string)             // for every account that is opened
	Denied   func(Denial)                  // for every request that is refused
	Named    func(user string)             // for every page that names the user whose account it is of
}

// A Framework is how one server handles sessions. Its methods are called by the
// shop, at the moments that matter to a session. They may panic with an error that
// matches sign.ErrCrash where the original raises an exception.
type Framework interface {
	// Visit is an anonymous view of the front page.
	Visit(w http.ResponseWriter, r *http.Request)
	// Put keeps a value in the session, and reports whether this server can.
	Put(w http.ResponseWriter, r *http.Request, name, value string) bool
	// Read comes before a page that only reads the session: what the framework's
	// middleware then does to the cookie.
	Read(w http.ResponseWriter, r *http.Request)
	// Values returns what the session of r holds. It changes nothing.
	Values(r *http.Request) session.Values
	// Login is called when r proved that it comes from user: by password, ticket or sign-up.
	Login(w http.ResponseWriter, r *http.Request, user string)
	// Whoami returns whose account r is served, "" for nobody's, and the name
	// that the profile page greets; an empty name is not let in.
	Whoami(r *http.Request) (user, name string)
	// Logout ends the session, and reports whether this server can.
	Logout(w http.ResponseWriter, r *http.Request) bool
}

// Read does nothing, as in most frameworks: a page that only reads changes no
// cookie.
func (Env) Read(http.ResponseWriter, *http.Request) {}

// newKey returns a session key of 128 random bits, in hex.
func (e Env) newKey() string {
	var b [16]byte
	e.read(b[:])
	return hex.EncodeToString(b[:])
}

func (e Env) read(b []byte) {
	if _, err := io.ReadFull(e.Rand, b); err != nil {
		panic("server: no randomness: " + err.Error())
	}
}

// setCookie sends the cookie with the name and attributes that the switches ask for.
func (e Env) setCookie(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, e.cookie(http.Cookie{Name: name, Value: value}))
}

// clearCookie tells the browser to forget the cookie.
func (e Env) clearCookie(w http.ResponseWriter, name string) {
	http.SetCookie(w, e.cookie(http.Cookie{Name: name, MaxAge: -1}))
}

func (e Env) cookie(c http.Cookie) *http.Cookie {
	prefix := e.prefix()
	c.Name = prefix + c.Name
	c.Path = "/"
	c.HttpOnly = prefix == "__Host-Http-" || e.On(defence.HTTPOnly)
	c.Secure = prefix != "" || e.On(defence.Secure)
	if e.On(defence.SameSiteStrict) {
		c.SameSite = http.SameSiteStrictMode
	} else if e.On(defence.Lax) {
		c.SameSite = http.SameSiteLaxMode
	}
	if e.On(defence.DomainCookie) {
		c.Domain = "shop.example"
	}
	return &c
}

// CookieName returns name with the prefix that the switches put before it.
func (e Env) CookieName(name string) string { return e.prefix() + name }

// Prefixes are all that a cookie's name can begin with, the longest first.
var Prefixes = []string{"__Host-Http-", "__Host-", "__Secure-"}

// prefix returns what the cookie's name begins with (RFC 6265bis-22 §4.1.3;
// __Host-Http- is draft-ietf-httpbis-layered-cookies §4.1.3).
func (e Env) prefix() string {
	switch {
	case e.On(defence.HostHTTPPrefix):
		return "__Host-Http-"
	case e.On(defence.HostPrefix):
		return "__Host-"
	case e.On(defence.SecurePrefix):
		return "__Secure-"
	}
	return ""
}

// first returns the value of the first cookie called name, as Express and Go do; ""
// if there is none.
func (e Env) first(r *http.Request, name string) string {
	for _, value := range e.cookies(r, name, blank) {
		return value
	}
	return ""
}

// firstStripped is first as Flask does it (werkzeug/sansio/http.py, parse_cookie).
func (e Env) firstStripped(r *http.Request, name string) string {
	for _, value := range e.cookies(r, name, strings.TrimSpace) {
		return value
	}
	return ""
}

// last returns the value of the last one, as Django does (django/http/cookie.py,
// parse_cookie).
func (e Env) last(r *http.Request, name string) string {
	all := e.cookies(r, name, strings.TrimSpace)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// cookies returns the values of the cookies called name in the order they were sent.
func (e Env) cookies(r *http.Request, name string, trim func(string) string) []string {
	prefix := e.prefix()
	values := sent(r, prefix+name, trim)
	if values == nil && prefix != "" && e.On(defence.ReadUnprefixed) {
		values = sent(r, name, trim)
	}
	return values
}

// sent reads the header itself: net/http drops what is not ASCII, the originals
// do not. Python's strip takes every Unicode space off a name, and so makes
// __Host-sid of a name that no browser saw a prefix in; the others take blanks.
func sent(r *http.Request, name string, trim func(string) string) []string {
	var values []string
	for _, header := range r.Header["Cookie"] {
		for pair := range strings.SplitSeq(header, ";") {
			if n, value, ok := strings.Cut(pair, "="); ok && trim(n) == name {
				values = append(values, unquoted(trim(value)))
			}
		}
	}
	return values
}

// unquoted takes the double quotes off a value that stands in them, as all the
// originals do (net/http, parseCookieValue; http.cookies, _unquote; npm cookie).
// Escapes within them stay as they are.
func unquoted(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// blank takes spaces and tabs off both ends.
func blank(s string) string { return strings.Trim(s, " \t") }

// retire ends the record that login leaves behind, if there is one. The
// mistake keeps it alive, with the user already in it.
func (e Env) retire(rec session.Record) {
	if _, ok := e.Store.Load(rec.ID); !ok {
		return
	}
	if e.On(defence.KeepOldRecord) {
		e.Store.Save(rec)
		return
	}
	e.Store.Delete(rec.ID)
}

// end deletes the record at logout. The mistake keeps it.
func (e Env) end(id string) {
	if e.On(defence.KeepAtLogout) {
		return
	}
	e.Store.Delete(id)
}

// rotates reports whether this login issues a new session key.
func (e Env) rotates(r *http.Request) bool {
	return e.On(defence.Rotate) && !e.forgotten(r)
}

// flushes reports whether this login issues a new session key and drops the data.
func (e Env) flushes(r *http.Request) bool {
	return e.On(defence.Flush) && !e.forgotten(r)
}

// forgotten reports whether r is one of the ways in that somebody forgot.
func (e Env) forgotten(r *http.Request) bool {
	return r.URL.Path != "/login" && e.On(defence.ForgottenPath)
}

// userFirst makes the mistake that defence.UserFirst stands for: it writes user into the record of key,
// which login is about to leave, and reports whether it did. What it returns
// then holds user already; a flush drops it, and the login with it. row says
// how a record is written down; nil for a server that writes none so early.
func (e Env) userFirst(r *http.Request, key string, v session.Values, user string, row func(string, session.Values) session.Record) (session.Values, bool) {
	if !e.On(defence.UserFirst) {
		return v, false
	}
	v = e.enter(r, v, user)
	if row != nil && key != "" {
		e.Store.Save(row(key, v))
	}
	return v, true
}

// enter returns the values of a session into which user logs in by r.
func (e Env) enter(r *http.Request, v session.Values, user string) session.Values {
	if e.On(defence.Clear) {
		v = nil
	}
	if v.Get(session.CSRF) != "" && e.On(defence.FreshCSRF) {
		v = v.Without(session.CSRF)
	}
	v = v.With(session.User, user)
	if e.On(defence.BindAddress) {
		v = v.With(boundAddress, address(r))
	}
	if e.On(defence.BindDevice) {
		v = v.With(boundDevice, r.Header.Get(DeviceKey))
	}
	return v
}

// fits reports whether r may use the session that holds v.
func (e Env) fits(r *http.Request, v session.Values) bool {
	switch {
	case v.Get(session.User) == "": // bound at login only
		return true
	case e.On(defence.BindAddress) && v.Get(boundAddress) != address(r):
		return false
	case e.On(defence.BindDevice) && v.Get(boundDevice) != r.Header.Get(DeviceKey):
		return false
	}
	return true
}

// What a session keeps about the browser that logged in.
const (
	boundAddress = session.Bound + "address"
	boundDevice  = session.Bound + "device"
)

// DeviceKey is the header in which a browser proves that it holds its device's
// key. It stands in for a Device Bound Session Credentials proof: the lab's
// browsers send it truthfully and no script can read it.
const DeviceKey = "Sec-Device-Key"

// address is what BindAddress compares.
func address(r *http.Request) string {
	host := r.RemoteAddr
	if port := strings.LastIndexByte(host, ':'); port >= 0 {
		host = host[:port]
	}
	return host + " " + r.UserAgent()
}

// seal returns the text in which the session key travels.
func (e Env) seal(id string) string {
	if e.On(defence.BareKey) {
		return id
	}
	return e.Signer.Sign(id)
}

// unseal is the inverse of seal.
func (e Env) unseal(text string) (id string, err error) {
	if e.On(defence.BareKey) && text != "" {
		return text, nil
	}
	return e.Signer.Unsign(text)
}
