package cookie

import (
	"testing"
	"time"
)

func TestHSTS(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name         string
		from, header string // what was noted
		after        time.Duration
		ask, want    string
	}{
		{"the host", "https://site.test/", "max-age=100", 0, "http://site.test/x?y", "https://site.test/x?y"},
		{"not its sub-domains", "https://site.test/", "max-age=100", 0, "http://www.site.test/", "http://www.site.test/"},
		{"unless it says so", "https://site.test/", "max-age=100; includeSubDomains", 0, "http://a.b.site.test/", "https://a.b.site.test/"},
		{"not its parent", "https://www.site.test/", "max-age=100; includeSubDomains", 0, "http://site.test/", "http://site.test/"},
		{"not a neighbour", "https://site.test/", "max-age=100; includeSubDomains", 0, "http://notsite.test/", "http://notsite.test/"},
		{"until it ends", "https://site.test/", "max-age=100", 99 * time.Second, "http://site.test/", "https://site.test/"},
		{"and no longer", "https://site.test/", "max-age=100", 100 * time.Second, "http://site.test/", "http://site.test/"},
		{"a year at most", "https://site.test/", "max-age=99999999999", 366 * 24 * time.Hour, "http://site.test/", "http://site.test/"},
		{"a year", "https://site.test/", "max-age=31536000", 364 * 24 * time.Hour, "http://site.test/", "https://site.test/"},
		{"not over http", "http://site.test/", "max-age=100", 0, "http://site.test/", "http://site.test/"},
		{"not for an address", "https://10.0.0.1/", "max-age=100", 0, "http://10.0.0.1/", "http://10.0.0.1/"},
		{"needs max-age", "https://site.test/", "includeSubDomains", 0, "http://site.test/", "http://site.test/"},
		{"quoted, in any case, with others", "https://SITE.test/", `foo=1; MAX-AGE="100" ;`, 0, "http://site.TEST/", "https://site.test/"},
		{"twice is void", "https://site.test/", "max-age=100; max-age=100", 0, "http://site.test/", "http://site.test/"},
		{"quoted semicolon, empty directives", "https://site.test/", `;foo="b;ar";; max-age = 100`, 0, "http://site.test/", "https://site.test/"},
		{"no value is void", "https://site.test/", "max-age=100; foo=", 0, "http://site.test/", "http://site.test/"},
		{"no name is void", "https://site.test/", "max-age=100; =foo", 0, "http://site.test/", "http://site.test/"},
		{"quoted name is void", "https://site.test/", `max-age=100; "foo"`, 0, "http://site.test/", "http://site.test/"},
		{"two words are void", "https://site.test/", "max-age=100; foo bar", 0, "http://site.test/", "http://site.test/"},
		{"garbage is void", "https://site.test/", "max-age=1d", 0, "http://site.test/", "http://site.test/"},
		{"port 80 goes, another stays", "https://site.test/", "max-age=100", 0, "http://site.test:80/", "https://site.test/"},
		{"port 8080 stays", "https://site.test/", "max-age=100", 0, "http://site.test:8080/", "https://site.test:8080/"},
	} {
		var h HSTS
		h.Note(now, mustURL(c.from), c.header)
		if got := h.Upgrade(now.Add(c.after), mustURL(c.ask)).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}

	var h HSTS
	u := mustURL("https://site.test/")
	h.Note(now, u, "max-age=100")
	kept := h.Clone()
	h.Note(now, u, "max-age=0")
	plain := mustURL("http://site.test/")
	if h.Upgrade(now, plain) != plain || kept.Upgrade(now, plain) == plain {
		t.Error("max-age=0 must forget the host, in this copy only")
	}
}

func TestHTTPSFirst(t *testing.T) {
	for _, c := range []struct{ ask, method, want string }{
		{"http://sitelab.com/x", "", "https://sitelab.com/x"},
		{"http://sitelab.com:80/", "GET", "https://sitelab.com/"},
		{"http://sitelab.com:8080/", "", "http://sitelab.com:8080/"},
		{"http://sitelab.com/", "POST", "http://sitelab.com/"},
		{"http://sitelab.com./", "", "https://sitelab.com./"},
		{"http://co.uk/", "", "https://co.uk/"},
		{"http://github.io/", "", "https://github.io/"},
		{"http://com/", "", "http://com/"},
		{"http://site.test/", "", "http://site.test/"},
		{"http://shop.example/", "", "http://shop.example/"},
		{"http://localhost/", "", "http://localhost/"},
		{"http://10.0.0.1/", "", "http://10.0.0.1/"},
		{"https://sitelab.com/", "", "https://sitelab.com/"},
	} {
		for rules := range rulesCount {
			want := c.want
			if rules == Draft || rules == Firefox {
				want = mustURL(c.ask).String()
			}
			if got := rules.HTTPSFirst(mustURL(c.ask), c.method).String(); got != want {
				t.Errorf("%s %s by rules %d: %s, want %s", c.method, c.ask, rules, got, want)
			}
		}
	}
}
