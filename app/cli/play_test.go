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
	good := filepath.Join(t.TempDir(), "good.txt")
	if err := os.WriteFile(good, []byte("title: Good\nprofile: signed-id\n\nalice get /\nalice post /login user=alice password=correct-horse\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	long := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(long, []byte("title: Long\nprofile: signed-id\n"+strings.Repeat("\nalice get /", 500)+"\n"), 0o644); err != nil {
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
		{mine, "", `play: ` + mine + `:5: unknown verb "pots", did you mean "post"?`},
		{"nowhere.txt", "", `play: no file "nowhere.txt"`},
		{"any-route/rotate@xss", "\nDEFENDED, decided at step ", ""},
		{"any-route/none@xss", "\nHIJACKED, decided at step ", ""},
		{"any-route/none -with xss", "\nHIJACKED, decided at step ", ""},
		{"any-route/none@xss -on rotate", "\nDEFENDED, decided at step ", ""},
		{"1/any-route/host-prefix/7/xss-path+visited", "\nDEFENDED, decided at step ", ""},
		{"#1/any-route/host-prefix/7/xss-path%2Bvisited", "\nDEFENDED, decided at step ", ""},
		{"https://lab.example/#1/signed-id-toss/none/7", "\nHIJACKED, decided at step 7\n", ""},
		{"1/signed-id-toss", "\nHIJACKED, decided at step 7\n", ""},
		{good + "/rotate", "\nNO-ATTACK", ""},
		{good + "/none@xss", "", `play: good does not leave all of "xss" open: "xss" is a route, and no step is "mallory route"`},
		{long, "\n401 alice get /\n", "long.txt:404: more than 400 steps"},
		{long, "\nSTOPPED at step 401 of 500, without a verdict: long.txt:404: more than 400 steps\n", "long.txt:404: more than 400 steps"},
		{long + " -json", `"cut": "long.txt:404: more than 400 steps"`, "long.txt:404: more than 400 steps"},
		{"signed-id-toss -har", `"startedDateTime": "2026-01-01T09:00:01.000Z"`, ""},
		{"-mermaid signed-id-toss", "sequenceDiagram\n", ""},
		{"signed-id-toss/rotate -md", "\nrotate defended\n", ""},
		{long + " -md", "\n400. `alice get /`", "long.txt:404: more than 400 steps"},
		{"signed-id-toss -har -json", "", "play: -json and -har are two forms: ask for one"},
		{"signed-id-toss -md -mermaid", "", "play: -mermaid and -md are two forms: ask for one"},
		{"any-route/rotate -on flush", "", "play: any-route/rotate names switches, and so does -on: say them once"},
		{"any-route/none@xss -with url-id", "", "play: any-route/none@xss has words after an @, and so has -with: say them once"},
		{"any-route/xss", "", `play: "xss" is no switch: it stands behind an @, as in none@xss`},
		{"any-route/none@rotate", "", `play: "rotate" is a switch: it stands before the @`},
		{"any-route@xss", "", `play: "any-route@xss" says no switches: write any-route/none@xss`},
		{"any-route/none@xs", "", `play: "xs" is no server, route, source, jar or browser, did you mean "scs" or "xss"?`},
		{"flask-oracle/none@xss", "", `play: flask-oracle does not leave all of "xss" open: "xss" is a route, and no step is "mallory route"`},
		{"1/any-route/none/x", "", `play: the link has "x" for a step, which is no number from 1`},
		{"1/any-route/none/1/xss/y", "", "play: the link has more parts than 1/lesson/switches/step/words"},
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

// TestPlayOwn: the switches of a lesson's own server are said once, and are not the
// learner's.
func TestPlayOwn(t *testing.T) {
	var out bytes.Buffer
	if err := play([]string{"signed-is-not-yours/domain-cookie+rotate"}, &out); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Count(text, "this lesson's server has: domain-cookie") != 1 || !strings.Contains(text, "switches: rotate, ") || strings.Contains(text, "without domain-cookie") {
		t.Errorf("it printed\n%s", text)
	}
	out.Reset()
	if err := play([]string{"signed-is-not-yours", "-json"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"defences": "none"`, `"own": "domain-cookie"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the JSON has no %s", want)
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

// TestPlayExportsAreSafe: what hostile servers say reaches the terminal as text, and an
// archive is JSON all the same.
func TestPlayExportsAreSafe(t *testing.T) {
	mine := filepath.Join(t.TempDir(), "mine.txt")
	if err := os.WriteFile(mine, []byte("title: \u202eT\u009b31m\xff\nprofile: signed-id\n\nalice get /prefs?name=a&value=%1b%5b31m%c2%9b\nalice get /search?q=%1b%c2%9b%e2%80%ae\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"-har", "-mermaid", "-md"} {
		var out bytes.Buffer
		if err := run([]string{"play", mine, form}, &out); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(out.String(), "\x1b\u009b\u202e\xff") {
			t.Errorf("%s prints what a terminal obeys", form)
		}
		if form == "-har" && !json.Valid(out.Bytes()) {
			t.Error("the archive is no JSON")
		}
	}
}
