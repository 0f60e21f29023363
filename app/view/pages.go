package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// heading is a page's h1. It takes the focus when the page is turned.
func heading(text string) app.UI {
	return node("h1", "id=page-title", "class=t5", "tabindex=-1").Text(text)
}

// besideFace is a page beside the lab: the bar on top, what draws the page, and the
// dialogs.
func besideFace(m page.Model, body, why app.UI) app.UI {
	mode, of := "reference", m.Page
	switch m.Page {
	case page.ScriptPage:
		mode, of = "play", ""
	case "code":
		mode, of = m.Page, ""
	}
	class, title := "face app reference", page.PageTitle(m)
	if m.Page == "reference" {
		title = text.T("reference.title")
	}
	return node("div", "id=lab", "class="+class, "data-ready=true", "data-of="+m.Page).Body(
		&faceBar{Mode: mode, Page: of, Play: m.LinkAt(m.Step), Learn: page.LinkToCourse(m), Present: page.LinkToPresent(m), More: m.View.Menu},
		&notice{Text: m.Notice, Undo: m.Undo},
		node("main", "id=main", "class=ref").Body(heading(title), body),
		node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live),
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Profile: m.Scenario.Profile},
		why,
	)
}

// arrows says how the keys move in what is one stop of the Tab key.
func arrows() app.UI { return txt("p", "t1 quiet keyhint", text.T("reference.arrows")) }
