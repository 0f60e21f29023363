package defence

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, a := range All {
		for _, b := range All {
			s := Set(0).Flip(a.Set).Flip(b.Set)
			if got, err := Parse(s.String()); err != nil || got != s {
				t.Fatalf("Parse(%q) = %v, %v", s, got, err)
			}
		}
	}
	for _, test := range []struct{ text, want string }{
		{"rotat", `unknown switch "rotat", did you mean "rotate" or "rotate-secret"?`},
		{"", `unknown switch ""`},
		{"rotate+", `unknown switch ""`},
		{"none+rotate", `unknown switch "none"`},
		{"host-prefix+secure+secure-prefix", "host-prefix and secure-prefix exclude each other"},
		{"rotate strict", `unknown switch "rotate strict"`},
	} {
		if _, err := Parse(test.text); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("Parse(%q): got %v, want %s", test.text, err, test.want)
		}
	}
	if got, err := Parse("strict+rotate+strict"); err != nil || got != Rotate|Strict {
		t.Errorf("order and repetition matter: %v, %v", got, err)
	}
}

func TestFlip(t *testing.T) {
	for _, test := range []struct{ from, flip, want string }{
		{"none", "rotate", "rotate"},
		{"rotate+strict", "rotate", "strict"},
		{"host-prefix+lax", "secure-prefix", "secure-prefix+lax"},
		{"hsts", "hsts-subdomains", "hsts-subdomains"},
	} {
		from, _ := Parse(test.from)
		flip, _ := Parse(test.flip)
		if got := from.Flip(flip).String(); got != test.want {
			t.Errorf("%s, %s flipped: %s, want %s", test.from, test.flip, got, test.want)
		}
	}
}

// TestAll checks that no switch was forgotten in the list and none named twice.
func TestAll(t *testing.T) {
	var all Set
	names := map[string]bool{}
	for _, d := range All {
		if all.Has(d.Set) || names[d.Name] {
			t.Errorf("%s is listed twice", d.Name)
		}
		all |= d.Set
		names[d.Name] = true
	}
	if all != DomainCookie<<1-1 {
		t.Errorf("a switch is missing: %b", all)
	}
}
