package lint

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fixlab/app/text"
)

// TestWords: the words of the page and its sources agree.
func TestWords(t *testing.T) {
	const file = "../en.txt"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := text.Read(file, string(b))
	if err != nil {
		t.Fatal(err)
	}
	uses, faults, err := Uses("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range append(faults, English(c, uses)...) {
		t.Error(fault)
	}
}

// wrote puts a Go file into a folder of its own.
func wrote(t *testing.T, source string) string {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// expect compares faults, in which dir is a folder's name.
func expect(t *testing.T, dir string, got []string, want ...string) {
	t.Helper()
	all := strings.ReplaceAll(strings.Join(got, "\n"), filepath.ToSlash(dir)+"/", "")
	if all != strings.Join(want, "\n") {
		t.Errorf("the faults are\n%s\nwant\n%s", all, strings.Join(want, "\n"))
	}
}

// TestEnglish shows that each fault is found, with its place.
func TestEnglish(t *testing.T) {
	dir := wrote(t, `package x

import words "fixlab/app/text"

func f() {
	words.T("a.next")
	words.T("a.step", "n", 1)
	words.T("a.step", "n", 1, "of", 2, "more", 3)
	words.T("absent")
	words.T("kind." + x + ".title")
	words.T("rest" + x)
	words.Pieces("a.step", "n", 1)
	words.T(x)
	words.T("a.step", y...)
	words.T("a.step", name, 1)
	other.T("unknown")
}

var v = words.T("a.next")
var w = func() string { return words.T("a.late") }
`)
	uses, faults, err := Uses(dir)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, dir, faults,
		"x.go:13: no part of the key is written out",
		"x.go:14: want a key, and the names of placeholders each with a value",
		"x.go:15: the name of a placeholder is not written out",
		"x.go:19: a package variable is filled before the language is known: ask for the text in a function",
	)
	c, err := text.Read("en.txt", `a.next = Next
a.late = Late
a.step = Step {n} of {of}
kind.big.title = Big
kind.big.name = Big
a.forms = {n|one|two|three}
a.open = {n
`)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, dir, English(c, uses),
		"x.go:7: {of} of a.step has no value",
		"x.go:8: a.step has no {more}",
		"x.go:9: there is no text absent",
		"x.go:11: there is no text rest*",
		"en.txt:5: nothing uses kind.big.name",
		"en.txt:6: nothing uses a.forms",
		"en.txt:7: nothing uses a.open",
		"en.txt:6: a.forms: {n|…} has 3 forms, and the language 2",
		"en.txt:7: a.open: a { without its }",
	)
	expect(t, dir, Twice(c), "en.txt:4: kind.big.title says the same as kind.big.name (line 5)")
	c, _ = text.Read("en.txt", "a = x\nb = y\nc = x\nd = x\n")
	expect(t, dir, Twice(c), "en.txt:1: a says the same as c (line 3), d (line 4)")
}

// TestTranslation shows what is found in a translation.
func TestTranslation(t *testing.T) {
	english, _ := text.Read("en.txt", "a = Next\nb = Step {n}\nc = {n|one|{n}}\nd = Gone\ne = Same\n")
	other, err := text.Read("de.txt", "plural: other\n"+
		"a @"+text.Sum("Next")+" = Weiter\n"+
		"b @"+text.Sum("Stage {n}")+" = Schritt {m}\n"+
		"c = {n|eins|{n}}\n"+
		"x = Fremd\n"+
		"e @"+text.Sum("Same")+" =\n")
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "", Translation(english, other),
		"de.txt: missing: d @"+text.Sum("Gone")+" = Gone",
		"de.txt:3: b has changed in English, now @"+text.Sum("Step {n}")+" = Step {n}",
		`de.txt:3: b has the placeholders ["m"], want ["n"]`,
		"de.txt:4: c does not say what it was made from: write @"+text.Sum("{n|one|{n}}")+" behind the key",
		"de.txt:5: x has no English text",
		"de.txt:4: c: {n|…} has 2 forms, and the language 1",
		"de.txt:6: e: the text is empty",
	)
}

// What the first program is built without, only the files of trainers' pages ask for.
func TestRare(t *testing.T) {
	uses, _, err := Uses("../..")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, u := range uses {
		file, _, _ := strings.Cut(path.Base(u.At), ".go:")
		of := regexp.MustCompile("^(teach|present|notes|bench|tamper|hex|audit)").MatchString(file)
		if of {
			found++
		}
		if text.Rare(u.Key) && !of && !slices.Contains(elsewhere, u.Key) {
			t.Errorf("%s asks for %s, which the first program has not", u.At, u.Key)
		}
	}
	if found == 0 {
		t.Error("nobody asks for a text of trainers' pages")
	}
}

// elsewhere are the texts that other files ask for, about trainers' pages only.
var elsewhere = []string{"teach.copied-plan", "teach.copied-class", "teach.copied-embed", "present.curtain"}
