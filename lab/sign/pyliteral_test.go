package sign

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fixlab/lab/codec"
)

// pyLiteral reads the Python repr of what a Flask session may hold.
func pyLiteral(text string) (v any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("Python literal %s: %v", text, r)
		}
	}()
	p := &pyReader{text}
	v = p.value()
	if p.space(); p.rest != "" {
		panic("trailing " + p.rest)
	}
	return v, nil
}

type pyReader struct{ rest string }

func (p *pyReader) space() { p.rest = strings.TrimLeft(p.rest, " \n") }

func (p *pyReader) take(s string) bool {
	p.space()
	rest, ok := strings.CutPrefix(p.rest, s)
	p.rest = rest
	return ok
}

// list reads values up to end.
func (p *pyReader) list(end string) (out []any, comma bool) {
	out = []any{}
	for !p.take(end) {
		out = append(out, p.value())
		comma = p.take(",")
	}
	return out, comma
}

func (p *pyReader) value() any {
	switch {
	case p.take("None"):
		return nil
	case p.take("True"):
		return true
	case p.take("False"):
		return false
	case p.take("{"):
		o := codec.Object{}
		for !p.take("}") {
			key := p.value().(string)
			if !p.take(":") {
				panic("no colon")
			}
			o = append(o, codec.Member{Key: key, Value: p.value()})
			p.take(",")
		}
		return o
	case p.take("["):
		l, _ := p.list("]")
		return l
	case p.take("("):
		l, comma := p.list(")")
		if len(l) == 1 && !comma {
			return l[0]
		}
		return codec.Tuple(l)
	case p.take("datetime.datetime("):
		var n [7]int
		for i := 0; !p.take(")"); i++ {
			if p.take("tzinfo=datetime.timezone.utc") {
				continue
			}
			n[i], _ = strconv.Atoi(string(p.value().(codec.Int)))
			p.take(",")
		}
		return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6]*1000, time.UTC)
	case p.take("UUID("), p.take("uuid.UUID("):
		l, _ := p.list(")")
		var u codec.UUID
		if _, err := hex.Decode(u[:], []byte(strings.ReplaceAll(l[0].(string), "-", ""))); err != nil {
			panic(err)
		}
		return u
	case p.take("Markup("), p.take("markupsafe.Markup("):
		l, _ := p.list(")")
		return codec.Markup(l[0].(string))
	case p.take("b'"):
		return []byte(p.quoted('\'', true))
	case p.take(`b"`):
		return []byte(p.quoted('"', true))
	case p.take("'"):
		return p.quoted('\'', false)
	case p.take(`"`):
		return p.quoted('"', false)
	}
	n := strings.IndexAny(p.rest+",", ",]})")
	word := strings.TrimSpace(p.rest[:n])
	p.rest = p.rest[n:]
	v, err := codec.ParseJSON(strings.NewReplacer("inf", "Infinity", "nan", "NaN").Replace(word))
	if err != nil {
		panic(err)
	}
	return v
}

// quoted reads the rest of a string up to its closing quote.
func (p *pyReader) quoted(quote byte, bytes bool) string {
	var b []byte
	for p.rest[0] != quote {
		c := p.rest[0]
		p.rest = p.rest[1:]
		if c != '\\' {
			b = append(b, c)
			continue
		}
		c = p.rest[0]
		p.rest = p.rest[1:]
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		if digits == 0 {
			if i := strings.IndexByte("nrt", c); i >= 0 {
				c = "\n\r\t"[i]
			}
			b = append(b, c)
			continue
		}
		n, err := strconv.ParseUint(p.rest[:digits], 16, 32)
		if err != nil {
			panic(err)
		}
		p.rest = p.rest[digits:]
		if bytes {
			b = append(b, byte(n))
		} else {
			b = append(b, codePoint(rune(n))...)
		}
	}
	p.rest = p.rest[1:]
	return string(b)
}

// codePoint is r in UTF-8, and half a surrogate pair as package codec has it.
func codePoint(r rune) string {
	if r > 0xffff {
		return string(r)
	}
	text, _ := codec.ParseJSON(fmt.Sprintf(`"\\u%04x"`, r))
	return text.(string)
}
