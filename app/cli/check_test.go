//go:build !wasm

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/app/words"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// written writes a scenario file and returns its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

const tossed = `title: Mine
profile: signed-id

mallory get /
mallory copy loot
mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot; Domain=shop.example; Path=/; Secure
alice get https://blog.shop.example/
alice post /login user=alice password=correct-horse
mallory get /profile

-- want --
`

const asking = `
-- card --
goal: G.
minutes: 1
take: T.
-- bet --
ask: A?
option: Yes | ends hijacked
option: No | ends defended

-- ask --
ask: A?
point: step decides
right: R.
wrong step does mallory get /: W.
wrong: E.
-- stop --
card: rotate | R | R.
card: none | N | N.
`

const aimed = `
-- card --
goal: G.
minutes: 1
take: T.

-- goal --
say: S.
may: switches
need: ends defended, switches <= 1
hint: 1
hint: 2
hint: 3
solve: rotate
fails: strict
`

func TestCheck(t *testing.T) {
	good := written(t, "good.txt", tossed+"none hijacked $loot\nrotate defended\nnone@django-db hijacked *\n")
	bad := written(t, "bad.txt", tossed+"none defended\nrotate defended\nrotate@django-db hijacked $loot\nnone@django-db hijacked other\n")
	wrong := written(t, "wrong.txt", "title: T\nprofile: signed-id\n\nalice gte /\n")
	broken := written(t, "broken.txt", "title: T\nprofile: signed-id\n\nalice get /\nalice script $cookie=$x\n\n-- want --\nnone broken\n")
	foreign := written(t, "foreign.txt", "title: T\nprofile: signed-id\n\nalice get /\nalice post /basket item=tea\n\n-- want --\nnone@flask-seed defended\n")
	empty := written(t, "empty.txt", strings.TrimSuffix(tossed, "-- want --\n"))
	own := strings.Replace(tossed, "-id\n", "-id\non: domain-cookie\n", 1) + "none hijacked $loot\n"
	asks := written(t, "asks.txt", own+asking)
	mistaken := written(t, "mistaken.txt", own+strings.NewReplacer("No | ends defended", "No | ends hijacked", "step decides", "step does bob", "rotate | R", "secure | R").Replace(asking))
	goals := written(t, "goals.txt", tossed+"none hijacked $loot\n"+aimed)
	solving := "title: Mine\nprofile: signed-id\nseed: 1\non: domain-cookie\nchallenge: make-it-happen\n" + strings.TrimPrefix(strings.TrimSuffix(tossed, "-- want --\n"), "title: Mine\nprofile: signed-id\n")
	solved := written(t, "solved.txt", solving)
	unsolved := written(t, "unsolved.txt", strings.Replace(solving, "mallory get /profile\n", "mallory@alice copy x\n", 1))
	elsewhere := written(t, "elsewhere.txt", strings.Replace(solving, "make-it-happen", "make-it-hapen", 1))
	missed := written(t, "missed.txt", tossed+"none hijacked $loot\n"+strings.NewReplacer("solve: rotate", "solve: lax", "fails: strict", "fails: flush", ", switches <= 1", "").Replace(aimed))
	for _, test := range []struct {
		files []string
		out   string
		err   []string // how its lines begin
	}{
		{[]string{good}, "3 want rows of 1 file: every one holds\n", nil},
		{[]string{good, "../../scenarios/any-route.txt", "../../scenarios/flask-oracle.txt"}, " of 3 files: every one holds\n", nil},
		{[]string{good, asks}, asks + ": this lesson's server has: domain-cookie\n4 want rows, 1 bet, 1 question and 2 cards of 2 files: every one holds\n", nil},
		{[]string{goals, good}, "4 want rows and 1 goal of 2 files: every one holds\n", nil},
		{[]string{solved}, solved + ": this lesson's server has: domain-cookie\n0 want rows and 1 challenge of 1 file: every one holds\n", nil},
		{[]string{unsolved}, unsolved + ": this lesson's server has: domain-cookie\n", []string{
			unsolved + ": the challenge make-it-happen is not solved: not granted (step 6)", `"ends hijacked" does not hold`,
		}},
		{[]string{elsewhere}, "", []string{elsewhere + `:5: unknown challenge "make-it-hapen", did you mean "make-it-happen"?`}},
		{[]string{missed}, "", []string{
			missed + `:19: the worked solution does not win: "ends defended" does not hold (step 5)`,
			missed + ":27: flush wins as well",
			missed + ":19: everything wins as well",
		}},
		{[]string{mistaken}, mistaken + ": this lesson's server has: domain-cookie\n", []string{
			mistaken + `:19: 2 options hold, "Yes" and "No" among them`,
			mistaken + `:24: the run of none has nothing for "step does bob"`,
			mistaken + `:31: every card comes to hijacked: there is nothing to compare`,
		}},
		{[]string{bad}, "", []string{
			bad + ":12: none: hijacked, want defended",
			bad + ":14: rotate@django-db: defended by no key, want hijacked by key $loot",
			bad + ":15: none@django-db: hijacked by key \"",
		}},
		{[]string{bad, wrong, good, "nowhere.txt", broken, empty, foreign}, "", []string{
			bad + ":12: ", bad + ":14: ", bad + ":15: ",
			wrong + `:4: unknown verb "gte", did you mean "get"?`,
			`no file "nowhere.txt"`,
			broken + `:8: none: broken.txt:5: unknown variable "$x"`,
			empty + ": there is no want row to check",
			foreign + `:8: none@flask-seed: foreign cannot be played on flask-seed: step 2 on line 5, "alice post /basket item=tea", is answered with 404: This server keeps no basket`,
		}},
		{nil, "", []string{"check: which files?"}},
	} {
		var out bytes.Buffer
		err := check(test.files, &out)
		lines := strings.Split(errText(err), "\n")
		if err == nil {
			lines = nil
		}
		if len(lines) != len(test.err) || !strings.HasSuffix(out.String(), test.out) || test.out == "" && out.Len() > 0 {
			t.Errorf("%q: %q, and %q is printed; want %q", test.files, lines, out.String(), test.err)
			continue
		}
		for i, want := range test.err {
			if !strings.HasPrefix(lines[i], want) {
				t.Errorf("%q: line %d is %q, want %q", test.files, i+1, lines[i], want)
			}
		}
	}
	if got := Run([]string{"check", bad}, firstView); got != 1 {
		t.Errorf("exit status %d, want 1", got)
	}
}

