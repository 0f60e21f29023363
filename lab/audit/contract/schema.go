package contract

import (
	"slices"
	"strings"

	"fixlab/lab/audit/tree"
	"fixlab/lab/codec"
)

// How deep schemas are read, and how many of their values: a document can go in circles.
const (
	maxSchemas = 8
	maxValues  = 20000
)

// parts returns the schemas that a value must match all of: the schema, what it refers to,
// and what its allOf lists.
func (r *reader) parts(n *tree.Node, depth int) (out []*tree.Node) {
	if r.seen++; n == nil || r.err != nil || depth > maxSchemas || r.seen > maxValues {
		return nil
	}
	if n.Kind == tree.Boolean { // JSON Schema: true and false
		return nil
	}
	if !r.is(n, tree.Map, "a schema") {
		return nil
	}
	if n.Get("$ref") != nil {
		out = append(out, r.parts(r.follow(n, "a schema"), depth+1)...)
	}
	out = append(out, n)
	if all := n.Get("allOf"); r.is(all, tree.List, "allOf") {
		for _, x := range all.Items {
			out = append(out, r.parts(x, depth+1)...)
		}
	}
	return out
}

// fields reads the properties of a body.
func (r *reader) fields(schema *tree.Node, depth int) (out []Field) {
	if depth > maxSchemas {
		return nil
	}
	parts := r.parts(schema, 0)
	for _, part := range parts {
		for _, m := range r.members(part.Get("properties"), "properties") {
			if slices.ContainsFunc(out, func(f Field) bool { return f.Name == m.Key }) {
				continue
			}
			f := Field{Place: Place{m.Value.File, m.Line}, Name: m.Key, Required: r.required(parts, m.Key)}
			for _, p := range r.parts(m.Value, 0) {
				first(&f.Type, typeOf(p))
				first(&f.Format, r.word(p, "format", "a format"))
				first(&f.Default, given(p))
			}
			if f.Type == "object" || f.Type == "" {
				f.Fields = r.fields(m.Value, depth+1)
			}
			out = append(out, f)
		}
	}
	return out
}

func first(to *string, word string) {
	if *to == "" {
		*to = word
	}
}

// required reports whether a schema asks for a property.
func (r *reader) required(parts []*tree.Node, name string) bool {
	for _, p := range parts {
		if list := p.Get("required"); list != nil && list.Kind == tree.List && slices.ContainsFunc(list.Items, func(n *tree.Node) bool { return n.Text == name }) {
			return true
		}
	}
	return false
}

// typeOf returns a schema's type, of several the first that is not null.
func typeOf(schema *tree.Node) string {
	n := schema.Get("type")
	if n != nil && n.Kind == tree.List {
		for _, x := range n.Items {
			if x.Text != "null" {
				return x.Text
			}
		}
	}
	return n.Word()
}

// given returns a value that a schema names, as JSON; "" for none.
func given(schema *tree.Node) string {
	for _, key := range []string{"default", "const", "enum", "example", "examples"} {
		n := schema.Get(key)
		if n != nil && n.Kind == tree.List && len(n.Items) > 0 {
			n = n.Items[0]
		}
		switch {
		case n == nil:
		case n.Kind == tree.String:
			return codec.NodeJSON(n.Text)
		case n.Kind == tree.Boolean, n.Kind == tree.Number:
			return n.Text
		}
	}
	return ""
}

// cookies reads a Set-Cookie header of a response: in OpenAPI 3.2 an object with a property
// a cookie (section 4.21.3), before it a text, with x-set-cookie beside it.
func (r *reader) cookies(status string, h tree.Member) (out []Cookie) {
	header := r.follow(h.Value, "a header")
	if !r.is(header, tree.Map, "a header") {
		return nil
	}
	r.strays(header, "a header")
	parts := r.parts(header.Get("schema"), 0)
	if said := header.Get(setCookie); r.is(said, tree.Map, setCookie) {
		if said.Get("properties") == nil { // cookie by cookie
			for _, m := range said.Members {
				out = append(out, r.cookie(status, m, parts))
			}
			return out
		}
		parts = r.parts(said, 0)
	}
	for _, p := range parts {
		for _, m := range r.members(p.Get("properties"), "properties") {
			out = append(out, r.cookie(status, m, parts))
		}
	}
	if len(out) > 0 || r.err != nil {
		return out
	}
	c := Cookie{Place: Place{header.File, lineOf(h, header)}, Status: status, Required: r.yes(header, "required", "required")}
	for _, p := range append([]*tree.Node{header}, parts...) {
		if pattern := p.Get("pattern"); r.is(pattern, tree.String, "a pattern") {
			c.Place, c.Patterns = place(pattern), append(c.Patterns, pattern.Text)
			first(&c.Name, nameIn(strings.ReplaceAll(strings.TrimPrefix(pattern.Text, "^"), `\`, "")))
		}
		for _, key := range []string{"example", "examples", "const", "default"} {
			first(&c.Name, nameIn(example(p.Get(key))))
		}
	}
	return []Cookie{c}
}

// cookie reads one cookie of a header: a schema, or its pattern alone.
func (r *reader) cookie(status string, m tree.Member, parts []*tree.Node) Cookie {
	c := Cookie{Place: Place{m.Value.File, m.Line}, Status: status, Name: m.Key, Required: r.required(parts, m.Key)}
	if m.Value.Kind == tree.String {
		c.Place, c.Patterns = place(m.Value), []string{m.Value.Text}
		return c
	}
	for _, p := range r.parts(m.Value, 0) {
		if pattern := p.Get("pattern"); r.is(pattern, tree.String, "a pattern") {
			if c.Patterns == nil {
				c.Place = place(pattern)
			}
			c.Patterns = append(c.Patterns, pattern.Text)
		}
	}
	return c
}

// example returns the text of an example, of several the first.
func example(n *tree.Node) string {
	if n != nil && n.Kind == tree.List && len(n.Items) > 0 {
		n = n.Items[0]
	}
	if n != nil && n.Kind == tree.Map && len(n.Members) > 0 {
		n = n.Members[0].Value.Get("value")
	}
	return n.Word()
}

// nameIn returns the cookie that a line of Set-Cookie, or the beginning of a pattern for
// one, is about: "" where it has no name.
func nameIn(line string) string {
	name, _, ok := strings.Cut(line, "=")
	if !ok || strings.ContainsAny(name, " \t;,()[]{}*+?|^$<>@:\"/") {
		return ""
	}
	return name
}
