package class

import (
	"strings"
	"testing"
)

func TestLink(t *testing.T) {
	for _, l := range []Link{
		{},
		{Class: "Web security, group B", Phrase: "blue kettle 42", Hide: true},
		{Class: "Klasse 7a, Größe ß", Phrase: "日本 \"'<&>", Variants: true, Lang: "en"},
		{Class: strings.Repeat("x", MostClass), Phrase: strings.Repeat("y", MostPhrase), Hide: true, Variants: true, Lang: "pt-BR"},
	} {
		f := l.Fragment()
		if got, err := Parse(f); err != nil || got != l {
			t.Errorf("%+v comes out as %+v, %v", l, got, err)
		}
		for n := len(Word) + 1; n < len(f); n++ {
			if got, err := Parse(f[:n]); err == nil {
				t.Errorf("%s, cut to %d characters, is read as %+v", f, n, got)
			}
		}
		for i := len(Word) + 1; i < len(f); i++ { // a slip of a finger
			for _, r := range "Aa0_" {
				if slip := f[:i] + string(r) + f[i+1:]; slip != f {
					if got, err := Parse(slip); err == nil {
						t.Errorf("%s for %s is read as %+v", slip, f, got)
					}
				}
			}
		}
	}
	for fragment, want := range map[string]string{
		"":          "it is no class link",
		"teach":     "it is no class link",
		"class/":    "cut short or mistyped",
		"class/%00": "cut short or mistyped",
		(Link{Class: strings.Repeat("x", MostClass+1)}).Fragment(): "the name of the class has more than 60 bytes",
		(Link{Phrase: "a\nb"}).Fragment():                          "the phrase has a character that cannot be shown",
		(Link{Lang: "\xff"}).Fragment():                            "the language has a character that cannot be shown",
	} {
		if got, err := Parse(fragment); err == nil || !strings.Contains(err.Error(), want) || got != (Link{}) {
			t.Errorf("%q: %+v, %v, want %s", fragment, got, err, want)
		}
	}
}

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

// Whatever an address has, nothing breaks, and what is read comes out as it is.
func FuzzLink(f *testing.F) {
	f.Add((Link{Class: "a", Phrase: "b", Hide: true, Lang: "en"}).Fragment())
	f.Add("class/AQEAAAC5yA")
	f.Fuzz(func(t *testing.T, fragment string) {
		if l, err := Parse(fragment); err == nil {
			if got := l.Fragment(); got != fragment {
				t.Errorf("%q comes out as %q", fragment, got)
			}
		}
	})
}
