//go:build !wasm

package audit_test

import (
	"net/http"
)

// visitorTraps are about what a server does with those who have not logged in.
var visitorTraps = []trap{
	{name: "a session begins on the private page, kept", server: of(func() *shop { return turnsAway(true) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": didNotWork}},
	{name: "a session begins on the private page", server: of(func() *shop { return turnsAway(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{name: "a session begins with a wrong password, kept", server: of(func() *shop { return flashes(true) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": didNotWork}},
	{name: "a session begins with a wrong password", server: of(func() *shop { return flashes(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
	{name: "the private page ends a stranger's session, kept", server: of(func() *shop { return strict(true) }),
		ends: vulnerable, want: verdicts{"F1": worked, "F3": didNotWork}},
	{name: "the private page ends a stranger's session", server: of(func() *shop { return strict(false) }),
		ends: notFound, want: verdicts{"F1": didNotWork, "F3": didNotWork}},
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
