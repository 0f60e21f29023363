//go:build !slim

package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
)

// mostFindings is how many findings of a document are listed.
const mostFindings = 200

// contractView is what a document of OpenAPI leaves out of its logins.
func contractView(c page.Contract) app.UI {
	list := c.Findings[:min(len(c.Findings), mostFindings)]
	return node("section", "id=contract", "class=stack", "aria-labelledby=contract-title").Body(
		node("h2", "id=contract-title", "class=t3 strong", "tabindex=-1").Text(text.T("audit.document", "name", c.Name)),
		txt("p", "", c.Says()),
		when(len(list) > 0, func() app.UI {
			head := []app.UI{column(text.T("audit.line-number"), ""), column(text.T("audit.rule"), ""), column(text.T("audit.lacks"), ""), column(text.T("audit.about"), "")}
			title := text.T("audit.document-table")
			return auditTable("contract-table", title, []app.UI{txt("span", "vh", title)}, head, each(len(list), func(i int) app.UI {
				f := list[i]
				return el("tr", "",
					txt("td", "num", strconv.Itoa(f.Line)),
					node("th", "scope=row").Text(f.Title),
					node("td", "class=why", "dir=auto").Text(words.Visible(f.Says)),
					txt("td", "quiet t1", f.About()))
			}))
		}))
}
