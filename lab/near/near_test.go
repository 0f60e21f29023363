package near

import "testing"

func TestHint(t *testing.T) {
	words := []string{"rotate", "rotate-secret", "strict", "lax"}
	for _, test := range []struct{ word, want string }{
		{"rotat", `, did you mean "rotate" or "rotate-secret"?`},
		{"strikt", `, did you mean "strict"?`},
		{"nonsense", ""},
		{"", ""},
	} {
		if got := Hint(test.word, words); got != test.want {
			t.Errorf("Hint(%q) = %q, want %q", test.word, got, test.want)
		}
	}
	if got := Closest("rotor", words); got != "rotate" {
		t.Error(got)
	}
}
