// Package tree holds a document of YAML or JSON as a tree in which every value knows its
// file and line.
package tree

import (
	"fmt"
	"strings"
)

// A Kind is what a value is.
type Kind string

const (
	Null    Kind = "nothing"
	Boolean Kind = "true or false"
	Number  Kind = "a number"
	String  Kind = "a text"
	List    Kind = "a list"
	Map     Kind = "a map"
)

// A Node is one value. Where the document has an alias, one Node stands at several places;
// the tree may then even go in a circle, so who walks it keeps count.
type Node struct {
	File    string
	Line    int // from 1
	Kind    Kind
	Text    string // of a Boolean, Number or String: what is written, without quotes
	Items   []*Node
	Members []Member // of a Map, in their order; no key comes twice
}

// A Member is one key of a Map with its value.
type Member struct {
	Key   string
	Line  int // of the key
	Value *Node
}

// Get returns the value of a key, nil where n is no Map or has no such key.
func (n *Node) Get(key string) *Node {
	if n != nil && n.Kind == Map {
		for _, m := range n.Members {
			if m.Key == key {
				return m.Value
			}
		}
	}
	return nil
}

// Word returns the text of a Boolean, Number or String, "" of everything else.
func (n *Node) Word() string {
	if n == nil {
		return ""
	}
	return n.Text
}

// Errorf returns an error that begins with where n stands: "api.yaml:7: ".
func (n *Node) Errorf(format string, v ...any) error {
	return At(n.File, n.Line, format, v...)
}

// At returns an error that begins with a file and a line, without a line below 1.
func At(file string, line int, format string, v ...any) error {
	where := file
	if line > 0 {
		where = fmt.Sprintf("%s:%d", file, line)
	}
	return fmt.Errorf("%s: %w", where, fmt.Errorf(format, v...))
}

// Find follows a JSON pointer, RFC 6901, without its first slash's number sign: "/paths/~1login".
// It returns nil where it leads nowhere.
func (n *Node) Find(pointer string) *Node {
	if pointer == "" {
		return n
	}
	if pointer[0] != '/' {
		return nil
	}
	for part := range strings.SplitSeq(pointer[1:], "/") {
		part = strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
		if n != nil && n.Kind == List {
			n = n.item(part)
			continue
		}
		if n = n.Get(part); n == nil {
			return nil
		}
	}
	return n
}

func (n *Node) item(part string) *Node {
	at := 0
	for _, c := range part {
		if c < '0' || c > '9' || at > len(n.Items) {
			return nil
		}
		at = at*10 + int(c-'0')
	}
	if part == "" || at >= len(n.Items) {
		return nil
	}
	return n.Items[at]
}
