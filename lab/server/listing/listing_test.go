package listing

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fixlab/lab/near"
	"fixlab/lab/server"
)

// TestEveryProfile: each profile has a listing but the lab's own reference server,
// which is nobody's code, and each listing is some profile's.
func TestEveryProfile(t *testing.T) {
	for _, id := range server.IDs() {
		switch _, ok := For(id); {
		case ok && id == "signed-id":
			t.Errorf("%s has a listing, and no framework", id)
		case !ok && id != "signed-id":
			t.Errorf(`profile %q has no listing: name it in a "profiles" tie of a file in lab/server/listing/, or write a file there`, id)
		}
	}
	inside, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range inside {
		if _, err := files.Open(f.Name()); err != nil && !f.IsDir() && !strings.HasSuffix(f.Name(), ".go") {
			t.Errorf("%s is not read: add its ending to go:embed in listing.go", f.Name())
		}
	}
	seen := map[string]string{}
	for _, l := range listings() {
		for _, id := range l.profiles {
			if _, ok := server.ByID(id); !ok {
				t.Errorf("%s: there is no profile %q%s", l.files[0].name, id, near.Hint(id, server.IDs()))
			}
			if seen[id] != "" {
				t.Errorf("%s and %s: both are the listing of %s", seen[id], l.files[0].name, id)
			}
			seen[id] = l.files[0].name
		}
	}
}

// TestRows: a row of server.Profiles has all that the page needs.
func TestRows(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range server.Profiles {
		if seen[p.ID] || p.ID == "" || strings.Trim(p.ID, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
			t.Errorf("profile %q: the ID is not one of its own, of lower-case letters, digits, dots and hyphens", p.ID)
		}
		seen[p.ID] = true
		if p.Title == "" || p.Cookie == "" || p.New == nil || p.Signer == nil {
			t.Errorf("profile %q: its row in lab/server/profiles.go lacks a Title, a Cookie, New or Signer", p.ID)
		}
		if !strings.HasSuffix(p.Note, ".") {
			t.Errorf("profile %q: its Note is no sentence: %q", p.ID, p.Note)
		}
		if _, err := server.Source.ReadFile(p.File); err != nil {
			t.Errorf("profile %q: its File is not in lab/server, or its name ends in \"st\": %v", p.ID, err)
		}
		if p.New == nil {
			continue
		}
		of := reflect.ValueOf(p.New).Pointer()
		if file, _ := runtime.FuncForPC(of).FileLine(of); filepath.Base(file) != p.File {
			t.Errorf("profile %q: its File is %s, and its New is in %s", p.ID, p.File, filepath.Base(file))
		}
	}
}

// TestLoad: what is wrong with a file is said, with file and line.
func TestLoad(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"x = 1\n#: check: |x =\n#: profiles: flask\n#: login: f|x =\n", ""},
		{"x = 1\n#: chekc: |x =\n", `a.py:2: there is no tie "chekc"`},
		{"#: login rotat: f|x\n", `a.py:1: unknown switch "rotat", did you mean "rotate"`},
		{"#: on any-thing: |x\n", `a.py:1: unknown switch "any-thing"`},
		{"#: login: f\n", `a.py:1: a login is FUNCTION|TURN`},
		{"#: with: b.py\n", `a.py:1: there is no file "b.py"`},
	} {
		_, err := load([]file{separate("a.py", row.text)})
		if got := fmt.Sprint(err); err == nil && row.want != "" || err != nil && (row.want == "" || !strings.HasPrefix(got, row.want)) {
			t.Errorf("%q: %v, want %q", row.text, err, row.want)
		}
	}
}

// all returns every listing, by profile.
func all(t *testing.T) map[string]Listing {
	t.Helper()
	out := map[string]Listing{}
	for _, id := range server.IDs() {
		if l, ok := For(id); ok {
			out[id] = l
		}
	}
	return out
}

