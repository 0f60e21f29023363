package audit_test

import (
	"strings"
	"testing"

	"fixlab/lab/audit"
)

// one is a recording of a visit whose answer sets a cookie, and a login.
func one(url, line, hsts string) (list []audit.Exchange, session []string) {
	name, _, _ := strings.Cut(line, "=")
	return []audit.Exchange{
		{Method: "GET", URL: url, Set: []string{line}, HSTS: hsts, Status: 200},
		{Method: "POST", URL: url, Cookies: []audit.Pair{{Name: name, Value: "x"}}, Status: 302, Fields: []string{"user", "password", "csrf_token"}},
	}, []string{name}
}

// The rules of prefixes, HttpOnly, host-only cookies, HSTS, addresses and public
// suffixes, as the jar computes them: what a route comes to on an empty jar and beside
// the genuine cookie, in Chromium and, where it is named, in Firefox.
func TestRoutes(t *testing.T) {
	const subs = "max-age=1000; includeSubDomains"
	for _, test := range []struct{ url, line, hsts, route, empty, beside string }{
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "sibling-https", "lands", "shadows first"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "sibling-http", "lands", "stopped (leave-secure-alone)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "network-redirect", "lands", "stopped (leave-secure-alone)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "xss", "lands", "stopped (httponly-replace)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "xss-path", "lands", "shadows first"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "xss-overflow", "lands", "lands"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "header-injection", "lands", "lands"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "shared-computer", "lands", "lands"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "url-id", "cannot tell", "cannot tell"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "form-id", "cannot tell", "cannot tell"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "shared-cache", "cannot tell", "cannot tell"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "login-csrf", "cannot tell", "cannot tell"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "login-csrf-frame", "stopped (samesite-set)", "stopped (samesite-set)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly; SameSite=None", "", "login-csrf-frame", "cannot tell", "cannot tell"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly; SameSite=None", "", "Firefox login-csrf-frame", "stopped (partition)", "stopped (partition)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "nameless", "stopped (nameless-equals)", "stopped (nameless-equals)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "Firefox nameless", "stopped (nameless)", "stopped (nameless)"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "unicode-prefix", "cannot tell", "cannot tell"},
		{"https://shop.example/login", "sid=x; Path=/; Secure; HttpOnly", "", "cross-site", "stopped (domain)", "stopped (domain)"},
		{"https://shop.example/login", "__Host-sid=x; Path=/; Secure", "", "sibling-https", "stopped (host-prefix)", "stopped (host-prefix)"},
		{"https://shop.example/login", "__Host-sid=x; Path=/; Secure", "", "sibling-script", "stopped (host-prefix)", "stopped (host-prefix)"},
		{"https://shop.example/login", "__Host-sid=x; Path=/; Secure", "", "network-subdomain", "stopped (host-prefix)", "stopped (host-prefix)"},
		{"https://shop.example/login", "__Host-sid=x; Path=/; Secure", "", "xss", "lands", "lands"},
		{"https://shop.example/login", "__Host-sid=x; Path=/; Secure", "", "xss-path", "stopped (host-prefix)", "stopped (host-prefix)"},
		{"https://shop.example/login", "__Host-Http-sid=x; Path=/; Secure; HttpOnly", "", "xss", "stopped (http-prefix)", "stopped (http-prefix)"},
		{"https://shop.example/login", "__Secure-sid=x; Path=/; Secure", "", "sibling-https", "lands", "shadows first"},
		{"https://shop.example/login", "__Secure-sid=x; Path=/; Secure", "", "sibling-http", "stopped (secure-prefix)", "stopped (secure-prefix)"},
		{"https://shop.example/login", "sid=x; Path=/; Domain=shop.example; Secure", "", "sibling-https", "lands", "lands"}, // it replaces it
		{"https://shop.example/login", "sid=x; Path=/login; Secure; HttpOnly", "", "sibling-https", "lands", "shadows"},     // no path is longer
		{"https://shop.example/login", "sid=x; Path=/; HttpOnly", "max-age=1000", "network-redirect", "cannot tell (hsts)", "stopped (hsts)"},
		{"https://shop.example/login", "sid=x; Path=/; HttpOnly", "max-age=1000", "network-subdomain", "lands", "shadows first"},
		{"https://shop.example/login", "sid=x; Path=/; HttpOnly", subs, "network-subdomain", "cannot tell (hsts)", "stopped (hsts)"},
		{"https://shop.example/login", "sid=x; Path=/; HttpOnly", subs, "sibling-http", "cannot tell (hsts)", "stopped (hsts)"},
		{"https://shop.example/login", "sid=x; Path=/; HttpOnly", subs, "sibling-https", "lands", "shadows first"},
		{"https://www.shop.example/login", "sid=x; Path=/; HttpOnly", subs, "network-subdomain", "lands", "shadows first"}, // the header came from www alone
		{"https://app.shop.co.uk/login", "sid=x; Path=/; HttpOnly", "", "sibling-https", "lands", "shadows first"},
		{"https://blog.shop.example/login", "sid=x; Path=/; HttpOnly", "", "sibling-https", "lands", "shadows first"},
		{"https://co.uk/login", "sid=x; Path=/; HttpOnly", "", "sibling-https", "stopped", "stopped"},
		{"https://mine.github.io/login", "sid=x; Path=/; HttpOnly", "", "sibling-https", "lands", "shadows first"}, // only from below
		{"http://localhost:8080/login", "sid=x; Path=/; HttpOnly", "", "sibling-https", "stopped", "stopped"},
		{"http://localhost:8080/login", "sid=x; Path=/; HttpOnly", "", "network-subdomain", "stopped", "stopped"},
		{"http://localhost:8080/login", "sid=x; Path=/; HttpOnly", "", "network-redirect", "lands", "lands"},
		{"http://127.0.0.1:8080/login", "sid=x; Path=/; HttpOnly", "", "sibling-script", "stopped", "stopped"},
		{"http://[::1]:8080/login", "sid=x; Path=/; HttpOnly", "", "sibling-https", "stopped", "stopped"},
		{"http://127.0.0.1:8080/login", "sid=x; Path=/; HttpOnly", "", "xss-path", "lands", "shadows first"},
		{"https://shop.example/login", "sid=x; Path=/; Domain=other.example", "", "sibling-https", "lands", "cannot tell"}, // the browser never takes it
	} {
		exchanges, session := one(test.url, test.line, test.hsts)
		browser, route, ok := strings.Cut(test.route, " ")
		if !ok {
			browser, route = "Chromium", test.route
		}
		met := false
		for _, w := range audit.Routes(exchanges, session, 1) {
			if w.Route != route || w.Browser != browser {
				continue
			}
			met = true
			if got, want := show(w.Empty)+", "+show(w.Beside), test.empty+", "+test.beside; got != want {
				t.Errorf("%s, %s %s, %s: %s, want %s", test.url, test.line, test.hsts, test.route, got, want)
			}
			for _, l := range []audit.Landing{w.Empty, w.Beside} {
				if l.Fate != audit.Lands && !strings.HasSuffix(l.Why, ".") || (l.Rule == "") != (l.Where == "") {
					t.Errorf("%s, %s, %s: no reason: %+v", test.url, test.line, test.route, l)
				}
			}
			if w.Exchange != 0 {
				t.Errorf("%s: computed from exchange %d, want 0", test.route, w.Exchange)
			}
		}
		if !met {
			t.Errorf("there is no %s", test.route)
		}
	}
}

