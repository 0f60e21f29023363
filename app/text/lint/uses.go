package lint

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Use is one place of the sources that asks for a text.
type Use struct {
	At     string   // file:line
	Key    string   // with a * for what is not constant
	Values []string // the placeholders that it fills, sorted
	Pieces bool     // the view draws the others
}

// matches reports whether the use may mean a key.
func (u Use) matches(key string) bool {
	parts := strings.Split(u.Key, "*")
	if len(parts) == 1 {
		return key == u.Key
	}
	first, last := parts[0], parts[len(parts)-1]
	if !strings.HasPrefix(key, first) || !strings.HasSuffix(key[len(first):], last) {
		return false
	}
	key = key[len(first) : len(key)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(key, p)
		if i < 0 {
			return false
		}
		key = key[i+len(p):]
	}
	return true
}

// A source is the Go files of a folder, without its tests.
type source struct {
	set   *token.FileSet
	files map[string]*ast.File // by name
}

// Uses returns where the Go files under a folder ask for texts, and what is wrong with
// how they do it.
func Uses(dir string) (uses []Use, faults []string, err error) {
	src, err := parse(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range src.names() {
		f := src.files[name]
		local := imported(f)
		if local == "" {
			continue
		}
		late := false // what is looked at runs when the language is known
		var look func(n ast.Node) bool
		look = func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				late = true
			case *ast.FuncLit:
				was := late
				late = true
				ast.Inspect(n.Body, look)
				late = was
				return false
			case *ast.CallExpr:
				if !asks(n, local) {
					break
				}
				u, fault := use(n)
				u.At = src.at(n)
				if !late {
					fault = "a package variable is filled before the language is known: ask for the text in a function"
				}
				if fault != "" {
					faults = append(faults, u.At+": "+fault)
				} else {
					uses = append(uses, u)
				}
			}
			return true
		}
		for _, d := range f.Decls {
			late = false
			ast.Inspect(d, look)
		}
	}
	return uses, faults, nil
}

// asks reports whether a call is one of text.T or text.Pieces.
func asks(call *ast.CallExpr, local string) bool {
	f, is := call.Fun.(*ast.SelectorExpr)
	if !is || f.Sel.Name != "T" && f.Sel.Name != "Pieces" {
		return false
	}
	x, is := f.X.(*ast.Ident)
	return is && x.Name == local
}

// use reads a call.
func use(call *ast.CallExpr) (u Use, fault string) {
	u.Pieces = call.Fun.(*ast.SelectorExpr).Sel.Name == "Pieces"
	if len(call.Args) == 0 {
		return u, "which text?"
	}
	u.Key = pattern(call.Args[0])
	if strings.Trim(u.Key, "*") == "" {
		return u, "no part of the key is written out"
	}
	if call.Ellipsis.IsValid() || len(call.Args)%2 == 0 {
		return u, "want a key, and the names of placeholders each with a value"
	}
	for i := 1; i < len(call.Args); i += 2 {
		name := pattern(call.Args[i])
		if strings.Contains(name, "*") {
			return u, "the name of a placeholder is not written out"
		}
		u.Values = append(u.Values, name)
	}
	slices.Sort(u.Values)
	return u, ""
}

// pattern returns what an expression is written as, with a * for what is not constant.
func pattern(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil {
			return s
		}
	case *ast.ParenExpr:
		return pattern(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return pattern(e.X) + pattern(e.Y)
		}
	}
	return "*"
}

// imported returns what a file calls package text, "" if it does not import it.
func imported(f *ast.File) string {
	for _, i := range f.Imports {
		if i.Path.Value == `"fixlab/app/text"` {
			if i.Name != nil {
				return i.Name.Name
			}
			return "text"
		}
	}
	return ""
}

// parse reads the Go files under some folders, without their tests.
func parse(dirs ...string) (*source, error) {
	src := &source{token.NewFileSet(), map[string]*ast.File{}}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && name != dir && (d.Name() == "testdata" || d.Name()[0] == '.' || d.Name()[0] == '_'):
				return fs.SkipDir
			case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			f, err := parser.ParseFile(src.set, name, nil, parser.SkipObjectResolution)
			src.files[name] = f
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return src, nil
}

func (s *source) names() []string {
	var list []string
	for name := range s.files {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func (s *source) at(n ast.Node) string {
	p := s.set.Position(n.Pos())
	return fmt.Sprintf("%s:%d", filepath.ToSlash(p.Filename), p.Line)
}
