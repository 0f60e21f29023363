package event

import (
	"net/url"
	"strings"
)

// A Field is one name and value that a link or a form brings, and whose word the
// value is: that of the person who typed it or who wrote it into a page; "" when
// it is the shop's.
type Field struct{ Name, Value, By string }

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

// Decode returns the fields of a text that is encoded as a form, each the word of by.
func Decode(text, by string) []Field {
	if text == "" {
		return nil
	}
	var fields []Field
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, _ = url.QueryUnescape(name)
		value, _ = url.QueryUnescape(value)
		fields = append(fields, Field{name, value, by})
	}
	return fields
}
