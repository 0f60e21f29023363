package lint

import (
	"go/ast"
	"iter"
)

// A function is one with a name, be it that of a variable or a field.
type function struct {
	in   string // whose variables it sees
	kind *ast.FuncType
	body *ast.BlockStmt
}

// declared notes the functions and the types of a file.
func (v *visible) declared(f *ast.File) {
	for _, d := range f.Decls {
		in := ""
		if d, is := d.(*ast.FuncDecl); is && d.Body != nil {
			in = d.Name.Name
			v.functions[in] = append(v.functions[in], function{in, d.Type, d.Body})
		}
		named := func(name, value ast.Expr) {
			id, is := name.(*ast.Ident)
			if lit, literal := value.(*ast.FuncLit); is && literal {
				v.functions[id.Name] = append(v.functions[id.Name], function{in, lit.Type, lit.Body})
			}
		}
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i := range min(len(n.Lhs), len(n.Rhs)) {
					named(n.Lhs[i], n.Rhs[i])
				}
			case *ast.KeyValueExpr:
				named(n.Key, n.Value)
			case *ast.TypeSpec:
				if fields := v.fields(n.Type); fields != nil {
					v.structs[n.Name.Name] = fields
				}
			}
			return true
		})
	}
}

// fields returns the names of a struct's fields, in order; nil for another type.
func (v *visible) fields(kind ast.Expr) (names []string) {
	switch kind := kind.(type) {
	case *ast.Ident:
		return v.structs[kind.Name]
	case *ast.StarExpr:
		return v.fields(kind.X)
	case *ast.StructType:
		for _, f := range kind.Fields.List {
			for _, id := range f.Names {
				names = append(names, id.Name)
			}
		}
	}
	return names
}

// A field is one parameter or result.
type field struct {
	id       string
	variadic bool
}

func fieldsOf(list *ast.FieldList) iter.Seq[field] {
	return func(yield func(field) bool) {
		if list == nil {
			return
		}
		for _, f := range list.List {
			_, variadic := f.Type.(*ast.Ellipsis)
			if len(f.Names) == 0 && !yield(field{}) {
				return
			}
			for _, id := range f.Names {
				if !yield(field{id.Name, variadic}) {
					return
				}
			}
		}
	}
}
