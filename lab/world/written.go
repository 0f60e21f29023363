package world

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/event"
)

// repeated expands "repeat N TEXT": TEXT N times, with %d counting from 0.
func repeated(text string) (string, error) {
	rest, ok := strings.CutPrefix(text, "repeat ")
	if !ok {
		return text, nil
	}
	count, what, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > 400 || what == "" {
		return "", fmt.Errorf("want \"repeat N TEXT\" with N from 1 to 400, got %q", event.Quoted(text))
	}
	if n*len(what) > 2*maxValue { // %d is at least half as long when it is written out
		return strings.Repeat(" ", maxValue), nil // too long for any page
	}
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(what, "%d", strconv.Itoa(i)) + "\n")
	}
	return b.String(), nil
}

// written returns the values in a page's links and forms.
func written(text string) (values []string) {
	query := func(ref string) {
		if u, err := url.Parse(ref); err == nil {
			for pair := range strings.SplitSeq(u.RawQuery, "&") {
				name, value, _ := strings.Cut(pair, "=")
				if value, err := url.QueryUnescape(value); err == nil && couldBeKey(name, value) {
					values = append(values, value)
				}
			}
		}
	}
	d := readDocument(&arrival{url: &url.URL{}, body: text}, place{})
	if _, ref, ok := refreshOf(d.refresh); ok {
		query(ref)
	}
	for _, l := range d.links {
		query(l.href)
	}
	for _, l := range d.loads {
		query(l.src)
	}
	for _, f := range d.forms {
		query(f.action)
		for i := range f.controls {
			if c := &f.controls[i]; !c.off && c.name != "" && c.kind != kindList && couldBeKey(c.name, c.value) {
				values = append(values, c.value)
			}
		}
	}
	return values
}

// couldBeKey reports whether a field may carry a session key: not what the
// shop's other fields are for, and no text with markup or attributes in it.
func couldBeKey(name, value string) bool {
	return !slices.Contains([]string{"user", "password", "item", "to", "amount", "q", "name"}, name) &&
		value != "" && !strings.ContainsAny(value, "<>; ")
}