// A run that does not end as its row says is played to its end, and an error.
func TestPlayRow(t *testing.T) {
	file := written(t, "mine.txt", tossed+"none defended\nrotate defended\nnone@django-db trapped\n")
	for args, want := range map[string]string{
		file:                      file + ":12: none: hijacked, want defended",
		file + " -on rotate":      "",
		file + " -on strict":      "", // no row
		file + " -with django-db": file + ":14: none@django-db: hijacked, want trapped",
		file + " -json":           file + ":12: none: hijacked, want defended",
	} {
		var out bytes.Buffer
		if err := play(strings.Fields(args), &out); errText(err) != want {
			t.Errorf("play %s: %v, want %s", args, err, want)
		}
		if text := strings.ToLower(out.String()); !strings.Contains(text, "hijacked") && !strings.Contains(text, "defended") {
			t.Errorf("play %s prints %q", args, out.String())
		}
	}
}

func TestVerbs(t *testing.T) {
	var out bytes.Buffer
	if err := run([]string{"verbs"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, k := range script.Keys {
		if !strings.Contains(out.String(), "  "+k.Name+": "+k.Args+"\n      "+k.Does) {
			t.Errorf("no key %s", k.Name)
		}
	}
	for _, v := range script.Verbs {
		if !strings.Contains(out.String(), "\n  "+strings.TrimSpace(v.Name+" "+v.Args)+"\n") || !strings.Contains(out.String(), v.Does) {
			t.Errorf("no verb %s", v.Name)
		}
	}
	for _, o := range event.Outcomes {
		if !strings.Contains(out.String(), " "+string(o)) {
			t.Errorf("no outcome %s", o)
		}
	}
	for _, s := range script.Sections {
		if !strings.Contains(out.String(), s.Name) {
			t.Errorf("no section %s", s.Name)
		}
		for _, k := range s.Keys {
			if !strings.Contains(out.String(), "      "+k.Name+": "+k.Args+"\n          "+k.Does) {
				t.Errorf("no key %s of the section %s", k.Name, s.Name)
			}
		}
	}
}

// What a terminal would obey does not reach it: from titles, values, paths and
// pages of a scenario, its file's name, and what is wrong with any of them.
func TestDoor(t *testing.T) {
	const evil = "\u009b31m\u202e\u2066\u200f\xff\U000e0041\u0085" // the last ends a word
	text := "title: T" + evil + ".\nprofile: signed-id\n\n# caption " + evil + "\nmallory get /search?q=" + "%1b[31m%9b%0d" + "\n" +
		"mallory script $cookie=" + evil + "\nalice paste x" + evil + "=y" + evil + "\nalice post /basket item=" + evil + "\nalice get /%1b\n\n-- want --\nnone trapped\n"
	file := written(t, "n"+strings.ReplaceAll(evil, "/", "")+"\x1b[2J.txt", text)
	wrong := written(t, "w\x1b\x07.txt", "title: T\nprofile: "+evil+"\n")
	for _, args := range [][]string{
		{"play", file}, {"play", file, "-json"}, {"play", file, "-with", "gorilla-cookie"}, {"play", file, "-on", evil}, {"play", evil}, {"play", file, "-with", evil},
		{"check", file}, {"check", wrong}, {"check", "no\x1b.txt"}, {"play", wrong}, {"play", "/\x1b/\u202e.txt"},
		{"explore", "-profile", evil}, {"target", "\x1b" + evil}, {"target", "signed-id", "-addr", "\x1b:x"}, {"\x1b]0;x\x07"}, {"help", evil},
		{"serve", "-dir", "/no\x1b" + evil}, {"size", "-dir", "\x1b" + evil}, {"play", "\x1b", "-x" + evil},
	} {
		var out, wrong bytes.Buffer
		complain(&wrong, args, run(args, &out))
		for _, got := range []string{out.String(), wrong.String()} {
			if got != words.Terminal(got) {
				t.Errorf("%q prints %q", args, got)
			}
		}
		if len(args) == 3 && args[2] == "-json" && !json.Valid(out.Bytes()) {
			t.Errorf("%q prints no JSON: %s", args, out.String())
		}
	}
	var out bytes.Buffer
	if err := run([]string{"play", file}, &out); err == nil || !strings.Contains(err.Error(), ": none: ") {
		t.Errorf("%q", err)
	}
	for _, want := range []string{`T\u009b31m\u202e\u2066\u200f\xff\udb40\udc41\u0085. (signed-id)`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}
