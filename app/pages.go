package main

import (
	"cmp"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A page stands beside the lab. Its links begin with its name.
type page struct {
	Name  string // the first word of its links
	Title string
	Short string             // the title in the bar on top, "" for the title itself
	View  func(Model) app.UI // what stands under the heading

	// Optional, for a page whose links say more than its name.
	Link func(Model) string                                       // what follows the name and a slash, "" for nothing
	Read func(m Model, parts []string) (next Model, wrong string) // undoes Link; parts are unescaped

	Say func(Model) string // optional: what the live region says when it has changed
}

// pages are the pages beside the lab, in the order of the bar on top.
var pages = []page{
	{Name: "sign", Title: "Signer bench", View: benchView, Link: benchLink, Read: readBench, Say: benchSays},
	{Name: "what-stops-what", Title: "What stops what", View: matrixView, Say: matrixSays},
	{Name: "claims", Title: "Test the article", Short: "Articles", View: claimsView},
	{Name: "compare", Title: "Compare", View: compareView, Link: compareRest, Read: readCompare, Say: compareSays},
	{Name: "explore", Title: "Explore", View: exploreView, Link: exploreRest, Read: readExplore, Say: exploreSays},
}

// pageOf returns the page with that name, nil for the lab's own and for an unknown name.
func pageOf(name string) *page {
	for i := range pages {
		if pages[i].Name == name {
			return &pages[i]
		}
	}
	return nil
}

// pageTitle is what the live region says when the page has been turned, and
// with the lab's name the document's title.
func pageTitle(m Model) string {
	if p := pageOf(m.Page); p != nil {
		return p.Title
	}
	return "Lab"
}

// turn returns m at the page that parts, a link's, name. Everything that the
// link does not say stays as it is.
func (m Model) turn(p *page, parts []string) Model {
	m.Page, m.Notice, m.Undo = p.Name, "", false
	wrong := ""
	switch rest := parts[1:]; {
	case p.Read != nil:
		m, wrong = p.Read(m, rest)
	case len(rest) > 0:
		wrong = "it has more parts than one"
	}
	if wrong != "" {
		m.Notice = "This link is broken: " + wrong + ". Shown instead: “" + p.Title + "”."
	}
	return m
}

// link returns the fragment of m's page.
func (p *page) link(m Model) string {
	if p.Link != nil {
		if rest := p.Link(m); rest != "" {
			return p.Name + "/" + rest
		}
	}
	return p.Name
}

// heading is a page's h1. It takes the focus when the page is turned.
func heading(text string) app.UI {
	return node("h1", "id=page-title", "tabindex=-1").Text(text)
}

// sheet is the main part of a page beside the lab.
func (p *page) sheet(m Model) app.UI {
	return node("main", "id=main", "class=sheet-main").Body(heading(p.Title), p.View(m))
}

// nav is the list of pages in the bar on top.
type nav struct {
	app.Compo
	Page  string
	Lab   string   // the link back to where the learner was in the lab
	Links []string // those of the pages, likewise
}

func (n *nav) Render() app.UI {
	link := func(name, fragment, title string) app.UI {
		a := node("a", "href=#"+fragment).Text(title)
		if name == n.Page {
			a = a.Attr("aria-current", "page")
		}
		return elem("li").Body(a)
	}
	list := []app.UI{link("", n.Lab, "Lab")}
	for i, p := range pages {
		list = append(list, link(p.Name, n.Links[i], cmp.Or(p.Short, p.Title)))
	}
	return node("nav", "class=pages", "aria-label=Pages").Body(elem("ul").Body(list...))
}

// pageLinks returns the link to each of the pages as m has it.
func pageLinks(m Model) []string {
	var list []string
	for i := range pages {
		list = append(list, pages[i].link(m))
	}
	return list
}

// pageNamed returns the page whose link fragment is, nil for the lab's, with
// the fragment's raw parts.
func pageNamed(fragment string) (*page, []string) {
	parts := strings.Split(fragment, "/")
	return pageOf(parts[0]), parts
}
