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

// set returns a set of switches from any number.
func set(n uint32) defence.Set { return defence.Sample(int(n)) }

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
	want(h.do(t, "POST", "/step-up", "password=correct-horse"), "Invalid credentials")
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

// TestPages: what the shop answers to one request, over the simulated network
// and over real HTTP. The request and the answer's wanted lines are wire text.
func TestPages(t *testing.T) {
	p, _ := server.ByID("signed-id")
	for _, test := range []struct{ on, scheme, request, status, header, body string }{
		{"none", "https", "GET /nowhere", "404 Not Found", "", "<h1>Not found</h1>"},
		{"none", "https", "PUT /login", "404 Not Found", "", ""},

		// The holes.
		{"none", "https", "GET /search?q=%3Cscript%3Edocument.cookie%3D%22sid%3Dx%22%3C/script%3E", "200 OK", "", `<h1>Search</h1><p>Nothing found for <script>document.cookie="sid=x"</script>.</p>`},
		{"none", "https", "GET /prefs?name=currency&value=EUR", "200 OK", "Set-Cookie: currency=EUR", ""},
		{"host-http-prefix", "https", "GET /prefs?name=__Host-Http-sid&value=x%3B+Path=/%3B+Secure%3B+HttpOnly", "200 OK", "Set-Cookie: __Host-Http-sid=x; Path=/; Secure; HttpOnly", ""},
		{"none", "https", "GET /prefs?name=sid&value=x%3B%20Domain=shop.example", "200 OK", "Set-Cookie: sid=x; Domain=shop.example", ""},
		{"none", "https", "GET /prefs?name=a&value=b%0D%0ASet-Cookie:%20sid=x", "200 OK", "Set-Cookie: a=b  Set-Cookie: sid=x", ""},
		{"none", "https", "GET /prefs?name=&value=__Host-sid%3Dx", "200 OK", "Set-Cookie: =__Host-sid=x", ""},
		{"none", "https", "GET /prefs", "400 Bad Request", "", "Which preference?"},

		// Transport.
		{"none", "http", "GET /search?q=a%20b", "301 Moved Permanently", "Location: https://shop.example/search?q=a%20b", "<h1>Moved to https</h1>"},
		{"hsts", "http", "POST /login", "301 Moved Permanently", "Location: https://shop.example/login", ""},
		{"hsts", "https", "GET /login", "200 OK", "Strict-Transport-Security: max-age=31536000", ""},
		{"hsts-subdomains", "https", "GET /nowhere", "404 Not Found", "Strict-Transport-Security: max-age=31536000; includeSubDomains", ""},
	} {
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		h := shopWith(p, d, func(e *server.Env) {
			e.HTTPS = func(*http.Request) bool { return test.scheme == "https" }
		})
		ways := map[string]http.RoundTripper{"simulated": world.Network{event.ShopHost: h}}
		if realHTTP {
			srv := httptest.NewServer(h)
			defer srv.Close()
			there, err := url.Parse(srv.URL)
			if err != nil {
				t.Fatal(err)
			}
			ways["over HTTP"] = redirected{there, http.DefaultTransport}
		}
		for where, over := range ways {
			method, path, _ := strings.Cut(test.request, " ")
			r, err := http.NewRequest(method, test.scheme+"://"+event.ShopHost+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			res, err := over.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			var header strings.Builder
			res.Header.Write(&header)
			if res.Status != test.status || !strings.Contains("\n"+header.String(), "\n"+test.header) || !strings.Contains(string(body), test.body) {
				t.Errorf("%s, %s, %s: got %s\n%s%s\nwant %s\n%s\n%s", test.request, test.on, where, res.Status, &header, body, test.status, test.header, test.body)
			}
			if test.header != "" && !strings.Contains(header.String(), test.header+"\r\n") {
				t.Errorf("%s, %s, %s: the header %q goes on: %s", test.request, test.on, where, test.header, &header)
			}
			if told := strings.Contains(header.String(), "Strict-Transport-Security"); told != strings.HasPrefix(test.header, "Strict-Transport-Security") {
				t.Errorf("%s, %s, %s: HSTS: %v", test.request, test.on, where, told)
			}
		}
	}
}

// TestOldKey: whose account the key that alice brought to a way in serves
// afterwards, and the one she had before she logged out.
func TestOldKey(t *testing.T) {
	p, _ := server.ByID("signed-id")
	const password, ticket = "user=alice&password=correct-horse", "user=alice&ticket=ticket-for-alice"
	for _, test := range []struct{ on, path, form, served string }{
		{"none", "/login", password, "alice"},
		{"rotate", "/login", password, ""},
		{"flush", "/login", password, ""},
		{"user-first", "/login", password, "alice"},
		{"rotate+user-first", "/login", password, ""},
		{"rotate+keep-old-record+user-first", "/login", password, "alice"},
		{"rotate", "/sso", ticket, ""},
		{"rotate", "/signup", password, ""},
		{"rotate+forgotten-path", "/login", password, ""},
		{"rotate+forgotten-path", "/sso", ticket, "alice"},
		{"flush+forgotten-path", "/signup", password, "alice"},
	} {
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}}
		alice.do(t, "GET", "/", "")
		mallory := alice.twin(t)
		if got := alice.do(t, "POST", test.path, test.form); got != "Logged in" {
			t.Errorf("%s, %s: %s", test.on, test.path, got)
		}
		mallory.do(t, "GET", "/profile", "")
		if got := between(mallory.page, "The account of ", "."); got != test.served {
			t.Errorf("%s, %s: the old key serves %q, want %q", test.on, test.path, got, test.served)
		}
	}
	for on, after := range map[string]string{"none": "", "keep-at-logout": "alice", "rotate+keep-at-logout": "alice"} {
		d, err := defence.Parse(on)
		if err != nil {
			t.Fatal(err)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}}
		alice.do(t, "POST", "/login", password)
		copied := alice.twin(t)
		alice.do(t, "POST", "/logout", "")
		copied.do(t, "GET", "/profile", "")
		if got := between(copied.page, "The account of ", "."); got != after {
			t.Errorf("%s: after logout a copy serves %q, want %q", on, got, after)
		}
	}
}

