package token

import (
	"encoding/binary"
	"strconv"
	"strings"

	"fixlab/lab/codec"
	"fixlab/lab/sign"
)

// termJSON reads a term of Erlang's external term format, version 131, as JSON: maps,
// lists, tuples, binaries, atoms and whole numbers, which is what Plug's sessions have.
func termJSON(s string) (string, bool) {
	if s == "" || s[0] != 131 {
		return "", false
	}
	r := &termReader{s: s[1:], left: 4096}
	v := r.term(0)
	if r.bad || r.s != "" {
		return "", false
	}
	return codec.PythonJSON(v), true
}

type termReader struct {
	s    string
	left int // terms that may still come
	bad  bool
}

// take returns the next n bytes.
func (r *termReader) take(n int) string {
	if r.bad || n < 0 || n > len(r.s) {
		r.bad = true
		return ""
	}
	var head string
	head, r.s = r.s[:n], r.s[n:]
	return head
}

// size returns a big-endian number of n bytes.
func (r *termReader) size(n int) int {
	b := make([]byte, 8)
	copy(b[8-n:], r.take(n))
	return int(binary.BigEndian.Uint64(b))
}

func (r *termReader) term(depth int) any {
	if r.left--; r.left < 0 || depth > 100 {
		r.bad = true
	}
	tag := r.take(1)
	if r.bad {
		return nil
	}
	switch tag[0] {
	case 97: // SMALL_INTEGER_EXT
		return codec.Int(strconv.Itoa(r.size(1)))
	case 98: // INTEGER_EXT
		return codec.Int(strconv.Itoa(int(int32(r.size(4)))))
	case 100, 107: // ATOM_EXT, STRING_EXT
		return latin(r.take(r.size(2)))
	case 115, 119: // SMALL_ATOM_EXT, SMALL_ATOM_UTF8_EXT
		return atom(r.take(r.size(1)))
	case 118: // ATOM_UTF8_EXT
		return atom(r.take(r.size(2)))
	case 109: // BINARY_EXT
		return latin(r.take(r.size(4)))
	case 106: // NIL_EXT
		return []any{}
	case 104: // SMALL_TUPLE_EXT
		return r.list(r.size(1), depth)
	case 108: // LIST_EXT
		list := r.list(r.size(4), depth)
		r.term(depth + 1) // the tail
		return list
	case 116: // MAP_EXT
		var o codec.Object
		for n := r.size(4); n > 0 && !r.bad; n-- {
			key, value := r.term(depth+1), r.term(depth+1)
			name, ok := key.(string)
			if !ok {
				name = codec.PythonJSON(key)
			}
			o = append(o, codec.Member{Key: name, Value: value})
		}
		return o
	}
	r.bad = true
	return nil
}

func (r *termReader) list(n, depth int) []any {
	var list []any
	for ; n > 0 && !r.bad; n-- {
		list = append(list, r.term(depth+1))
	}
	return list
}

func atom(s string) any {
	switch s {
	case "nil":
		return nil
	case "true", "false":
		return s == "true"
	}
	return latin(s)
}

// latin keeps text as it is and reads other bytes as Latin-1.
func latin(s string) string {
	if strings.ToValidUTF8(s, "") == s {
		return s
	}
	return sign.Latin1(s)
}

// runs returns, as a JSON list, the pieces of binary data that read like names, words
// and ids: at least six characters.
func runs(data string) string {
	list := []any{}
	for _, s := range strings.FieldsFunc(data, func(r rune) bool { return r > 0x7e || !strings.ContainsRune(sign.URLDigits, r) }) {
		if len(s) >= 6 && len(list) < 256 {
			list = append(list, s)
		}
	}
	return codec.PythonJSON(list)
}
