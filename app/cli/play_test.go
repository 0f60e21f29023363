//go:build !wasm

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPlay(t *testing.T) {
	mine := filepath.Join(t.TempDir(), "mine.txt")
	if err := os.WriteFile(mine, []byte("title: Mine\nprofile: signed-id\n\nalice get /\nalice pots /login\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args string
		out  string // part of what is printed
		err  string // the whole error
	}{
		{"", "rotated-but-alive ", ""},
		{"signed-id-toss", "\nHIJACKED, decided at step 7\n", ""},
		{"signed-id-toss -on rotate", "\nDEFENDED, decided at step 7 (gate: elevate)\n", ""},
		{"-on rotate signed-id-toss", "\nDEFENDED, decided at step 7 (gate: elevate)\n", ""},
		{"rotated-but-alive -on rotate+keep-old-record", "\nHIJACKED, decided at step 5\n", ""},
		{"singed-id-toss", "", `play: unknown scenario "singed-id-toss", did you mean "signed-id-toss"?`},
		{"signed-id-toss -on rotte", "", `play: unknown switch "rotte", did you mean "rotate"?`},
		{"signed-id-toss flask-oracle", "", `play: one scenario, please, not ["signed-id-toss" "flask-oracle"]`},
		{"signed-id-toss -x", "", "play: flag provided but not defined: -x"},
		{mine, "", `play: mine.txt:5: unknown verb "pots", did you mean "post"?`},
		{"nowhere.txt", "", `play: no file "nowhere.txt"`},
	} {
		var out bytes.Buffer
		err := play(strings.Fields(test.args), &out)
		if got := errText(err); got != test.err {
			t.Errorf("play %s: error %q, want %q", test.args, got, test.err)
		}
		if !strings.Contains(out.String(), test.out) {
			t.Errorf("play %s printed\n%s\nwithout %q", test.args, out.String(), test.out)
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestPlayJSON(t *testing.T) {
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := play([]string{"signed-id-toss", "-json"}, out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs print different JSON")
	}
	var got map[string]any
	if err := json.Unmarshal(a.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"scenario", "defences", "outcome", "key", "step", "because", "steps", "events", "hash"} {
		if got[key] == nil {
			t.Errorf("no %q", key)
		}
	}
	if got["outcome"] != "hijacked" || got["step"] != 7.0 || len(got["because"].([]any)) != 3 {
		t.Errorf("%v %v %v", got["outcome"], got["step"], got["because"])
	}
}
