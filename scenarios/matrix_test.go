package scenarios

import (
	"testing"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// TestMatrix is the observed table of which delivery beats which attribute
// (Chromium 156), played over the routes: W, Mallory's value alone reaches the
// login; B, it does not; S, both are sent, hers first; s, both, hers last; -,
// not observed, or it cannot be.
func TestMatrix(t *testing.T) {
	columns := []string{"none", "httponly", "secure", "samesite-strict", "secure-prefix", "host-prefix", "host-prefix+httponly", "host-http-prefix"}
	for _, row := range []struct {
		route   string
		visited bool
		plus    string // further switches
		want    string // one letter a column
	}{
		{"xss", false, "", "WWWWWWWB"},
		{"xss", true, "", "WB-W-WB-"},
		{"xss-path", true, "", "-S---BBB"},
		{"xss-overflow", true, "", "WWWWWWWB"},
		{"sibling-https", false, "", "WWWWWBBB"},
		{"sibling-script", false, "", "WWWWWBBB"},
		{"sibling-https", true, "", "SSSSSBB-"},
		{"sibling-script", true, "", "SSSSSBB-"},
		{"sibling-root", true, "domain-cookie", "WWWW----"},
		{"sibling-root-script", true, "domain-cookie", "WB-W----"},
		{"network-redirect", false, "", "WWWWBBB-"},
		{"network-redirect", true, "", "WWBWBBB-"},
		{"network-path-then-visit", false, "", "--S-----"},
		{"network-img", false, "", "BBBBBBBB"},
		{"network-subdomain", false, "hsts", "WWWW----"},
		{"network-subdomain", true, "hsts-subdomains", "BBBB----"},
		{"network-redirect", true, "hsts", "BBBB----"},
		{"url-id", false, "", "WWWW-WW-"},
		{"url-id", true, "", "WWWW-WW-"},
		{"form-id", false, "", "WWWW-WW-"},
		{"shared-computer", false, "", "WWWW-WWW"},
		{"header-injection", false, "", "WWWWWWWW"},
		{"shared-cache", false, "", "WWWWWWWW"},
		{"login-csrf-frame", false, "", "BBBBBBBB"},
		{"nameless", false, "", "BBBBBBBB"},
		{"unicode-prefix", false, "", "WWWWWWWW"}, // on the wire; the server decides whose name it is
		{"cross-site", false, "", "BBBBBBBB"},
		{"cross-site", true, "", "BBBBBBBB"},
	} {
		for i, column := range columns {
			if row.want[i] == '-' {
				continue
			}
			d, err := defence.Parse(column)
			if err != nil {
				t.Fatal(err)
			}
			if row.plus != "" {
				more, err := defence.Parse(row.plus)
				if err != nil {
					t.Fatal(err)
				}
				d |= more
			}
			tr, err := lab.Run(played(t, row.route, row.visited), d)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := tr.Delivered()
			letter := map[lab.Delivery]byte{lab.Alone: 'W', lab.Before: 'S', lab.After: 's', lab.Blocked: 'B'}[got]
			if letter != row.want[i] {
				t.Errorf("%s, visited %v, %s: %c, want %c", row.route, row.visited, d, letter, row.want[i])
			}
		}
	}
}

// extra are routes of the observed table that the lab does not offer.
var extra = map[string]string{
	"sibling-root":        "mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$bait; Domain=shop.example; Path=/; Secure\nalice get https://blog.shop.example/\n",
	"sibling-root-script": "mallory serve https://blog.shop.example/ <script>document.cookie=\"$cookie=$bait; Domain=shop.example; Path=/; Secure\"</script>\nalice get https://blog.shop.example/\n",
	"network-path-then-visit": "mallory serve http://news.example/ Location: http://shop.example/login\nmallory serve http://shop.example/login Set-Cookie: $cookie=$bait; Path=/login\n" +
		"alice get http://news.example/\nalice get /\n",
}

// played returns the lesson that leaves the route open, played over route.
func played(t *testing.T, route string, visited bool) *script.Scenario {
	t.Helper()
	s, err := Get("any-route")
	if err != nil {
		t.Fatal(err)
	}
	setup := s.Setup
	setup.Visited = visited
	if text, ok := extra[route]; ok {
		s.Setup = setup
		f, err := script.ParseFragment("extra", route, "title: X\ndoes: X\n\n"+text)
		if err != nil {
			t.Fatal(err)
		}
		return s.Fill(f, find(Tokens, s.Token))
	}
	setup.Route = route
	s, err = Arrange(s, setup)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
