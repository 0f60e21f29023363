package lab

import (
	"strings"
	"testing"

	"fixlab/lab/script"
)

func TestMalloryCannotReadMinds(t *testing.T) {
	s, err := script.Parse("x", head+"alice get /\nalice copy mine\nmallory paste $cookie=$mine\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(s, 0); err == nil || err.Error() != `x.txt:6: "$mine" is alice's: mallory cannot know it` {
		t.Error(err)
	}
}

func TestValuesHaveALimit(t *testing.T) {
	s, err := script.Parse("x", head+"mallory let a=xxxxxxxx\n"+strings.Repeat("mallory let a=$a$a\n", 40))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(s, 0); err == nil || !strings.HasSuffix(err.Error(), ": a value longer than 16 KiB") {
		t.Error(err)
	}
}

func TestLabel(t *testing.T) {
	tr := &Trace{Keys: []string{"e", "chosen", "chosen2"}}
	for text, want := range map[string]string{
		"she made it up":       "she made it up",
		"sid=chosen.abc":       "sid=K2.abc",
		"chosen2 and chosen":   "K3 and K2",
		"unchosen, chosen-one": "unchosen, chosen-one",
	} {
		if got := tr.Label(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestRunsHaveALimit(t *testing.T) {
	for _, test := range []struct{ script, want string }{
		{"mallory serve https://evil.test/ repeat 400 <a href=\"https://shop.example/?sid=a%d&x=b%d\">x</a>\n", "x.txt:4: Mallory writes more than 500 values"},
		{"mallory serve https://evil.test/f.js repeat 400 document.cookie='f%d=x';\n" +
			"mallory serve https://evil.test/ repeat 30 <script src=/f.js></script>\nalice get https://evil.test/\n", "x.txt:6: more than 5000 events"},
	} {
		s, err := script.Parse("x", head+test.script)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = Run(s, 0); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}