// savings is a store that writes down what is saved and deleted.
type savings struct {
	session.Memory
	log []string
}

func (s *savings) Save(rec session.Record) {
	s.log = append(s.log, "save "+rec.ID[:4]+" "+rec.Data)
	s.Memory.Save(rec)
}

func (s *savings) Delete(id string) {
	s.log = append(s.log, "delete "+id[:4])
	s.Memory.Delete(id)
}

// TestUserFirst: with the mistake alice is in the record that login leaves.
func TestUserFirst(t *testing.T) {
	p, _ := server.ByID("signed-id")
	for on, want := range map[string]string{
		"rotate":            "delete OLD; save NEW USER",
		"rotate+user-first": "save OLD USER; delete OLD; save NEW USER",
		"flush":             "delete OLD; save NEW USER",
		"flush+user-first":  "save OLD USER; delete OLD; save NEW {}",
	} {
		d, err := defence.Parse(on)
		if err != nil {
			t.Fatal(err)
		}
		store := &savings{}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d, func(e *server.Env) { e.Store = store })}}
		alice.do(t, "GET", "/", "")
		old := alice.jar.All()[0].Value[:4]
		store.log = nil
		alice.do(t, "POST", "/login", "user=alice&password=correct-horse")
		key := alice.jar.All()[0].Value[:4]
		if got := strings.NewReplacer(old, "OLD", key, "NEW", `{"user_id":"alice"}`, "USER").Replace(strings.Join(store.log, "; ")); got != want {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
	}
}

