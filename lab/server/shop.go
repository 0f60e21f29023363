package server

import (
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"

	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// Basket is the name under which the session keeps the basket.
const Basket = "basket"

// New returns the shop: a front page, a basket, login, profile and logout over
// f. Every profile serves these same pages.
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
		if err, ok := v.(error); !ok || !errors.Is(err, sign.ErrCrash) {
			panic(v)
		}
		page(w, http.StatusInternalServerError, "Internal Server Error")
	}()
	switch r.Method + " " + r.URL.Path {
	case "GET /":
		s.f.Visit(w, r)
		page(w, http.StatusOK, "The shop", `<a href="/login">Log in</a>`, `<a href="/basket">Basket</a>`)
	case "GET /login":
		page(w, http.StatusOK, "Log in", loginForm)
	case "POST /login":
		s.login(w, r)
	case "GET /profile":
		s.profile(w, r)
	case "GET /basket":
		s.basket(w, r)
	case "POST /basket":
		s.put(w, r)
	case "POST /logout":
		s.logout(w, r)
	default:
		page(w, http.StatusNotFound, "Not found")
	}
}

func (s shop) login(w http.ResponseWriter, r *http.Request) {
	form := form(r)
	user := form.Get("user")
	if password, ok := s.env.Users[user]; !ok || password != form.Get("password") {
		page(w, http.StatusUnauthorized, "Invalid credentials", loginForm)
		return
	}
	s.f.Login(w, r, user)
	page(w, http.StatusOK, "Logged in", `<a href="/profile">Profile</a>`, `<a href="/basket">Basket</a>`)
}

func (s shop) profile(w http.ResponseWriter, r *http.Request) {
	user, name := s.f.Whoami(r)
	if name == "" {
		page(w, http.StatusUnauthorized, "Unauthorized", `<a href="/login">Log in</a>`)
		return
	}
	body := []string{}
	if user != "" {
		body = append(body, "<p>The account of "+html.EscapeString(user)+".</p>", logoutForm)
	}
	page(w, http.StatusOK, "Hello "+name, body...)
}

func (s shop) basket(w http.ResponseWriter, r *http.Request) {
	page(w, http.StatusOK, s.owner(r)+" basket", items(s.f.Values(r)), basketForm)
}

func (s shop) put(w http.ResponseWriter, r *http.Request) {
	item := strings.TrimSpace(form(r).Get("item"))
	if item == "" {
		page(w, http.StatusBadRequest, "Which item?", basketForm)
		return
	}
	all := s.f.Values(r).Get(Basket)
	if all != "" {
		all += ", "
	}
	if !s.f.Put(w, r, Basket, all+item) {
		page(w, http.StatusNotFound, "This server keeps no basket")
		return
	}
	page(w, http.StatusOK, s.owner(r)+" basket", "<p>Added: "+html.EscapeString(item)+"</p>", `<a href="/basket">Basket</a>`)
}

func (s shop) logout(w http.ResponseWriter, r *http.Request) {
	if !s.f.Logout(w, r) {
		page(w, http.StatusNotFound, "This server has no logout")
		return
	}
	page(w, http.StatusOK, "Logged out", `<a href="/">The shop</a>`)
}

// form returns the submitted fields, and leaves them in r.PostForm; none when
// the body is larger than 64 KiB or malformed.
func form(r *http.Request) url.Values {
	if r.PostForm == nil {
		r.PostForm = parse(r)
	}
	return r.PostForm
}

func parse(r *http.Request) url.Values {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<10+1))
	if err != nil || len(body) > 64<<10 {
		return nil
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil
	}
	return values
}

// owner says whose basket the page shows.
func (s shop) owner(r *http.Request) string {
	if user, _ := s.f.Whoami(r); user != "" {
		return user + "'s"
	}
	return "Your"
}

func items(v session.Values) string {
	all := v.Get(Basket)
	if all == "" {
		return "<p>Nothing yet.</p>"
	}
	var b strings.Builder
	b.WriteString("<ul>")
	for item := range strings.SplitSeq(all, ", ") {
		b.WriteString("<li>" + html.EscapeString(item) + "</li>")
	}
	b.WriteString("</ul>")
	return b.String()
}

const (
	loginForm  = `<form method="post" action="/login"><label>Name <input name="user"></label><label>Password <input name="password" type="password"></label><button>Log in</button></form>`
	basketForm = `<form method="post" action="/basket"><label>Item <input name="item"></label><button>Add</button></form>`
	logoutForm = `<form method="post" action="/logout"><button>Log out</button></form>`
)

// page writes an HTML page. The title is escaped here; body is HTML already.
func page(w http.ResponseWriter, status int, title string, body ...string) {
	title = html.EscapeString(title)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, "<!doctype html><title>"+title+"</title><h1>"+title+"</h1>"+strings.Join(body, "")+"\n")
}
