//go:build !wasm

package audit_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// serverTraps are about what stands around a login: limits, caches, ends.
var serverTraps = []trap{
	{n: 19, name: "429 from the fourth login on", server: limited(3, http.StatusTooManyRequests, "slow down"), ends: unsettled, says: "429"},
	{n: 19, name: "423 from the fourth login on", server: limited(3, http.StatusLocked, "locked"), ends: unsettled, says: "423"},
	{n: 19, name: "a captcha from the fourth login on", server: limited(3, http.StatusOK, `<form method="post" action="/login"><div class="g-recaptcha"></div><input name="user"><input type="password" name="pass"></form>`), ends: unsettled, says: "prove that one is a person"},
	{n: 19, name: "a lock that says so with 401", server: limited(3, http.StatusUnauthorized, "Your account is locked."), ends: unsettled, says: "401"},
	{n: 19, name: "429 from the first login on", server: limited(0, http.StatusTooManyRequests, "slow down"), ends: []core.Ending{core.Unsettled, core.NoLogin}, says: "429"},
	{n: 21, name: "a cache before the shop, kept", server: cached(true, false), ends: vulnerable, want: verdicts{"F1": worked}},
	{n: 21, name: "a cache before the shop", server: cached(false, false), ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 21, name: "a cache that looks at the path alone", server: cached(false, true), ends: []core.Ending{core.Unsettled, core.NoLogin}},
	{n: 22, name: "bound to the user agent, kept", server: of(func() *shop { return bound(true) }),
		ends: vulnerable, want: verdicts{"F1": worked}, says: "another User-Agent"},
	{n: 22, name: "bound to the user agent", server: of(func() *shop { return bound(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork}},
	{n: 26, name: "one session a user, kept", server: of(func() *shop { return oneEach(true) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": worked}},
	{n: 26, name: "one session a user", server: of(func() *shop { return oneEach(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 27, name: "the old id is honoured for half a minute", server: func(c *clock) http.Handler { return graceful(c) },
		config: func(c *audit.Config) { c.Grace = time.Minute },
		ends:   vulnerable, want: verdicts{"F1": worked}, says: "honoured for a while"},
	{n: 27, name: "the old id is honoured for half a minute, and whoever brings it gets a new one", server: func(c *clock) http.Handler { return renewing(c) },
		config: func(c *audit.Config) { c.Grace = time.Minute },
		ends:   vulnerable, want: verdicts{"F1": worked}, says: "honoured for a while"},
	{n: 27, name: "the old id is honoured for half a minute, and ids are short", server: func(c *clock) http.Handler { return short(graceful(c)) },
		config: func(c *audit.Config) { c.Grace = time.Minute },
		ends:   vulnerable, want: verdicts{"F1": worked}, says: "honoured for a while"},
	{n: 28, name: "a session ends while the audit pauses, kept", server: func(c *clock) http.Handler { return idle(c, true) },
		config: func(c *audit.Config) { c.Pause = 10 * time.Minute },
		ends:   vulnerable, want: verdicts{"F1": worked}},
	{n: 28, name: "a session ends while the audit pauses", server: func(c *clock) http.Handler { return idle(c, false) },
		config: func(c *audit.Config) { c.Pause = 10 * time.Minute },
		ends:   []core.Ending{core.Unsettled, core.NoAttackWorked, core.Weak}, want: verdicts{"F1": didNotWork}},
	{name: "two logins a minute, and the server says so, kept", server: func(c *clock) http.Handler { return paced(c, time.Minute, true) },
		ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "two logins a minute, and the server says so", server: func(c *clock) http.Handler { return paced(c, time.Minute, false) },
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{name: "two logins a day, and the server says so", server: func(c *clock) http.Handler { return paced(c, 24*time.Hour, true) },
		ends: unsettled, says: "asks to wait for 24h0m0s"},
	{n: 32, name: "403 for an unknown user agent", server: firewall, ends: []core.Ending{core.Unsettled, core.NoLogin}, says: "-user-agent"},
	{n: 32, name: "403 for an unknown user agent, which was given another name", server: firewall,
		config: func(c *audit.Config) {
			c.UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
		},
		ends: vulnerable, want: verdicts{"F1": worked}},
}

// limited is a shop that takes n logins and answers more with status and text.
func limited(n, status int, text string) func(*clock) http.Handler {
	return func(*clock) http.Handler {
		logins := 0
		s := &shop{}
		s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
			if logins++; logins > n {
				page(w, status, text)
				return
			}
			s.logIn(w, was, user, false)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		}
		return s
	}
}

// cached is a shop behind a cache that takes no notice of cookies, and if pathAlone of
// the query neither.
func cached(keeps, pathAlone bool) func(*clock) http.Handler {
	return func(*clock) http.Handler {
		behind := &shop{keeps: keeps}
		var one sync.Mutex
		kept := map[string]*httptest.ResponseRecorder{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			one.Lock()
			defer one.Unlock()
			at := r.URL.RequestURI()
			if pathAlone {
				at = r.URL.Path
			}
			a := kept[at]
			if a == nil || r.Method != "GET" || r.URL.Path != "/profile" {
				a = httptest.NewRecorder()
				behind.ServeHTTP(a, r)
			}
			if r.Method == "GET" && r.URL.Path == "/profile" && a.Code == 200 {
				kept[at] = a
			}
			maps.Copy(w.Header(), a.Header())
			w.Header().Set("Cache-Control", "public, max-age=600")
			w.WriteHeader(a.Code)
			w.Write(a.Body.Bytes())
		})
	}
}

// bound is a shop in which a session counts only for the User-Agent that it began with.
func bound(keeps bool) *shop {
	s := &shop{keeps: keeps}
	s.live = func(r *http.Request, in *session) bool {
		if in.data["agent"] == "" {
			in.data["agent"] = r.UserAgent()
		}
		return in.data["agent"] == r.UserAgent()
	}
	return s
}

// oneEach is a shop in which a login ends the user's other sessions.
func oneEach(keeps bool) *shop {
	s := &shop{}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		in := s.logIn(w, was, user, keeps)
		maps.DeleteFunc(s.sessions, func(_ string, other *session) bool { return other != in && other.user == user })
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// graceful is a shop that gives a new id at login, and honours the old one for a while.
func graceful(c *clock) *shop {
	s := &shop{}
	s.live = func(_ *http.Request, in *session) bool { return in.at.IsZero() || c.now().Before(in.at) }
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.open(w).user = user
		was.user, was.at = user, c.now().Add(30*time.Second)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// renewing is one that also gives whoever brings the old id a session of its own.
func renewing(c *clock) *shop {
	s := graceful(c)
	s.every = func(w http.ResponseWriter, r *http.Request) {
		if old := s.sessions[first(r, "sid")]; old != nil && !old.at.IsZero() && c.now().Before(old.at) {
			s.open(w).user = old.user
		}
	}
	return s
}

// short makes a shop give ids of six characters, in which no form is to be seen.
func short(s *shop) *shop {
	s.set = func(w http.ResponseWriter, id string) { send(w, "sid="+id[:6]+"; Path=/; HttpOnly") }
	s.of = func(r *http.Request) string {
		for id := range s.sessions {
			if id[:6] == first(r, "sid") {
				return id
			}
		}
		return ""
	}
	return s
}

// idle is a shop that ends a session which was not used for five minutes.
func idle(c *clock, keeps bool) *shop {
	s := &shop{keeps: keeps}
	s.live = func(_ *http.Request, in *session) bool {
		fresh := in.at.IsZero() || c.now().Sub(in.at) < 5*time.Minute
		if in.at = c.now(); !fresh {
			delete(s.sessions, in.id)
		}
		return fresh
	}
	return s
}

// paced is a shop that takes two logins in some time, and asks whoever comes too soon to wait.
func paced(c *clock, within time.Duration, keeps bool) http.Handler {
	s := &shop{}
	var taken []time.Time
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		if n := len(taken); n > 1 && c.now().Sub(taken[n-2]) < within {
			w.Header().Set("Retry-After", strconv.Itoa(int(within.Seconds())))
			page(w, 429, "not so fast")
			return
		}
		taken = append(taken, c.now())
		s.logIn(w, was, user, keeps)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	return s
}

// firewall is a shop behind what refuses programs that do not look like browsers.
func firewall(*clock) http.Handler {
	behind := &shop{keeps: true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.UserAgent(), "Mozilla/") {
			page(w, 403, "Request blocked.")
			return
		}
		behind.ServeHTTP(w, r)
	})
}

// silence are servers that give no answer to go on with: an audit of them is never one in
// which no attack worked.
var silence = []trap{
	{name: "it answers nonsense", server: raw("\x00\x01nonsense\r\n\r\n"), ends: []core.Ending{core.Unsettled, core.Unreachable}, says: "no answer of HTTP/1.1"},
	{name: "it answers with a half", server: raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), ends: []core.Ending{core.Unsettled, core.Unreachable}, says: "in the middle of its answer"},
	{name: "it closes the connection", server: raw(""), ends: []core.Ending{core.Unsettled, core.Unreachable}, says: "closed the connection"},
	{name: "it never answers", server: mute, config: func(c *audit.Config) { c.Timeout = 50 * time.Millisecond },
		ends: []core.Ending{core.Unsettled, core.Unreachable}, says: "did not answer within"},
	{name: "it redirects for ever", server: answering(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/?"+rand.Text(), http.StatusFound)
	}), ends: unsettled, says: "redirects"},
	{name: "it redirects to elsewhere", server: answering(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://elsewhere.example/", http.StatusFound)
	}), ends: unsettled, says: "elsewhere.example"},
	{name: "it answers with ten megabytes", server: answering(func(w http.ResponseWriter, r *http.Request) {
		w.Write(bytes.Repeat([]byte("x"), 10<<20))
	}), ends: unsettled, says: "MiB"},
	{name: "it answers 200 and the same to everything", server: answering(func(w http.ResponseWriter, r *http.Request) { page(w, 200, "hello") }),
		ends: []core.Ending{core.Unsettled, core.NoLogin}, says: "is not on it"},
	{name: "it shows both accounts to everybody", server: answering(func(w http.ResponseWriter, r *http.Request) { page(w, 200, "hello alice, hello mallory") }),
		ends: unsettled, says: "whose it is"},
	{name: "it answers 500 to everything", server: answering(func(w http.ResponseWriter, r *http.Request) { page(w, 500, "oh") }),
		ends: []core.Ending{core.Unsettled, core.NoLogin}, says: "500"},
	{name: "it answers 503 to everything", server: answering(func(w http.ResponseWriter, r *http.Request) { page(w, 503, "later") }),
		ends: unsettled, says: "503"},
	{name: "it answers 401 and a challenge", server: answering(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", `Basic realm="shop"`)
		page(w, 401, "who are you?")
	}), ends: []core.Ending{core.Unsettled, core.NoLogin}, says: "401"},
	{name: "HTTP/2 and nothing else, in the clear", kind: cleanH2, server: of(func() *shop { return &shop{} }),
		ends: []core.Ending{core.Unsettled, core.Unreachable}, says: "HTTP/2 without TLS and nothing else"},
	{name: "HTTP/2 over TLS, kept", kind: tlsH2, server: of(func() *shop { return &shop{keeps: true} }), ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "HTTP/2 over TLS", kind: tlsH2, server: of(func() *shop { return &shop{} }), ends: notFound, want: verdicts{"F1": didNotWork}},
	{name: "other field names at every visit, kept", server: of(func() *shop { return shifty(true) }), ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "other field names at every visit", server: of(func() *shop { return shifty(false) }), ends: notFound, want: verdicts{"F1": didNotWork}},
	{name: "no login form from the fifth visit on", server: func(*clock) http.Handler {
		s, visits := &shop{}, 0
		s.every = func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/login" && r.Method == "GET" {
				visits++
			}
		}
		s.field = func(*session) string {
			if visits > 4 {
				return `<!--`
			}
			return ""
		}
		s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
			if visits > 4 {
				page(w, 503, "The login is being worked on.")
				return
			}
			s.logIn(w, was, user, false)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		}
		return s
	}, ends: unsettled, says: "503"},
}

// answering returns a server of one answer.
func answering(h http.HandlerFunc) func(*clock) http.Handler {
	return func(*clock) http.Handler { return h }
}

// raw is a server that writes text to a connection and closes it.
func raw(text string) func(*clock) http.Handler {
	return answering(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		fmt.Fprint(conn, text)
		conn.Close()
	})
}

// mute is a server that does not answer before its client leaves.
func mute(*clock) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
}

// shifty is a shop whose login form has other names every time.
func shifty(keeps bool) *shop {
	s := &shop{}
	s.pages = handlers{
		"GET /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			in.data["user"], in.data["pass"] = rand.Text(), rand.Text()
			page(w, 200, `<form method="post"><input name="`+in.data["user"]+`"><input type="password" name="`+in.data["pass"]+`"></form>`)
		},
		"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			user := r.FormValue(in.data["user"])
			if passwords[user] == "" || passwords[user] != r.FormValue(in.data["pass"]) {
				page(w, 401, "no")
				return
			}
			s.logIn(w, in, user, keeps)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		},
	}
	return s
}
