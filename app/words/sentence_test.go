package words

import "testing"

func TestFirstSentence(t *testing.T) {
	for story, want := range map[string]string{
		"One. Two.": "One.",
		"Up to 0.5.3 passport's login kept\nthe id. It is gone.":                "Up to 0.5.3 passport's login kept the id.",
		"*HttpOnly* hides (RFC 6265bis-22, 5.7, step 23.2). A script":           "*HttpOnly* hides (RFC 6265bis-22, 5.7, step 23.2).",
		"Does it (no. Really) end? `x` does.":                                   "Does it (no. Really) end?",
		"Without a stop":                                                        "Without a stop",
		"A lower case goes on, e.g. This way, etc. and so on! \"Then\" another": "A lower case goes on, e.g. This way, etc. and so on!",
		"": "",
	} {
		if got := FirstSentence(story); got != want {
			t.Errorf("%q: %q, want %q", story, got, want)
		}
	}
}
