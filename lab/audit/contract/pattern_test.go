package contract

import (
	"regexp"
	"strings"
	"testing"
)

// TestDemands: what a pattern demands, held against what Go's own regular expressions
// match among lines with every choice of attributes.
func TestDemands(t *testing.T) {
	attributes := []string{"Secure", "HttpOnly", "SameSite"}
	for _, test := range []struct{ pattern, want string }{
		{"; *HttpOnly(;|$)", "HttpOnly"},
		{"^[^;]+; Path=/; Secure; HttpOnly; SameSite=Lax$", "Secure HttpOnly SameSite"},
		{`^[^;]+;\s*Secure;\s*HttpOnly`, "Secure HttpOnly"},
		{"(; Secure)?; HttpOnly", "HttpOnly"},
		{"(?:; Secure; HttpOnly|; HttpOnly; Secure)", "Secure HttpOnly"},
		{"; Secure|; HttpOnly", ""},
		{"__Secure-sid=[^;]*; HttpOnly", "HttpOnly"},
		{"(__Secure-)sid=[^;]*; HttpOnly", "HttpOnly"},
		{"__(Secure)-sid=", ""},
		{"; [Hh]ttp[Oo]nly", "HttpOnly"},
		{"; SameSite=(Strict|Lax)", "SameSite"},
		{"; ?Secure{0}", ""}, {"(; Secure){0,2}", ""}, {"(; Secure){1,2}", "Secure"}, {"(; Secure)+", "Secure"}, {"(; Secure)*", ""},
		{".*", ""}, {"", ""}, {"; Secur", ""}, {"; Secure?", ""}, {"SecureX", ""}, {"[^;]*; (Http)(Only)", "HttpOnly"},
		{"; Secure[;]? ?", "Secure"}, {`\; Secure`, "Secure"},
	} {
		re := regexp.MustCompile(test.pattern)
		for _, a := range attributes {
			said := demands(test.pattern, a)
			if want := strings.Contains(" "+test.want+" ", " "+a+" "); said != want {
				t.Errorf("%q demands %s: %v", test.pattern, a, said)
			}
			for _, line := range lines(attributes) {
				if said && re.MatchString(line) && !strings.Contains(line, "; "+a) {
					t.Errorf("%q is said to demand %s, and matches %q", test.pattern, a, line)
				}
			}
		}
	}
	for pattern, want := range map[string]bool{ // what Go has no form for
		"(?=.*; *Secure)(?=.*; *HttpOnly)": true, "(?!.*; Secure)": false, "(?=.*Secure": true, "(": false, "[": false, `\`: false, strings.Repeat("(", 1000) + "; Secure": false,
	} {
		if demands(pattern, "Secure") != want {
			t.Errorf("%q", pattern[:min(len(pattern), 40)])
		}
	}
}

// lines are lines of Set-Cookie with every choice of attributes, in two orders.
func lines(attributes []string) (out []string) {
	for _, name := range []string{"sid", "__Secure-sid"} {
		for set := range 1 << len(attributes) {
			there, back := "", ""
			for i, a := range attributes {
				if a == "SameSite" {
					a = "SameSite=Lax"
				}
				if set>>i&1 == 1 {
					there, back = there+"; "+a, "; "+a+back
				}
			}
			out = append(out, name+"=abc; Path=/"+there, name+"=abc"+back, name+"=SecureX"+there, name+"=a; Secur"+back)
		}
	}
	return out
}

func FuzzDemands(f *testing.F) {
	f.Add("; *HttpOnly(;|$)")
	f.Add("(; Secure|; HttpOnly)+[a-z]{2,}")
	without := lines([]string{"HttpOnly", "SameSite"})[:8] // none of them has the word
	f.Fuzz(func(t *testing.T, pattern string) {
		said := demands(pattern, "Secure")
		re, err := regexp.Compile(pattern)
		if err != nil || !said || strings.Contains(strings.ReplaceAll(pattern, "(?:", ""), "(?") { // flags are Go's own
			return
		}
		for _, line := range without {
			if !strings.Contains(line, "Secur") && re.MatchString(line) {
				t.Errorf("%q is said to demand Secure, and matches %q", pattern, line)
			}
		}
	})
}
