package tree

import (
	"strings"
	"testing"
)

// TestJSON: every value knows its line, and an error names it.
func TestJSON(t *testing.T) {
	n, err := JSON("a.json", "\ufeff{\n \"a\": [1,\n  {\"b/c~d\": \"x\"}],\r\n \"t\": true, \"n\": null,\n \"f\": 1.5e3\n}\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		pointer, word string
		kind          Kind
		line          int
	}{{"", "", Map, 1}, {"/a", "", List, 2}, {"/a/0", "1", Number, 2}, {"/a/1", "", Map, 3}, {"/a/1/b~1c~0d", "x", String, 3}, {"/t", "true", Boolean, 4}, {"/n", "", Null, 4}, {"/f", "1500", Number, 5}} {
		if got := n.Find(test.pointer); got == nil || got.Kind != test.kind || got.Line != test.line || got.Word() != test.word || got.File != "a.json" {
			t.Errorf("%s: %+v", test.pointer, got)
		}
	}
	for _, pointer := range []string{"a", "/x", "/a/2", "/a/-1", "/a/", "/a/1/b", "/t/x", "/a/99999999999999999999"} {
		if got := n.Find(pointer); got != nil {
			t.Errorf("%s leads to %+v", pointer, got)
		}
	}
	for text, want := range map[string]string{
		"":                        "a.json:1: no JSON: no value",
		"{\n\"a\": 1,\n\"a\": 2}": "a.json:3: no JSON: a key that came before",
		"[\n1\n2]":                "a.json:3: no JSON: no comma",
		"1\n\n2":                  "a.json:3: no JSON: extra data",
		strings.Repeat("[", 5000): "a.json:1: no JSON: too deep",
	} {
		if _, err := JSON("a.json", text); err == nil || err.Error() != want {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
