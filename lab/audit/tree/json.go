package tree

import (
	"errors"
	"sort"
	"strconv"
	"strings"

	"fixlab/lab/codec"
)

// JSON reads a document of JSON. An error names the file and the line.
func JSON(file, text string) (*Node, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	r := reader{file: file}
	for i := range len(text) {
		if text[i] == '\n' {
			r.ends = append(r.ends, i)
		}
	}
	v, err := codec.ParseJSONPlaces(text)
	if err != nil {
		var wrong codec.SyntaxError
		if errors.As(err, &wrong) {
			return nil, At(file, r.line(wrong.At), "no JSON: %s", wrong.Says)
		}
		return nil, At(file, 0, "%w", err)
	}
	return r.node(v), nil
}

// A reader knows where the lines of a text end.
type reader struct {
	file string
	ends []int
}

func (r reader) line(at int) int { return 1 + sort.SearchInts(r.ends, at) }

func (r reader) node(p codec.Placed) *Node {
	n := &Node{File: r.file, Line: r.line(p.At)}
	switch v := p.Value.(type) {
	case nil:
		n.Kind = Null
	case bool:
		n.Kind, n.Text = Boolean, strconv.FormatBool(v)
	case string:
		n.Kind, n.Text = String, v
	case codec.Int:
		n.Kind, n.Text = Number, string(v)
	case float64:
		n.Kind, n.Text = Number, strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		n.Kind = List
		for _, x := range v {
			n.Items = append(n.Items, r.node(x.(codec.Placed)))
		}
	case codec.Object:
		n.Kind = Map
		for _, m := range v {
			value := r.node(m.Value.(codec.Placed))
			n.Members = append(n.Members, Member{m.Key, value.Line, value})
		}
	}
	return n
}
