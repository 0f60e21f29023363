package codec

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep the values may nest that ParseJSON accepts.
const maxDepth = 200

// ParseJSON parses JSON text as Python's json.loads does: a key that comes twice
// keeps its first place and its last value, NaN and Infinity are numbers, and a
// number is an Int unless it has a point or an exponent, then a float64. The other
// values are nil, bool, string, []any and Object. Half a surrogate pair becomes
// three bytes that are not valid UTF-8. Values may nest 200 deep. An error names
// the byte at which the text is wrong.
func ParseJSON(text string) (any, error) { return parse(parser{text: text}) }

// A Placed is a value with the byte at which it begins.
type Placed struct {
	At    int
	Value any
}

// ParseJSONPlaces parses as ParseJSON does, and says of every value where it begins: what
// it returns, and what []any and Object hold, is Placed. A key that comes twice is an error.
func ParseJSONPlaces(text string) (Placed, error) {
	v, err := parse(parser{text: text, places: true})
	p, _ := v.(Placed)
	return p, err
}

// A SyntaxError is what is wrong with JSON text, and at which byte.
type SyntaxError struct {
	Says string
	At   int
}

func (e SyntaxError) Error() string { return "json: " + e.Says + " at byte " + strconv.Itoa(e.At) }

func parse(p parser) (any, error) {
	v, err := p.value(0)
	if err == nil {
		if p.space(); p.at < len(p.text) {
			err = p.fail("extra data")
		}
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// A Span is where a member of an object stands in JSON text: its key, colon and
// value are the bytes From to To.
type Span struct {
	Key      string
	From, To int
}

// Spans returns where the members of an object stand in text, in order, a key
// that comes twice each time. It returns nil when text is not an object that
// ParseJSON accepts.
func Spans(text string) []Span {
	if _, err := ParseJSON(text); err != nil {
		return nil
	}
	p := parser{text: text}
	if p.space(); !p.take("{") {
		return nil
	}
	var out []Span
	for p.space(); !p.take("}"); p.space() {
		p.take(",")
		p.space()
		from := p.at
		key, _ := p.value(0)
		p.space()
		p.take(":")
		p.value(0)
		name, _ := key.(string)
		out = append(out, Span{name, from, p.at})
	}
	return out
}

// A parser is a position in JSON text.
type parser struct {
	text   string
	at     int
	places bool // values are Placed
}

func (p *parser) fail(what string) error { return SyntaxError{what, p.at} }

func (p *parser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) take(s string) bool {
	if !strings.HasPrefix(p.text[p.at:], s) {
		return false
	}
	p.at += len(s)
	return true
}

func (p *parser) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, p.fail("too deep")
	}
	p.space()
	at := p.at
	v, err := p.bare(depth)
	if p.places && err == nil {
		v = Placed{at, v}
	}
	return v, err
}

func (p *parser) bare(depth int) (any, error) {
	switch {
	case p.take("{"):
		return p.object(depth)
	case p.take("["):
		return p.array(depth)
	case p.take(`"`):
		return p.string()
	case p.take("null"):
		return nil, nil
	case p.take("true"):
		return true, nil
	case p.take("false"):
		return false, nil
	case p.take("NaN"):
		return math.NaN(), nil
	case p.take("Infinity"):
		return math.Inf(1), nil
	case p.take("-Infinity"):
		return math.Inf(-1), nil
	}
	return p.number()
}

func (p *parser) object(depth int) (any, error) {
	o := Object{}
	place := map[string]int{}
	if p.space(); p.take("}") {
		return o, nil
	}
	for {
		if p.space(); !p.take(`"`) {
			return nil, p.fail("no key")
		}
		key, err := p.string()
		if err != nil {
			return nil, err
		}
		if _, ok := place[key]; ok && p.places {
			return nil, p.fail("a key that came before")
		}
		if p.space(); !p.take(":") {
			return nil, p.fail("no colon")
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if i, ok := place[key]; ok {
			o[i].Value = v
		} else {
			place[key] = len(o)
			o = append(o, Member{key, v})
		}
		if p.space(); p.take("}") {
			return o, nil
		}
		if !p.take(",") {
			return nil, p.fail("no comma")
		}
	}
}

func (p *parser) array(depth int) (any, error) {
	a := []any{}
	if p.space(); p.take("]") {
		return a, nil
	}
	for {
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
		if p.space(); p.take("]") {
			return a, nil
		}
		if !p.take(",") {
			return nil, p.fail("no comma")
		}
	}
}

// string reads the rest of a string whose first quote is taken.
func (p *parser) string() (string, error) {
	var b []byte
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		switch {
		case c == '"':
			return string(b), nil
		case c < ' ':
			return "", p.fail("a control character")
		case c != '\\':
			b = append(b, c)
			continue
		case p.at == len(p.text):
			return "", p.fail("no end of string")
		}
		c = p.text[p.at]
		p.at++
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
		if low := p.at; 0xd800 <= r && r < 0xdc00 && p.take(`\u`) {
			if r2, ok := p.hex4(); ok && 0xdc00 <= r2 && r2 < 0xe000 {
				r = 0x10000 + (r-0xd800)<<10 + r2 - 0xdc00
			} else {
				p.at = low
			}
		}
		b = appendRune(b, r)
	}
	return "", p.fail("no end of string")
}

func (p *parser) hex4() (rune, bool) {
	if len(p.text)-p.at < 4 {
		return 0, false
	}
	r := rune(0)
	for i := range 4 {
		d := Unhex(p.text[p.at+i])
		if d < 0 {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	p.at += 4
	return r, true
}

// Unhex returns the value of a hexadecimal digit, -1 for any other byte.
func Unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// appendRune appends r in UTF-8, and half a surrogate pair, which Python strings
// can hold, in the three bytes that UTF-8 would have for it.
func appendRune(b []byte, r rune) []byte {
	if isSurrogate(r) {
		return append(b, 0xed, 0x80|byte(r>>6&0x3f), 0x80|byte(r&0x3f))
	}
	return utf8.AppendRune(b, r)
}

func (p *parser) number() (any, error) {
	from := p.at
	p.take("-")
	switch {
	case p.take("0"):
	case !p.digits():
		p.at = from
		return nil, p.fail("no value")
	}
	whole := p.at
	if mark := p.at; p.take(".") && !p.digits() {
		p.at = mark
	}
	if mark := p.at; p.take("e") || p.take("E") {
		if !p.take("+") {
			p.take("-")
		}
		if !p.digits() {
			p.at = mark
		}
	}
	if p.at == whole {
		if p.text[from:p.at] == "-0" {
			return Int("0"), nil
		}
		return Int(p.text[from:p.at]), nil
	}
	f, _ := strconv.ParseFloat(p.text[from:p.at], 64) // out of range is infinite, as in Python
	return f, nil
}

func (p *parser) digits() bool {
	from := p.at
	for p.at < len(p.text) && '0' <= p.text[p.at] && p.text[p.at] <= '9' {
		p.at++
	}
	return p.at > from
}
