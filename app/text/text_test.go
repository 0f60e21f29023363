package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const sample = `# Head.
plural: 1; %10 2-4 not %100 12-14; other

# A note.
plain = Next
step = Step {n} of {of}
long = One
  two {n|three|{n} threes|{n} threeses}
  four.
link = See {link:the lab} for {key}.
braces = {{n}} is {n}
`

// with has the tests that follow answer from a file.
func with(t *testing.T, file string) {
	c, err := Read("sample", file)
	if err != nil {
		t.Fatal(err)
	}
	was := current
	current = c
	t.Cleanup(func() { current = was })
}

func TestT(t *testing.T) {
	with(t, sample)
	for _, test := range []struct {
		want string
		key  string
		args []any
	}{
		{"Next", "plain", nil},
		{"Step 4 of 8", "step", []any{"n", 4, "of", "8"}},
		{"Step {of} of {n}", "step", []any{"n", "{of}", "of", "{n}"}}, // a value is not read again
		{"One two three four.", "long", []any{"n", 1}},
		{"One two 3 threes four.", "long", []any{"n", 3}},
		{"One two 13 threeses four.", "long", []any{"n", 13}},
		{"One two 0 threeses four.", "long", []any{"n", 0}},
		{"{n} is 2", "braces", []any{"n", 2}},
		{"See the lab for K1.", "link", []any{"key", "K1"}},
		{"absent", "absent", nil},
		{"step", "step", []any{"n", 4}},         // a value is missing
		{"step", "step", []any{"n", 4, "of"}},   // likewise
		{"long", "long", []any{"n", "several"}}, // which form?
		{"step", "step", []any{"n", 4, "of", 8.5}},
	} {
		if got := T(test.key, test.args...); got != test.want {
			t.Errorf("T(%q, %v) is %q, want %q", test.key, test.args, got, test.want)
		}
	}
	if got, want := Pieces("link"), []Piece{{"", "See "}, {"link", "the lab"}, {"", " for "}, {"key", ""}, {"", "."}}; !slices.Equal(got, want) {
		t.Errorf("the pieces are %q, want %q", got, want)
	}
}

// Each language has the forms that its rule says.
func TestPlural(t *testing.T) {
	for _, test := range []struct {
		rule string
		n    []int
		form string // of each of n, a digit
	}{
		{"1; other", []int{0, 1, 2, 11, -1}, "10110"},
		{"0-1; other", []int{0, 1, 2}, "001"},
		{"other", []int{0, 1, 2}, "000"},
		{"1; %10 2-4 not %100 12-14; other", []int{1, 2, 4, 5, 12, 22, 21, 112}, "01122122"},         // Polish
		{"%10 1 not %100 11; %10 2-4 not %100 12-14; other", []int{1, 21, 11, 3, 13, 100}, "002122"}, // Russian
		{"0; 1; 2; %100 3-10; %100 11-99; other", []int{0, 1, 2, 103, 11, 99, 100}, "0123445"},       // Arabic
		{"%100 1; %100 2; %100 3,4; other", []int{101, 2, 4, 5}, "0123"},                             // Slovene
	} {
		r, err := parseRule(test.rule)
		if err != nil {
			t.Errorf("%s: %v", test.rule, err)
			continue
		}
		c, got := Catalogue{plural: r}, ""
		for _, n := range test.n {
			got += string(rune('0' + c.form(n)))
		}
		if got != test.form {
			t.Errorf("%s: %v have the forms %s, want %s", test.rule, test.n, got, test.form)
		}
	}
	for _, bad := range []string{"", "1", "one; other", "not; other", "%0 1; other", "%10; other", "4-2; other", "1; ; other"} {
		if _, err := parseRule(bad); err == nil {
			t.Errorf("the rule %q is read", bad)
		}
	}
}

