// Package text holds the words of the page: one file a language, en.txt the one that
// the others follow. It knows neither HTML nor the lab.
package text

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed en.txt
var english string

// T returns the text of that key. args are names of its placeholders and their values
// in turn: a placeholder is {name}, and {name|one thing|{name} things} takes the first
// form for 1 and else the second. A key that there is not is returned as it is; the
// command words finds it.
func T(key string, args ...any) string {
	t, ok := catalogue()[key]
	if !ok {
		return key
	}
	for i := 0; i+1 < len(args); i += 2 {
		t = fill(t, args[i].(string), args[i+1])
	}
	return t
}

var catalogue = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(english) {
		if key, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " = "); ok && !strings.HasPrefix(line, "#") {
			out[key] = text
		}
	}
	return out
})

// fill puts v in the place of the placeholders of that name.
func fill(t, name string, v any) string {
	value, n := "", -1
	switch v := v.(type) {
	case string:
		value = v
	case int:
		value, n = strconv.Itoa(v), v
	default:
		value = fmt.Sprint(v)
	}
	var b strings.Builder
	for {
		at := strings.Index(t, "{"+name)
		if at < 0 {
			break
		}
		end := at + closing(t[at:])
		forms := strings.Split(t[at+1:end], "|")
		b.WriteString(t[:at])
		switch {
		case forms[0] != name:
			b.WriteString(t[at : end+1])
		case len(forms) == 3 && n == 1:
			b.WriteString(fill(forms[1], name, v))
		case len(forms) == 3:
			b.WriteString(fill(forms[2], name, v))
		default:
			b.WriteString(value)
		}
		t = t[end+1:]
	}
	return b.String() + t
}

// closing returns where the brace that t begins with is closed.
func closing(t string) int {
	depth := 0
	for i, c := range t {
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(t) - 1
}
