//go:build !wasm

package audit_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"fixlab/app/audit"
)

// wayTraps are about the way from a password to the private page, each once with the
// session kept, and once with a new one.
var wayTraps = twice([]way{
	{name: "JSON has a token that is none, and the server takes offence", made: func(keeps bool) http.Handler { return tokenToo(keeps, true) }, config: asJSON},
	{name: "a login for scripts, GET of which is forbidden", made: forbidden, config: asJSON},
	{name: "a <meta> leads on", made: func(keeps bool) http.Handler {
		return leadsOn(keeps, func(w http.ResponseWriter) {
			page(w, 200, `<meta http-equiv="refresh" content="0; url='/finish?ok=1'">`)
		})
	}},
	{name: "the header Refresh leads on", made: func(keeps bool) http.Handler {
		return leadsOn(keeps, func(w http.ResponseWriter) {
			w.Header().Set("Refresh", "0; url=/finish?ok=1")
			page(w, 200, "welcome")
		})
	}},
	{name: "a script submits a form", made: func(keeps bool) http.Handler {
		return leadsOn(keeps, func(w http.ResponseWriter) {
			page(w, 200, `<form method="post" action="/finish"><input type="hidden" name="ok" value="1"></form><script>document.forms[0].submit()</script>`)
		})
	}},
	{name: "the site is in a folder", made: inFolder, config: func(c *audit.Config) {
		c.URL, c.Login, c.Private, c.Logout = c.URL+"/app", "login", "profile", "logout"
	}},
	{name: "400 for a cookie that nobody issued, or whose session has ended", made: fussy, want: verdicts{"F4": didNotWork, "L1": didNotWork}},
	{name: "a login by GET", made: byGET, want: verdicts{"X1": worked}},
	{name: "one address for all pages", made: onePage, config: func(c *audit.Config) {
		c.Login, c.Private, c.Logout = "/index.php?page=login", "/index.php?page=profile", ""
	}},
})

// A way is a server with such a way, and what is said of it.
type way struct {
	name   string
	made   func(keeps bool) http.Handler
	config func(*audit.Config)
	want   verdicts // whether the session is kept or not
}

func twice(ways []way) (traps []trap) {
	for _, x := range ways {
		for _, keeps := range []bool{true, false} {
			t := trap{name: x.name, config: x.config, ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}}
			if keeps {
				t.name, t.ends, t.want = t.name+", kept", vulnerable, verdicts{"F1": worked}
			}
			maps.Copy(t.want, x.want)
			t.server = func(*clock) http.Handler { return x.made(keeps) }
			traps = append(traps, t)
		}
	}
	return traps
}

func asJSON(c *audit.Config) { c.JSON = `{"user":"{user}","pass":"{pass}"}` }

// posted reads who logs in with JSON, "" for nobody.
func posted(r *http.Request) string {
	var who struct{ User, Pass string }
	if json.NewDecoder(r.Body).Decode(&who) != nil || passwords[who.User] == "" || passwords[who.User] != who.Pass {
		return ""
	}
	return who.User
}

// tokenToo is a shop whose login for scripts also answers with a token. It stands for the
// user in a header, before any cookie, or is there for something else and wrong there.
func tokenToo(keeps, wrong bool) http.Handler {
	s := &shop{}
	s.pages = handlers{
		"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			user := posted(r)
			if user == "" {
				page(w, 401, "no")
				return
			}
			s.logIn(w, in, user, keeps)
			json.NewEncoder(w).Encode(map[string]string{"token": signed(user)})
		},
		"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
			if token := r.Header.Get("Authorization"); token != "" {
				in = &session{user: unsigned(token[len("Bearer "):])}
				if wrong {
					in.user = ""
				}
			}
			profile(w, in)
		},
	}
	return s
}

