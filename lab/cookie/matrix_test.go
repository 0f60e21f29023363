package cookie

import (
	"strings"
	"testing"
)

// TestMatrix is the observed table of which delivery beats which attribute, as
// far as the jar decides it. W: the attacker's id alone reaches the login, B:
// it does not, S: both do and the attacker's leads, s: both and the victim's
// leads, -: such a cookie cannot be. A cell that was not observed says what the
// rules say.
//
// Of each plant the attacker tries every form in turn, the plainest last.
func TestMatrix(t *testing.T) {
	defences := []struct{ prefix, attributes string }{
		{"", ""},
		{"", "; HttpOnly"},
		{"", "; Secure"},
		{"", "; SameSite=Strict"},
		{"__Secure-", "; Secure"},
		{"__Host-", "; Secure"},
		{"__Host-", "; Secure; HttpOnly"},
		{"__Host-Http-", "; Secure; HttpOnly"},
	}
	const (
		xss     = "https://site.test/ js "
		sibling = "https://blog.site.test/ <- "
		script  = "https://blog.site.test/ js "
		network = "http://site.test/ <- "
		link    = "https://site.test/login link https://evil.test <- "
		form    = "https://site.test/login post https://evil.test <- "
		typed   = "https://site.test/ <- "
	)
	vectors := []struct {
		name    string
		before  string // what the server gave the victim first; N is the name, A the attributes
		plants  []string
		outcome string // a letter for each defence
	}{
		{"XSS, no cookie yet", "", []string{xss + "N=ATT; Path=/"}, "WWWWWWWB"},
		{"XSS, cookie exists, same path", "N=VIC; Path=/A", []string{xss + "N=ATT; Path=/"}, "WBWWWWBB"},
		{"XSS, cookie exists, longer path", "N=VIC; Path=/A", []string{xss + "N=ATT; Path=/login"}, "SSSSSBBB"},
		{"sibling, none yet", "", []string{sibling + "N=ATT; Domain=site.test; Path=/"}, "WWWWWBBB"},
		{"sibling's script, none yet", "", []string{script + "N=ATT; Domain=site.test; Path=/"}, "WWWWWBBB"},
		{"sibling, host-only cookie exists", "N=VIC; Path=/A", []string{sibling + "N=ATT; Domain=site.test; Path=/login"}, "SSSSSBBB"},
		{"sibling, host-only cookie exists, same path", "N=VIC; Path=/A", []string{sibling + "N=ATT; Domain=site.test; Path=/"}, "sssssBBB"},
		{"sibling, Domain cookie exists", "N=VIC; Path=/; Domain=site.testA", []string{sibling + "N=ATT; Domain=site.test; Path=/"}, "WWWWW---"},
		{"sibling's script, Domain cookie exists", "N=VIC; Path=/; Domain=site.testA", []string{script + "N=ATT; Domain=site.test; Path=/"}, "WBWWW---"},
		{"http attacker, none yet", "", []string{network + "N=ATT; Path=/"}, "WWWWBBBB"},
		{"http attacker, cookie exists", "N=VIC; Path=/A", []string{network + "N=ATT; Path=/"}, "WWBWBBBB"},
		{"http attacker, cookie exists, longer path", "N=VIC; Path=/A", []string{network + "N=ATT; Path=/login"}, "SSBSBBBB"},
		{"URL parameter", "", []string{link + "N=ATT; Path=/A"}, "WWWWWWWW"},
		{"URL parameter, cookie exists", "N=VIC; Path=/A", []string{link + "N=ATT; Path=/A"}, "WWWWWWWW"},
		{"cross-site form", "", []string{form + "N=ATT; Path=/A"}, "WWWWWWWW"},
		{"shared computer", "", []string{typed + "N=ATT; Path=/A"}, "WWWWWWWW"},
		{"cross-site frame", "", []string{"https://site.test/login frame https://evil.test <- N=ATT; Path=/A"}, "BBBBBBBB"},
		{"http image in an http page", "", []string{"http://site.test/ img http://other.test <- N=ATT; Path=/"}, "BBBBBBBB"},
	}
	for _, v := range vectors {
		for i, d := range defences {
			if v.outcome[i] == '-' {
				continue
			}
			full := func(s string) string { // leaves the N and A of names and hosts alone
				s = strings.Replace(s, "N=", d.prefix+"sid=", 1)
				if rest, ok := strings.CutSuffix(s, "A"); ok {
					s = rest + d.attributes
				}
				return s
			}
			b := newBrowser(Chromium, 0)
			var r row
			if v.before != "" {
				if wrong := r.line(b, typed+full(v.before)); wrong != "" {
					t.Fatalf("%s, %s%s: %s", v.name, d.prefix, d.attributes, wrong)
				}
			}
			for _, p := range v.plants {
				for _, form := range []string{"; Secure; HttpOnly", "; Secure", ""} {
					r.line(b, full(p)+form) // refused or not
				}
				for _, hidden := range []string{"=", "= "} {
					r.line(b, strings.Replace(full(p), d.prefix+"sid=", hidden+d.prefix+"sid=", 1))
				}
			}
			u, login := mustURL("https://site.test/login"), Context{Method: "POST", Initiator: "https://site.test", TopLevel: true}
			got := ""
			for _, e := range getOf(&b.jar, b.now, u, login) {
				got += e.Value[:1]
			}
			outcome := map[string]byte{"A": 'W', "AV": 'S', "VA": 's', "V": 'B', "": 'B'}[got]
			if outcome != v.outcome[i] {
				t.Errorf("%s against %q: %s %c, want %c", v.name, d.prefix+d.attributes, got, outcome, v.outcome[i])
			}
		}
	}
}

// TestHTTPPlantsFirst is the matrix's footnote: what an http attacker plants
// at a longer path before there is a Secure cookie survives it and leads.
func TestHTTPPlantsFirst(t *testing.T) {
	r := row{lines: `
		http://site.test/ <- sid=ATT; Path=/login
		https://site.test/ <- sid=VIC; Secure; HttpOnly
		https://site.test/login post https://site.test -> sid=ATT; sid=VIC`}
	if wrong := r.play(0, 0); wrong != "" {
		t.Error(wrong)
	}
}
