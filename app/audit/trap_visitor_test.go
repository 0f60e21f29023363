//go:build !wasm

package audit_test

import (
	"crypto/rand"
	"net/http"
	"strings"

	"fixlab/app/audit"
	core "fixlab/lab/audit"
)

// visitorTraps are about what a server does with those who have not logged in.
var visitorTraps = []trap{
	{name: "a session begins on the private page, kept", server: of(func() *shop { return turnsAway(true) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": didNotWork}},
	{name: "a session begins on the private page", server: of(func() *shop { return turnsAway(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{name: "a session begins with a wrong password, kept", server: of(func() *shop { return flashes(true) }),
		ends: vulnerable, want: verdicts{"F1b": worked, "F3": didNotWork}},
	{name: "a session begins with a wrong password, and a language before, kept", server: of(func() *shop {
		s := flashes(true)
		s.every = speak
		return s
	}), ends: vulnerable, want: verdicts{"F1": didNotWork, "F1b": worked, "F3": didNotWork}},
	{name: "a session begins with a wrong password", server: of(func() *shop { return flashes(false) }),
		ends: notFound, want: verdicts{"F1b": didNotWork, "F3": didNotWork}},
	{name: "the private page ends a stranger's session, kept", server: of(func() *shop { return strict(true) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": didNotWork}},
	{name: "the private page ends a stranger's session", server: of(func() *shop { return strict(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{name: "demo accounts on the login page, kept", server: of(func() *shop { return talks(true, demo) }), ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "demo accounts on the login page", server: of(func() *shop { return talks(false, demo) }), ends: notFound, want: verdicts{"F1": didNotWork}},
	{name: "who tried last stands on the login page, kept", server: of(func() *shop { return talks(true, tried) }), ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "who tried last stands on the login page", server: of(func() *shop { return talks(false, tried) }), ends: notFound, want: verdicts{"F1": didNotWork}},
	{name: "who tried last stands in the login form of the private page, kept", server: of(func() *shop { return atHome(true) }),
		config: func(c *audit.Config) { c.Login = "/profile" }, ends: vulnerable, want: verdicts{"C1": core.Held, "F1": worked}},
	{name: "who tried last stands in the login form of the private page", server: of(func() *shop { return atHome(false) }),
		config: func(c *audit.Config) { c.Login = "/profile" }, ends: notFound, want: verdicts{"C1": core.Held, "F1": didNotWork}},
	{name: "everybody is led to another address, kept", server: of(func() *shop { return slashed(true, "") }), ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "everybody is led to another address", server: of(func() *shop { return slashed(false, "") }), ends: notFound, want: verdicts{"F1": didNotWork}},
	{name: "everybody is led to another address, where a name stands", server: of(func() *shop { return slashed(false, "alice recommends us") }), ends: unsettled, says: "-alice-sees"},
	{name: "a new id with every answer", server: of(moving), ends: notFound, session: []string{"sid"}, want: verdicts{"F1": didNotWork, "F3": didNotWork, "F4": didNotWork, "L1": didNotWork, "S1": didNotWork}},
	{name: "the name stands there in capitals, kept", server: of(func() *shop { return loud(true) }), ends: vulnerable, want: verdicts{"F1": worked}},
	{name: "the name stands there in capitals", server: of(func() *shop { return loud(false) }), ends: notFound, want: verdicts{"F1": didNotWork}},
}

// talks is a shop that leads strangers from the private page to the login page, on which
// stands more.
func talks(keeps bool, more func(last string) string) *shop {
	s, last := &shop{keeps: keeps}, ""
	s.every = func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" && r.URL.Path == "/login" {
			last = r.FormValue("user")
		}
	}
	s.field = func(*session) string { return "</form>" + more(last) }
	s.pages = handlers{"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
		if in.user == "" {
			http.Redirect(w, r, "/login?next=/profile", http.StatusFound)
			return
		}
		profile(w, in)
	}}
	return s
}

func demo(string) string       { return "Try alice or mallory." }
func tried(last string) string { return "The last to try was " + last + "." }

// atHome is a shop whose private page has the login form for strangers, filled in with who
// tried last.
func atHome(keeps bool) *shop {
	s, last := &shop{keeps: keeps}, ""
	s.pages = handlers{
		"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
			if in.user != "" {
				profile(w, in)
				return
			}
			page(w, 200, `<form method="post"><input name="user" value="`+last+`"><input name="pass" type="password"><button>Log in</button></form>`)
		},
		"POST /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
			last = r.FormValue("user")
			if passwords[last] != "" && passwords[last] == r.FormValue("pass") {
				s.logIn(w, in, last, keeps)
			}
			http.Redirect(w, r, "/profile", http.StatusSeeOther)
		},
	}
	return s
}

// slashed is a shop that leads everybody from the private page to one that greets.
func slashed(keeps bool, more string) *shop {
	s := &shop{keeps: keeps}
	s.pages = handlers{
		"GET /profile": func(w http.ResponseWriter, r *http.Request, _ *session) {
			http.Redirect(w, r, "/profile/", http.StatusMovedPermanently)
		},
		"GET /profile/": func(w http.ResponseWriter, r *http.Request, in *session) { page(w, 200, "hello "+in.user+". "+more) },
	}
	return s
}

// loud is a shop that writes names in capitals.
func loud(keeps bool) *shop {
	s := &shop{keeps: keeps}
	s.pages = handlers{"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
		if in.user == "" {
			page(w, 403, "no")
			return
		}
		page(w, 200, "HELLO "+strings.ToUpper(in.user))
	}}
	return s
}

// fresh is a shop that keeps no session at login in which somebody is logged in; one of a
// visitor's it may keep.
func fresh(keeps bool) *shop {
	return choosing(func(was *session, _ string) bool { return keeps && was.user == "" })
}

// turnsAway is one whose private page notes in a session where a visitor wanted to go.
func turnsAway(keeps bool) *shop {
	s := fresh(keeps)
	s.lazy = true
	s.pages = handlers{"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
		if in == nil {
			in = s.open(w)
		}
		if in.user == "" {
			in.data["next"] = "/profile"
			http.Redirect(w, r, "/login", http.StatusFound)
			return
		}
		profile(w, in)
	}}
	return s
}

// flashes is one that keeps in a session what it has to say after a wrong password.
func flashes(keeps bool) *shop {
	s := fresh(keeps)
	s.lazy = true
	s.pages = handlers{"POST /login": func(w http.ResponseWriter, r *http.Request, in *session) {
		if user := r.FormValue("user"); passwords[user] != "" && passwords[user] == r.FormValue("pass") {
			s.enter(w, r, in, user)
			return
		}
		if in == nil {
			in = s.open(w)
		}
		in.data["says"] = "That was wrong."
		http.Redirect(w, r, "/login", http.StatusSeeOther)
	}}
	return s
}

// strict is one whose private page ends the session of whoever has not logged in.
func strict(keeps bool) *shop {
	s := fresh(keeps)
	s.pages = handlers{"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
		if in.user == "" {
			delete(s.sessions, in.id)
			http.Redirect(w, r, "/login", http.StatusFound)
			return
		}
		profile(w, in)
	}}
	return s
}

// moving is a shop that gives a session a new id with every answer.
func moving() *shop {
	s := &shop{keeps: true}
	s.every = func(w http.ResponseWriter, r *http.Request) {
		if in := s.sessions[first(r, "sid")]; in != nil {
			delete(s.sessions, in.id)
			in.id = rand.Text()
			s.sessions[in.id] = in
			s.give(w, in.id)
			r.Header.Set("Cookie", "sid="+in.id)
		}
	}
	return s
}
