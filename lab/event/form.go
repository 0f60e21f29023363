package event

import (
	"net/url"
	"strings"
)

// A Field is one name and value that a form submits.
type Field struct{ Name, Value string }

// Encode returns the fields as a form sends them.
func Encode(fields []Field) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(f.Name) + "=" + url.QueryEscape(f.Value))
	}
	return b.String()
}

// FormOf returns the fields of a request's body.
func FormOf(sent *Event) []Field { return FieldsOf(sent.Message.Form) }

// FieldsOf returns the fields of a text that is encoded as a form.
func FieldsOf(text string) []Field {
	if text == "" {
		return nil
	}
	var fields []Field
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, _ = url.QueryUnescape(name)
		value, _ = url.QueryUnescape(value)
		fields = append(fields, Field{name, value})
	}
	return fields
}
