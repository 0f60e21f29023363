//go:build !wasm

package audit

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestMay: where requests may go, whatever pages and redirects say.
func TestMay(t *testing.T) {
	for _, x := range []struct {
		base, to string
		want     bool
	}{
		{"http://127.0.0.1:8080", "http://127.0.0.1:9090/", true},
		{"http://localhost:8080", "https://LOCALHOST./", true},
		{"http://localhost:8080", "http://sso.localhost/", true},
		{"http://localhost:8080", "http://[::1]:1/", true},
		{"http://localhost:8080", "https://sso.example/", true},
		{"http://localhost:8080", "https://sso.example:8443/", true},
		{"http://localhost:8080", "https://SSO.example/", true},
		{"http://localhost:8080", "https://sso.example./", false},
		{"http://localhost:8080", "https://x.sso.example/", false},
		{"http://localhost:8080", "http://localhost@attacker.example/", false},
		{"http://localhost:8080", "http://localhost.attacker.example/", false},
		{"http://localhost:8080", "http://169.254.169.254/", false},
		{"http://localhost:8080", "http://2130706433/", false},
		{"http://localhost:8080", "http://0.0.0.0/", false},
		{"http://localhost:8080", "http://[::ffff:10.0.0.1]/", false},
		{"http://localhost:8080", "file://localhost/etc/passwd", false},
		{"https://sso.example", "https://sso.example/", true},
		{"https://sso.example", "http://127.0.0.1:2375/", false},
		{"https://sso.example", "http://localhost:9200/", false},
		{"https://sso.example", "http://[::1]/", false},
	} {
		c, err := newClient(&Config{URL: x.base, Hosts: []string{"sso.example"}, Now: frozen})
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(x.to)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.may(u); got != x.want {
			t.Errorf("from %s to %s: %v", x.base, x.to, got)
		}
		if p, err := proxy(&http.Request{URL: u}); Loopback(u.Hostname()) && (p != nil || err != nil) {
			t.Errorf("%s goes through the proxy %v, %v", u, p, err)
		}
	}
}

// TestLeadsAway: a page cannot have name and password sent to a host that was not named, nor
// over plain http, and a token goes to the site alone. A proxy hears all that leaves.
func TestLeadsAway(t *testing.T) {
	var heard []string
	everything := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		heard = append(heard, fmt.Sprint(r.Method, " ", r.URL.Host, r.URL.Path, " ", r.Header.Get("Authorization"), r.Header.Get("Cookie")))
		switch r.URL.Host + r.URL.Path {
		case "sso.example/moved":
			http.Redirect(w, r, "http://other.example/there", http.StatusTemporaryRedirect)
		case "sso.example/away":
			http.Redirect(w, r, "http://attacker.example/there", http.StatusTemporaryRedirect)
		}
	}))
	defer everything.Close()
	to, err := url.Parse(everything.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := func(base string) *run {
		c, err := newClient(&Config{URL: base, Login: "/login", Private: "/me", Hosts: []string{"sso.example", "other.example"}, Timeout: time.Minute, MaxRequests: 99, MaxLogins: 99, Now: frozen, Say: func(string) {}})
		if err != nil {
			t.Fatal(err)
		}
		c.http.Proxy = http.ProxyURL(to)
		return &run{client: c, jars: map[string]*browser{}, codes: map[string]string{}}
	}
	for _, x := range []struct{ base, action, method, says, heard string }{
		{"http://sso.example", "http://attacker.example/c", "post", "-i-may-test attacker.example", ""},
		{"http://sso.example", "http://attacker.example/c", "get", "-i-may-test attacker.example", ""},
		{"http://sso.example", "//attacker.example/c", "post", "-i-may-test attacker.example", ""},
		{"http://sso.example", "http://127.0.0.1:2375/", "post", "-i-may-test 127.0.0.1", ""},
		{"http://sso.example", "file:///etc/passwd", "post", "no http or https", ""},
		{"https://sso.example", "http://sso.example/c", "post", "plain http", ""},
		{"https://sso.example", "http://sso.example/c", "get", "plain http", ""},
		{"http://sso.example", "/away", "post", "-i-may-test attacker.example", "POST sso.example/away "},
		{"http://sso.example", "http://other.example/c", "post", "", "POST other.example/c "},
	} {
		heard = nil
		r := client(x.base)
		b := newBrowser()
		b.last = answerOf(x.base+"/login", "text/html", `<form action="`+x.action+`" method=`+x.method+`><input name=user><input type=password name=pass></form>`)
		_, err := r.logIn(t.Context(), b, Account{Name: "alice", Password: "secret"}, func() error { return nil })
		if (err == nil) != (x.says == "") || err != nil && !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s to %s: %v", x.base, x.action, err)
		}
		if got := strings.Join(heard, "\n"); got != x.heard {
			t.Errorf("%s to %s: it was heard %q", x.base, x.action, got)
		}
	}
	heard = nil
	r, b := client("http://sso.example"), newBrowser()
	b.bearer, b.raw = "secret", "sid=secret"
	if _, err := r.open(t.Context(), b, "GET", &url.URL{Scheme: "http", Host: "sso.example", Path: "/moved"}, nil); err != nil {
		t.Error(err)
	}
	if got, want := strings.Join(heard, "\n"), "GET sso.example/moved Bearer secretsid=secret\nGET other.example/there "; got != want {
		t.Errorf("it was heard %q, want %q", got, want)
	}
}

// TestLeadsToPlainHTTP: what was posted over https goes along with no redirect to plain http.
func TestLeadsToPlainHTTP(t *testing.T) {
	heard := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard++ }))
	defer proxy.Close()
	site := httptest.NewTLSServer(http.RedirectHandler("http://sso.example/c", http.StatusTemporaryRedirect))
	defer site.Close()
	to, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := newClient(&Config{URL: site.URL, Hosts: []string{"sso.example"}, Insecure: true, Timeout: time.Minute, MaxRequests: 99, Now: frozen, Say: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	c.http.Proxy = func(r *http.Request) (*url.URL, error) {
		if Loopback(r.URL.Hostname()) {
			return nil, nil
		}
		return to, nil
	}
	_, err = c.open(t.Context(), newBrowser(), "POST", c.base, &posting{body: []byte("pass=secret")})
	if err == nil || !strings.Contains(err.Error(), "plain http") || heard > 0 {
		t.Errorf("it was heard %d times: %v", heard, err)
	}
	if _, err = c.open(t.Context(), newBrowser(), "GET", c.base, nil); err != nil || heard != 1 {
		t.Errorf("without anything posted it was heard %d times: %v", heard, err)
	}
}

// TestInsecure: any certificate will do on this machine, and nowhere else.
func TestInsecure(t *testing.T) {
	for address, want := range map[string]bool{"https://127.0.0.1": true, "https://shop.localhost": true, "https://shop.example": false, "https://localhost.example": false} {
		c, err := newClient(&Config{URL: address, Hosts: []string{"shop.example"}, Insecure: true, Now: frozen})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.http.TLSClientConfig.InsecureSkipVerify; got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// frozen is a clock that stands still.
func frozen() time.Time { return time.Unix(1_700_000_000, 0) }
