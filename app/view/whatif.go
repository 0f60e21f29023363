package view

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/app/worker"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// tableRows are the rows of the what-if table, as far as they are there.
func tableRows(e page.Exploration, f *page.Found) []tableRow {
	orders := e.Mode.Orders(e.Present)
	n := min(len(f.Rows), len(orders))
	rank := make([]int, n)
	for i := range rank {
		rank[i] = i
	}
	if e.Sorted && n == len(orders) {
		slices.SortStableFunc(rank, func(a, b int) int {
			if a == 0 || b == 0 {
				return a - b
			}
			ka, _ := page.Stopped(f.Rows[0], f.Rows[a])
			kb, _ := page.Stopped(f.Rows[0], f.Rows[b])
			return kb - ka
		})
	}
	var rows []tableRow
	for _, i := range rank {
		row := tableRow{Head: survey.Modes[e.Mode].Base, Setup: e.Setup, Set: orders[i].Set, Cells: f.Rows[i]}
		k, of := page.Stopped(f.Rows[0], f.Rows[i])
		if at := orders[i].Switch; at >= 0 {
			d := defence.All[at]
			row.Head, row.Name, row.Wrong = d.Title, d.Name, d.Wrong
			row.Count = text.T("explore.stops", "n", k, "of", of)
		} else {
			row.Count = text.T("explore.succeed", "n", of)
		}
		rows = append(rows, row)
	}
	return rows
}

// serverMap shows how the present set does on every server.
type serverMap struct {
	app.Compo
	Setup   script.Setup
	Present defence.Set
	Rows    [][]survey.Ending
	Queue   *worker.Queue
}

func (x *serverMap) Render() app.UI {
	var rows []tableRow
	for i, cells := range x.Rows {
		p, with := server.Profiles[i], x.Setup
		with.Profile = p.ID
		rows = append(rows, tableRow{Head: p.Under(x.Present), Name: p.ID, Setup: with, Set: x.Present, Cells: cells})
	}
	title := text.T("explore.servers-caption-none")
	if x.Present != 0 {
		title = text.T("explore.servers-caption", "set", strings.ReplaceAll(x.Present.String(), "+", ", "))
	}
	return node("section", "class=part", "aria-labelledby=servers-title").Body(
		node("h2", "id=servers-title").Text(text.T("explore.servers")),
		&cellTable{ID: "servers", Title: title, First: text.T("explore.server"), Rows: rows, Complete: len(rows) == len(server.Profiles), Queue: x.Queue},
	)
}
