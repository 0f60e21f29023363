package server

import (
	"errors"
	"html"
	"net/http"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/sign"
)

// basketKey is the name under which the session keeps the basket.
const basketKey = "basket"

// New returns a handler of the shop's pages over f: a front page, a basket, the ways
// into an account, the profile, a transfer and logout. They are the same on every
// profile. e must be the Env that f was made with.
func New(e Env, f Framework) http.Handler { return shop{e, f} }

type shop struct {
	env Env
	f   Framework
}

// ServeHTTP answers one request. An exception in the original is a 500 here.
func (s shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if f, ok := v.(refusal); ok {
			page(w, f.status, http.StatusText(f.status), "<p>The server does not take this request.</p>")
			return
		}
		if err, ok := v.(error); !ok || !errors.Is(err, sign.ErrCrash) {
			panic(v)
		}
		page(w, http.StatusInternalServerError, "Internal Server Error", "<p>Something broke on the server.</p>")
	}()
	if !s.secured(w, r) {
		return
	}
	switch r.Method + " " + r.URL.Path {
	case "GET /":
		s.front(w, r)
	case "GET /login":
		page(w, http.StatusOK, "Log in", loginForm(s.token(w, r)), `<a href="/signup">Sign up</a>`, `<a href="/sso">Single sign-on</a>`)
	case "POST /login":
		s.enter(w, r, loginForm(""), s.login)
	case "GET /signup":
		page(w, http.StatusOK, "Sign up", "<p>Choose a name and a password.</p>", signUpForm)
	case "POST /signup":
		s.enter(w, r, signUpForm, s.signUp)
	case "GET /sso":
		page(w, http.StatusOK, "Single sign-on", "<p>Your identity provider gives you a ticket.</p>", ssoForm)
	case "POST /sso":
		s.enter(w, r, ssoForm, s.singleSignOn)
	case "GET /step-up":
		page(w, http.StatusOK, "Your password again", "<p>This part of the shop asks once more.</p>", stepUpForm)
	case "POST /step-up":
		s.enter(w, r, stepUpForm, s.stepUp)
	case "GET /profile":
		s.profile(w, r)
	case "GET /basket":
		s.basket(w, r)
	case "POST /basket":
		s.put(w, r)
	case "GET /transfer":
		s.showTransfer(w, r)
	case "POST /transfer":
		s.transfer(w, r)
	case "POST /logout":
		s.logout(w, r)
	case "GET /search":
		search(w, r)
	case "GET /prefs":
		prefs(w, r)
	default:
		page(w, http.StatusNotFound, "Not found", "<p>The shop has no such page.</p>")
	}
}

func (s shop) front(w http.ResponseWriter, r *http.Request) {
	if !s.closed(r) {
		s.f.Visit(w, r)
	}
	page(w, http.StatusOK, "The shop", product, `<a href="/login">Log in</a>`, `<a href="/basket">Basket</a>`,
		`<a href="/search?q=tea">Search</a>`, `<a href="/prefs?name=currency&amp;value=EUR">Prices in euro</a>`)
}

// closed reports whether r must log in before the server keeps anything for it.
func (s shop) closed(r *http.Request) bool {
	if !s.env.On(defence.Lazy) {
		return false
	}
	user, _ := s.f.Whoami(r)
	return user == ""
}

func (s shop) profile(w http.ResponseWriter, r *http.Request) {
	s.f.Read(w, r)
	user, name := s.f.Whoami(r)
	if name == "" {
		s.deny(w, NotLoggedIn, http.StatusUnauthorized, "Unauthorized", "<p>This page is for those who are logged in.</p>", `<a href="/login">Log in</a>`)
		return
	}
	body := []string{"<p>You have no account here yet.</p>"}
	if user != "" {
		body = []string{"<p>The account of " + html.EscapeString(s.named(user)) + ".</p>", details(user),
			`<a href="/transfer">Send money</a>`, `<a href="/step-up">Your password again</a>`, logoutForm}
	}
	page(w, http.StatusOK, "Hello "+name, body...)
}

func (s shop) basket(w http.ResponseWriter, r *http.Request) {
	s.f.Read(w, r)
	page(w, http.StatusOK, s.owner(r)+" basket", items(s.f.Values(r).Get(basketKey)), basketForm)
}

func (s shop) put(w http.ResponseWriter, r *http.Request) {
	item := strings.TrimSpace(form(r).Get("item"))
	if item == "" {
		page(w, http.StatusBadRequest, "Which item?", "<p>Nothing was added.</p>", basketForm)
		return
	}
	if s.closed(r) {
		s.deny(w, NotLoggedIn, http.StatusForbidden, "Log in first", "<p>A basket is for those who are logged in.</p>", `<a href="/login">Log in</a>`)
		return
	}
	if !s.f.Put(w, r, basketKey, listed(s.f.Values(r).Get(basketKey), item)) {
		page(w, http.StatusNotFound, "This server keeps no basket", "<p>Nothing was added.</p>")
		return
	}
	page(w, http.StatusOK, s.owner(r)+" basket", "<p>Added: "+html.EscapeString(item)+"</p>", `<a href="/basket">Basket</a>`)
}

func (s shop) logout(w http.ResponseWriter, r *http.Request) {
	if !s.f.Logout(w, r) {
		page(w, http.StatusNotFound, "This server has no logout", "<p>Nothing has changed.</p>")
		return
	}
	page(w, http.StatusOK, "Logged out", "<p>See you soon.</p>", `<a href="/">The shop</a>`)
}

// owner says whose basket the page shows.
func (s shop) owner(r *http.Request) string {
	if user, _ := s.f.Whoami(r); user != "" {
		return s.named(user) + "'s"
	}
	return "Your"
}

// named returns user, for a page that names whose account it is of.
func (s shop) named(user string) string {
	if s.env.Named != nil {
		s.env.Named(user)
	}
	return user
}

const (
	product    = `<article id="kettle"><h2>Kettle</h2><p>€24</p></article>`
	basketForm = `<form method="post" action="/basket"><label>Item <input name="item"></label><button>Add</button></form>`
	logoutForm = `<form method="post" action="/logout"><button>Log out</button></form>`
)
