// Package codec writes and reads bytes as the web frameworks' own libraries do:
// JSON as Python, Node and Go write it, Flask's tagged JSON, gob, base64 as Python
// reads it, and zlib's very bytes.
package codec

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Object is a dictionary whose keys keep the order in which they were first
// set, as in Python's dict and JavaScript's objects.
type Object []Member

// A Member is one key of an Object with its value.
type Member struct {
	Key   string
	Value any
}

// An Int is a whole number of any size, in decimal.
type Int string

// Serializers take what ParseJSON returns: nil, bool, string, Int, float64,
// []any and Object. They also take int, int64, uint64, []byte (as
// base64 text), and map[string]any, whose keys they sort. They panic for any
// other type.

// PythonJSON writes v as Django's session and signing serializers do: Python's
// json.dumps with the compact separators, in ASCII, keys in insertion order.
func PythonJSON(v any) string { return string(appendJSON(nil, v, python)) }

// NodeJSON writes v as JSON.stringify does: keys that are array indices first,
// in numeric order, then the others in insertion order.
func NodeJSON(v any) string { return string(appendJSON(nil, v, node)) }

// GoJSON writes v as encoding/json does a map[string]any: sorted keys, and the
// characters that matter to HTML escaped. securecookie's JSONEncoder puts a
// newline after it.
func GoJSON(v any) string { return string(appendJSON(nil, v, golang)) }

// PythonString writes s as PythonJSON writes a string.
func PythonString(s string) string { return string(appendQuoted(nil, s, python)) }

type dialect int

const (
	python dialect = iota
	node
	golang
)

func appendJSON(b []byte, v any, d dialect) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case string:
		return appendQuoted(b, v, d)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case uint64:
		return strconv.AppendUint(b, v, 10)
	case []byte:
		return appendQuoted(b, base64.StdEncoding.EncodeToString(v), d)
	case Int:
		if d == node {
			f, _ := strconv.ParseFloat(string(v), 64)
			return append(b, jsFloat(f)...)
		}
		return append(b, v...)
	case float64:
		return append(b, float(v, d)...)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, e, d)
		}
		return append(b, ']')
	case map[string]any:
		return appendJSON(b, sorted(v), d)
	case Object:
		b = append(b, '{')
		for i, m := range inOrder(v, d) {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, m.Key, d), ':')
			b = appendJSON(b, m.Value, d)
		}
		return append(b, '}')
	}
	panic("codec: a value that JSON has no form for")
}

func sorted(m map[string]any) Object {
	o := make(Object, 0, len(m))
	for k, v := range m {
		o = append(o, Member{k, v})
	}
	slices.SortFunc(o, byKey)
	return o
}

func byKey(a, b Member) int { return strings.Compare(a.Key, b.Key) }

// inOrder returns the members as d writes them.
func inOrder(o Object, d dialect) Object {
	switch d {
	case golang:
		o = slices.Clone(o)
		slices.SortStableFunc(o, byKey)
	case node:
		o = slices.Clone(o)
		slices.SortStableFunc(o, func(a, b Member) int {
			x, xok := arrayIndex(a.Key)
			y, yok := arrayIndex(b.Key)
			switch {
			case xok && yok:
				return int(x - y)
			case xok:
				return -1
			case yok:
				return 1
			}
			return 0
		})
	}
	return o
}

// arrayIndex reports whether key is one of JavaScript's, ECMA-262, 6.1.7.
func arrayIndex(key string) (int64, bool) {
	n, err := strconv.ParseInt(key, 10, 64)
	ok := err == nil && 0 <= n && n < 1<<32-1 && strconv.FormatInt(n, 10) == key
	return n, ok
}

// float returns f as d writes it.
func float(f float64, d dialect) string {
	switch {
	case d == python:
		return pyFloat(f)
	case d == golang && f == 0 && math.Signbit(f):
		return "-0"
	}
	return jsFloat(f)
}

// pyFloat is Python's repr of a float, with the names that json.dumps has for
// infinities and NaN: the shortest digits that read back the same, with an
// exponent below 1e-4 and from 1e16 on.
func pyFloat(f float64) string {
	switch a := math.Abs(f); {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case a != 0 && (a < 1e-4 || a >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// jsFloat is JavaScript's Number::toString, with null for what JSON lacks
// (ECMA-262, 6.1.6.1.20 and 25.5.2).
func jsFloat(f float64) string {
	switch a := math.Abs(f); {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return "null"
	case f == 0:
		return "0"
	case a < 1e-6 || a >= 1e21:
		s := strconv.FormatFloat(f, 'e', -1, 64)
		return strings.Replace(s, "e-0", "e-", 1)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func appendQuoted(b []byte, s string, d dialect) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		i += n
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ',
			d == python && r >= 0x7f && r <= 0xffff,
			d == node && isSurrogate(r),
			d == golang && (r == '<' || r == '>' || r == '&' || r == 0x2028 || r == 0x2029):
			b = appendEscape(b, r)
		case d == golang && (isSurrogate(r) || r == utf8.RuneError && n == 1):
			b = appendEscape(b, utf8.RuneError)
		case d == python && r > 0xffff:
			b = appendEscape(b, 0xd800+(r-0x10000)>>10)
			b = appendEscape(b, 0xdc00+(r-0x10000)&0x3ff)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

func appendEscape(b []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	return append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

func isSurrogate(r rune) bool { return 0xd800 <= r && r <= 0xdfff }

// decodeRune also decodes a lone surrogate, which JSON text can name and UTF-8
// has no form for; ParseJSON gives it the three bytes it would have.
func decodeRune(s string) (rune, int) {
	if len(s) >= 3 && s[0] == 0xed && 0xa0 <= s[1] && s[1] <= 0xbf && 0x80 <= s[2] && s[2] <= 0xbf {
		return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), 3
	}
	return utf8.DecodeRuneInString(s)
}
