package world

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// breakout are the start tags that end svg and math (HTML 13.2.6.5).
var breakout = []string{"b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var"}

// foreign are the open elements of svg and math, outermost first. The zero value
// is a page outside both.
type foreign []string

// annotation is an annotation-xml whose content is HTML.
const annotation = "annotation-xml of HTML"

// inside reports whether the next tag is one of svg or math, where no element has
// raw text: it is not directly in an element whose content is HTML again (HTML
// 13.2.6.5, integration points).
func (f foreign) inside() bool {
	return len(f) > 0 && !f.integrates()
}

// integrates reports whether the content of the innermost element is HTML.
func (f foreign) integrates() bool {
	switch f[len(f)-1] {
	case "foreignobject", "desc", "title":
		return f.svg()
	case "mi", "mo", "mn", "ms", "mtext", annotation:
		return !f.svg()
	}
	return false
}

// svg reports whether the innermost element is of svg, and not of math.
func (f foreign) svg() bool {
	for i := len(f) - 1; i >= 0; i-- {
		if f[i] == "svg" || f[i] == "math" {
			return f[i] == "svg"
		}
	}
	return false
}

// start reads a start tag with this encoding, and reports whether its element is
// of svg or math.
func (f *foreign) start(z *html.Tokenizer, tag, encoding string, closed bool) bool {
	if f.inside() && slices.Contains(breakout, tag) {
		for f.inside() {
			*f = (*f)[:len(*f)-1]
		}
	}
	if !f.inside() && tag != "svg" && tag != "math" {
		return false
	}
	z.NextIsNotRawText()
	if tag == "annotation-xml" && (strings.EqualFold(encoding, "text/html") || strings.EqualFold(encoding, "application/xhtml+xml")) {
		tag = annotation
	}
	if !closed {
		*f = append(*f, tag)
	}
	z.AllowCDATA(f.inside())
	return true
}

// end reads an end tag.
func (f *foreign) end(z *html.Tokenizer, tag string) {
	if f.inside() && (tag == "p" || tag == "br") {
		for f.inside() {
			*f = (*f)[:len(*f)-1]
		}
	}
	for i := len(*f) - 1; i >= 0; i-- {
		if (*f)[i] == tag || (*f)[i] == annotation && tag == "annotation-xml" {
			*f = (*f)[:i]
			break
		}
	}
	z.AllowCDATA(f.inside())
}
