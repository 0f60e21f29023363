package codec

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"strconv"
)

// This file writes and reads the two types of encoding/gob that gorilla/sessions
// puts into cookies, without reflection: a string (FilesystemStore's id), and a
// map[interface{}]interface{} of basic types (CookieStore's Values).

// The type ids of encoding/gob, type.go. 64 is what the first composite type of
// a process gets, as the session's map is in a program that sends no other.
const (
	gobBool      = 1
	gobInt       = 2
	gobUint      = 3
	gobFloat     = 4
	gobBytes     = 5
	gobString    = 6
	gobInterface = 8
	gobFirstUser = 64
)

// GobMapType is the message that precedes every map: it defines type 64 as a map
// of interface to interface.
var GobMapType = string([]byte{0x0d, 0x7f, 0x04, 0x01, 0x02, 0xff, 0x80, 0x00, 0x01, 0x10, 0x01, 0x10, 0x00, 0x00})

// GobEncode writes v as a new encoding/gob.Encoder does. v is a string, or an
// Object that stands for a map[interface{}]interface{} with string keys,
// whose order the real library leaves to chance, and whose values may be nil,
// string, bool, int, int64, Int (an int), uint64 (a uint), float64 and []byte.
// It panics for any other type.
func GobEncode(v any) string {
	if s, ok := v.(string); ok {
		return gobMessage(gobString, append([]byte{0}, gobText(s)...))
	}
	o, ok := v.(Object)
	if !ok {
		panic("codec: neither a string nor an Object to encode")
	}
	body := gobAppendUint([]byte{0}, uint64(len(o)))
	for _, m := range o {
		body = gobAppendAny(body, m.Key)
		body = gobAppendAny(body, m.Value)
	}
	return GobMapType + gobMessage(gobFirstUser, body)
}

func gobMessage(id int64, body []byte) string {
	body = append(gobAppendInt(nil, id), body...)
	return string(append(gobAppendUint(nil, uint64(len(body))), body...))
}

// gobAppendAny writes an interface value: the name of its type, the type's id,
// and the value with its length before it.
func gobAppendAny(b []byte, v any) []byte {
	var (
		name string
		id   int64
		body = []byte{0}
	)
	switch v := v.(type) {
	case nil:
		return append(b, 0)
	case string:
		name, id, body = "string", gobString, append(body, gobText(v)...)
	case bool:
		name, id = "bool", gobBool
		if v {
			body = append(body, 1)
		} else {
			body = append(body, 0)
		}
	case int:
		name, id, body = "int", gobInt, gobAppendInt(body, int64(v))
	case Int:
		n, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil {
			panic("codec: an Int that fits no int")
		}
		name, id, body = "int", gobInt, gobAppendInt(body, n)
	case int64:
		name, id, body = "int64", gobInt, gobAppendInt(body, v)
	case uint64:
		name, id, body = "uint", gobUint, gobAppendUint(body, v)
	case float64:
		name, id, body = "float64", gobFloat, gobAppendUint(body, bits.ReverseBytes64(math.Float64bits(v)))
	case []byte:
		name, id, body = "[]uint8", gobBytes, append(body, gobText(string(v))...)
	default:
		panic("codec: a value that a session cookie cannot hold")
	}
	b = append(b, gobText(name)...)
	b = gobAppendInt(b, id)
	b = gobAppendUint(b, uint64(len(body)))
	return append(b, body...)
}

func gobText(s string) []byte { return append(gobAppendUint(nil, uint64(len(s))), s...) }

// gobAppendUint writes n below 128 as it is, else the negated count of its
// bytes and those bytes.
func gobAppendUint(b []byte, n uint64) []byte {
	if n < 0x80 {
		return append(b, byte(n))
	}
	var be [8]byte
	binary.BigEndian.PutUint64(be[:], n)
	skip := bits.LeadingZeros64(n) / 8
	return append(append(b, byte(skip-8)), be[skip:]...)
}

// gobAppendInt puts the sign into the lowest bit.
func gobAppendInt(b []byte, n int64) []byte {
	if n < 0 {
		return gobAppendUint(b, uint64(^n)<<1|1)
	}
	return gobAppendUint(b, uint64(n)<<1)
}

var errGob = errors.New("gob: not a value that a session cookie holds")

// GobDecode reads what GobEncode writes, and returns a string or an Object. An int
// is returned as int, every other integer as int64 or uint64. Gob of any other
// type is an error.
func GobDecode(data string) (any, error) {
	r := GobReader{Data: data}
	isMap := false
	for {
		m := GobReader{Data: r.Text()}
		id := m.Int()
		switch {
		case r.Bad || m.Bad:
			return nil, errGob
		case id == -gobFirstUser:
			if data[:min(len(data), len(GobMapType))] != GobMapType {
				return nil, errGob
			}
			isMap = true
			continue
		case id == gobString:
			m.Zero()
			s := m.Text()
			return s, m.end()
		case id == gobFirstUser && isMap:
			m.Zero()
			o := Object{}
			for n := m.Uint(); n > 0 && !m.Bad; n-- {
				key, ok := m.Any().(string)
				m.Bad = m.Bad || !ok
				o = append(o, Member{key, m.Any()})
			}
			if err := m.end(); err != nil {
				return nil, err
			}
			return o, nil
		}
		return nil, errGob
	}
}

// A GobReader reads the parts of a message from the front of Data. After an error
// Bad is true and every method returns a zero value.
type GobReader struct {
	Data string
	Bad  bool
}

func (r *GobReader) take(n uint64) string {
	if r.Bad || n > uint64(len(r.Data)) {
		r.Bad = true
		return ""
	}
	s := r.Data[:n]
	r.Data = r.Data[n:]
	return s
}

func (r *GobReader) end() error {
	if r.Bad || r.Data != "" {
		return errGob
	}
	return nil
}

// Uint reads an unsigned integer.
func (r *GobReader) Uint() uint64 {
	s := r.take(1)
	if r.Bad {
		return 0
	}
	if s[0] < 0x80 {
		return uint64(s[0])
	}
	size := -int(int8(s[0]))
	if size > 8 {
		r.Bad = true
		return 0
	}
	n := uint64(0)
	for _, c := range []byte(r.take(uint64(size))) {
		n = n<<8 | uint64(c)
	}
	return n
}

// Int reads a signed integer.
func (r *GobReader) Int() int64 {
	n := r.Uint()
	if n&1 != 0 {
		return ^int64(n >> 1)
	}
	return int64(n >> 1)
}

// Text reads a string or a nested message with its length before it.
func (r *GobReader) Text() string { return r.take(r.Uint()) }

// Zero reads the zero byte before a value that is not a struct.
func (r *GobReader) Zero() { r.Bad = r.take(1) != "\x00" || r.Bad }

// Any reads an interface value of a basic type.
func (r *GobReader) Any() any {
	name := r.Text()
	if name == "" {
		return nil
	}
	id := r.Int()
	body := GobReader{Data: r.Text(), Bad: r.Bad}
	body.Zero()
	var v any
	switch id {
	case gobString:
		v = body.Text()
	case gobBool:
		v = body.Uint() != 0
	case gobInt:
		if n := body.Int(); name == "int" {
			v = int(n)
		} else {
			v = n
		}
	case gobUint:
		v = body.Uint()
	case gobFloat:
		v = math.Float64frombits(bits.ReverseBytes64(body.Uint()))
	case gobBytes:
		v = []byte(body.Text())
	default:
		body.Bad = true
	}
	r.Bad = r.Bad || body.end() != nil
	return v
}
