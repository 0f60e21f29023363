//go:build !slim

package view

import (
	"html"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// embedPart is what puts a lesson into a wiki or slides: the HTML of a frame.
func embedPart(t page.Teach) app.UI {
	address, fault := t.Address()
	code := strings.Join([]string{
		"<iframe", `src="` + html.EscapeString(address) + "#embed/" + page.Course()[0].Name + `"`, `title="` + html.EscapeString(text.T("app.name")) + `"`,
		`width="100%"`, `height="576"`, `allow="clipboard-write"`, `loading="lazy"></iframe>`,
	}, " ")
	return node("section", "id=embed", "class=stack", "aria-labelledby=embed-title").Body(
		node("h2", "id=embed-title", "class=t4").Text(text.T("teach.embed")),
		txt("p", "quiet", text.T("teach.embed-what")),
		when(fault != "", func() app.UI { return txt("p", "", fault) }),
		when(fault == "", func() app.UI {
			return node("p", "class=the-link mono", "dir=ltr", "data-scrolls=embed", "translate=no").Text(code)
		}),
		when(fault == "", func() app.UI {
			return el("p", "", node("button", "type=button", "class=btn", "id="+page.CopyEmbedButton).Body(stroke("copy"), app.Text(text.T("teach.copy-embed"))).
				OnClick(sends(page.CopyText{Button: page.CopyEmbedButton, Text: code})))
		}),
	)
}
