package contract

import (
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/audit/tree"
)

func (r *reader) document(root *tree.Node) {
	if !r.is(root, tree.Map, "an OpenAPI document") {
		return
	}
	version := root.Get("openapi")
	switch {
	case root.Get("swagger") != nil:
		r.fail(root.Get("swagger"), "Swagger %s; OpenAPI 3.0, 3.1 and 3.2 are read", root.Get("swagger").Word())
		return
	case version == nil:
		r.fail(root, "there is no openapi: 3.1.0 or the like, so this is no OpenAPI document")
		return
	}
	r.doc.Version = version.Word()
	if !slices.ContainsFunc([]string{"3.0.", "3.1.", "3.2."}, func(p string) bool { return strings.HasPrefix(r.doc.Version+".", p) }) {
		r.fail(version, "OpenAPI %s; 3.0, 3.1 and 3.2 are read", r.doc.Version)
		return
	}
	r.strays(root, "the document")
	r.base(root.Get("servers"))
	r.schemes(root)
	all := r.security(root.Get("security"))
	for _, m := range r.members(root.Get("paths"), "paths") {
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		if !strings.HasPrefix(m.Key, "/") {
			r.fail(m.Value, "the path %q does not begin with /", m.Key)
			return
		}
		r.path(m.Key, m.Value, all, 0)
	}
}

// base takes the path of the first server. A variable in it has its default.
func (r *reader) base(servers *tree.Node) {
	if !r.is(servers, tree.List, "servers") || len(servers.Items) == 0 {
		return
	}
	first := servers.Items[0]
	address := r.word(first, "url", "a server’s url")
	for _, m := range r.members(first.Get("variables"), "a server’s variables") {
		address = strings.ReplaceAll(address, "{"+m.Key+"}", r.word(m.Value, "default", "a variable’s default"))
	}
	u, err := url.Parse(address)
	if err != nil {
		r.fail(first, "the server’s url %q is none", address)
		return
	}
	r.doc.Base = strings.TrimRight(u.EscapedPath(), "/")
	if r.doc.Base != "" && r.doc.Base[0] != '/' {
		r.doc.Base = "/" + strings.TrimPrefix(r.doc.Base, "./")
	}
}

func (r *reader) schemes(root *tree.Node) {
	for _, m := range r.members(root.Get("components").Get("securitySchemes"), "securitySchemes") {
		n := r.follow(m.Value, "a security scheme")
		if !r.is(n, tree.Map, "a security scheme") {
			return
		}
		r.strays(n, ofScheme)
		r.doc.Schemes = append(r.doc.Schemes, Scheme{Place: Place{n.File, lineOf(m, n)}, Key: m.Key, Type: r.word(n, "type", "a scheme’s type"),
			In: r.word(n, "in", "a scheme’s in"), Name: r.word(n, "name", "a scheme’s name"), Session: r.session(n, ofScheme)})
	}
}

// lineOf is the line at which a thing is shown: of its key, or, if its key only refers to
// it, its own.
func lineOf(m tree.Member, n *tree.Node) int {
	if m.Value == n {
		return m.Line
	}
	return n.Line
}

var methods = strings.Fields("get put post delete options head patch trace query")

func (r *reader) path(path string, n *tree.Node, all [][]string, depth int) {
	if n.Get("$ref") != nil && depth < maxRefs { // its siblings count, too
		r.path(path, r.follow(n, "a path"), all, depth+1)
	}
	if !r.is(n, tree.Map, "a path") {
		return
	}
	r.strays(n, "a path")
	shared := r.params(n.Get("parameters"))
	for _, m := range n.Members {
		if slices.Contains(methods, m.Key) {
			r.operation(path, m, all, shared)
		}
	}
	for _, m := range r.members(n.Get("additionalOperations"), "additionalOperations") {
		r.operation(path, m, all, shared)
	}
}

func (r *reader) operation(path string, m tree.Member, all [][]string, shared []Param) {
	n := m.Value
	if !r.is(n, tree.Map, "an operation") {
		return
	}
	r.strays(n, ofOperation)
	o := Operation{Place: Place{n.File, m.Line}, Method: strings.ToUpper(m.Key), Path: path, ID: r.word(n, "operationId", "operationId"),
		Session: r.session(n, ofOperation), Security: all, Params: append(slices.Clone(shared), r.params(n.Get("parameters"))...)}
	if own := n.Get("security"); own != nil {
		o.Security = r.security(own)
	}
	if body := r.follow(n.Get("requestBody"), "a body"); body != nil {
		for _, media := range r.members(r.follow(body, "a body").Get("content"), "a body’s content") {
			content := r.follow(media.Value, "a media type")
			o.Bodies = append(o.Bodies, Body{Place{media.Value.File, media.Line}, strings.ToLower(media.Key), r.fields(content.Get("schema"), 0)})
		}
	}
	for _, response := range r.members(n.Get("responses"), "responses") {
		if strings.HasPrefix(response.Key, "x-") {
			continue
		}
		answer := r.follow(response.Value, "a response")
		if !r.is(answer, tree.Map, "a response") {
			return
		}
		for _, h := range r.members(answer.Get("headers"), "headers") {
			if strings.EqualFold(h.Key, "Set-Cookie") {
				o.Sets = append(o.Sets, r.cookies(response.Key, h)...)
			}
		}
	}
	r.doc.Operations = append(r.doc.Operations, o)
}

// security reads requirements: each is enough, and its schemes are taken together.
func (r *reader) security(n *tree.Node) [][]string {
	if !r.is(n, tree.List, "security") {
		return nil
	}
	var out [][]string
	for _, item := range n.Items {
		need := []string{}
		for _, m := range r.members(item, "a requirement of security") {
			need = append(need, m.Key)
		}
		out = append(out, need)
	}
	return out
}

func (r *reader) params(n *tree.Node) (out []Param) {
	if !r.is(n, tree.List, "parameters") {
		return nil
	}
	for _, item := range n.Items {
		p := r.follow(item, "a parameter")
		if !r.is(p, tree.Map, "a parameter") {
			return nil
		}
		out = append(out, Param{place(p), r.word(p, "in", "a parameter’s in"), r.word(p, "name", "a parameter’s name"), r.yes(p, "required", "required")})
	}
	return out
}