func show(l audit.Landing) string {
	if l.Rule != "" {
		return fate(l) + " (" + l.Rule + ")"
	}
	return fate(l)
}

// find returns what a route comes to in Chromium.
func find(t *testing.T, ways []audit.Way, route string) audit.Way {
	t.Helper()
	for _, w := range ways {
		if w.Route == route && w.Browser == "Chromium" {
			return w
		}
	}
	t.Fatalf("no route %s in %d ways", route, len(ways))
	return audit.Way{}
}

// Cookies that are needed together must all get there: one with a prefix keeps out
// the value of the pair.
func TestRoutesOfAPair(t *testing.T) {
	seen := []audit.Exchange{{Method: "GET", URL: "https://shop.example/", Set: []string{"session=x; path=/; secure", "__Host-session.sig=y; path=/; secure"}}}
	if w := find(t, audit.Routes(seen, []string{"session"}, -1), "sibling-https"); w.Empty.Fate != audit.Lands {
		t.Errorf("alone: %+v", w.Empty)
	}
	if w := find(t, audit.Routes(seen, []string{"session", "__Host-session.sig"}, -1), "sibling-https"); w.Empty.Fate != audit.Stopped || w.Empty.Rule != "host-prefix" {
		t.Errorf("together: %+v", w.Empty)
	}
}

// Without a Set-Cookie line the name and the host still say what an empty jar takes.
func TestRoutesWithoutAttributes(t *testing.T) {
	seen := []audit.Exchange{{Method: "POST", URL: "https://shop.example/login", Cookies: []audit.Pair{{Name: "__Host-sid", Value: "x"}, {Name: "sid", Value: "y"}}}}
	for name, want := range map[string]audit.Fate{"__Host-sid": audit.Stopped, "sid": audit.Lands} {
		w := find(t, audit.Routes(seen, []string{name}, 0), "sibling-https")
		if w.Empty.Fate != want || w.Beside.Fate != audit.CannotSay && want == audit.Lands || w.Exchange != -1 {
			t.Errorf("%s: %+v", name, w)
		}
	}
	if ways := audit.Routes(seen, []string{"other"}, 0); ways != nil {
		t.Errorf("ways to plant a cookie that there is not: %d", len(ways))
	}
	if ways := audit.Routes(seen, nil, 0); ways != nil {
		t.Errorf("ways to plant nothing: %d", len(ways))
	}
}

// What a login posts and what the answer tells caches is said where the server decides.
func TestRoutesSayWhatWouldTell(t *testing.T) {
	seen, session := one("https://shop.example/login", "sid=x; Path=/; Secure", "")
	if w := find(t, audit.Routes(seen, session, 1), "login-csrf"); !strings.Contains(w.Empty.Why, "anti-CSRF token; whether") {
		t.Errorf("%q", w.Empty.Why)
	}
	seen[1].Fields = []string{"user", "password"}
	if w := find(t, audit.Routes(seen, session, 1), "login-csrf"); !strings.Contains(w.Empty.Why, "post one with an Origin") {
		t.Errorf("%q", w.Empty.Why)
	}
	for header, want := range map[string]string{"": "neither no-store nor private", "no-cache, Private": "tells caches not to keep it"} {
		seen[0].Cache = header
		if w := find(t, audit.Routes(seen, session, 1), "shared-cache"); !strings.Contains(w.Empty.Why, want) {
			t.Errorf("Cache-Control %q: %q", header, w.Empty.Why)
		}
	}
}
