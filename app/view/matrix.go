package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
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
	progress := strconv.Itoa(len(cells)) + " of " + strconv.Itoa(all) + " cells played"
	if len(cells) == all {
		progress = strconv.Itoa(all) + " cells, each played in both browsers just now on this page. " + x.Played.InFirefox()
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
	return el("div", "matrix-page",
		txt("p", "", "Every cell is a run: Mallory’s value goes over that route to a shop whose cookie is made like that, and Alice logs in. The cell says what Alice’s browser, Chromium 156, brings to the login; where Firefox 153 brings something else, a second line says so. Follow either to see the run."),
		el("ul", "legend",
			legend(lab.Alone, "no other value comes: the server has nothing else to read."),
			legend(lab.Before, "Alice’s comes too, behind it: Mallory’s wins where the server reads the first one."),
			legend(lab.After, "Alice’s comes too, in front of it: Mallory’s wins where the server reads the last one."),
			legend(lab.Blocked, "Mallory’s value does not come."),
		),
		node("p", "id=observed", "class=none").Text(progress),
		node("div", "class=matrix-box", "data-scrolls=matrix", "role=group", "aria-labelledby=matrix-caption").Body(
			node("table", "id=matrix", "class=matrix").Body(
				node("caption", "id=matrix-caption").Text("What each route brings to the login, by what the cookie is given"),
				el("thead", "", el("tr", "",
					append([]app.UI{node("th", "scope=col").Text("Route"), node("th", "scope=col").Text("Alice’s jar")},
						each(wide, func(i int) app.UI {
							return node("th", "scope=col").Body(txt("code", "", page.MatrixColumns[i].Title))
						})...)...,
				)),
				el("tbody", "", rows...),
			),
		),
		el("p", "", txt("strong", "", "What the table does not say. "), app.Text("It is about delivery only. A value that arrives does no harm at a server that issues a new key at login, and one that is blocked here may come over another route. Two routes that bring no value, the login forms on another site, are blocked in every cell: they log Alice in to Mallory’s account instead.")),
	)
}

func legend(d lab.Delivery, means string) app.UI {
	return el("li", "", verdictOf(d), app.Text(": "+means))
}

// verdictOf is a delivery as an icon and a word.
func verdictOf(d lab.Delivery) app.UI {
	word, symbol := page.DeliveryWords(d)
	return el("span", "delivery is-"+string(d), icon(symbol), app.Text(word))
}

// matrixRow is one route with one jar.
type matrixRow struct {
	app.Compo
	I     int
	Cells [len(page.MatrixColumns)]page.Observation
}

func (r *matrixRow) Render() app.UI {
	route, jar := scenarios.Routes[r.I/2], "empty"
	if r.I%2 == 1 {
		jar = "has a cookie"
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
		about := route.Title + ", " + page.MatrixColumns[i].Title + ", jar " + jar
		body = append(body, el("td", "",
			sight("", o.Chromium, about),
			when(o.Differs(), func() app.UI { return sight("Firefox: ", o.Firefox, about) }),
		))
	}
	class := "first"
	if r.I%2 == 1 {
		class = "second"
	}
	return node("tr", "class="+class, "data-route="+route.Name, "data-visited="+yes(r.I%2 == 1)).Body(body...)
}

// sight is a link to what one browser brought; about says to which route and cookie.
func sight(browser string, s page.Sight, about string) app.UI {
	word, _ := page.DeliveryWords(s.Delivery)
	return node("a", "href=#"+s.Link, "data-delivery="+string(s.Delivery), "aria-label="+browser+word+": "+about).Body(
		when(browser != "", func() app.UI { return txt("span", "in", browser) }),
		verdictOf(s.Delivery))
}
