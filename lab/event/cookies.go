package event

import "strings"

// A Pair is one cookie of a request: its text, and the value as a server
// reads it.
type Pair struct{ Text, Value string }

// Name returns the cookie's name as a server reads it.
func (p Pair) Name() string {
	name, _, ok := strings.Cut(p.Text, "=")
	if !ok {
		return ""
	}
	return name
}

// CookiesOf returns the cookies of a request in the order they were sent.
func CookiesOf(sent *Event) []Pair {
	if sent.Message.Cookies == "" {
		return nil
	}
	var pairs []Pair
	for text := range strings.SplitSeq(sent.Message.Cookies, "; ") {
		_, value, ok := strings.Cut(text, "=")
		if !ok {
			value = text
		}
		pairs = append(pairs, Pair{text, Unquoted(value)})
	}
	return pairs
}

// Unquoted returns a cookie's value as every server here reads it: without the
// double quotes that it stands in (RFC 6265, 4.1.1).
func Unquoted(value string) string {
	if n := len(value); n > 1 && value[0] == '"' && value[n-1] == '"' {
		return value[1 : n-1]
	}
	return value
}

// ValueOf returns the value of a cookie line.
func ValueOf(line string) string {
	pair, _, _ := strings.Cut(line, ";")
	name, value, ok := strings.Cut(pair, "=")
	if !ok {
		value = pair
	} else if strings.Trim(name, " \t") == "" { // nameless: on the wire it may read like another
		if _, inner, ok := strings.Cut(value, "="); ok {
			value = inner
		}
	}
	return strings.Trim(value, " \t")
}

// WireOf returns the text that a cookie line makes in a Cookie header.
func WireOf(line string) string {
	pair, _, _ := strings.Cut(line, ";")
	name, value, ok := strings.Cut(pair, "=")
	if name, value = strings.Trim(name, " \t"), strings.Trim(value, " \t"); !ok {
		return name
	} else if name == "" {
		return value
	}
	return name + "=" + value
}