// TestCookieName: which cookie the server reads of those that a browser sent.
func TestCookieName(t *testing.T) {
	for _, test := range []struct{ profile, on, cookie, served string }{
		{"signed-id", "bare-key", "sid=KEY", "alice"},
		{"signed-id", "bare-key", "sid=other; sid=KEY", ""},
		{"signed-id", "bare-key", "sid=KEY; sid=other", "alice"},
		{"signed-id", "bare-key", "\tsid = KEY", "alice"},
		{"signed-id", "bare-key", "\u00a0sid=KEY", ""}, // only Python's strip takes that for a space
		{"signed-id", "bare-key", "=sid=KEY", ""},
		{"signed-id", "bare-key", "SID=KEY", ""},
		{"signed-id", "bare-key+host-prefix", "__Host-sid=KEY", "alice"},
		{"signed-id", "bare-key+host-prefix", "sid=KEY", ""},
		{"signed-id", "bare-key+host-prefix+read-unprefixed", "sid=KEY", "alice"},
		{"signed-id", "bare-key+host-prefix+read-unprefixed", "sid=KEY; __Host-sid=other", ""},
		{"signed-id", "bare-key+secure-prefix", "__Secure-sid=KEY", "alice"},
		{"signed-id", "bare-key+host-http-prefix", "__Host-Http-sid=KEY", "alice"},
		{"signed-id", "bare-key+host-http-prefix", "__Host-sid=KEY", ""},
		{"express-session", "none", "connect.sid=KEY; connect.sid=other", "alice"},
		{"express-session", "host-prefix", "\u2000__Host-connect.sid=KEY", ""},
		{"scs", "host-prefix", "\u2000__Host-session=KEY", ""},
		{"flask-session", "none", "session=KEY; session=other", "alice"},
		{"flask-session", "host-prefix", "\u2000__Host-session=KEY", "alice"},
		{"django-db", "none", "sessionid=KEY; sessionid=other", ""},
		{"django-db", "none", "sessionid=other; sessionid=KEY", "alice"},
		{"django-db", "host-prefix", "\u2000__Host-sessionid=KEY", "alice"},
	} {
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		p, ok := server.ByID(test.profile)
		if !ok {
			t.Fatalf("no profile %q", test.profile)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}}
		alice.do(t, "POST", "/login", "user=alice&password=correct-horse")
		key := alice.jar.All()[0].Value
		r, err := http.NewRequest("GET", "https://"+event.ShopHost+"/profile", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Cookie", strings.ReplaceAll(test.cookie, "KEY", key))
		res, err := alice.over.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := between(string(body), "The account of ", "."); got != test.served {
			t.Errorf("%s %s, Cookie: %s: serves %q, want %q", test.profile, test.on, test.cookie, got, test.served)
		}
	}
}

// TestBinding: who is served with alice's cookie from another place.
func TestBinding(t *testing.T) {
	p, _ := server.ByID("signed-id")
	type place struct{ address, agent, device string }
	here := place{"[2001:db8::1]:1", "A", "K"}
	for _, test := range []struct {
		on     string
		from   place
		served string
	}{
		{"bind-address", here, "alice"},
		{"bind-address", place{"[2001:db8::1]:2", "A", "another"}, "alice"}, // behind the same router, with her User-Agent
		{"bind-address", place{"[2001:db8::2]:1", "A", "K"}, ""},
		{"bind-address", place{"[2001:db8::1]:1", "B", "K"}, ""},
		{"bind-device", place{"192.0.2.1:1", "B", "K"}, "alice"},
		{"bind-device", place{"[2001:db8::1]:1", "A", "another"}, ""},
	} {
		d, err := defence.Parse(test.on)
		if err != nil {
			t.Fatal(err)
		}
		alice := honest{over: world.Network{event.ShopHost: shopWith(p, d)}, address: here.address, agent: here.agent, device: here.device}
		alice.do(t, "POST", "/login", "user=alice&password=correct-horse")
		alice.address, alice.agent, alice.device = test.from.address, test.from.agent, test.from.device
		alice.do(t, "GET", "/profile", "")
		if got := between(alice.page, "The account of ", "."); got != test.served {
			t.Errorf("%s from %s: serves %q, want %q", test.on, test.from, got, test.served)
		}
	}
}

// TestTransfer: every transfer that is made is told, and no other.
func TestTransfer(t *testing.T) {
	p, _ := server.ByID("signed-id")
	var told []string
	alice := honest{over: world.Network{event.ShopHost: shopWith(p, 0, func(e *server.Env) {
		e.Transfer = func(user, to, amount string) { told = append(told, user+" sends "+to+" "+amount) }
	})}}
	alice.do(t, "GET", "/login", "")
	early := between(alice.page, `name="token" value="`, `"`) // whoever shares the session before login knows this
	alice.do(t, "POST", "/transfer", "to=bob&amount=1&token="+early)
	alice.do(t, "POST", "/login", "user=alice&password=correct-horse")
	alice.do(t, "POST", "/transfer", "to=bob&amount=2")
	alice.do(t, "POST", "/transfer", "to=bob&amount=0&token="+early)
	alice.do(t, "POST", "/transfer", "to=bob&amount=3&token="+early)
	if got := fmt.Sprint(told); got != "[alice sends bob 3]" {
		t.Errorf("told of %s", got)
	}
}

// redirected sends every request to another address.
type redirected struct {
	to   *url.URL
	over http.RoundTripper
}

func (r redirected) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = r.to.Scheme, r.to.Host
	return r.over.RoundTrip(req)
}