// TestTies: what the table says of a listing is one line of it.
func TestTies(t *testing.T) {
	for id, l := range all(t) {
		var spots []spot
		for _, key := range []string{"check", "keep", "read", "secret", "leave"} {
			if s := *l.spot(key); s != "" {
				spots = append(spots, s)
			} else {
				t.Errorf("%s: %s has no tie %q", id, l.files[0].name, key)
			}
		}
		for _, s := range []spot{l.keeping, l.pay, l.open, l.openStrict, l.saved, l.signed} {
			if s != "" {
				spots = append(spots, s)
			}
		}
		for _, s := range l.switches {
			spots = append(spots, s.spot)
		}
		for _, in := range l.logins {
			spots = append(spots, spot(in.in+"|"+in.turn))
			if in.user != "" {
				spots = append(spots, spot(in.in+"|"+in.user))
			}
		}
		for _, s := range spots {
			if n := l.count(s); n != 1 {
				t.Errorf("%s: %q is %d lines of %s, want 1", id, s, n, l.File)
			}
		}
		if n := len(l.logins); n == 0 || l.logins[n-1].when != 0 {
			t.Errorf(`%s: the last login tie of %s must be one without switches, "login: FUNCTION|TURN"`, id, l.files[0].name)
		}
	}
}

// count returns how many lines s may mean.
func (l Listing) count(s spot) int {
	n, text := 0, l.Text
	for range strings.Count(l.Text, "\n") + 1 {
		rest := l
		rest.Text = text
		at := rest.line(s)
		if at == 0 {
			return n
		}
		n++
		// The same again without the line that was found.
		lines := slices.Collect(strings.Lines(text))
		lines[at-1] = "#\n"
		text = strings.Join(lines, "")
	}
	return n
}

// TestCountBites: TestTies finds a text that stands twice, and none.
func TestCountBites(t *testing.T) {
	l := Listing{Text: "a = 1\n\ndef f(x):\n    a = 2\n    a = 3\n\ndef g(x):\n    a = 4\n"}
	for _, row := range []struct {
		in   spot
		want int
	}{
		{"|a =", 4}, {"f|a =", 2}, {"g|a =", 1}, {"g|a = 3", 0}, {"h|a", 0},
	} {
		if n := l.count(row.in); n != row.want {
			t.Errorf("%v: %d, want %d", row.in, n, row.want)
		}
	}
}

// TestParses: each listing is correct in its language, as far as a parser tells.
func TestParses(t *testing.T) {
	dir := t.TempDir()
	texts := map[string]string{}
	for _, l := range all(t) {
		texts[l.File] = l.Text
	}
	if len(texts) < 8 {
		t.Errorf("only %d listings", len(texts))
	}
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		t.Run(file, func(t *testing.T) {
			if err := parse(t, dir, file, texts[file]); err != nil {
				t.Error(err)
			}
			if err := parse(t, dir, file, texts[file]+"\n)\n"); err == nil {
				t.Error("the parser takes anything")
			}
		})
	}
}

// parse reports what the language says of the text.
func parse(t *testing.T, dir, file, text string) error {
	t.Helper()
	var args []string
	switch filepath.Ext(file) {
	case ".go":
		_, err := parser.ParseFile(token.NewFileSet(), file, "package shop\n"+text, parser.AllErrors)
		return err
	case ".py":
		args = []string{"python3", "-c", "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())"}
	case ".js":
		args = []string{"node", "--check"}
	default:
		t.Fatalf("lab/server/listing/listing_test.go: parse has no parser for %s", file)
	}
	if _, err := exec.LookPath(args[0]); err != nil {
		t.Skipf("no %s here to parse %s", args[0], file)
	}
	path := filepath.Join(dir, file)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return err
	}
	var said bytes.Buffer
	cmd := exec.Command(args[0], append(args[1:], path)...)
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		t.Log(strings.TrimSpace(said.String()))
		return err
	}
	return nil
}
