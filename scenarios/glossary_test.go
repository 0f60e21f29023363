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
