package view

import (
	"net/url"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab/event"
)

// pageView draws the page that a browser shows, as such a page looks. keys are the
// run's session keys, each of which becomes a chip. Every word of the page is a text
// node: nothing of it is ever read as HTML, and nothing in it can be used.
func pageView(of window, b event.Browser) app.UI {
	w := website{keys: of.Trace.Keys, blocks: b.Page, of: of, shown: b}
	if u, err := url.Parse(b.URL); err == nil && u.Hostname() == event.ShopHost {
		return w.ui("shop", el("p", "mark", shopMark(), app.Text("Shop")))
	}
	return w.ui("blog")
}

// siteView draws the blocks of a page below what stands at its head.
func siteView(kind string, keys []string, page []event.Block, head ...app.UI) app.UI {
	w := website{keys: keys, blocks: page, shown: event.Browser{Page: page}}
	return w.ui(kind, head...)
}

func (w *website) ui(kind string, head ...app.UI) app.UI {
	class := "site " + kind
	for i := range w.blocks {
		if isDetail(&w.blocks[i]) {
			class = "site " + kind + " account"
		}
	}
	for len(w.blocks) > 0 {
		head = append(head, w.next())
	}
	return el("div", class, head...)
}

// A website is a page that is being drawn: the blocks that are left.
type website struct {
	keys   []string
	blocks []event.Block
	of     window
	shown  event.Browser
}

// at is the index of the first block that is left.
func (w *website) at() int { return len(w.shown.Page) - len(w.blocks) }

// next draws what comes next, and takes its blocks away.
func (w *website) next() app.UI {
	switch b := &w.blocks[0]; {
	case b.Form != 0:
		at := w.at()
		form := w.run(func(x *event.Block) bool { return x.Form == b.Form })
		return el("div", "form", w.form(form, at)...)
	case b.Field():
		of := w.take()
		return w.filled(of, w.run(func(x *event.Block) bool { return x.Tag == "option" }))
	case isDetail(b):
		list := w.run(isDetail)
		return el("div", "acc", elem("dl").Body(w.details(list)...))
	case b.Tag == "li" || b.Tag == "a":
		list := w.run(func(x *event.Block) bool { return x.Tag == b.Tag && x.Form == 0 })
		tag := "p"
		if b.Tag == "li" {
			tag = "ul"
		}
		return el(tag, "list", each(len(list), func(i int) app.UI { return w.block(&list[i]) })...)
	case isHeading(b):
		if p, ok := pictures[b.Text]; ok {
			return w.pictured(p)
		}
	}
	return w.block(w.take())
}

// details draws names and what they are, a line for each name.
func (w *website) details(list []event.Block) (lines []app.UI) {
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Tag == "dd" {
			n++
		}
		line := list[:n]
		lines = append(lines, el("div", "", each(n, func(i int) app.UI { return w.block(&line[i]) })...))
		list = list[n:]
	}
	return lines
}

func isDetail(b *event.Block) bool { return (b.Tag == "dt" || b.Tag == "dd") && b.Form == 0 }

func isHeading(b *event.Block) bool { return b.Tag == "h1" || b.Tag == "h2" || b.Tag == "h3" }

// take takes the first block.
func (w *website) take() *event.Block {
	b := &w.blocks[0]
	w.blocks = w.blocks[1:]
	return b
}

// run takes the blocks up to the first that is none of those.
func (w *website) run(of func(*event.Block) bool) []event.Block {
	n := 0
	for n < len(w.blocks) && of(&w.blocks[n]) {
		n++
	}
	taken := w.blocks[:n]
	w.blocks = w.blocks[n:]
	return taken
}

// pictured draws a heading with its picture: above it where the page is about it, and
// beside it where it is one thing on the page, with its price.
func (w *website) pictured(p picture) app.UI {
	heading := w.take()
	if heading.Tag == "h1" {
		return el("div", "entry", p.ui(), w.block(heading))
	}
	about := []app.UI{w.block(heading)}
	if len(w.blocks) > 0 && w.blocks[0].Tag == "p" && strings.HasPrefix(w.blocks[0].Text, "€") {
		about = append(about, el("p", "price", chips(w.keys, w.take().Text)...))
	}
	return el("div", "item", p.ui(), el("div", "stack", about...))
}

// block draws one block.
func (w *website) block(b *event.Block) app.UI {
	body := chips(w.keys, b.Text)
	switch b.Tag {
	case "h1":
		return el("h3", "title", body...)
	case "h2", "h3":
		return el("h3", "sub", body...)
	case "a":
		if w.of.Live.On && b.Link > 0 {
			return w.link(b, body)
		}
		return el("span", "link", body...)
	case "li", "dt", "dd":
		return el(b.Tag, "", body...)
	case "label", "option":
		return el("span", "label", body...)
	case "button":
		return el("span", "fakebtn", body...)
	}
	return el("p", "", body...)
}
