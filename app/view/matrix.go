package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/scenarios"
)

// matrix is the table of what stops what.
type matrix struct {
	app.Compo
	Played page.Matrix
}

func (x *matrix) Render() app.UI {
	all, cells := page.MatrixSize(), x.Played.Cells
	progress := text.T("matrix.progress", "n", len(cells), "of", all)
	if len(cells) == all {
		progress = text.T("matrix.complete", "n", all) + " " + x.Played.InFirefox()
	}
	wide := len(page.MatrixColumns)
	var rows []app.UI
	for i := range 2 * len(scenarios.Routes) {
		row := &matrixRow{I: i}
		for n := range wide {
			if at := i*wide + n; at < len(cells) {
				row.Cells[n] = cells[at]
			}
		}
		rows = append(rows, row)
	}
	return el("div", "stack2",
		txt("p", "lead", text.T("matrix.intro")),
		el("ul", "legend",
			legend(lab.Alone, text.Pieces("matrix.legend-alone")),
			legend(lab.Before, text.Pieces("matrix.legend-before")),
			legend(lab.After, text.Pieces("matrix.legend-after")),
			legend(lab.Blocked, text.Pieces("matrix.legend-blocked")),
		),
		node("p", "id=observed", "class=quiet").Text(progress),
		arrows(),
		node("div", "class=box tall", "data-scrolls=matrix", "role=group", "aria-labelledby=matrix-caption").Body(
			node("table", "id=matrix", "class=table", "role=grid", "data-rove=grid", "aria-labelledby=matrix-caption").Body(
				node("caption", "id=matrix-caption").Text(text.T("matrix.caption")),
				el("thead", "", el("tr", "",
					append([]app.UI{node("th", "scope=col").Text(text.T("matrix.route")), node("th", "scope=col").Text(text.T("matrix.jar"))},
						each(wide, func(i int) app.UI {
							return node("th", "scope=col").Body(txt("code", "", page.ColumnTitle(i)))
						})...)...,
				)),
				el("tbody", "", rows...),
			),
		),
		el("p", "lead", txt("strong", "", text.T("matrix.limits-title")), app.Text(" "+text.T("matrix.limits"))),
	)
}

func legend(d lab.Delivery, means []text.Piece) app.UI {
	return el("li", "", said(means, func(text.Piece) []app.UI { return []app.UI{verdictOf(d)} })...)
}

// verdictOf is a delivery as an icon and a word.
func verdictOf(d lab.Delivery) app.UI {
	word, symbol := page.DeliveryWords(d)
	return el("span", "outcome is-"+string(d), stroke(symbol), app.Text(word))
}

// matrixRow is one route with one jar.
type matrixRow struct {
	app.Compo
	I     int
	Cells [len(page.MatrixColumns)]page.Observation
}

func (r *matrixRow) Render() app.UI {
	route, jar := scenarios.Routes[r.I/2], text.T("matrix.jar-empty")
	if r.I%2 == 1 {
		jar = text.T("matrix.jar-cookie")
	}
	var body []app.UI
	if r.I%2 == 0 {
		body = append(body, node("th", "scope=rowgroup", "rowspan=2", "class=route").Text(route.Title))
	}
	body = append(body, node("th", "scope=row", "class=visit").Text(jar))
	for i, o := range r.Cells {
		if o.Chromium.Link == "" {
			body = append(body, txt("td", "pending", "…"))
			continue
		}
		column := page.ColumnTitle(i)
		body = append(body, el("td", "",
			sight("", o.Chromium, text.T("matrix.cell", "what", deliveryWord(o.Chromium), "route", route.Title, "column", column, "jar", jar)),
			when(o.Differs(), func() app.UI {
				return sight(text.T("matrix.firefox")+" ", o.Firefox, text.T("matrix.cell-firefox", "what", deliveryWord(o.Firefox), "route", route.Title, "column", column, "jar", jar))
			}),
		))
	}
	class := "first"
	if r.I%2 == 1 {
		class = "second"
	}
	return node("tr", "class="+class, "data-route="+route.Name, "data-visited="+yes(r.I%2 == 1)).Body(body...)
}

func deliveryWord(s page.Sight) string {
	word, _ := page.DeliveryWords(s.Delivery)
	return word
}

// sight is a link to what one browser brought; about says that, with the route and
// the cookie.
func sight(browser string, s page.Sight, about string) app.UI {
	return node("a", "href=#"+s.Link, "class=sight", "tabindex=-1", "data-delivery="+string(s.Delivery), "aria-label="+about).Body(
		when(browser != "", func() app.UI { return txt("span", "t1 quiet", browser) }),
		verdictOf(s.Delivery))
}
