package words

import (
	"encoding/json"
	"testing"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"":            "",
		"plain é 💥":   "plain é 💥",
		"a\n\t\r\x1b": `a\n\t\r\x1b`,
		"\u202ex":     `\xe2\x80\xaex`,
		"\xff\xfe":    `\xff\xfe`,
		"\ufffd\x00":  "\ufffd" + `\x00`,
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func TestTerminal(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		"plain é 💥\ntwo lines":         "plain é 💥\ntwo lines",
		"\x1b[31mred\r\t\x07":          `\x1b[31mred\x0d\x09\x07`,
		"\x7f\u0085\u009b31m":          `\u007f\u0085\u009b31m`,
		"\u202eevil\u2066\u200f\ufeff": `\u202eevil\u2066\u200f\ufeff`,
		"\u2028\u00a0":                 `\u2028\u00a0`,
		"\xff\x9b":                     `\xff\x9b`,
		"\ufffd":                       "\ufffd",
		"\U000e0041":                   `\udb40\udc41`,
	} {
		if got := Terminal(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

// JSON is the same value before and after.
func TestTerminalKeepsJSON(t *testing.T) {
	text := "\x00\x1b\x7f\u0085\u009b\u202e\u2066\u2028\ufeff\u00a0\U000e0041 é 💥 \\ \" \n\t"
	b, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	if err := json.Unmarshal([]byte(Terminal(string(b))), &got); err != nil || got != text {
		t.Errorf("%q, %v; want %q", got, err, text)
	}
}
