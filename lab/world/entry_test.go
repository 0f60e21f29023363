package world

import (
	"net/http"
	"strings"
	"testing"
)

// TestDressed: a page of Mallory's has something to read, and her bytes stand in it
// as she wrote them. Nothing is added where it could change what they do.
func TestDressed(t *testing.T) {
	const entry = "<h1>Ten days in Lisbon</h1><p>We missed the tram, so we walked. Best mistake of the trip.</p>\n"
	for _, test := range []struct{ header, body, want string }{
		{"", "", "<!doctype html><title>Ten days in Lisbon</title>" + entry},
		{"Set-Cookie: sid=x", "", "<!doctype html><title>Ten days in Lisbon</title>" + entry},
		{"", "<a href=/>Prize</a>\n", entry + "<a href=/>Prize</a>\n"},
		{"", `<script>document.cookie="a=b"</script>`, entry + `<script>document.cookie="a=b"</script>`},
		{"", "<h1>Hers</h1>\n", "<h1>Hers</h1>\n<p>We missed the tram, so we walked. Best mistake of the trip.</p>\n"},
		{"", "<P class=x>Hers", "<P class=x>Hers"},
		{"", "<script>x</script><META http-equiv=refresh content=0>", "<script>x</script><META http-equiv=refresh content=0>"},
		{"", "<base href=//evil.test/>", "<base href=//evil.test/>"},
		{"", `document.cookie="a=b"`, `document.cookie="a=b"`},
		{"Content-Type: text/plain", "", ""},
		{"Location: /x", "", ""},
	} {
		c := resource{header: http.Header{}, body: test.body}
		if name, value, ok := strings.Cut(test.header, ": "); ok {
			c.header.Set(name, value)
		}
		if got := c.dressed("blog.shop.example"); got != test.want {
			t.Errorf("%s, %q: got %q, want %q", test.header, test.body, got, test.want)
		}
	}
	for _, host := range []string{"evil.test", "news.example", "forum.shop.example", "shop.example", "invented.shop.example"} {
		if got := new(resource).dressed(host); strings.Contains(got, "Lisbon") || !strings.Contains(got, "</h1><p>") {
			t.Errorf("%s shows %q", host, got)
		}
	}
}
