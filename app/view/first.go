//go:build !wasm

package view

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// First returns the page's first view as HTML: the bet of the first lesson, which is
// in the site before the wasm has arrived.
func First() string {
	m, _ := page.Start("", page.Settings{Letters: true})
	return written(face(m))
}

// written returns ui as HTML, the same at every time. go-app writes attributes in any
// order and their values as Go does, with a backslash before a quote, and leaves the value
// "true" out, which aria attributes need.
func written(ui app.UI) string {
	var out strings.Builder
	rest := app.HTMLString(ui)
	for {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			out.WriteString(rest)
			return out.String()
		}
		out.WriteString(rest[:i])
		rest = writeTag(&out, rest[i:])
	}
}

// writeTag writes the tag that rest begins with, and returns what comes after it.
func writeTag(out *strings.Builder, rest string) (after string) {
	i := strings.IndexAny(rest, " >")
	out.WriteString(rest[:i])
	rest = rest[i:]
	var attributes []string
	for rest[0] == ' ' {
		i := 1 + strings.IndexAny(rest[1:], "= >")
		a := rest[:i]
		switch rest = rest[i:]; {
		case rest[0] == '=':
			quoted, err := strconv.QuotedPrefix(rest[1:])
			if err != nil {
				panic("the page: an attribute that go-app did not write: " + rest[:min(len(rest), 40)])
			}
			value, _ := strconv.Unquote(quoted)
			a += `="` + html.EscapeString(value) + `"`
			rest = rest[1+len(quoted):]
		case strings.HasPrefix(a, " aria-"):
			a += `="true"`
		}
		attributes = append(attributes, a)
	}
	slices.Sort(attributes)
	out.WriteString(strings.Join(attributes, ""))
	return rest
}
