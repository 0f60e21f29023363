package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
)

// elem returns an element. The page makes every element of this one type:
// each of go-app's own adds some kilobytes to the wasm.
func elem(tag string) app.HTMLElem { return app.Elem(tag) }

// node returns an element with those attributes, each written name=value. An
// attribute without a value is left out.
func node(tag string, attrs ...string) app.HTMLElem { return with(app.Elem(tag), attrs...) }

// with gives e those attributes.
func with(e app.HTMLElem, attrs ...string) app.HTMLElem {
	for _, a := range attrs {
		name, value, _ := strings.Cut(a, "=")
		e = e.Attr(name, value)
	}
	return e
}

// yes writes an attribute that is true or false.
func yes(b bool) string { return strconv.FormatBool(b) }

// el returns an element with that class and body.
func el(tag, class string, body ...app.UI) app.HTMLElem {
	return app.Elem(tag).Class(class).Body(append([]app.UI(nil), body...)...)
}

// txt returns an element with that class and text.
func txt(tag, class, text string) app.HTMLElem {
	return app.Elem(tag).Class(class).Body(app.Text(text))
}

// when returns f's element, or nothing.
func when(ok bool, f func() app.UI) app.UI {
	if !ok {
		return nil
	}
	return f()
}

// each returns f of every index below n.
func each(n int, f func(i int) app.UI) []app.UI {
	out := make([]app.UI, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// svg returns an SVG element; without the namespace a browser draws nothing.
func svg(tag string) app.HTMLElem { return app.Elem(tag).XMLNS("http://www.w3.org/2000/svg") }

// icons are drawn on 16 by 16, filled.
var icons = map[string]string{
	"first":    "M3 3h2v10H3zM13 3v10L6 8z",
	"back":     "M11 3v10L4 8z",
	"play":     "M4 2.5v11L13.5 8z",
	"pause":    "M4 3h3v10H4zM9 3h3v10H9z",
	"forward":  "M5 3v10l7-5z",
	"last":     "M11 3h2v10h-2zM3 3v10l7-5z",
	"hijacked": "M4.2 2.5 8 6.3l3.8-3.8 1.7 1.7L9.7 8l3.8 3.8-1.7 1.7L8 9.7l-3.8 3.8-1.7-1.7L6.3 8 2.5 4.2z",
	"defended": "M6.4 12.9 1.9 8.4l1.7-1.7 2.8 2.8 6-6.2 1.7 1.7z",
	"broken":   "M8 1.2 15.5 14.5H.5zM7 6v4.2h2V6zm0 5.2v1.8h2v-1.8z",
	"trapped":  "M6 2 2 6l4 4V7.2h3.5a2 2 0 0 1 0 4H5v2h4.5a4 4 0 0 0 0-8.2H6z",
	"nothing":  "M2 6.8h12v2.4H2z",
	"attacker": "M8 1a3.4 3.4 0 0 1 3.2 2.3H13v1.4h-1.7A3.4 3.4 0 0 1 4.7 4.7H3V3.3h1.8A3.4 3.4 0 0 1 8 1M2 15c0-3.5 2.5-6 6-6s6 2.5 6 6z",
	"victim":   "M8 1.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4m0 1.6a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2M2 15c0-3.5 2.5-6 6-6s6 2.5 6 6zm1.8-1.6h8.4A4.2 4.2 0 0 0 8 10.6a4.2 4.2 0 0 0-4.2 2.8",
	"server":   "M2 2h12v5H2zm2 1.8v1.4h1.6V3.8zM2 9h12v5H2zm2 1.8v1.4h1.6v-1.4z",
	"close":    "M4.2 2.8 8 6.6l3.8-3.8 1.4 1.4L9.4 8l3.8 3.8-1.4 1.4L8 9.4l-3.8 3.8-1.4-1.4L6.6 8 2.8 4.2z",
}

// icon draws an icon as large as the text, also without the style sheet.
func icon(name string) app.UI {
	return svg("svg").Class("icon").Attr("width", "1em").Attr("height", "1em").Attr("viewBox", "0 0 16 16").Attr("aria-hidden", "true").Attr("focusable", "false").Body(
		svg("path").Attr("fill-rule", "evenodd").Attr("d", icons[name]),
	)
}

// The chips' shapes. Each goes with a border and a colour of its own, in the
// style sheet.
var shapes = [...]string{"▲", "●", "■", "◆"}

// chip shows a session key by its number: the same key looks the same everywhere.
func chip(n int) app.UI {
	k := (n - 1) % len(shapes)
	return el("span", "chip k"+strconv.Itoa(k+1),
		node("span", "aria-hidden=true").Text(shapes[k]),
		app.Text("K"+strconv.Itoa(n)),
	)
}

// rich shows text with a chip for every session key in it, and with the middle
// left out of words too long to read.
func rich(keys []string, text string) []app.UI {
	var out []app.UI
	for _, p := range words.Pieces(keys, text) {
		if p.Key > 0 {
			out = append(out, chip(p.Key))
		} else {
			out = append(out, app.Text(words.Short(p.Text)))
		}
	}
	return out
}

// full is rich with nothing left out.
func full(keys []string, text string) []app.UI {
	var out []app.UI
	for _, p := range words.Pieces(keys, text) {
		if p.Key > 0 {
			out = append(out, chip(p.Key))
		} else {
			out = append(out, app.Text(p.Text))
		}
	}
	return out
}

// tag marks what is new or has changed, in words.
func tag(c words.Change) app.UI {
	return txt("span", "tag tag-"+string(c), string(c))
}

// stepLink is a link to a step of the run that link, "1/lesson/switches/n" and
// perhaps "/setup", is about.
func stepLink(link string, frame int, text string) app.HTMLElem {
	return node("a", "href=#"+page.StepOf(link, frame)).Text(text)
}
