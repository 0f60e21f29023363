package lint

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// composite follows the fields of a struct that are given in their order, and those of
// the structs in a list.
func (v *visible) composite(in string, c *ast.CompositeLit) {
	switch kind := c.Type.(type) {
	case *ast.ArrayType:
		v.elements(in, c, kind.Elt)
	case *ast.MapType:
		v.elements(in, c, kind.Value)
	default:
		v.inOrder(in, c, v.fields(c.Type))
	}
}

func (v *visible) elements(in string, c *ast.CompositeLit, kind ast.Expr) {
	for _, x := range c.Elts {
		if kv, is := x.(*ast.KeyValueExpr); is {
			x = kv.Value
		}
		if x, is := x.(*ast.CompositeLit); is && x.Type == nil {
			v.inOrder(in, x, v.fields(kind))
		}
	}
}

func (v *visible) inOrder(in string, c *ast.CompositeLit, fields []string) {
	for i, x := range c.Elts {
		if _, keyed := x.(*ast.KeyValueExpr); !keyed && i < len(fields) && v.is("field", fields[i]) {
			v.expr(in, x, 0)
		}
	}
}

// results follows what a function returns that is marked, and notes which of its
// parameters are shown: then so are the arguments of every call.
func (v *visible) results(name string, f function) {
	at := 0
	for field := range fieldsOf(f.kind.Results) {
		if field.id != "" && v.is("result", name, strconv.Itoa(at)) {
			v.mark("var", f.in, field.id)
		}
		at++
	}
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for i, e := range n.Results {
				if v.is("result", name, strconv.Itoa(i)) {
					v.expr(f.in, e, 0)
				}
			}
		}
		return true
	})
	at = 0
	for field := range fieldsOf(f.kind.Params) {
		if v.is("var", f.in, field.id) {
			v.mark("param", name, strconv.Itoa(at))
			if field.variadic {
				v.mark("rest", name, strconv.Itoa(at))
			}
		}
		at++
	}
}

// call looks at what a call shows.
func (v *visible) call(in string, c *ast.CallExpr) {
	name, selector := called(c)
	switch {
	case len(c.Args) == 1 && ((name == "Text" || name == "Add") && selector || name == "Title" && !selector):
		v.expr(in, c.Args[0], 0)
	case name == "Attr" && len(c.Args) == 2 && slices.Contains(shown, pattern(c.Args[0])):
		v.expr(in, c.Args[1], 0)
	case name == "node" || name == "with":
		for _, a := range c.Args {
			if attribute, _, is := strings.Cut(pattern(a), "="); is && slices.Contains(shown, attribute) {
				v.expr(in, a, 0)
			}
		}
	}
	if v.functions[name] == nil {
		return
	}
	for i, a := range c.Args {
		if v.is("param", name, strconv.Itoa(i)) {
			v.expr(in, a, 0)
		}
		for from := range i + 1 {
			if v.is("rest", name, strconv.Itoa(from)) {
				v.expr(in, a, 0)
			}
		}
	}
}

// called returns the name of what is called.
func called(c *ast.CallExpr) (name string, selector bool) {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name, false
	case *ast.SelectorExpr:
		return f.Sel.Name, true
	}
	return "", false
}

// expr follows an expression that is shown; of a call, its result number i.
func (v *visible) expr(in string, e ast.Expr, i int) {
	switch e := e.(type) {
	case *ast.BasicLit:
		v.literal(e)
	case *ast.Ident:
		v.mark("var", in, e.Name)
		v.mark("var", "", e.Name)
	case *ast.SelectorExpr:
		v.mark("field", e.Sel.Name)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			v.expr(in, e.X, 0)
			v.expr(in, e.Y, 0)
		}
	case *ast.ParenExpr:
		v.expr(in, e.X, i)
	case *ast.UnaryExpr:
		v.expr(in, e.X, 0)
	case *ast.IndexExpr:
		v.expr(in, e.X, 0)
	case *ast.SliceExpr:
		v.expr(in, e.X, 0)
	case *ast.CompositeLit:
		if v.fields(e.Type) != nil { // its fields are looked at by their names
			return
		}
		for _, x := range e.Elts {
			if kv, is := x.(*ast.KeyValueExpr); is {
				x = kv.Value
			}
			v.expr(in, x, 0)
		}
	case *ast.CallExpr:
		v.shownCall(in, e, i)
	}
}

// joins are the functions and packages whose arguments are part of what they return.
var joins = []string{"append", "string", "strings", "fmt", "cmp", "slices"}

func (v *visible) shownCall(in string, c *ast.CallExpr, i int) {
	if v.local != "" && asks(c, v.local) {
		return
	}
	name, selector := called(c)
	from := name
	if selector {
		from = ""
		if x, is := c.Fun.(*ast.SelectorExpr).X.(*ast.Ident); is {
			from = x.Name
		}
	}
	switch {
	case slices.Contains(joins, from):
		for _, a := range c.Args {
			v.expr(in, a, 0)
		}
	case v.functions[name] != nil:
		v.mark("result", name, strconv.Itoa(i))
	}
}
