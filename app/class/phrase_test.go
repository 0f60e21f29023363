package class

import (
	"strings"
	"testing"
)

// The words of phrases are 256, and the first four letters tell them apart.
func TestPhrase(t *testing.T) {
	seen := map[string]string{}
	words := strings.Fields(phraseWords)
	if len(words) != 256 {
		t.Fatalf("there are %d words, want 256", len(words))
	}
	for _, w := range words {
		head := w[:min(4, len(w))]
		if other, twice := seen[head]; twice || len(w) < 3 || len(w) > 8 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q, %q", w, other)
		}
		seen[head] = w
	}
	if got := Phrase([PhraseWords]byte{0, 255, 1, 0}); got != words[0]+" "+words[255]+" "+words[1]+" "+words[0] {
		t.Errorf("the phrase is %q", got)
	}
}

// Whatever is typed, what is left of it a link can hold.
func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"7a, Größe":                   "7a, Größe",
		"a\nb\u202e\xff":              "a b  ",
		strings.Repeat("ä", 40):       strings.Repeat("ä", 30),
		"x" + strings.Repeat("ä", 40): "x" + strings.Repeat("ä", 29),
	} {
		got := Clean(text)
		if err := (Link{Class: got, Phrase: "p"}).Check(); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}
