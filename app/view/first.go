//go:build !wasm

package view

import (
	"html"
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

// written returns ui as HTML. go-app writes the values of attributes as Go does, with a
// backslash before a quote, and leaves the value "true" out, which aria attributes need.
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
	for {
		i := strings.IndexAny(rest, "\" >")
		out.WriteString(rest[:i])
		rest = rest[i:]
		switch rest[0] {
		case '>':
			return rest
		case ' ':
			name := rest[1 : 1+strings.IndexAny(rest[1:], "= >")]
			out.WriteString(" " + name)
			if rest = rest[1+len(name):]; rest[0] != '=' && strings.HasPrefix(name, "aria-") {
				out.WriteString(`="true"`)
			}
		case '"':
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				panic("the page: an attribute that go-app did not write: " + rest[:min(len(rest), 40)])
			}
			value, _ := strconv.Unquote(quoted)
			out.WriteString(`"` + html.EscapeString(value) + `"`)
			rest = rest[len(quoted):]
		}
	}
}
