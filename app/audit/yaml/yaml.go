//go:build !wasm

// Package yaml reads YAML into a tree whose values know their lines.
package yaml

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"fixlab/lab/audit/tree"
)

// Read reads a document of YAML 1.2, of which JSON is a part. A merge key, "<<", is carried
// out. A key that comes twice, a second document and an empty one are errors; all errors
// name the file and the line.
func Read(file string, text []byte) (*tree.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	if err := d.Decode(&first); errors.Is(err, io.EOF) {
		return nil, tree.At(file, 0, "it is empty")
	} else if err != nil {
		return nil, located(file, err)
	}
	if err := d.Decode(&second); err == nil {
		return nil, tree.At(file, second.Line, "a second document; one is read")
	} else if !errors.Is(err, io.EOF) {
		return nil, located(file, err)
	}
	r := reader{file: file, done: map[*yaml.Node]*tree.Node{}}
	return r.node(first.Content[0])
}

// located returns an error of the YAML library with file and line in front.
func located(file string, err error) error {
	var load *yaml.LoadError
	if errors.As(err, &load) {
		line := load.Mark.Line
		if line == 0 {
			line = load.ContextMark.Line
		}
		return tree.At(file, line, "no YAML: %s", load.Message)
	}
	return tree.At(file, 0, "no YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}

type reader struct {
	file  string
	done  map[*yaml.Node]*tree.Node // aliases lead to what is there already
	depth int
}

// maxDepth is how deep values may nest.
const maxDepth = 200

func (r *reader) node(y *yaml.Node) (*tree.Node, error) {
	if y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	if n := r.done[y]; n != nil {
		return n, nil
	}
	if r.depth++; r.depth > maxDepth {
		return nil, tree.At(r.file, y.Line, "it nests too deep")
	}
	defer func() { r.depth-- }()
	n := &tree.Node{File: r.file, Line: y.Line}
	r.done[y] = n
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = tree.Map
		return n, r.members(n, y)
	case yaml.SequenceNode:
		n.Kind = tree.List
		for _, item := range y.Content {
			x, err := r.node(item)
			if err != nil {
				return nil, err
			}
			n.Items = append(n.Items, x)
		}
	default:
		switch y.ShortTag() {
		case "!!null":
			n.Kind = tree.Null
		case "!!bool":
			n.Kind, n.Text = tree.Boolean, strings.ToLower(y.Value)
		case "!!int", "!!float":
			n.Kind, n.Text = tree.Number, y.Value
		default:
			n.Kind, n.Text = tree.String, y.Value
		}
	}
	return n, nil
}

// members reads the members of a mapping, those that it merges last: what stands in the
// mapping itself wins.
func (r *reader) members(n *tree.Node, y *yaml.Node) error {
	lines := map[string]int{}
	var merges []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.ShortTag() == "!!merge" {
			merges = append(merges, value)
			continue
		}
		if key.Kind != yaml.ScalarNode {
			return tree.At(r.file, key.Line, "a key that is no text")
		}
		if at := lines[key.Value]; at > 0 {
			return tree.At(r.file, key.Line, "the key %q stands in line %d already", key.Value, at)
		}
		lines[key.Value] = key.Line
		v, err := r.node(value)
		if err != nil {
			return err
		}
		n.Members = append(n.Members, tree.Member{Key: key.Value, Line: key.Line, Value: v})
	}
	for _, m := range merges {
		v, err := r.node(m)
		if err != nil {
			return err
		}
		from := []*tree.Node{v}
		if v.Kind == tree.List {
			from = v.Items
		}
		for _, f := range from {
			if f.Kind != tree.Map {
				return tree.At(r.file, m.Line, "<< takes a map, not %s", f.Kind)
			}
			for _, member := range f.Members {
				if lines[member.Key] == 0 {
					lines[member.Key] = member.Line
					n.Members = append(n.Members, member)
				}
			}
		}
	}
	return nil
}
