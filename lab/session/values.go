package session

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/codec"
)

// A Field is one name and value of a session.
type Field struct{ Name, Value string }

// Values are a session's data, in the order in which they were first set.
type Values []Field

// Between stands between the items of a list that is a value.
const Between = ", "

// Names of values that every profile uses.
const (
	User  = "user_id" // whose session it is, once somebody has logged in
	CSRF  = "csrf"    // the secret that the anti-CSRF token of a form is made of
	Bound = "bound_"  // begins those that say what the session is bound to
)

// Get returns the value of name, "" if it has none.
func (v Values) Get(name string) string {
	for _, f := range v {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// With returns v with name set to value. It does not change v.
func (v Values) With(name, value string) Values {
	v = slices.Clone(v)
	for i := range v {
		if v[i].Name == name {
			v[i].Value = value
			return v
		}
	}
	return append(v, Field{name, value})
}

// Without returns v without name. It does not change v.
func (v Values) Without(name string) Values {
	return slices.DeleteFunc(slices.Clone(v), func(f Field) bool { return f.Name == name })
}

// JSON returns v as a JSON object: no spaces, ASCII only, in order. These are
// the bytes of Python's json.dumps(v, separators=(",", ":")), which Django
// signs (django/core/signing.py, JSONSerializer).
func (v Values) JSON() string {
	var b strings.Builder
	b.WriteByte('{')
	for i, f := range v {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(codec.PythonString(f.Name) + ":" + codec.PythonString(f.Value))
	}
	b.WriteByte('}')
	return b.String()
}

// ParseValues parses a JSON object. A value that is not a string becomes the text
// that fmt.Sprint has for it. An error says what is wrong with text.
func ParseValues(text string) (Values, error) {
	v, err := codec.ParseJSON(text)
	if err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	object, ok := v.(codec.Object)
	if !ok {
		return nil, fmt.Errorf("session: %q is not a JSON object", text)
	}
	var values Values
	for _, m := range object {
		s, ok := m.Value.(string)
		if !ok {
			s = fmt.Sprint(m.Value)
		}
		values = values.With(m.Key, s)
	}
	return values, nil
}