// forbidden is a shop whose login for scripts answers 403 to GET.
func forbidden(keeps bool) http.Handler {
	s := &shop{}
	s.pages = handlers{
		"GET /login": func(w http.ResponseWriter, _ *http.Request, _ *session) { page(w, 403, "no") },
		"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			user := posted(r)
			if user == "" {
				page(w, 401, "no")
				return
			}
			s.logIn(w, in, user, keeps)
			w.WriteHeader(204)
		},
	}
	return s
}

// leadsOn is a shop in which a login counts only once the browser has gone on to /finish.
func leadsOn(keeps bool, on func(http.ResponseWriter)) http.Handler {
	s := &shop{}
	s.enter = func(w http.ResponseWriter, r *http.Request, in *session, user string) {
		in.data["half"] = user
		on(w)
	}
	finish := func(w http.ResponseWriter, r *http.Request, in *session) {
		if in.data["half"] != "" && r.FormValue("ok") == "1" {
			s.logIn(w, in, in.data["half"], keeps)
		}
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	s.pages = handlers{"GET /finish": finish, "POST /finish": finish}
	return s
}

// inFolder is a shop below /app, whose cookie has that path. Beside it is nothing.
func inFolder(keeps bool) http.Handler {
	s := &shop{keeps: keeps}
	s.set = func(w http.ResponseWriter, id string) { send(w, "sid="+id+"; Path=/app; HttpOnly") }
	s.pages = handlers{"GET /login": func(w http.ResponseWriter, _ *http.Request, _ *session) {
		page(w, 200, fmt.Sprintf(loginForm, "login", ""))
	}}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, keeps)
		w.Header().Set("Location", "profile")
		w.WriteHeader(303)
	}
	all := http.NewServeMux()
	all.Handle("/app/", http.StripPrefix("/app", s))
	return all
}

// onePage is a shop all of whose pages are at /index.php.
func onePage(keeps bool) http.Handler {
	s := &shop{}
	s.pages = handlers{
		"GET /index.php": func(w http.ResponseWriter, r *http.Request, in *session) {
			switch r.URL.Query().Get("page") {
			case "login":
				page(w, 200, fmt.Sprintf(loginForm, "/index.php?page=login", ""))
			case "profile":
				if in.user == "" {
					http.Redirect(w, r, "/index.php?page=login", http.StatusFound)
					return
				}
				page(w, 200, "hello "+in.user+`<form action="/index.php?page=profile" method="post"><input name="q"><button>Save</button></form><a href="/index.php?page=logout">Bye</a>`)
			case "logout":
				delete(s.sessions, in.id)
				http.Redirect(w, r, "/index.php", http.StatusFound)
			default:
				page(w, 200, "home")
			}
		},
		"POST /index.php": func(w http.ResponseWriter, r *http.Request, in *session) {
			user := r.FormValue("user")
			if r.URL.Query().Get("page") != "login" || passwords[user] == "" || passwords[user] != r.FormValue("pass") {
				page(w, 401, "no")
				return
			}
			s.logIn(w, in, user, keeps)
			http.Redirect(w, r, "/index.php?page=profile", http.StatusSeeOther)
		},
	}
	return s
}

// byGET is a shop whose login form is sent with GET. That takes it from anywhere.
func byGET(keeps bool) http.Handler {
	s := &shop{}
	s.pages = handlers{
		"GET /login": func(w http.ResponseWriter, _ *http.Request, _ *session) {
			page(w, 200, strings.Replace(fmt.Sprintf(loginForm, "/enter", ""), `method="post"`, "", 1))
		},
		"GET /enter": func(w http.ResponseWriter, r *http.Request, in *session) {
			if user := r.FormValue("user"); passwords[user] != "" && passwords[user] == r.FormValue("pass") {
				s.logIn(w, in, user, keeps)
			}
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		},
	}
	return s
}

// fussy is a shop that refuses every request with a cookie that it does not know.
func fussy(keeps bool) http.Handler {
	s := &shop{keeps: keeps}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if id := first(r, "sid"); id != "" && s.sessions[id] == nil {
			page(w, 400, "What cookie is that?")
			return
		}
		s.ServeHTTP(w, r)
	})
}
