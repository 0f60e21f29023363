package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"fixlab/app/text"
	"fixlab/lab/bench"
	"fixlab/lab/near"
	"fixlab/scenarios"
)

// longestLinked bounds the value that a link holds, in bytes. A longer one stays
// on the page.
const longestLinked = 1000

// link is the format and the value, where they are not those at first.
func (b Bench) link() string {
	if b.Scheme == "" {
		return ""
	}
	s := b.Picked()
	value := b.Sign[bench.FieldValue]
	switch {
	case value != s.Asks[0].Default && len(value) <= longestLinked && utf8.ValidString(value):
		return s.Slug + "/" + url.PathEscape(value)
	case s.Slug != firstScheme:
		return s.Slug
	}
	return ""
}

// read undoes link.
func (b Bench) read(parts []string, wrong *scenarios.Faults) Bench {
	slug := firstScheme
	if len(parts) > 0 {
		slug = readScheme(parts[0], wrong)
	}
	b = b.Ready().pick(slug)
	value := b.Picked().Asks[0].Default
	if len(parts) > 1 {
		switch given := parts[1]; {
		case !utf8.ValidString(given):
			wrong.Add(text.T("fault.not-utf8"))
		case len(given) > longestLinked:
			wrong.Add(text.T("fault.long-value", "n", longestLinked))
		default:
			// A text area knows one kind of line end.
			value = strings.ReplaceAll(strings.ReplaceAll(given, "\r\n", "\n"), "\r", "\n")
		}
	} else if old := b.Sign[bench.FieldValue]; len(old) > longestLinked {
		value = old // a link cannot hold it
	}
	if len(parts) > 2 {
		wrong.Add(text.T("fault.parts-three"))
	}
	return b.withValue(value)
}

// readScheme returns the format of that slug, or the nearest.
func readScheme(slug string, wrong *scenarios.Faults) string {
	if bench.SchemeBySlug(slug) != nil {
		return slug
	}
	wrong.Add(text.T("fault.no-format", "format", quote(slug)))
	var slugs []string
	for _, s := range bench.Schemes {
		slugs = append(slugs, s.Slug)
	}
	if all := near.Match(slug, slugs); len(all) > 0 {
		return near.Closest(slug, all)
	}
	return firstScheme
}

// withValue returns b with another value to sign. A text to verify that is no
// more than what was signed is signed anew.
func (b Bench) withValue(value string) Bench {
	if value == b.Sign[bench.FieldValue] {
		return b
	}
	before, err := b.Made()
	b.Sign[bench.FieldValue] = value
	if after, bad := b.Made(); err == nil && bad == nil && before.Text == b.Text {
		b.Text, b.Check[bench.FieldValue] = after.Text, value
	}
	return b
}
