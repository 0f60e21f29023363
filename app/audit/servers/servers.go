//go:build unix

// Package servers starts small real servers, each with a login, for tests that audit
// them: PHP's own, Express, Flask, Django and Tomcat from where they are installed, and
// the lab's own in the process of the test.
package servers

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"fixlab/app/target"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// A Server is one that runs, and what a test has to know to log in to it.
type Server struct {
	Name    string // one of Names
	URL     string // where its front page is, without a slash at the end: "http://127.0.0.1:40001"
	Login   string // path of the page with the login form, "/login"
	Private string // path of the page that says who is logged in, "hello alice"
	Logout  string // "/logout", or "POST /logout"

	// Passwords of its accounts, alice and mallory.
	Alice, Mallory string
}

// A Measure is what was measured on a server, with the versions that kinds names. Whom a page shows is alice, mallory or nobody.
type Measure struct {
	Server      string   `json:"server"`       // one of Names
	Vulnerable  bool     `json:"vulnerable"`   // some way to fixate a session works
	Session     []string `json:"session"`      // the cookies that carry the session, all of them needed
	Before      bool     `json:"before"`       // a cookie from before alice's login shows alice after it (WSTG-SESS-03, short)
	Own         string   `json:"own"`          // whom mallory's own logged-in cookie shows once alice has logged in with it
	Invented    bool     `json:"invented"`     // an id that nobody gave out shows alice once she has logged in with it
	Oracle      string   `json:"oracle"`       // whom the cookie shows that mallory is given for an id of her choice, once alice has logged in with that
	Constant    bool     `json:"constant"`     // two clean logins get the same id
	AfterLogout bool     `json:"after_logout"` // a cookie from before the logout still works
	Address     bool     `json:"address"`      // an id in the path of a link, behind ";jsessionid=", shows alice once she has logged in from there
	Nothing     []string `json:"nothing"`      // checks of an audit with nothing to try: no cookie before the login, one id for all, no logout
}

// Measures returns what was measured, of every server.
func Measures() []Measure {
	text, err := sources.ReadFile("testdata/measured.json")
	var all []Measure
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic(err) // it is part of the program
	}
	return all
}

// Names returns the names of all servers: what runs it, and how its login treats the
// session, "php regen".
func Names() []string {
	var names []string
	for _, k := range kinds {
		for _, mode := range k.modes {
			names = append(names, k.name+" "+mode)
		}
	}
	return names
}

// Start starts the server of a name, and stops it when the test is over. Where its
// software is not installed the test is skipped and says what is missing; it fails if
// FIXLAB_SERVERS, kinds of servers with spaces between, has it: it is then meant to be
// there.
func Start(t *testing.T, name string) Server {
	t.Helper()
	kind, mode, _ := strings.Cut(name, " ")
	i := slices.IndexFunc(kinds, func(k software) bool { return k.name == kind && slices.Contains(k.modes, mode) })
	if i < 0 {
		t.Fatalf("there is no server %q; there are %s", name, strings.Join(Names(), ", "))
	}
	k := kinds[i]
	if lacks := k.lacks(); lacks != "" {
		says := t.Skipf
		if slices.Contains(strings.Fields(os.Getenv("FIXLAB_SERVERS")), kind) {
			says = t.Fatalf
		}
		says("%s is not here to be tried: %s", kind, lacks)
	}
	s := k.server
	s.Name, s.URL = name, k.start(t, mode)
	return s
}

// A software is a software and the ways in which its login treats the session.
type software struct {
	name   string
	modes  []string
	lacks  func() string // says what is missing here, "" for nothing
	start  func(t *testing.T, mode string) (url string)
	server Server // its paths and accounts
}

var shop = Server{Login: "/login", Private: "/profile", Logout: "/logout", Alice: "pw-alice", Mallory: "pw-mallory"}

// The measures are of PHP 8.2, Express 5.3 with express-session 1.19 and cookie-session
// 2.1, Flask 3.1.3, Django 3.2.25 and Tomcat 10.1. Other versions came to the same.
var kinds = []software{
	{"php", []string{"none", "regen", "regen_del", "strict"}, program("php"), startPHP, shop},
	{"express", []string{"none", "regen", "rolling", "lazy", "lazy_regen", "csrf", "csrf_regen", "cookie"}, lacksExpress, startExpress, shop},
	{"flask", []string{"default", "server_id", "permanent"}, module("flask"), startFlask, shop},
	{"django", []string{"home", "login", "signed"}, module("django"), startDjango, shop},
	{"tomcat", []string{"changed", "kept"}, lacksTomcat, startTomcat,
		Server{Login: "/profile.jsp", Private: "/profile.jsp", Logout: "/logout.jsp", Alice: "pw-alice", Mallory: "pw-mallory"}},
	{"target", targets, func() string { return "" }, startTarget,
		Server{Login: "/login", Private: "/profile", Logout: "POST /logout", Alice: "correct-horse", Mallory: "hunter2"}},
}

// targets are profiles of the lab, each with switches.
var targets = []string{
	"signed-id none", "signed-id rotate", "django-db none", "django-db rotate", "django-signed-cookies none",
	"flask none", "flask-server-id none", "flask-session-old none", "express-session none", "express-session rotate",
	"cookie-session none", "gorilla-filesystem none", "scs none", "scs rotate", "flask-seed none", "flask-seed-fixed none",
}

// startTarget serves a profile of the lab, with real randomness and the real clock.
func startTarget(t *testing.T, mode string) string {
	id, on, _ := strings.Cut(mode, " ")
	p, ok := server.ByID(id)
	d, err := defence.Parse(on)
	if !ok || err != nil {
		t.Fatalf("%s: profile known: %v, switches: %v", mode, ok, err)
	}
	s := httptest.NewServer(target.New(p, d))
	t.Cleanup(s.Close)
	return s.URL
}
