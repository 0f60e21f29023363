//go:build !wasm

package audit_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/pquerna/otp/totp"

	"fixlab/app/audit"
)

// loginTraps are about how one logs in.
var loginTraps = []trap{
	{n: 1, name: "a token for a header", server: func(*clock) http.Handler { return bearer{} },
		config: asJSON,
		ends:   notFound, session: []string{}, says: "no cookie carries the session"},
	{n: 3, name: "a token of the session in the form, kept", server: of(func() *shop { return tokens(true) }),
		ends: vulnerable, session: []string{"sid"}, want: verdicts{"F1": worked, "F3": worked}},
	{n: 3, name: "a token of the session in the form", server: of(func() *shop { return tokens(false) }),
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 10, name: "no cookie before the login, kept", server: of(func() *shop { return &shop{lazy: true, keeps: true} }),
		ends: vulnerable, want: verdicts{"F1": notApplicable, "F3": worked}},
	{n: 10, name: "no cookie before the login", server: of(func() *shop { return &shop{lazy: true} }),
		ends: notFound, want: verdicts{"F1": notApplicable, "F3": didNotWork}},
	{n: 11, name: "a session begins in the basket, kept", server: of(func() *shop { return basket(true) }),
		config: func(c *audit.Config) { c.Start = []string{"/", "/basket"} },
		ends:   vulnerable, want: verdicts{"F1": worked, "F3": didNotWork}},
	{n: 11, name: "a session begins in the basket", server: of(func() *shop { return basket(false) }),
		config: func(c *audit.Config) { c.Start = []string{"/", "/basket"} },
		ends:   notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 11, name: "a session begins in the basket, which was not named", server: of(func() *shop { return basket(true) }),
		ends: notFound, want: verdicts{"F1": notApplicable}, says: "before the login set a cookie"},
	{n: 14, name: "an id in the query becomes a cookie", server: of(func() *shop { return adopts(true) }),
		ends: vulnerable, want: verdicts{"F1": didNotWork, "F7": worked}},
	{n: 14, name: "an id in the query becomes a cookie, and login ends it", server: of(func() *shop { return adopts(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F7": didNotWork}},
	{n: 14, name: "an id in the query becomes a signed cookie", server: of(func() *shop { return signs(adopts(true)) }),
		ends: vulnerable, want: verdicts{"F1": didNotWork, "F7": worked}},
	{n: 14, name: "an id in the query becomes a signed cookie, and login ends it", server: of(func() *shop { return signs(adopts(false)) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F7": didNotWork}},
	{n: 14, name: "an id in the query goes from page to page", server: func(*clock) http.Handler { return rewriting("?sid=", true) },
		ends: vulnerable, want: verdicts{"F1": didNotWork, "F7": worked}},
	{n: 14, name: "an id in the query goes from page to page, and login ends it", server: func(*clock) http.Handler { return rewriting("?sid=", false) },
		ends: notFound, want: verdicts{"F1": didNotWork, "F7": didNotWork}},
	{n: 14, name: "an id in the path goes from page to page", server: func(*clock) http.Handler { return rewriting(";sid=", true) },
		ends: vulnerable, want: verdicts{"F1": didNotWork, "F7b": worked}},
	{n: 14, name: "an id in the path goes from page to page, and login ends it", server: func(*clock) http.Handler { return rewriting(";sid=", false) },
		ends: notFound, want: verdicts{"F1": didNotWork, "F7b": didNotWork}},
	{n: 14, name: "an id in a posted field becomes a cookie", server: of(func() *shop { return adoptsPosted(true, "POST /login") }),
		ends: vulnerable, want: verdicts{"F1": didNotWork, "F7": didNotWork, "F7c": worked}},
	{n: 14, name: "an id in a posted field becomes a cookie, and login ends it", server: of(func() *shop { return adoptsPosted(false, "POST /login") }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F7c": didNotWork}},
	{n: 14, name: "an id in a form of the basket becomes a cookie, once its fields are filled in", server: of(func() *shop { return adoptsPosted(true, "POST /tea") }),
		config: func(c *audit.Config) { c.Start = []string{"/basket"} }, ends: vulnerable, want: verdicts{"F7c": worked}},
	{n: 14, name: "an id in a form of the basket becomes a cookie, which was not named", server: of(func() *shop { return adoptsPosted(true, "POST /tea") }),
		ends: notFound, want: verdicts{"F7c": didNotWork}},
	{n: 14, name: "pages repeat an id that nobody reads", server: of(func() *shop {
		s := &shop{}
		s.pages = handlers{"GET /": func(w http.ResponseWriter, r *http.Request, _ *session) {
			page(w, 200, `<a href="/login?sid=`+url.QueryEscape(r.FormValue("sid"))+`">log in</a>`)
		}}
		return s
	}), ends: notFound, want: verdicts{"F7": didNotWork}},
	{n: 16, name: "the second factor raises the session, kept", server: func(c *clock) http.Handler { return factor(c, true) }, config: withFactor,
		ends: vulnerable, want: verdicts{"F1": didNotWork, "F8": worked}},
	{n: 16, name: "a new session after the second factor", server: func(c *clock) http.Handler { return factor(c, false) }, config: withFactor,
		ends: notFound, want: verdicts{"F1": didNotWork, "F8": didNotWork}},
	{n: 17, name: "single sign-on raises the session with its state, kept", server: of(func() *shop { return single(true) }),
		ends: vulnerable, want: verdicts{"F1": worked}},
	{n: 17, name: "a new session after single sign-on", server: of(func() *shop { return single(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 18, name: "another cookie logs in by itself, kept", server: of(func() *shop { return remembers(true) }),
		ends: vulnerable, session: []string{"sid"}, want: verdicts{"F1": worked, "F3": worked, "L1": didNotWork}},
	{n: 18, name: "another cookie logs in by itself", server: of(func() *shop { return remembers(false) }),
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork, "F3": didNotWork, "L1": didNotWork}},
	{n: 18, name: "another cookie logs in by itself, after logout, too", server: of(func() *shop { return forgets(remembers(false)) }),
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork, "F3": didNotWork, "L1": didNotWork, "S1": didNotWork}},
	{n: 20, name: "a failed login is answered with 200 and the name, kept", server: of(func() *shop { return polite(true) }),
		ends: vulnerable, want: verdicts{"F1": worked}},
	{n: 20, name: "a failed login is answered with 200 and the name", server: of(func() *shop { return polite(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 30, name: "a redirect sets the cookie, kept", server: of(func() *shop { return hops(true) }),
		ends: vulnerable, want: verdicts{"F1": worked}},
	{n: 30, name: "a redirect sets the cookie", server: of(func() *shop { return hops(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 31, name: "the same user keeps her id", server: of(func() *shop {
		return choosing(func(was *session, user string) bool { return was.user == user })
	}), ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork, "L2": worked}},
	{n: 31, name: "whoever is logged in keeps the id", server: of(func() *shop {
		return choosing(func(was *session, user string) bool { return was.user != "" })
	}), ends: vulnerable, want: verdicts{"F1": didNotWork, "F3": worked}},
	{name: "no login form for who is logged in, and no logout, kept", server: of(func() *shop { return barred(true) }),
		config: func(c *audit.Config) { c.Logout = "" }, ends: vulnerable, want: verdicts{"F1": worked, "L2": notApplicable}},
	{name: "no login form for who is logged in, and no logout", server: of(func() *shop { return barred(false) }),
		config: func(c *audit.Config) { c.Logout = "" }, ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork, "L2": notApplicable}},
	{name: "no login form for who is logged in, no logout, and no visitors' sessions", server: of(func() *shop {
		s := barred(false)
		s.lazy = true
		return s
	}), config: func(c *audit.Config) { c.Logout = "" }, ends: unsettled, says: "-logout"},
}

// barred is a shop that shows who is logged in no login form, and takes a login from
// nobody but visitors. Nothing on its pages logs out.
func barred(keeps bool) *shop {
	s := &shop{}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		if was == nil || was.user == "" {
			s.logIn(w, was, user, keeps)
		}
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	s.pages = handlers{
		"GET /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in != nil && in.user != "" {
				http.Redirect(w, r, "/profile", http.StatusSeeOther)
				return
			}
			page(w, 200, fmt.Sprintf(loginForm, "/login", ""))
		},
		"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in == nil || in.user == "" {
				page(w, 401, "anonymous")
				return
			}
			page(w, 200, "hello "+in.user)
		},
	}
	return s
}

// bearer is a server whose login answers with a token, which a script sends in a header.
type bearer struct{}

func (bearer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user := unsigned(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	switch r.URL.Path {
	case "/login":
		var who struct{ User, Pass string }
		if r.Method != "POST" || json.NewDecoder(r.Body).Decode(&who) != nil || passwords[who.User] == "" || passwords[who.User] != who.Pass {
			page(w, 401, "no")
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]string{"token": signed(who.User)})
	case "/profile":
		profile(w, &session{user: user})
	default:
		page(w, 200, "home")
	}
}

// tokens is a shop whose login form has a token of the session, which is good once.
func tokens(keeps bool) *shop {
	s := &shop{}
	s.field = func(in *session) string {
		in.data["token"] = rand.Text()
		return `<input type="hidden" name="csrf" value="` + in.data["token"] + `">`
	}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		token := was.data["token"]
		if delete(was.data, "token"); token == "" || r.FormValue("csrf") != token {
			page(w, 403, "csrf")
			return
		}
		s.logIn(w, was, user, keeps)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// basket is a shop in which a visitor gets a session with the basket. Login may go on
// with that, and never with one in which somebody is logged in.
func basket(keeps bool) *shop {
	s := choosing(func(was *session, _ string) bool { return keeps && was.user == "" })
	s.lazy = true
	s.pages = handlers{"GET /basket": func(w http.ResponseWriter, r *http.Request, in *session) {
		if in == nil {
			in = s.open(w)
		}
		in.data["basket"] = "tea"
		page(w, 200, "a basket")
	}}
	return s
}

// choosing is a shop whose login goes on with the session that was if keeps says so.
func choosing(keeps func(was *session, user string) bool) *shop {
	s := &shop{}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, was != nil && keeps(was, user))
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// adopts is a shop that takes an id from the query where no cookie comes, and makes a
// cookie of it. Login may go on with a session that came so; with others it does not.
func adopts(keeps bool) *shop {
	s := &shop{}
	s.of = func(r *http.Request) string {
		if id := first(r, "sid"); id != "" {
			return id
		}
		return r.URL.Query().Get("sid")
	}
	s.every = func(w http.ResponseWriter, r *http.Request) {
		if in := s.sessions[r.URL.Query().Get("sid")]; in != nil && first(r, "sid") == "" {
			in.data["linked"] = "yes"
			s.give(w, in.id)
		}
	}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, keeps && was.data["linked"] != "")
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// adoptsPosted is a shop that takes an id from a field of what is posted to one place, and
// makes a cookie of it. Login may go on with a session that came so. Whoever tries an account
// that it has not is taken for a burglar, and locked out.
func adoptsPosted(keeps bool, at string) *shop {
	s := &shop{}
	s.pages = handlers{
		"GET /basket": func(w http.ResponseWriter, _ *http.Request, _ *session) {
			page(w, 200, `<form method="post" action="/tea"><input name="cups"><button>Put in</button></form>`)
		},
		"POST /tea": func(w http.ResponseWriter, r *http.Request, _ *session) { page(w, 200, "tea for "+r.FormValue("cups")) },
	}
	locked := false
	s.every = func(w http.ResponseWriter, r *http.Request) {
		posted := r.PostFormValue
		locked = locked || posted("user") != "" && passwords[posted("user")] == ""
		if in := s.sessions[posted("sid")]; in != nil && !locked && r.Method+" "+r.URL.Path == at && (at == "POST /login" || posted("cups") != "") {
			in.data["posted"] = "yes"
			s.give(w, in.id)
		}
	}
	s.live = func(*http.Request, *session) bool { return !locked }
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, keeps && was.data["posted"] != "")
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// signs makes a shop sign its cookies; what comes in the query is the bare id.
func signs(s *shop) *shop {
	s.set = func(w http.ResponseWriter, id string) {
		send(w, "sid="+url.QueryEscape("s:"+signed(id))+"; Path=/; HttpOnly")
	}
	s.of = func(r *http.Request) string {
		if value, err := url.QueryUnescape(first(r, "sid")); err == nil && value != "" {
			return unsigned(strings.TrimPrefix(value, "s:"))
		}
		return r.URL.Query().Get("sid")
	}
	return s
}

// rewriting is a shop that goes on with the id in its addresses, after mark, where no
// cookie comes, as Tomcat does; it then sets none. Cookies get a new id at login.
func rewriting(mark string, keeps bool) http.Handler {
	s := &shop{lazy: true}
	id := func(r *http.Request) string {
		_, id, _ := strings.Cut(r.RequestURI, mark)
		if i := strings.IndexAny(id, "?&"); i >= 0 {
			id = id[:i]
		}
		return id
	}
	linked := func(r *http.Request) bool { return first(r, "sid") == "" && s.sessions[id(r)] != nil }
	at := func(r *http.Request, in *session, path string) string {
		if linked(r) && in != nil {
			return path + mark + in.id
		}
		return path
	}
	s.of = func(r *http.Request) string {
		if linked(r) {
			return id(r)
		}
		return first(r, "sid")
	}
	s.pages = handlers{
		"GET /": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in == nil {
				in = s.open(w)
			}
			page(w, 200, `<a href="`+at(r, in, "/login")+`">log in</a>`)
		},
		"GET /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			page(w, 200, fmt.Sprintf(loginForm, at(r, in, "/login"), ""))
		},
	}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		to := "/profile"
		if linked(r) && keeps {
			was.user = user
			to = at(r, was, to)
		} else {
			s.logIn(w, was, user, false)
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path, _, _ = strings.Cut(r.URL.Path, ";")
		s.ServeHTTP(w, r)
	})
}

const factorSecret = "JBSWY3DPEHPK3PXP"

func withFactor(c *audit.Config) {
	c.Alice.TOTP, c.Mallory.TOTP = factorSecret, factorSecret
}

// factor is a shop that asks for a code after the password. The password gives a new
// session; the code, which is good once for a user, may raise it as it is.
func factor(c *clock, keeps bool) *shop {
	s := &shop{}
	used := map[string]bool{}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		in := s.logIn(w, was, "", false)
		in.data["half"] = user
		http.Redirect(w, r, "/code", http.StatusSeeOther)
	}
	s.pages = handlers{
		"GET /code": func(w http.ResponseWriter, r *http.Request, in *session) {
			page(w, 200, `<form method="post" action="/code"><input name="otp" autocomplete="one-time-code"><button>Go on</button></form>`)
		},
		"POST /code": func(w http.ResponseWriter, r *http.Request, in *session) {
			user, code := in.data["half"], r.FormValue("otp")
			want, err := totp.GenerateCode(factorSecret, c.now())
			if err != nil || user == "" || code != want || used[user+code] {
				page(w, 401, "no")
				return
			}
			used[user+code] = true
			s.logIn(w, in, user, keeps)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		},
	}
	return s
}

// single is a shop whose login is elsewhere: on the way there the session holds a state,
// with which whoever logged in comes back (RFC 6749, 10.12).
func single(keeps bool) *shop {
	s := &shop{}
	codes := map[string]string{} // users by code
	s.pages = handlers{
		"GET /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			in.data["state"] = rand.Text()
			http.Redirect(w, r, "/idp?state="+in.data["state"], http.StatusFound)
		},
		"GET /idp": func(w http.ResponseWriter, r *http.Request, _ *session) {
			page(w, 200, fmt.Sprintf(loginForm, "/idp", `<input type="hidden" name="state" value="`+url.QueryEscape(r.FormValue("state"))+`">`))
		},
		"POST /idp": func(w http.ResponseWriter, r *http.Request, _ *session) {
			user := r.FormValue("user")
			if passwords[user] == "" || passwords[user] != r.FormValue("pass") {
				page(w, 401, "no")
				return
			}
			code := rand.Text()
			codes[code] = user
			http.Redirect(w, r, "/callback?code="+code+"&state="+url.QueryEscape(r.FormValue("state")), http.StatusSeeOther)
		},
		"GET /callback": func(w http.ResponseWriter, r *http.Request, in *session) {
			user := codes[r.FormValue("code")]
			if user == "" || in.data["state"] == "" || in.data["state"] != r.FormValue("state") {
				page(w, 403, "another state")
				return
			}
			s.logIn(w, in, user, keeps)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		},
	}
	return s
}

// remembers is a shop that also gives a cookie which logs in by itself.
func remembers(keeps bool) *shop {
	s := &shop{}
	users := map[string]string{}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, keeps)
		token := rand.Text()
		users[token] = user
		send(w, "remember_me="+token+"; Path=/; Max-Age=2592000; HttpOnly")
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	s.pages = handlers{
		"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
			if user := users[first(r, "remember_me")]; user != "" && in.user == "" {
				in = s.logIn(w, in, user, false)
			}
			profile(w, in)
		},
		"GET /logout": func(w http.ResponseWriter, r *http.Request, in *session) {
			delete(users, first(r, "remember_me"))
			send(w, "remember_me=; Path=/; Max-Age=0")
			delete(s.sessions, in.id)
			http.Redirect(w, r, "/", http.StatusSeeOther)
		},
	}
	return s
}

// forgets is a shop whose logout leaves that cookie as it is.
func forgets(s *shop) *shop {
	delete(s.pages, "GET /logout")
	return s
}

// polite is a shop that answers a wrong password with 200 and the name.
func polite(keeps bool) *shop {
	s := &shop{keeps: keeps}
	s.pages = handlers{"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
		user := r.FormValue("user")
		if passwords[user] == "" || passwords[user] != r.FormValue("pass") {
			page(w, 200, "hello alice or mallory, that was not your password "+fmt.Sprintf(loginForm, "/login", ""))
			return
		}
		s.logIn(w, in, user, keeps)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}}
	return s
}

// hops is a shop in which redirects set the cookies: of a visitor's session, and of the
// one after login.
func hops(keeps bool) *shop {
	s := &shop{lazy: true}
	s.pages = handlers{
		"GET /": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in == nil {
				s.open(w)
			}
			http.Redirect(w, r, "/home", http.StatusFound)
		},
		"GET /home": func(w http.ResponseWriter, r *http.Request, _ *session) { page(w, 200, "home") },
		"GET /enter": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in != nil && in.data["half"] != "" {
				s.logIn(w, in, in.data["half"], keeps)
				send(w, "entered="+rand.Text()+"; Path=/")
			}
			http.Redirect(w, r, "/profile", http.StatusFound)
		},
	}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		if was == nil {
			was = s.open(w)
		}
		was.data["half"] = user
		http.Redirect(w, r, "/enter", http.StatusSeeOther)
	}
	return s
}
