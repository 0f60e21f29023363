package scenarios

import (
	"strings"
	"testing"
)

// TestGlossary: few words each, in one order, and found however they are written.
func TestGlossary(t *testing.T) {
	seen := map[string]bool{}
	last := ""
	for _, term := range Glossary() {
		atMost(t, "glossary.txt: "+term.Word, term.Meaning, 20)
		key := strings.TrimLeft(singular(term.Word), "_")
		if key < last {
			t.Errorf("glossary.txt: %q stands after %q", term.Word, last)
		}
		if seen[singular(term.Word)] {
			t.Errorf("glossary.txt: %q twice", term.Word)
		}
		seen[singular(term.Word)], last = true, key
	}
	for word, want := range map[string]string{
		"Session IDs": "session id", "cookies": "cookie", "httponly": "HttpOnly", "XSS": "XSS", "__host-": "__Host-", "SIBLINGS": "sibling", "way in": "ways in", "HTTPS": "", "": "", "s": "",
	} {
		if got, ok := Meaning(word); got.Word != want && !(word == "way in" && !ok) || ok != (got.Word != "") {
			t.Errorf("%q: %q, want %q", word, got.Word, want)
		}
	}
	if _, err := Get(glossary); err == nil {
		t.Error("the glossary is a lesson")
	}
}

// TestWrongTerms: what is wrong with the glossary is said with its line.
func TestWrongTerms(t *testing.T) {
	for text, want := range map[string]string{
		"# A comment.\n\na = b\nno term\n": `glossary.txt:4: want "WORD = MEANING", got "no term"`,
		"a = b\n = c\n":                    `glossary.txt:2: want "WORD = MEANING", got "= c"`,
		"a = b\nc = \x1b\na = c\n":         `glossary.txt:3: the term "a" twice`,
	} {
		if _, err := parseTerms(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
