package session

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/sign"
)

// A Field is one name and value of a session.
type Field struct{ Name, Value string }

// Values are a session's data, in the order in which they were first set.
type Values []Field

// User is the name under which every profile keeps the logged-in user.
const User = "user_id"

// Get returns the value of name, or "".
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
		b.WriteString(sign.PythonString(f.Name) + ":" + sign.PythonString(f.Value))
	}
	b.WriteByte('}')
	return b.String()
}

// ParseValues reads the object that JSON writes. Values that are not strings
// are kept as their JSON text.
func ParseValues(text string) (Values, error) {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("session: %q is not a JSON object", text)
	}
	var v Values
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("session: %w", err)
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, fmt.Errorf("session: %w", err)
		}
		var s string
		if json.Unmarshal(raw, &s) != nil {
			s = string(raw)
		}
		v = v.With(name.(string), s)
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	return v, nil
}
