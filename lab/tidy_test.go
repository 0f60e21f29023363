package lab_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestTidy keeps everything under lab/ deterministic: nothing there looks at
// the clock, the operating system or real randomness, starts a goroutine, or
// knows the page.
func TestTidy(t *testing.T) {
	imports := []string{"os", "crypto/rand", "math/rand", "go-app", "syscall", "text/template", "html/template", "net/http/httptest", "log/slog", "x/net/publicsuffix"}
	calls := []string{"time.Now", "time.Since", "time.Sleep", "time.After", "rand.Int", "rand.N", "http.Get", "http.ListenAndServe", "http.NewServeMux"}
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		for _, bad := range untidy(f, imports, calls) {
			t.Errorf("%s: %s", set.Position(bad.pos), bad.what)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Errorf("only %d files looked at", files)
	}
}

type finding struct {
	pos  token.Pos
	what string
}

func untidy(f *ast.File, imports, calls []string) (found []finding) {
	for _, i := range f.Imports {
		for _, bad := range imports {
			if p := strings.Trim(i.Path.Value, `"`); p == bad || strings.HasSuffix(p, "/"+bad) || bad == "go-app" && strings.Contains(p, "/go-app/") {
				found = append(found, finding{i.Pos(), "imports " + p})
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, finding{n.Pos(), "starts a goroutine"})
		case *ast.SelectStmt:
			found = append(found, finding{n.Pos(), "selects on channels"})
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				for _, bad := range calls {
					if x.Name+"."+n.Sel.Name == bad {
						found = append(found, finding{n.Pos(), "uses " + bad})
					}
				}
			}
		}
		return true
	})
	return found
}

// TestTidyBites shows that TestTidy finds what it forbids.
func TestTidyBites(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
import ("os"; "time"; "example.org/go-app/v10/app")
func f() { go f(); time.Now(); os.Exit(1); app.Log() }`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(untidy(f, []string{"os", "go-app"}, []string{"time.Now"})); n != 4 {
		t.Errorf("%d findings, want 4", n)
	}
}
