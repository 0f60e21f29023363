//go:build !wasm

package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/audit/tree"
	"fixlab/lab/codec"
	"fixlab/lab/near"
)

func takeText(to *string) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		if n.Kind != tree.String || n.Text == "" {
			return n.Errorf("%s is a text, not %s", key, kindOf(n))
		}
		*to = n.Text
		return nil
	}
}

// kindOf says what a value is, and never what it says.
func kindOf(n *tree.Node) string {
	if n.Kind == tree.String && n.Text == "" {
		return "an empty one"
	}
	return string(n.Kind)
}

// texts takes a list of texts, or one.
func takeTexts(to *[]string) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		items := n.Items
		if n.Kind != tree.List {
			items = []*tree.Node{n}
		}
		*to = nil
		for _, x := range items {
			var one string
			if err := takeText(&one)(key, x); err != nil {
				return err
			}
			*to = append(*to, one)
		}
		return nil
	}
}

// object takes a map, or JSON as text.
func takeObject(to *string) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		if n.Kind == tree.Map {
			room := mostValues
			v, err := plain(n, 0, &room)
			*to = codec.NodeJSON(v)
			return err
		}
		if err := takeText(to)(key, n); err != nil {
			return n.Errorf("%s is a map, or JSON as a text, not %s", key, kindOf(n))
		}
		if _, err := codec.ParseJSON(*to); err != nil {
			return n.Errorf("%s: %w", key, err)
		}
		return nil
	}
}

// mostValues is how many values an object may hold: aliases of aliases make many of a few
// lines.
const mostValues = 10000

// plain returns a value as codec takes it, as long as there is room.
func plain(n *tree.Node, depth int, room *int) (any, error) {
	if depth > 20 {
		return nil, n.Errorf("it nests too deep")
	}
	if *room--; *room < 0 {
		return nil, n.Errorf("it comes to more than %d values", mostValues)
	}
	switch n.Kind {
	case tree.Map:
		o := codec.Object{}
		for _, m := range n.Members {
			v, err := plain(m.Value, depth+1, room)
			if err != nil {
				return nil, err
			}
			o = append(o, codec.Member{Key: m.Key, Value: v})
		}
		return o, nil
	case tree.List:
		l := []any{}
		for _, x := range n.Items {
			v, err := plain(x, depth+1, room)
			if err != nil {
				return nil, err
			}
			l = append(l, v)
		}
		return l, nil
	case tree.String:
		return n.Text, nil
	case tree.Boolean:
		return n.Text == "true", nil
	case tree.Number:
		v, err := codec.ParseJSON(n.Text)
		if err != nil {
			return nil, n.Errorf("a number that JSON does not have")
		}
		return v, nil
	}
	return nil, nil
}

func takeChoice(to *string, words ...string) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		if !slices.Contains(words, n.Text) {
			return n.Errorf("%s is %s%s", key, near.Quote(n.Text), near.Choices(n.Text, words))
		}
		*to = n.Text
		return nil
	}
}

func takeNumber(to *int) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		v, err := strconv.Atoi(n.Text)
		if n.Kind != tree.Number || err != nil || v < 1 {
			return n.Errorf("%s is a whole number from 1", key)
		}
		*to = v
		return nil
	}
}

func takePeriod(to *time.Duration) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		v, err := time.ParseDuration(n.Text)
		if err != nil || v < 0 {
			return n.Errorf("%s is a time with its unit, like 500ms or 2s", key)
		}
		*to = v
		return nil
	}
}

// source takes where a secret is: env:VARIABLE or file:PATH. The secret itself it does not
// take, and does not show.
func takeSource(to *string, beside func(string) string) func(string, *tree.Node) error {
	return func(key string, n *tree.Node) error {
		kind, where, _ := strings.Cut(n.Text, ":")
		switch {
		case n.Kind == tree.String && kind == "env" && where != "":
			*to = n.Text
		case n.Kind == tree.String && kind == "file" && where != "":
			*to = "file:" + beside(where)
		default:
			return n.Errorf("%s: a secret does not stand in a configuration: env:VARIABLE or file:PATH says where it is", key)
		}
		return nil
	}
}
