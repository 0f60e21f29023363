package lab_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// timed are the functions by which a Go test would wait for a length of time or
// measure one, by import path.
var timed = map[string][]string{
	"time":                         {"Sleep", "After", "AfterFunc", "Since", "Until", "Now", "NewTimer", "NewTicker", "Tick"},
	"github.com/chromedp/chromedp": {"Sleep", "WithPollingInterval"},
}

// timedJS are the words by which a script in a test would do so.
var timedJS = []string{"setTimeout", "setInterval", "Date.now", "new Date", "performance.now", "AbortSignal.timeout"}

// clockwork are the test files that may, and why.
var clockwork = map[string]string{
	"app/e2e/clock_test.go":  "it is the stopped clock, by which no other test needs one",
	"app/e2e/paint_test.go":  "it measures for make bench, and asserts nothing",
	"lab/cookie/jar_test.go": "net/http/cookiejar reads the clock itself, and the jar must be told the same time",
	"lab/lint_test.go":       "it says what is forbidden",
}

// TestNoClock: no test waits for a length of time or asserts one. What does not
// happen at once is awaited by a mark that names it, so that a slow machine makes
// a test slow, never red.
func TestNoClock(t *testing.T) {
	used := map[string]bool{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := d.Name(); d.IsDir() && name != ".." && (base == "testdata" || base[0] == '.' || base[0] == '_') {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		file := strings.TrimPrefix(filepath.ToSlash(name), "../")
		if strings.HasPrefix(file, "app/e2e/") {
			for _, x := range skips(f) {
				t.Errorf("%s: %s", set.Position(x.pos), x.says)
			}
		}
		for _, x := range lint(f) {
			if used[file] = true; clockwork[file] == "" {
				t.Errorf("%s: %s", set.Position(x.pos), x.says)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file := range clockwork {
		if !used[file] {
			t.Errorf("%s is an exception of TestNoClock and needs to be none", file)
		}
	}
}

// lint returns where a test file waits for a length of time or measures one.
func lint(f *ast.File) (found []fault) {
	add := func(n ast.Node, what string) {
		found = append(found, fault{n.Pos(), "a test may not use " + what + ": wait for a mark that names what is awaited, and assert no length of time"})
	}
	names := imports(f)
	if p := names["."]; timed[p] != nil {
		add(f, "an import that hides "+p)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && slices.Contains(timed[names[x.Name]], n.Sel.Name) {
				add(n, path.Base(names[x.Name])+"."+n.Sel.Name)
			}
		case *ast.BasicLit:
			text, err := strconv.Unquote(n.Value)
			if n.Kind != token.STRING || err != nil {
				return true
			}
			for _, word := range timedJS {
				if strings.Contains(text, word) {
					add(n, "a script's "+word)
				}
			}
		}
		return true
	})
	return found
}

// skips returns where a browser test skips itself: a browser that is missing is a
// failure, or nobody would notice.
func skips(f *ast.File) (found []fault) {
	ast.Inspect(f, func(n ast.Node) bool {
		if n, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, n.Sel.Name) {
			found = append(found, fault{n.Pos(), "a browser test may not skip itself: what it needs and does not find is a failure"})
		}
		return true
	})
	return found
}

// TestNoClockBites shows that TestNoClock finds each thing it forbids, however it
// is imported, and nothing else.
func TestNoClockBites(t *testing.T) {
	type test struct{ source, want string }
	tests := []test{
		{`import "time"; var x = time.Unix(1700000000, 0); const limit = time.Second`, ""},
		{"var x = `await new Promise(requestAnimationFrame)`", ""},
	}
	for from, names := range timed {
		base := path.Base(from)
		tests = append(tests, test{`import . "` + from + `"`, "an import that hides " + from})
		for _, name := range names {
			what := base + "." + name
			tests = append(tests,
				test{`import "` + from + `"; var x = ` + what, what},
				test{`import other "` + from + `"; func f() { other.` + name + `(1) }`, what},
				test{`import "fixlab/lab/` + base + `"; var x = ` + what, ""},
				test{`type own struct{ ` + name + ` int }; func f(` + base + ` own) int { return ` + what + ` }`, ""})
		}
	}
	for _, word := range timedJS {
		tests = append(tests, test{"var x = `const x = " + word + "(1)`", "a script's " + word})
	}
	for _, test := range tests {
		f, err := parser.ParseFile(token.NewFileSet(), "x_test.go", "package x\n"+test.source, 0)
		if err != nil {
			t.Fatalf("%s: %v", test.source, err)
		}
		found := lint(f)
		if test.want == "" && len(found) > 0 || test.want != "" && (len(found) == 0 || !strings.Contains(found[0].says, "may not use "+test.want+":")) {
			t.Errorf("%s: %v, want %q", test.source, found, test.want)
		}
	}
	f, err := parser.ParseFile(token.NewFileSet(), "x_test.go", `package x; func f(t *testing.T) { t.Skipf("no browser") }`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(skips(f)) != 1 {
		t.Error("a browser test may skip itself")
	}
}
