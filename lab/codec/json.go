package codec

import (
	"encoding/base64"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Object is a dictionary in the order in which its keys were first set, as
// Python's dict and JavaScript's objects are.
type Object []Member

// A Member is one key of an Object with its value.
type Member struct {
	Key   string
	Value any
}

// Get returns the value of key, nil without it.
func (o Object) Get(key string) any {
	for _, m := range o {
		if m.Key == key {
			return m.Value
		}
	}
	return nil
}

// An Int is a whole number of any size, in decimal.
type Int string

// The serializers take and ParseJSON gives nil, bool, string, Int, float64,
// []any and Object. The serializers also take int, int64, uint64, []byte (as
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
		switch {
		case d == python && math.IsNaN(v):
			return append(b, "NaN"...)
		case d == python && math.IsInf(v, 1):
			return append(b, "Infinity"...)
		case d == python && math.IsInf(v, -1):
			return append(b, "-Infinity"...)
		case d == python:
			return append(b, PyFloat(v)...)
		case d == golang && v == 0 && math.Signbit(v):
			return append(b, "-0"...)
		}
		return append(b, jsFloat(v)...)
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
	panic("sign: a value that JSON has no form for")
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

// jsFloat is JavaScript's Number::toString, with null for what JSON lacks.
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

// AppendRune appends r in UTF-8; half a surrogate pair, which Python strings can
// hold, becomes the three bytes that UTF-8 has no use for.
func AppendRune(b []byte, r rune) []byte {
	if isSurrogate(r) {
		return append(b, 0xed, 0x80|byte(r>>6&0x3f), 0x80|byte(r&0x3f))
	}
	return utf8.AppendRune(b, r)
}

// maxDepth bounds the nesting that ParseJSON follows.
const maxDepth = 200

// ParseJSON reads JSON text as Python's json.loads does: a key that comes twice
// keeps its first place and its last value, NaN and Infinity are numbers, and a
// number is an Int unless it has a point or an exponent.
func ParseJSON(text string) (any, error) {
	p := Parser{Text: text}
	v, err := p.Value(0)
	if err == nil {
		if p.Space(); p.At < len(text) {
			err = p.fail("extra data")
		}
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

type Parser struct {
	Text string
	At   int
}

func (p *Parser) fail(what string) error {
	return errors.New("json: " + what + " at byte " + strconv.Itoa(p.At))
}

func (p *Parser) Space() {
	for p.At < len(p.Text) && strings.IndexByte(" \t\r\n", p.Text[p.At]) >= 0 {
		p.At++
	}
}

func (p *Parser) Take(s string) bool {
	if !strings.HasPrefix(p.Text[p.At:], s) {
		return false
	}
	p.At += len(s)
	return true
}

func (p *Parser) Value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, p.fail("too deep")
	}
	p.Space()
	switch {
	case p.Take("{"):
		return p.object(depth)
	case p.Take("["):
		return p.array(depth)
	case p.Take(`"`):
		return p.string()
	case p.Take("null"):
		return nil, nil
	case p.Take("true"):
		return true, nil
	case p.Take("false"):
		return false, nil
	case p.Take("NaN"):
		return math.NaN(), nil
	case p.Take("Infinity"):
		return math.Inf(1), nil
	case p.Take("-Infinity"):
		return math.Inf(-1), nil
	}
	return p.number()
}

func (p *Parser) object(depth int) (any, error) {
	o := Object{}
	place := map[string]int{}
	if p.Space(); p.Take("}") {
		return o, nil
	}
	for {
		if p.Space(); !p.Take(`"`) {
			return nil, p.fail("no key")
		}
		key, err := p.string()
		if err != nil {
			return nil, err
		}
		if p.Space(); !p.Take(":") {
			return nil, p.fail("no colon")
		}
		v, err := p.Value(depth + 1)
		if err != nil {
			return nil, err
		}
		if i, ok := place[key]; ok {
			o[i].Value = v
		} else {
			place[key] = len(o)
			o = append(o, Member{key, v})
		}
		if p.Space(); p.Take("}") {
			return o, nil
		}
		if !p.Take(",") {
			return nil, p.fail("no comma")
		}
	}
}

func (p *Parser) array(depth int) (any, error) {
	a := []any{}
	if p.Space(); p.Take("]") {
		return a, nil
	}
	for {
		v, err := p.Value(depth + 1)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
		if p.Space(); p.Take("]") {
			return a, nil
		}
		if !p.Take(",") {
			return nil, p.fail("no comma")
		}
	}
}

// string reads the rest of a string whose first quote is taken.
func (p *Parser) string() (string, error) {
	var b []byte
	for p.At < len(p.Text) {
		c := p.Text[p.At]
		p.At++
		switch {
		case c == '"':
			return string(b), nil
		case c < ' ':
			return "", p.fail("a control character")
		case c != '\\':
			b = append(b, c)
			continue
		case p.At == len(p.Text):
			return "", p.fail("no end of string")
		}
		c = p.Text[p.At]
		p.At++
		if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
			b = append(b, "\"\\/\b\f\n\r\t"[i])
			continue
		}
		if c != 'u' {
			return "", p.fail("an unknown escape")
		}
		r, ok := p.hex4()
		if !ok {
			return "", p.fail("a broken escape")
		}
		if low := p.At; 0xd800 <= r && r < 0xdc00 && p.Take(`\u`) {
			if r2, ok := p.hex4(); ok && 0xdc00 <= r2 && r2 < 0xe000 {
				r = 0x10000 + (r-0xd800)<<10 + r2 - 0xdc00
			} else {
				p.At = low
			}
		}
		b = AppendRune(b, r)
	}
	return "", p.fail("no end of string")
}

func (p *Parser) hex4() (rune, bool) {
	if len(p.Text)-p.At < 4 {
		return 0, false
	}
	r := rune(0)
	for i := range 4 {
		d := Unhex(p.Text[p.At+i])
		if d < 0 {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	p.At += 4
	return r, true
}

func (p *Parser) number() (any, error) {
	from := p.At
	p.Take("-")
	switch {
	case p.Take("0"):
	case !p.digits():
		p.At = from
		return nil, p.fail("no value")
	}
	whole := p.At
	if mark := p.At; p.Take(".") && !p.digits() {
		p.At = mark
	}
	if mark := p.At; p.Take("e") || p.Take("E") {
		if !p.Take("+") {
			p.Take("-")
		}
		if !p.digits() {
			p.At = mark
		}
	}
	if p.At == whole {
		if p.Text[from:p.At] == "-0" {
			return Int("0"), nil
		}
		return Int(p.Text[from:p.At]), nil
	}
	f, _ := strconv.ParseFloat(p.Text[from:p.At], 64) // out of range is infinite, as in Python
	return f, nil
}

func (p *Parser) digits() bool {
	from := p.At
	for p.At < len(p.Text) && '0' <= p.Text[p.At] && p.Text[p.At] <= '9' {
		p.At++
	}
	return p.At > from
}
