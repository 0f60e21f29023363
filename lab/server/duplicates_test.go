package server

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/session"
)

// tomcat is a server that reads cookies as Tomcat does: the bare id, never one that
// it does not have, sent with a new one only.
var tomcat = Profile{
	ID: "tomcat", Cookie: "JSESSIONID", Reads: FirstExisting,
	New: func(e Env) Framework {
		return sessions{e, keyed{Env: e, cookie: "JSESSIONID", read: e.firstExisting(unbare), mint: e.newKey, wrap: bare, unwrap: unbare, strict: true, once: true}}
	},
}

// TestFirstExisting holds the policy, as a profile has it, against what a Tomcat
// was seen to do with these cookies. M and A are the ids of Mallory's session, with
// a gnome in its basket, and of Alice's, who is logged in with a ring in hers; U is
// an id that the server does not have.
func TestFirstExisting(t *testing.T) {
	for _, test := range []struct {
		cookies []string // values, in the order in which they are sent
		sees    string   // whose session it is then: M, A or none
	}{
		{nil, "none"},
		{[]string{"M"}, "M"},
		{[]string{"A"}, "A"},
		{[]string{"U"}, "none"},
		{[]string{"U", "A"}, "A"}, // unknown first, valid second
		{[]string{"M", "A"}, "M"}, // two valid ones
		{[]string{"A", "M"}, "A"},
		{[]string{`"M"`}, "M"}, // quoted
		{[]string{"A", "U"}, "A"},
		{[]string{"U", "U"}, "none"},
	} {
		ask := visitTomcat(0)
		ids := strings.NewReplacer("M", ask("POST /basket item=gnome", ""), "A", ask("POST /basket item=ring", ""), "U", "0123456789ABCDEF0123456789ABCDEF")
		ask("POST /login user=alice&password=a", "JSESSIONID="+ids.Replace("A"))
		var names, pairs []string
		for _, c := range test.cookies {
			names, pairs = append(names, "JSESSIONID"), append(pairs, "JSESSIONID="+ids.Replace(c))
		}
		page := ask("GET /basket", strings.Join(pairs, "; "))
		got := "none"
		switch {
		case strings.Contains(page, "<h1>alice") && strings.Contains(page, "ring"):
			got = "A"
		case strings.Contains(page, "Your basket") && strings.Contains(page, "gnome"):
			got = "M"
		}
		if got != test.sees {
			t.Errorf("cookies %q: the session is %s, want %s", test.cookies, got, test.sees)
		}
		picked := "none"
		if at := tomcat.Reads.Pick(names, "JSESSIONID", func(i int) bool { return test.cookies[i] != "U" }); at >= 0 {
			picked = strings.Trim(test.cookies[at], `"`)
		}
		if picked != test.sees {
			t.Errorf("cookies %q: Pick says %s, want %s", test.cookies, picked, test.sees)
		}
	}
}

// TestTomcatLogin: what login does with a planted id and with an invented one, what
// changeSessionId() does, and that a session ends at logout.
func TestTomcatLogin(t *testing.T) {
	const login, unknown = "POST /login user=alice&password=a", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF"
	served := func(page string) bool { return strings.Contains(page, "The account of alice") }

	ask := visitTomcat(0)
	planted := "JSESSIONID=" + ask("POST /basket item=gnome", "")
	if id := ask(login, planted); id != "" {
		t.Errorf("login with a planted id sends the id %s", id)
	}
	if !served(ask("GET /profile", planted)) || !strings.Contains(ask("GET /basket", planted), "gnome") {
		t.Error("the planted session is not Alice's, basket and all")
	}
	ask("POST /logout", planted)
	if served(ask("GET /profile", planted)) {
		t.Error("it lives on after logout")
	}
	own := "JSESSIONID=" + ask(login, unknown)
	if own == unknown || !served(ask("GET /profile", own)) || served(ask("GET /profile", unknown)) {
		t.Errorf("login with an invented id leads to %s", own)
	}
	if !served(ask("GET /profile", unknown+"; "+own)) {
		t.Error("an invented id in front of her own logs Alice out")
	}

	ask = visitTomcat(defence.Rotate)
	planted = "JSESSIONID=" + ask("POST /basket item=gnome", "")
	own = "JSESSIONID=" + ask(login, planted)
	if own == planted || !served(ask("GET /profile", own)) || !strings.Contains(ask("GET /basket", own), "gnome") || served(ask("GET /profile", planted)) {
		t.Errorf("changeSessionId() leads from %s to %s", planted, own)
	}
}

// visitTomcat starts a server under on. ask sends a request, "METHOD PATH FORM", and
// returns the id that a POST is answered with, "" when it sends none, or the page of
// a GET.
func visitTomcat(on defence.Set) (ask func(request, cookies string) string) {
	e := Env{
		Rand: rand.NewChaCha8([32]byte{}), Store: &session.Memory{},
		On: on.Has, Users: map[string]string{"alice": "a"},
	}
	shop := New(e, tomcat.New(e))
	return func(request, cookies string) string {
		var method, path, form string
		fmt.Sscan(request, &method, &path, &form)
		r := httptest.NewRequest(method, "https://shop.example"+path, strings.NewReader(form))
		if cookies != "" {
			r.Header.Set("Cookie", cookies)
		}
		w := httptest.NewRecorder()
		shop.ServeHTTP(w, r)
		if method == "GET" {
			return w.Body.String()
		}
		for _, c := range w.Result().Cookies() {
			return c.Value
		}
		return ""
	}
}

// firstExisting returns what reads the value of the first one that names a record
// of the store, as Tomcat does with session ids; it reads none when no record is
// there. unwrap takes the key out of a value.
func (e Env) firstExisting(unwrap func(text string) (key string, err error)) func(r *http.Request, name string) string {
	return func(r *http.Request, name string) string {
		for _, value := range e.cookies(r, name, blank) {
			if key, err := unwrap(value); err == nil {
				if _, ok := e.Store.Load(key); ok {
					return value
				}
			}
		}
		return ""
	}
}
