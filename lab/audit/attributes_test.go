package audit

import "testing"

// TestAttributes: what is said of how a cookie was set, and nothing where that was not seen.
func TestAttributes(t *testing.T) {
	const all = "sid=0123456789abcdef; Path=/; Secure; HttpOnly; SameSite=Lax"
	get := func(url, cache, hsts string, set ...string) Exchange {
		return Exchange{Method: "GET", URL: url, Status: 200, Cookies: []Pair{{"sid", "0123456789abcdef"}, {"__Host-sid", "0123456789abcdef"}}, Set: set, Cache: cache, HSTS: hsts}
	}
	const subs = "max-age=63072000; includeSubDomains"
	for _, x := range []struct {
		name, session string
		tls           bool
		exchanges     []Exchange
		want          [6]Verdict // of A1 to A6
	}{
		{"nothing was set", "sid", true, []Exchange{get("https://shop.test/me", "no-store", subs)},
			[6]Verdict{NotApplicable, NotApplicable, NotApplicable, NotApplicable, DidNotWork, DidNotWork}},
		{"the private page was not opened", "sid", true, []Exchange{get("https://shop.test/", "", subs, all)},
			[6]Verdict{DidNotWork, DidNotWork, DidNotWork, Worked, NotApplicable, DidNotWork}},
		{"all of it", "__Host-sid", true, []Exchange{get("https://shop.test/me", "private, no-store", subs, "__Host-"+all)},
			[6]Verdict{DidNotWork, DidNotWork, DidNotWork, DidNotWork, DidNotWork, DidNotWork}},
		{"none of it", "sid", true, []Exchange{get("https://shop.test/me", "", "", "sid=0123456789abcdef")},
			[6]Verdict{Worked, Worked, Worked, Worked, Worked, DidNotWork}},
		{"over plain http", "sid", false, []Exchange{get("http://shop.test/me", "no-store", "", "sid=0123456789abcdef; HttpOnly; SameSite=Lax")},
			[6]Verdict{DidNotWork, NotApplicable, DidNotWork, NotApplicable, DidNotWork, DidNotWork}},
		{"for a domain", "sid", false, []Exchange{get("http://shop.test/me", "no-store", "", "sid=0123456789abcdef; HttpOnly; SameSite=Lax; Domain=shop.test")},
			[6]Verdict{DidNotWork, NotApplicable, DidNotWork, Worked, DidNotWork, DidNotWork}},
		{"the last line counts, and one that deletes is none", "sid", true, []Exchange{get("https://shop.test/me", "no-store", subs, "sid=0123456789abcdef", all, "sid=; Max-Age=0")},
			[6]Verdict{DidNotWork, DidNotWork, DidNotWork, Worked, DidNotWork, DidNotWork}},
		{"an id in an address", "sid", true, []Exchange{get("https://shop.test/me", "no-store", subs, all), {Method: "GET", URL: "https://shop.test/", Status: 302, Location: "https://shop.test/home;jsessionid=", Cookies: nil}},
			[6]Verdict{DidNotWork, DidNotWork, DidNotWork, Worked, DidNotWork, Worked}},
	} {
		results := Attributes(x.exchanges, []string{x.session}, "/me", x.tls)
		if len(results) != len(x.want) {
			t.Fatalf("%s: %d results", x.name, len(results))
		}
		for i, r := range results {
			if r.Verdict != x.want[i] || r.Because == "" || (r.Verdict == Worked) != (len(r.Evidence) > 0) {
				t.Errorf("%s: %s %s: %s %v; want %s", x.name, r.ID, r.Verdict, r.Because, r.Evidence, x.want[i])
			}
		}
	}
	if Attributes([]Exchange{get("https://shop.test/me", "", "", all)}, nil, "/me", true) != nil {
		t.Error("something is said without a session")
	}
}
