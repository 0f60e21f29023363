package defence

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for s := range Set(1) << len(All) {
		if got, err := Parse(s.String()); err != nil || got != s {
			t.Fatalf("Parse(%q) = %v, %v", s, got, err)
		}
	}
	for _, test := range []struct{ text, want string }{
		{"rotat", `unknown switch "rotat", did you mean "rotate" or "rotate-secret"?`},
		{"", `unknown switch ""`},
		{"rotate+", `unknown switch ""`},
		{"none+rotate", `unknown switch "none"`},
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
