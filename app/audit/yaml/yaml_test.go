//go:build !wasm

package yaml

import (
	"strings"
	"testing"

	"fixlab/lab/audit/tree"
)

// TestRead: kinds and lines, aliases and merges.
func TestRead(t *testing.T) {
	n, err := Read("a.yaml", []byte("a: &a\n  x: 1\n  y: [true, ~, 'no', 2.5]\nb:\n  <<: *a\n  x: other\nc: *a\nd: &d [*d]\n200: yes\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		pointer, word string
		kind          tree.Kind
		line          int
	}{
		{"", "", tree.Map, 1}, {"/a/x", "1", tree.Number, 2}, {"/a/y/0", "true", tree.Boolean, 3}, {"/a/y/1", "", tree.Null, 3}, {"/a/y/2", "no", tree.String, 3}, {"/a/y/3", "2.5", tree.Number, 3},
		{"/b/x", "other", tree.String, 6}, {"/b/y/2", "no", tree.String, 3}, {"/c/x", "1", tree.Number, 2}, {"/d/0/0/0", "", tree.List, 8}, {"/200", "yes", tree.String, 9},
	} {
		if got := n.Find(test.pointer); got == nil || got.Kind != test.kind || got.Line != test.line || got.Word() != test.word {
			t.Errorf("%s: %+v", test.pointer, got)
		}
	}
	if n.Get("c") != n.Get("a") {
		t.Error("an alias is a copy")
	}
	for text, want := range map[string]string{
		"":                                       "a.yaml: it is empty",
		"# nothing\n":                            "a.yaml: it is empty",
		"a: [\n":                                 "a.yaml:2: no YAML: ",
		"a: 1\nb: c: d\n":                        "a.yaml:2: no YAML: ",
		"a: 1\n\na: 2\n":                         `a.yaml:3: the key "a" stands in line 1 already`,
		"a: 1\n---\nb: 1\n":                      "a.yaml:2: a second document",
		"a:\n- *none\n":                          "a.yaml:2: no YAML: unknown anchor",
		"[a]: 1\n":                               "a.yaml:1: a key that is no text",
		"a: 1\n<<: 2\n":                          "a.yaml:2: << takes a map",
		"a:\n\tb: 1\n":                           "a.yaml:2: no YAML: ",
		"a: \x00\n":                              "a.yaml: no YAML: control characters",
		strings.Repeat("- ", 3000) + "a\n":       "a.yaml:1: it nests too deep",
		strings.Repeat("[", 200_000):             "a.yaml",
		"a: " + strings.Repeat("{a: ", 100_000):  "a.yaml",
		"!!python/object/apply:os.system [ls]\n": "",
	} {
		n, err := Read("a.yaml", []byte(text))
		if want == "" && (err != nil || n.Kind != tree.List) || want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)) {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}
