package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/app/worker"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// explorer is the page of every combination: what if this switch were thrown,
// over every route; every server; and what stops everything.
type explorer struct {
	app.Compo
	E     page.Exploration
	Queue *worker.Queue // of what is drawn a little at a time

	// The rows and the lines take long to make: they are memoized, with what they
	// were made from.
	drawn drawnFrom
	rows  []tableRow
	lines string
}

// drawnFrom tells whether the table must be made again: the page is drawn much
// more often than something new comes in.
type drawnFrom struct {
	last    *survey.Ending
	n       int
	mode    survey.Mode
	present defence.Set
	setup   script.Setup
	sorted  bool
}

func (x *explorer) Render() app.UI {
	f := x.E.Found
	if f == nil {
		f = &page.Found{}
	}
	from := drawnFrom{nil, len(f.Rows), x.E.Mode, x.E.Present, x.E.Setup, x.E.Sorted}
	if from.n > 0 {
		from.last = &f.Rows[from.n-1][0]
	}
	if x.drawn != from {
		x.drawn, x.rows, x.lines = from, tableRows(x.E, f), strings.Join(x.E.Alone(), "\n")
	}
	return el("div", "stack3 explore",
		txt("p", "lead", text.T("explore.intro")),
		&exploreForm{Setup: x.E.Setup, Mode: x.E.Mode, Present: x.E.Present, Sorted: x.E.Sorted},
		&exploreProgress{Done: f.Done, Of: f.Of, Runs: f.Runs, Ended: f.Ended, Error: f.Error, OnPage: f.OnPage, Stopped: x.E.Stopped},
		x.table(len(f.Rows)),
		&serverMap{Setup: x.E.Setup, Present: x.E.Present, Rows: f.Servers, Queue: x.Queue},
		&spaceView{Setup: x.E.Setup, Space: f.Space, Wide: f.Wide, Alone: x.lines},
		leftOut(),
	)
}

// table is the what-if table, of which n rows are there.
func (x *explorer) table(n int) app.UI {
	orders := x.E.Mode.Orders(x.E.Present)
	// A text holds the place where nothing is said: were the table to move, it would
	// be another component, and draw all of its rows anew.
	empty := app.UI(app.Text(""))
	if len(orders) == 1 {
		empty = txt("p", "quiet", text.T("explore.nothing-to-remove"))
	}
	return node("section", "class=part", "aria-labelledby=what-if-title").Body(
		node("h2", "id=what-if-title").Text(text.T("explore.what-if")),
		empty,
		&cellTable{ID: "what-if", Title: text.T("explore.what-if-caption", "rows", survey.Modes[x.E.Mode].Title), First: text.T("explore.switch"), Counts: true, Rows: x.rows, Complete: n >= len(orders), Queue: x.Queue},
		txt("p", "quiet", text.T("explore.what-if-note")),
		arrows(),
	)
}
