package server_test

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/session"
	"fixlab/lab/world"
)

var noon = time.Unix(1700000000, 0).UTC()

// shopWith returns a shop of its own: a clock that stands still, and the same
// randomness every time.
func shopWith(p server.Profile, d defence.Set, change ...func(*server.Env)) http.Handler {
	now := func() time.Time { return noon }
	e := server.Env{
		Now: now, Rand: rand.NewChaCha8([32]byte{}), Store: &session.Memory{}, Signer: p.Signer(now, []string{world.Secret}),
		On: func(s defence.Set) bool { return d.Has(s) }, Users: map[string]string{"alice": "correct-horse"},
	}
	for _, c := range change {
		c(&e)
	}
	return server.New(e, p.New(e))
}

// An honest user, with a real browser's jar, over some transport.
type honest struct {
	jar     cookie.Jar
	over    http.RoundTripper
	log     bytes.Buffer
	page    string // the last one
	refused int    // cookies of the shop that the browser did not take
	origin  string // of the page on which the forms stand; "" is the shop's own
	address string // where she is, such as "192.0.2.1:1"; "" is where the real server sees her
	agent   string // what her browser's User-Agent ends in
	device  string // what its device key ends in
}

// do sends a request and returns the page's heading.
func (h *honest) do(t *testing.T, method, path, form string) string {
	t.Helper()
	r, err := http.NewRequest(method, "https://"+event.ShopHost+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = cmp.Or(h.address, "127.0.0.1:1")
	r.Header.Set("User-Agent", "Browser/1"+h.agent)
	r.Header.Set(server.DeviceKey, "her device"+h.device)
	from := cookie.Context{Method: method, TopLevel: true}
	if method == "POST" {
		from.Initiator = "https://" + event.ShopHost
		r.Header.Set("Origin", from.Initiator)
		if h.origin != "" {
			r.Header.Set("Origin", h.origin)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if sent, _ := h.jar.Get(noon, r.URL, from); len(sent) > 0 {
		r.Header.Set("Cookie", cookie.Header(sent))
	}
	u := *r.URL
	res, err := h.over.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	h.page = string(body)
	fmt.Fprintf(&h.log, "%s %s: %d %q %q %s\n", method, path, res.StatusCode, res.Header["Set-Cookie"], res.Header["Strict-Transport-Security"], body)
	for _, line := range res.Header["Set-Cookie"] {
		if _, err := h.jar.Set(noon, &u, line, from); err != nil {
			h.refused++
		}
	}
	return html.UnescapeString(between(h.page, "<h1>", "</h1>"))
}

// twin returns somebody else whose browser has the same cookies.
func (h *honest) twin(t *testing.T) *honest {
	t.Helper()
	other := &honest{over: h.over}
	for _, c := range h.jar.All() {
		if _, err := other.jar.Set(noon, &url.URL{Scheme: "https", Host: event.ShopHost, Path: "/"}, c.Name+"="+c.Value+"; Path=/; Secure", cookie.Context{TopLevel: true}); err != nil {
			t.Fatal(err)
		}
	}
	return other
}

func between(text, left, right string) string {
	_, text, _ = strings.Cut(text, left)
	text, _, _ = strings.Cut(text, right)
	return text
}

// journey is what an honest user does, and what she must see.
func (h *honest) journey(t *testing.T, p server.Profile, d defence.Set) {
	t.Helper()
	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s %s: got %q, want %q", p.ID, d, got, want)
		}
	}
	seed := strings.HasPrefix(p.ID, "flask-seed")               // keeps no data, has no logout, greets an id
	passport := strings.HasPrefix(p.ID, "express-passport-0.7") // has one login, its own
	django := strings.HasPrefix(p.ID, "django-") && d.Has(defence.FrameworkLogin)
	lazy := d.Has(defence.Lazy)

	want(h.do(t, "GET", "/", ""), "The shop")
	added := h.do(t, "POST", "/basket", "item=tea")
	switch {
	case lazy:
		want(added, "Log in first")
	case seed:
		want(added, "This server keeps no basket")
	default:
		want(added, "Your basket")
	}
	want(h.do(t, "GET", "/login", ""), "Log in")
	if token := strings.Contains(h.page, `name="token"`); token == (lazy || seed) {
		t.Errorf("%s %s: a token for a visitor: %v", p.ID, d, token)
	}
	if lazy && h.jar.All() != nil {
		t.Errorf("%s %s: a visitor has %v", p.ID, d, h.jar.All())
	}
	want(h.do(t, "POST", "/login", "user=alice&password=wrong"), "Invalid credentials")
	want(h.do(t, "GET", "/profile", ""), "Unauthorized")
	want(h.do(t, "GET", "/transfer", ""), "Unauthorized")
	want(h.do(t, "POST", "/step-up", "password=correct-horse"), "Log in first")
	want(h.do(t, "POST", "/login", "user=alice&password=correct-horse"), "Logged in")
	profile := h.do(t, "GET", "/profile", "")

	// What must not work is said here, and nothing else may fail.
	if d.Has(defence.DomainCookie) && (d.Has(defence.HostPrefix) || d.Has(defence.HostHTTPPrefix)) {
		if want(profile, "Unauthorized"); h.refused == 0 {
			t.Errorf("%s %s: the browser takes a __Host- cookie with a Domain", p.ID, d)
		}
		return
	}
	if h.refused > 0 {
		t.Errorf("%s %s: the browser refuses the shop's own cookie:\n%s", p.ID, d, h.log.String())
	}
	if d.Has(defence.UserFirst|defence.Flush) && profile == "Unauthorized" {
		return // the flush took the login with it
	}
	if d.Has(defence.UserFirst|defence.Flush) && slices.Contains([]string{"signed-id", "express-session", "scs", "flask"}, p.ID) {
		t.Errorf("%s %s: the flush leaves the login", p.ID, d) // others may have a login of their own
	}
	if !strings.Contains(h.page, "The account of alice.") {
		t.Errorf("%s %s: alice is not served as alice: %q", p.ID, d, profile)
	}
	if seed {
		want(h.do(t, "GET", "/transfer", ""), "This server keeps no token")
		want(h.do(t, "POST", "/transfer", "to=bob&amount=10&token="), "This server keeps no token")
		return
	}
	want(profile, "Hello alice")
	want(h.do(t, "GET", "/basket", ""), "alice's basket")
	keeps := !lazy && !d.Has(defence.Clear) && !d.Has(defence.Flush)
	if passport {
		keeps = !lazy && !d.Has(defence.Clear) && p.ID == "express-passport-0.7-keep"
	}
	if kept := strings.Contains(h.page, "<li>tea</li>"); kept != keeps && !django {
		t.Errorf("%s %s: basket kept: %v", p.ID, d, kept)
	}
	want(h.do(t, "POST", "/basket", "item=cup"), "alice's basket")

	want(h.do(t, "GET", "/transfer", ""), "Send money")
	token := between(h.page, `name="token" value="`, `"`)
	want(h.do(t, "POST", "/transfer", "to=bob&amount=10&token=x"+token), "Wrong token")
	want(h.do(t, "POST", "/transfer", "to=bob&amount=-1&token="+token), "To whom, and how much?")
	want(h.do(t, "POST", "/transfer", "to=bob&amount=10&token="+token), "Sent 10 to bob")
	want(h.do(t, "POST", "/transfer", "to=<b>&amount=5&token="+token), "Sent 5 to <b>")
	want(h.do(t, "GET", "/transfer", ""), "Send money")
	if !strings.Contains(h.page, "<ul><li>10 to bob</li><li>5 to &lt;b&gt;</li></ul>") {
		t.Errorf("%s %s: sent: %s", p.ID, d, h.page)
	}

	want(h.do(t, "POST", "/step-up", "password=wrong"), "Invalid credentials")
	want(h.do(t, "POST", "/step-up", "password=correct-horse"), "Logged in")
	want(h.do(t, "GET", "/profile", ""), "Hello alice")
	foreign := "Logged in"
	if d.Has(defence.OriginCheck) {
		foreign = "Sent from another origin"
	}
	for _, h.origin = range []string{"https://evil.test", "null", "https://shop.example.evil.test"} {
		want(h.do(t, "POST", "/login", "user=alice&password=correct-horse"), foreign)
	}
	h.origin = ""
	want(h.do(t, "GET", "/profile", ""), "Hello alice")
	if p.ID == "signed-id" { // the same cookie in another browser
		elsewhere := map[bool]string{true: "Unauthorized", false: "Hello alice"}
		h.agent = "0"
		want(h.do(t, "GET", "/profile", ""), elsewhere[d.Has(defence.BindAddress)])
		h.agent, h.device = "", "'s copy"
		want(h.do(t, "GET", "/profile", ""), elsewhere[d.Has(defence.BindDevice)])
		h.device = ""
	}

	want(h.do(t, "POST", "/logout", ""), "Logged out")
	want(h.do(t, "GET", "/profile", ""), "Unauthorized")
	want(h.do(t, "POST", "/sso", "user=alice&ticket=ticket-for-bob"), "Invalid credentials")
	want(h.do(t, "POST", "/sso", "user=alice&ticket=ticket-for-alice"), "Logged in")
	want(h.do(t, "GET", "/profile", ""), "Hello alice")
	want(h.do(t, "POST", "/logout", ""), "Logged out")
	want(h.do(t, "POST", "/signup", "user=alice&password=mine"), "Invalid credentials")
	want(h.do(t, "POST", "/signup", "user=carol&password=new"), "Logged in")
	want(h.do(t, "GET", "/profile", ""), "Hello carol")
	want(h.do(t, "POST", "/sso", "user=carol&ticket=ticket-for-alice"), "Invalid credentials")
}

// TestHonest: under every switch alone and many sets of them, every profile
// serves an honest user as she expects, and the simulated network and real HTTP
// give the same transcript.
func TestHonest(t *testing.T) {
	const sets, overHTTP = 120, 36 // every switch alone is among both
	for _, p := range server.Profiles {
		t.Run(p.ID, func(t *testing.T) {
			var there *url.URL
			var now http.Handler // the shop at the other end of the wire
			if realHTTP {
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { now.ServeHTTP(w, r) }))
				defer srv.Close()
				var err error
				if there, err = url.Parse(srv.URL); err != nil {
					t.Fatal(err)
				}
			}
			for n := range sets {
				d := defence.Sample(n)
				simulated := honest{over: world.Network{event.ShopHost: shopWith(p, d)}}
				simulated.journey(t, p, d)
				if t.Failed() {
					t.Fatalf("%s %s:\n%s", p.ID, d, simulated.log.String())
				}
				if there == nil || n >= overHTTP {
					continue
				}
				now = shopWith(p, d)
				over := honest{over: redirected{there, http.DefaultTransport}}
				over.journey(t, p, d)
				if got, want := over.log.String(), simulated.log.String(); got != want {
					t.Fatalf("%s %s: over HTTP\n%s\nsimulated\n%s", p.ID, d, got, want)
				}
			}
		})
	}
}
