// Package shop has a login that FIXLAB_LOGIN chooses, over the sessions of FIXLAB_PROFILE.
package shop

import (
	"fmt"
	"net/http"
	"os"
)

var profile, mode = os.Getenv("FIXLAB_PROFILE"), os.Getenv("FIXLAB_LOGIN")

// sessions is what a framework does for the shop.
type sessions interface {
	visit(w http.ResponseWriter, r *http.Request)
	login(w http.ResponseWriter, r *http.Request, user string)
	user(r *http.Request) string // "" for nobody
	logout(w http.ResponseWriter, r *http.Request)
	wrap(http.Handler) http.Handler
}

// kinds makes them, by profile. Each file of this package adds its own.
var kinds = map[string]func() sessions{}

func newShop() http.Handler {
	s := kinds[profile]()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if mode != "no-cookie" {
			s.visit(w, r)
		}
	})
	mux.HandleFunc("POST /login", func(w http.ResponseWriter, r *http.Request) {
		if mode == "no-login" || r.FormValue("password") != "correct-horse" {
			http.Error(w, "Invalid credentials", http.StatusUnauthorized)
			return
		}
		s.login(w, r, r.FormValue("user"))
	})
	mux.HandleFunc("GET /account", func(w http.ResponseWriter, r *http.Request) {
		user := s.user(r)
		switch {
		case mode == "broken":
			http.Error(w, "no", http.StatusInternalServerError)
		case mode == "open":
			fmt.Fprint(w, "The account of alice")
		case user == "":
			http.Error(w, "Log in", http.StatusUnauthorized)
		default:
			fmt.Fprint(w, "The account of ", user)
		}
	})
	mux.HandleFunc("POST /logout", func(w http.ResponseWriter, r *http.Request) {
		if mode == "no-logout" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		s.logout(w, r)
	})
	return s.wrap(mux)
}
