//go:build !wasm

package audit_test

import (
	"fmt"
	"net/http"
	"strings"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// hiddenTraps are servers with a hole that a plan of fewer attacks does not find.
var hiddenTraps = []trap{
	{n: 33, name: "a login that failed gives the first cookie, kept", server: of(func() *shop { return failing(true) }),
		ends: vulnerable, want: verdicts{"F1": notApplicable, "F1b": worked, "F3": didNotWork, "F4": didNotWork}},
	{n: 33, name: "a login that failed gives the first cookie", server: of(func() *shop { return failing(false) }),
		ends: notFound, want: verdicts{"F1": notApplicable, "F1b": didNotWork, "F3": didNotWork}},
	{n: 34, name: "beside the kept id a cookie that everybody gets", server: of(func() *shop { return marked(true) }),
		ends: vulnerable, session: []string{"known", "sid"}, want: verdicts{"F1": didNotWork, "F1c": worked, "F3": didNotWork}},
	{n: 34, name: "beside the new id a cookie that everybody gets", server: of(func() *shop { return marked(false) }),
		ends: notFound, session: []string{"known", "sid"}, want: verdicts{"F1": didNotWork, "F1c": didNotWork, "F3": didNotWork}},
	{n: 35, name: "a cookie and a token in a header, each by itself, kept", server: func(*clock) http.Handler { return tokenToo(true, false) }, config: asJSON,
		ends: vulnerable, session: []string{"sid"}, want: verdicts{"F1": worked, "F3": worked}},
	{n: 35, name: "a cookie and a token in a header, each by itself", server: func(*clock) http.Handler { return tokenToo(false, false) }, config: asJSON,
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{n: 36, name: "the cookie goes where the private page redirects to, kept", server: func(*clock) http.Handler { return deep(true) }, config: inApp,
		ends: vulnerable, session: []string{"sid"}, want: verdicts{"F1": worked}},
	{n: 36, name: "the cookie goes where the private page redirects to", server: func(*clock) http.Handler { return deep(false) }, config: inApp,
		ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork}},
	{n: 37, name: "the logout refuses", server: of(func() *shop {
		s := &shop{}
		s.pages = handlers{"GET /logout": func(w http.ResponseWriter, _ *http.Request, _ *session) { page(w, 403, "no") }}
		return s
	}), ends: unsettled, want: verdicts{"S1": inconclusive, "L1": inconclusive}},
	{n: 37, name: "there is no logout where -logout says", server: of(func() *shop { return &shop{} }), config: func(c *audit.Config) { c.Logout = "/logoutt" },
		ends: unsettled, want: verdicts{"S1": inconclusive}},
	{n: 38, name: "the form of the login page has the name that was tried last", server: of(filledIn),
		ends: notFound, want: verdicts{"C1": core.Held, "F1": didNotWork}},
	{n: 38, name: "the form of the login page has the name that was tried last, and nobody types a wrong password", server: of(filledIn),
		config: func(c *audit.Config) { c.Mode = core.Quick }, ends: notFound, want: verdicts{"F1": didNotWork}},
}

// failing gives a session when a password was wrong, and at login a new id to who is logged
// in already.
func failing(keeps bool) *shop {
	s := &shop{lazy: true}
	s.pages = handlers{"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
		user := r.FormValue("user")
		if passwords[user] != r.FormValue("pass") {
			if in == nil {
				s.open(w)
			}
			page(w, 401, "no")
			return
		}
		s.logIn(w, in, user, keeps && in != nil && in.user == "")
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}}
	return s
}

// marked opens the private page only with a second cookie, which is the same for everybody.
func marked(keeps bool) *shop {
	s := &shop{}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		send(w, "known=yes; Path=/")
		s.logIn(w, was, user, keeps && was.user == "")
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	s.pages = handlers{"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
		if first(r, "known") != "yes" {
			in = nil
		}
		profile(w, in)
	}}
	return s
}

// deep has its cookie for /app alone, where the private page redirects to.
func deep(keeps bool) http.Handler {
	s := &shop{keeps: keeps}
	s.set = func(w http.ResponseWriter, id string) { send(w, "sid="+id+"; Path=/app") }
	s.pages = handlers{"GET /login": func(w http.ResponseWriter, _ *http.Request, _ *session) {
		page(w, 200, fmt.Sprintf(loginForm, "login", ""))
	}}
	s.enter = func(w http.ResponseWriter, r *http.Request, was *session, user string) {
		s.logIn(w, was, user, s.keeps)
		http.Redirect(w, r, "/profile", http.StatusSeeOther)
	}
	inside := http.StripPrefix("/app", s)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/profile":
			http.Redirect(w, r, "/app/profile", http.StatusSeeOther)
		case strings.HasPrefix(r.URL.Path, "/app/"):
			inside.ServeHTTP(w, r)
		default:
			page(w, 200, "home")
		}
	})
}

func inApp(c *audit.Config) { c.Login, c.Logout = "/app/login", "/app/logout" }

// filledIn remembers in the session of a visitor who tried to log in, and shows it in the
// form to which the private page sends her. Login gives a new id and leaves the old session.
func filledIn() *shop {
	s := &shop{}
	s.pages = handlers{
		"GET /login": func(w http.ResponseWriter, _ *http.Request, in *session) {
			page(w, 200, fmt.Sprintf(`<form method="post" action="/login"><input name="user" value="%s"><input name="pass" type="password"></form>`, in.data["last"]))
		},
		"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
			user := r.FormValue("user")
			if in.data["last"] = user; passwords[user] != r.FormValue("pass") {
				http.Redirect(w, r, "/login", http.StatusSeeOther)
				return
			}
			s.logIn(w, nil, user, false)
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		},
		"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in.user == "" {
				http.Redirect(w, r, "/login", http.StatusSeeOther)
				return
			}
			profile(w, in)
		},
	}
	return s
}
