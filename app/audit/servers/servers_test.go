//go:build servers && unix

package servers_test

import (
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/app/audit/servers"
)

// A visitor is somebody with a jar of names and values alone: that is all it takes here.
type visitor struct {
	t    *testing.T
	at   servers.Server
	jar  map[string]string
	seen string // all that it was answered
}

// do sends a request, keeps its cookies, follows redirects, and returns the page.
func (v *visitor) do(method, path, form string) string {
	v.t.Helper()
	client := http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 5 {
		r, err := http.NewRequest(method, v.at.URL+path, strings.NewReader(form))
		if err != nil {
			v.t.Fatal(err)
		}
		if method == "POST" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Origin", v.at.URL)
		}
		for name, value := range v.jar {
			r.Header.Add("Cookie", name+"="+value)
		}
		if all := r.Header["Cookie"]; len(all) > 1 {
			r.Header.Set("Cookie", strings.Join(all, "; "))
		}
		res, err := client.Do(r)
		if err != nil {
			v.t.Fatal(err)
		}
		page, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			v.t.Fatal(err)
		}
		for _, c := range res.Cookies() {
			if v.jar[c.Name] = c.Value; c.MaxAge < 0 || !c.Expires.IsZero() && c.Expires.Year() < 2000 {
				delete(v.jar, c.Name)
			}
		}
		v.seen += method + " " + path + ": " + res.Status + " " + string(page) + "\n"
		to, err := res.Location()
		if err != nil {
			return string(page)
		}
		method, path, form = "GET", to.Path, ""
	}
	v.t.Fatal("it redirects for ever")
	return ""
}

var input = regexp.MustCompile(`<input (?:type="hidden" )?name="([^"]*)"(?: type="[^"]*")?(?: value="([^"]*)")?`)
var action = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)

// logIn fills in the login form as it is served, hidden fields and all, if it is.
func (v *visitor) logIn(user, password string) { v.logInAt(v.at.Login, user, password) }

// logInAt is logIn where a link to the login page leads to path.
func (v *visitor) logInAt(path, user, password string) {
	v.t.Helper()
	page := v.do("GET", path, "")
	form := url.Values{}
	for _, field := range input.FindAllStringSubmatch(page, -1) {
		switch name := field[1]; {
		case strings.Contains(name, "user"):
			form.Set(name, user)
		case strings.Contains(name, "pass"):
			form.Set(name, password)
		default:
			form.Set(name, field[2])
		}
	}
	if len(form) == 0 {
		return
	}
	to := v.at.Login
	if m := action.FindStringSubmatch(page); m != nil {
		to = "/" + strings.TrimPrefix(m[1], "/")
	}
	v.do("POST", to, form.Encode())
}

// who says whom the private page knows.
func (v *visitor) who() string {
	v.t.Helper()
	page := v.do("GET", v.at.Private, "")
	for _, name := range []string{"alice", "mallory"} {
		if strings.Contains(page, name) {
			return name
		}
	}
	return "nobody"
}

// TestServers: every server knows its accounts, and whoever logs in to it by hand with
// a planted cookie sees what was measured.
func TestServers(t *testing.T) {
	for _, want := range servers.Measures() {
		t.Run(want.Server, func(t *testing.T) {
			at := servers.Start(t, want.Server)
			with := func(jar map[string]string) *visitor { return &visitor{t: t, at: at, jar: maps.Clone(jar)} }
			visits := func() *visitor {
				v := with(map[string]string{})
				v.do("GET", "/", "")
				return v
			}
			is := func(v *visitor, says, want string) {
				t.Helper()
				if got := v.who(); got != want {
					t.Errorf("%s: it is %s, want %s\n%s", says, got, want, v.seen)
				}
			}

			stranger := visits()
			is(stranger, "without a login", "nobody")
			stranger.logIn("alice", "x"+at.Alice)
			is(stranger, "a wrong password", "nobody")

			mallory := visits()
			mallory.do("GET", at.Login, "")
			planted, seen := with(mallory.jar), "nobody"
			planted.logIn("alice", at.Alice)
			is(planted, "alice with a cookie from before", "alice")
			if want.Before {
				seen = "alice"
			}
			is(mallory, "mallory with a cookie from before", seen)

			mallory = visits()
			mallory.logIn("mallory", at.Mallory)
			is(mallory, "mallory", "mallory")
			with(mallory.jar).logIn("alice", at.Alice)
			is(mallory, "mallory with her own cookie, with which alice logged in", want.Own)

			mallory = visits()
			mallory.do("GET", at.Login, "")
			if len(want.Session) == 1 {
				with(map[string]string{}).logInAt(at.Login+";jsessionid="+mallory.jar[want.Session[0]], "alice", at.Alice)
				seen = "nobody"
				if want.Address {
					seen = "alice"
				}
				is(mallory, "mallory, whose id was in a link that alice followed", seen)
			}

			alice := visits()
			alice.logIn("alice", at.Alice)
			copied := with(alice.jar)
			method, path, named := strings.Cut(at.Logout, " ")
			if !named {
				method, path = "GET", at.Logout
			}
			alice.do(method, path, "")
			seen = "nobody"
			if want.AfterLogout {
				seen = "alice"
			}
			is(copied, "a copy after logout", seen)
		})
	}
}

// TestServersMeasured: there is one measure of every server.
func TestServersMeasured(t *testing.T) {
	names := servers.Names()
	for _, m := range servers.Measures() {
		if i := slices.Index(names, m.Server); i < 0 {
			t.Errorf("%s is no server, or measured twice", m.Server)
		} else {
			names = slices.Delete(names, i, i+1)
		}
	}
	if len(names) > 0 {
		t.Errorf("not measured: %q", names)
	}
}
