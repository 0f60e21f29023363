//go:build !wasm

package audit_test

import (
	"io"
	"net/http"
	"strings"

	"fixlab/app/audit"
)

// logoutTraps are about how one logs out. All of them end the session, so that the old
// cookie is dead.
var logoutTraps = []trap{
	leaving("a script's POST of JSON", "POST /logout", "POST /logout", "", func(r *http.Request, _ *session) bool {
		return r.Header.Get("Content-Type") == "application/json"
	}),
	leaving("a script's POST of nothing", "POST /logout", "POST /logout", "", func(r *http.Request, _ *session) bool {
		body, _ := io.ReadAll(r.Body)
		return len(body) == 0 && r.Header.Get("Content-Type") == ""
	}),
	leaving("DELETE", "DELETE /session", "DELETE /session", "", func(*http.Request, *session) bool { return true }),
	leaving("POST, where GET is answered with a page", "/leave", "POST /leave", "", func(*http.Request, *session) bool { return true }),
	leaving("a link that has a query", "", "GET /index", `<a href="/index?do=logout">out</a>`, func(r *http.Request, _ *session) bool {
		return r.FormValue("do") == "logout"
	}),
	leaving("a link that has a token of the session", "/bye", "GET /bye", `<a href="/bye?signout=TOKEN">out</a>`, func(r *http.Request, in *session) bool {
		return in != nil && r.FormValue("signout") == in.data["token"]
	}),
	leaving("a form beside another that goes to the same address", "", "POST /profile",
		`<form method="post" action="/profile"><input name="motto"><button>Save</button></form><form method="post" action="/profile"><button name="do" value="out">Sign out</button></form>`,
		func(r *http.Request, _ *session) bool { return r.FormValue("do") == "out" }),
}

// leaving is a shop in which a request to at logs out if ends says so, and is refused
// with 415 otherwise. logout is what -logout says, html what the private page has of it.
func leaving(name, logout, at, html string, ends func(*http.Request, *session) bool) trap {
	made := func() *shop {
		s := &shop{}
		s.pages = handlers{
			"GET /profile": func(w http.ResponseWriter, r *http.Request, in *session) {
				if in.user == "" {
					page(w, 401, "anonymous")
					return
				}
				in.data["token"] = "t" + in.id
				page(w, 200, "hello "+in.user+strings.ReplaceAll(html, "TOKEN", in.data["token"]))
			},
			"GET /leave": func(w http.ResponseWriter, _ *http.Request, _ *session) { page(w, 200, "home") },
		}
		s.pages[at] = func(w http.ResponseWriter, r *http.Request, in *session) {
			if !ends(r, in) {
				page(w, 415, "no")
				return
			}
			delete(s.sessions, in.id)
			w.WriteHeader(204)
		}
		return s
	}
	return trap{name: "logout by " + name, server: of(made), config: func(c *audit.Config) { c.Logout = logout },
		ends: notFound, want: verdicts{"L1": didNotWork, "S1": didNotWork}}
}
