package server_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/world"
)

// TestPages: what the shop answers to one request, over the simulated network
// and over real HTTP. The request and the answer's wanted lines are wire text.
func TestPages(t *testing.T) {
	p, _ := server.ByID("signed-id")
	for _, test := range []struct{ on, scheme, request, status, header, body string }{
		{"none", "https", "GET /nowhere", "404 Not Found", "", "<h1>Not found</h1>"},
		{"none", "https", "PUT /login", "404 Not Found", "", ""},

		// Words.
		{"none", "https", "GET /", "200 OK", "Content-Type: text/html; charset=utf-8", `<h1>The shop</h1><article id="kettle"><h2>Kettle</h2><p>€24</p></article>`},
		{"none", "https", "GET /profile", "401 Unauthorized", "", "<h1>Unauthorized</h1><p>This page is for those who are logged in.</p>"},

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

// TestAccount: an account page shows the details of its owner, and no other's; of an
// account that was opened since its name, as text.
func TestAccount(t *testing.T) {
	p, _ := server.ByID("signed-id")
	over := world.Network{event.ShopHost: shopWith(p, 0, func(e *server.Env) { e.Users["mallory"] = "hunter2" })}
	const dl = "<dl><dt>Name</dt><dd>%s</dd>%s</dl>"
	for _, test := range []struct{ path, form, want string }{
		{"/login", "user=alice&password=correct-horse", fmt.Sprintf(dl, "Alice Moreau", "<dt>Address</dt><dd>12 Mill Lane, Bristol</dd><dt>Order</dt><dd>1042, Kettle, €24</dd><dt>Card</dt><dd>•••• 4242</dd>")},
		{"/login", "user=mallory&password=hunter2", fmt.Sprintf(dl, "Mallory Quill", "<dt>Address</dt><dd>3 Foundry Row, Leeds</dd><dt>Order</dt><dd>1043, Kettle, €24</dd><dt>Card</dt><dd>•••• 9017</dd>")},
		{"/signup", "user=%3Cb%3Ecarol&password=x", fmt.Sprintf(dl, "&lt;b&gt;carol", "")},
	} {
		h := honest{over: over}
		h.do(t, "POST", test.path, test.form)
		h.do(t, "GET", "/profile", "")
		if !strings.Contains(h.page, test.want) || strings.Count(h.page, "<dl>") != 1 {
			t.Errorf("%s: got %s\nwant %s", test.form, h.page, test.want)
		}
	}
}
