package lint

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A Literal is a text that stands in the sources and is shown, or said.
type Literal struct {
	File string
	Line int
	Text string
}

// shown are the attributes whose value somebody reads or hears.
var shown = []string{"aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title", "placeholder", "alt", "label", "data-label"}

// Visible returns the literals in the Go files of some folders that end up as text of
// the page: in app.Text, in a method Text, or in an attribute that is read. It follows
// them through variables, fields, parameters and results, all by their names alone and
// over all the folders; what a package elsewhere returns it does not know.
func Visible(dirs ...string) ([]Literal, error) {
	src, err := parse(dirs...)
	if err != nil {
		return nil, err
	}
	v := &visible{src: src, marked: map[string]bool{}, found: map[token.Pos]Literal{}, functions: map[string][]function{}, structs: map[string][]string{}}
	for _, name := range src.names() {
		v.declared(src.files[name])
	}
	for n := -1; n < len(v.marked); {
		n = len(v.marked)
		for _, name := range src.names() {
			v.file(src.files[name])
		}
	}
	var list []Literal
	for _, l := range v.found {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b Literal) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Text, b.Text)
	})
	return list, nil
}

// visible is one search.
type visible struct {
	src       *source
	functions map[string][]function // by name
	structs   map[string][]string   // the fields, by the name of the type
	// marked are the names whose value is shown: "var F x" of function F, or of none,
	// "field x", and "result F i".
	marked map[string]bool
	found  map[token.Pos]Literal
	local  string // what the file calls package text
}

func (v *visible) mark(words ...string) { v.marked[strings.Join(words, " ")] = true }

func (v *visible) is(words ...string) bool { return v.marked[strings.Join(words, " ")] }

func (v *visible) file(f *ast.File) {
	v.local = imported(f)
	for _, d := range f.Decls {
		in := ""
		if d, is := d.(*ast.FuncDecl); is {
			in = d.Name.Name
			if d.Body != nil {
				v.results(in, function{in, d.Type, d.Body})
			}
		}
		ast.Inspect(d, func(n ast.Node) bool { v.node(in, n); return true })
	}
}

// node looks at one node of function in: does it show something, or give a marked
// name a value?
func (v *visible) node(in string, n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		v.call(in, n)
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if lit, literal := n.Rhs[min(i, len(n.Rhs)-1)].(*ast.FuncLit); literal {
				if id, is := left.(*ast.Ident); is {
					v.results(id.Name, function{in, lit.Type, lit.Body})
				}
				continue
			}
			if !v.holds(in, left) {
				continue
			}
			if len(n.Rhs) == len(n.Lhs) {
				v.expr(in, n.Rhs[i], 0)
			} else {
				v.expr(in, n.Rhs[0], i)
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if v.holds(in, name) && i < len(n.Values) {
				v.expr(in, n.Values[i], 0)
			}
		}
	case *ast.RangeStmt:
		if n.Value != nil && v.holds(in, n.Value) {
			v.expr(in, n.X, 0)
		}
	case *ast.KeyValueExpr:
		key, is := n.Key.(*ast.Ident)
		if is && v.is("field", key.Name) {
			v.expr(in, n.Value, 0)
		}
		if lit, literal := n.Value.(*ast.FuncLit); is && literal {
			v.results(key.Name, function{in, lit.Type, lit.Body})
		}
	case *ast.CompositeLit:
		v.composite(in, n)
	}
}

// holds reports whether what an assignment gives a value to is marked.
func (v *visible) holds(in string, left ast.Expr) bool {
	switch left := left.(type) {
	case *ast.Ident:
		return v.is("var", in, left.Name)
	case *ast.SelectorExpr:
		return v.is("field", left.Sel.Name)
	case *ast.IndexExpr:
		return v.holds(in, left.X)
	}
	return false
}

// literal notes a literal that has letters; of an attribute, what its value has.
func (v *visible) literal(l *ast.BasicLit) {
	s, err := strconv.Unquote(l.Value)
	if err != nil || l.Kind != token.STRING {
		return
	}
	if name, value, is := strings.Cut(s, "="); is && slices.Contains(shown, name) {
		s = value
	}
	if strings.ContainsFunc(s, unicode.IsLetter) {
		p := v.src.set.Position(l.Pos())
		v.found[l.Pos()] = Literal{strings.ReplaceAll(p.Filename, "\\", "/"), p.Line, s}
	}
}
