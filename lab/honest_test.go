package lab

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
)

// set returns a set of switches from any number.
func set(n uint32) defence.Set { return defence.Sample(int(n)) }

var noon = time.Unix(1700000000, 0).UTC()

// shopWith returns a shop of its own: a clock that stands still, and the same
// randomness every time.
func shopWith(p server.Profile, d defence.Set) http.Handler {
	now := func() time.Time { return noon }
	e := server.Env{
		Now: now, Rand: rand.NewChaCha8([32]byte{}), Store: &session.Memory{}, Signer: p.Signer(now, []string{secret}),
		On: func(s defence.Set) bool { return d.Has(s) }, Users: map[string]string{"alice": "correct-horse"},
	}
	return server.New(e, p.New(e))
}

// An honest user, with a real browser's jar, over some transport.
type honest struct {
	jar  cookie.Jar
	over http.RoundTripper
	log  bytes.Buffer
}

// do sends a request and returns the page's heading.
func (h *honest) do(t *testing.T, method, path, form string) string {
	t.Helper()
	r, err := http.NewRequest(method, "https://"+shopHost+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	from := cookie.Context{Method: method, TopLevel: true}
	if method == "POST" {
		from.Initiator = "https://" + shopHost
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if sent := h.jar.Get(noon, r.URL, from); len(sent) > 0 {
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
	fmt.Fprintf(&h.log, "%s %s: %d %q %s\n", method, path, res.StatusCode, res.Header["Set-Cookie"], body)
	for _, line := range res.Header["Set-Cookie"] {
		if err := h.jar.Set(noon, &u, line, from); err != nil {
			t.Errorf("the browser refuses the shop's own cookie %q: %v", line, err)
		}
	}
	return blocks(string(body))[0].Text
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
	seed := p.ID == "flask-seed" // keeps no data, has no logout, greets an id
	want(h.do(t, "GET", "/", ""), "The shop")
	if added := h.do(t, "POST", "/basket", "item=tea"); !seed {
		want(added, "Your basket")
	}
	want(h.do(t, "GET", "/login", ""), "Log in")
	want(h.do(t, "POST", "/login", "user=alice&password=wrong"), "Invalid credentials")
	want(h.do(t, "GET", "/profile", ""), "Unauthorized")
	want(h.do(t, "POST", "/login", "user=alice&password=correct-horse"), "Logged in")
	profile := h.do(t, "GET", "/profile", "")
	if !strings.Contains(h.log.String(), "The account of alice.") {
		t.Errorf("%s %s: alice is not served as alice: %q", p.ID, d, profile)
	}
	if seed {
		return
	}
	want(profile, "Hello alice")
	want(h.do(t, "GET", "/basket", ""), "alice's basket")
	if kept := strings.HasSuffix(h.log.String(), "<li>tea</li></ul>"+`<form method="post" action="/basket"><label>Item <input name="item"></label><button>Add</button></form>`+"\n\n"); kept == d.Has(defence.Flush) {
		t.Errorf("%s %s: basket kept: %v", p.ID, d, kept)
	}
	want(h.do(t, "POST", "/logout", ""), "Logged out")
	want(h.do(t, "GET", "/profile", ""), "Unauthorized")
}

// TestHonest: under every switch alone and many sets of them, every profile serves an honest user
// as she expects, and the simulated network and real HTTP give the same
// transcript.
func TestHonest(t *testing.T) {
	for _, p := range server.Profiles {
		t.Run(p.ID, func(t *testing.T) {
			for n := range 300 {
				d := defence.Sample(n)
				simulated := honest{over: Network{shopHost: shopWith(p, d)}}
				simulated.journey(t, p, d)

				if !realHTTP {
					continue
				}
				srv := httptest.NewServer(shopWith(p, d))
				there, err := url.Parse(srv.URL)
				if err != nil {
					t.Fatal(err)
				}
				over := honest{over: redirected{there, srv.Client().Transport}}
				over.journey(t, p, d)
				srv.Close()
				if got, want := over.log.String(), simulated.log.String(); got != want {
					t.Fatalf("%s %s: over HTTP\n%s\nsimulated\n%s", p.ID, d, got, want)
				}
			}
		})
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
