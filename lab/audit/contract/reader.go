package contract

import (
	"net/url"
	"strings"

	"fixlab/lab/audit/tree"
)

// Open returns the file that a $ref names, from another file. An error says why not; the
// place of the $ref comes in front of it.
type Open func(from, name string) (*tree.Node, error)

// Read reads a document. root is the whole of it; open opens the other files that it refers
// to. An error names the file and the line.
func Read(root *tree.Node, open Open) (Document, error) {
	r := &reader{open: open, roots: map[string]*tree.Node{root.File: root}}
	r.doc.File = root.File
	r.document(root)
	return r.doc, r.err
}

// A reader reads a document until something is wrong with it.
type reader struct {
	doc   Document
	open  Open
	roots map[string]*tree.Node // by file
	err   error                 // the first
	seen  int                   // values of schemas that were read
}

// fail keeps the first error.
func (r *reader) fail(n *tree.Node, format string, v ...any) {
	if r.err == nil {
		r.err = n.Errorf(format, v...)
	}
}

// is reports whether n is there and of a kind. What is there and of another kind is an
// error.
func (r *reader) is(n *tree.Node, kind tree.Kind, what string) bool {
	if n == nil || r.err != nil {
		return false
	}
	if n.Kind != kind {
		r.fail(n, "%s is %s, not %s", what, kind, n.Kind)
	}
	return r.err == nil
}

// members returns the members of a map, none where n is missing.
func (r *reader) members(n *tree.Node, what string) []tree.Member {
	if !r.is(n, tree.Map, what) {
		return nil
	}
	return n.Members
}

// word returns the text at a key, which may be missing.
func (r *reader) word(n *tree.Node, key, what string) string {
	x := n.Get(key)
	if !r.is(x, tree.String, what) {
		return ""
	}
	return x.Text
}

// yes returns the truth of a key, false where it is missing.
func (r *reader) yes(n *tree.Node, key, what string) bool {
	x := n.Get(key)
	return r.is(x, tree.Boolean, what) && x.Text == "true"
}

// maxRefs is how many references may lead to one another.
const maxRefs = 32

// follow returns what n refers to, n itself where it refers to nothing.
func (r *reader) follow(n *tree.Node, what string) *tree.Node {
	for range maxRefs {
		to := n.Get("$ref")
		if to == nil || r.err != nil {
			return n
		}
		if !r.is(to, tree.String, "a $ref") {
			return nil
		}
		if n = r.target(to); n == nil {
			return nil
		}
	}
	if r.err == nil {
		r.fail(n, "%s: its $ref leads to another for ever", what)
	}
	return nil
}

// target returns what a $ref names: "#/components/schemas/Login", "other.yaml#/x", "other.yaml".
func (r *reader) target(ref *tree.Node) *tree.Node {
	name, fragment, _ := strings.Cut(ref.Text, "#")
	root := r.roots[ref.File]
	if name != "" {
		u, err := url.Parse(name)
		if err != nil || u.Scheme != "" || u.Host != "" {
			r.fail(ref, "$ref: %q is not opened: only files below the folder of the document are", ref.Text)
			return nil
		}
		var openErr error
		if root, openErr = r.open(ref.File, u.Path); openErr != nil {
			r.fail(ref, "$ref: %w", openErr)
			return nil
		}
		r.roots[root.File] = root
	}
	pointer, err := url.PathUnescape(fragment)
	if err != nil || pointer != "" && pointer[0] != '/' {
		r.fail(ref, "$ref: %q is no JSON pointer, like #/components/schemas/Login", ref.Text)
		return nil
	}
	n := root.Find(pointer)
	if n == nil {
		r.fail(ref, "$ref: there is no %s in %s", pointer, root.File)
	}
	return n
}

func place(n *tree.Node) Place { return Place{n.File, n.Line} }
