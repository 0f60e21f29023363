package view

import (
	"cmp"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// heading is a page's h1. It takes the focus when the page is turned.
func heading(text string) app.UI {
	return node("h1", "id=page-title", "tabindex=-1").Text(text)
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
	list := []app.UI{link("", n.Lab, text.T("pages.lab"))}
	for i, p := range page.Pages {
		list = append(list, link(p.Name, n.Links[i], cmp.Or(p.Short, p.Title)))
	}
	return node("nav", "class=pages", "aria-label="+text.T("pages.label")).Body(elem("ul").Body(list...))
}