// A fault in a file is said with its line, and costs no other entry.
func TestRead(t *testing.T) {
	c, err := Read("de.txt", "plural: 1\ncolour: red\n  lost\nA = x\nnothing\na = b\n  c\na = again\n  lost\nb @123abc = d = e\nplural: other\n")
	want := []string{
		`de.txt:1: plural: the last form is "1", want other`,
		`de.txt:2: unknown header "colour"`,
		`de.txt:4: "A" is no key`,
		`de.txt:5: want "key = text", got "nothing"`,
		`de.txt:8: the key a is in line 6 already`,
		`de.txt:11: the header "plural" stands above the first text`,
	}
	got := strings.Split(err.Error(), "\n")
	if len(got) != len(want) {
		t.Errorf("the faults are %q", got)
	}
	for i := range min(len(got), len(want)) {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("fault %d is %q, want %q", i, got[i], want[i])
		}
	}
	if entries := []Entry{{"a", "b c", "", 6}, {"b", "d = e", "123abc", 10}}; !slices.Equal(c.Entries, entries) {
		t.Errorf("the entries are %v, want %v", c.Entries, entries)
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{
		"{":             "a { without its }",
		"a}":            "a } without its {",
		"{n|one|{m}":    "a { without its }",
		"{}":            "no name of a placeholder",
		"{N}":           "no name of a placeholder",
		"{link:}":       "want words after the colon",
		"{n|one|{a b}}": "no name of a placeholder",
	} {
		if _, _, err := Holes(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	names, counts, err := Holes("{b} {a} {n|one {c}|{n} {a}} {{x}} {l:words}")
	if err != nil || !slices.Equal(names, []string{"a", "b", "c", "l", "n"}) || !slices.Equal(counts, []string{"n"}) {
		t.Errorf("%q, %q, %v", names, counts, err)
	}
}

// The pseudo-language keeps placeholders and forms, and its words are longer.
func TestPseudo(t *testing.T) {
	c, _ := Read("sample", sample)
	was := current
	t.Cleanup(func() { current = was })
	current = pseudo(c)
	for want, got := range map[string]string{
		"⟦Ñëxt~~⟧":                 T("plain"),
		"⟦Štëp 4 öf 8~~~~⟧":        T("step", "n", 4, "of", 8),
		"⟦{ñ} ïš 2~~~⟧":            T("braces", "n", 2),
		"⟦Šëë thë łáb föř K.⟧":     strings.ReplaceAll(T("link", "key", "K"), "~", ""),
		"⟦Øñë twö 3 thřëëš föüř.⟧": strings.ReplaceAll(T("long", "n", 3), "~", ""),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, e := range c.Entries {
		p, _ := current.Get(e.Key)
		if n, m := utf8.RuneCountInString(e.Text), utf8.RuneCountInString(p.Text); m < n+n/10 {
			t.Errorf("%s has %d letters, and %d in the pseudo-language", e.Key, n, m)
		}
	}
}

// What a translation lacks comes out in English.
func TestFallback(t *testing.T) {
	with(t, "plural: other\nplain = Weiter\n")
	current.fallback, _ = Read("en", sample)
	if got := T("plain") + T("step", "n", 1, "of", 2); got != "WeiterStep 1 of 2" {
		t.Errorf("%q", got)
	}
	// In the forms of English, which may be others.
	if got := T("long", "n", 1) + " " + T("long", "n", 2); got != "One two three four. One two 2 threes four." {
		t.Errorf("%q", got)
	}
}

// Every embedded file reads without a fault, and a language that is not there
// changes nothing.
func TestFiles(t *testing.T) {
	list, err := files.ReadDir(".")
	if err != nil || len(list) == 0 {
		t.Fatalf("%d files, %v", len(list), err)
	}
	for _, f := range list {
		b, _ := files.ReadFile(f.Name())
		if _, err := Read(f.Name(), string(b)); err != nil {
			t.Error(err)
		}
	}
	was := inUse().Name
	if Use("no-such-language") || inUse().Name != was {
		t.Errorf("there is a language %q", inUse().Name)
	}
	if !Use(Pseudo) || inUse().Name != Pseudo || !Use(English) || inUse().Name != English {
		t.Errorf("the language is %q", inUse().Name)
	}
}

func BenchmarkRead(b *testing.B) {
	file := "# A note for who translates this text.\n"
	for i := range 600 {
		file += "page.what" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + " = A sentence of the page with {n} words in it, so long.\n"
	}
	for b.Loop() {
		if c, _ := Read("en", file); len(c.Entries) != 600 {
			b.Fatal(len(c.Entries))
		}
	}
}

func BenchmarkT(b *testing.B) {
	was := current
	current, _ = Read("sample", sample)
	for b.Loop() {
		T("step", "n", 4, "of", 8)
	}
	current = was
}
