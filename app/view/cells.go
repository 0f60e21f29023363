package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/app/worker"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// endingWords says a cell in one word and names its icon.
func endingWords(c survey.Ending) (word, symbol string) {
	word = string(c.Outcome)
	switch c.Outcome {
	case event.HijackedWithAccount:
		word = text.T("explore.cell-account")
	case event.Defended:
		word = text.T("explore.cell-stopped")
	case event.NotApplicable:
		word = text.T("explore.cell-no-key")
	}
	return word, words.OutcomeIcon(c.Outcome)
}

// A tableRow is what one row of a table shows.
type tableRow struct {
	Head  string
	Name  string // of the switch or the server
	Wrong bool
	Count string
	Setup script.Setup
	Set   defence.Set
	Cells []survey.Ending
}

// same reports whether two rows show the same; found cells never change.
func (r tableRow) same(o tableRow) bool {
	return r.Head == o.Head && r.Count == o.Count && r.Setup == o.Setup && r.Set == o.Set && len(r.Cells) == len(o.Cells) && &r.Cells[0] == &o.Cells[0]
}

// cellTable is a table of runs in a box that scrolls by itself. It draws a few
// rows at a time, so that the page answers in between. Until new rows have come
// in the old ones stay.
type cellTable struct {
	app.Compo
	ID, Title, First string
	Counts           bool // there is a column of counts, and one for Alice's day
	Rows             []tableRow
	Complete         bool
	Queue            *worker.Queue

	// How far the browser has come with drawing Rows, which is no matter of what
	// the page shows in the end.
	shown   []tableRow
	waiting bool
}

// rowsAtOnce is how many rows are drawn at a stretch; each takes some 20 ms.
const rowsAtOnce = 1

func (x *cellTable) OnMount(ctx app.Context) { x.draw(ctx) }

func (x *cellTable) OnUpdate(ctx app.Context) { x.draw(ctx) }

func (x *cellTable) draw(ctx app.Context) {
	if x.waiting || !x.behind() {
		return
	}
	x.waiting = true
	x.Queue.Later(ctx, func(ctx app.Context) {
		x.waiting = false
		n := 0
		for i := 0; i < len(x.Rows) && n < rowsAtOnce; i++ {
			switch {
			case i == len(x.shown):
				x.shown = append(x.shown, x.Rows[i])
				n++
			case !x.shown[i].same(x.Rows[i]):
				x.shown[i] = x.Rows[i]
				n++
			}
		}
		if x.Complete && n == 0 {
			x.shown = x.shown[:max(len(x.Rows), len(x.shown)-4*rowsAtOnce)]
		}
		x.draw(ctx)
	})
}

// behind reports whether something else is to be shown than is.
func (x *cellTable) behind() bool {
	for i := range x.Rows {
		if i == len(x.shown) || !x.shown[i].same(x.Rows[i]) {
			return true
		}
	}
	return x.Complete && len(x.shown) > len(x.Rows)
}

func (x *cellTable) Render() app.UI {
	rows := each(len(x.shown), func(i int) app.UI {
		r := x.shown[i]
		return &cellRow{Head: r.Head, Name: r.Name, Wrong: r.Wrong, Count: r.Count, Setup: r.Setup, Set: r.Set, Cells: r.Cells}
	})
	return node("div", "class=box tall", "data-scrolls="+x.ID, "role=group", "aria-labelledby="+x.ID+"-caption").Body(
		node("table", "id="+x.ID, "class=table cells", "role=grid", "data-rove=grid", "aria-labelledby="+x.ID+"-caption", "aria-busy="+yes(x.behind() || !x.Complete)).Body(
			node("caption", "id="+x.ID+"-caption").Text(x.Title),
			el("thead", "", &cellHead{First: x.First, Counts: x.Counts}),
			el("tbody", "", rows...),
		),
	)
}

// cellHead is the head of a table of runs.
type cellHead struct {
	app.Compo
	First  string
	Counts bool
}

func (x *cellHead) Render() app.UI {
	head := []app.UI{node("th", "scope=col").Text(x.First)}
	if x.Counts {
		head = append(head, node("th", "scope=col", "class=num").Text(text.T("explore.stops-column")))
	}
	for _, r := range scenarios.Routes {
		head = append(head, node("th", "scope=col").Text(r.Title))
	}
	if x.Counts {
		head = append(head, node("th", "scope=col").Text(text.T("explore.works")))
	}
	return el("tr", "", head...)
}

// cellRow is one row of a table of runs.
type cellRow struct {
	app.Compo
	Head  string
	Name  string // of the switch or the server, for tests and readers of the source
	Wrong bool
	Count string
	Setup script.Setup
	Set   defence.Set
	Cells []survey.Ending
}

func (r *cellRow) Render() app.UI {
	head := node("th", "scope=row").Body(app.Text(r.Head), when(r.Wrong, func() app.UI { return txt("span", "tag n", text.T("explore.mistake")) }))
	body := []app.UI{head}
	if r.Count != "" {
		body = append(body, txt("td", "count num", r.Count))
	}
	s := survey.Lesson()
	with := r.Setup
	for i, c := range r.Cells {
		title := text.T("explore.works")
		var word, symbol string
		if i < len(scenarios.Routes) {
			with.Route, title = scenarios.Routes[i].Name, scenarios.Routes[i].Title
			word, symbol = endingWords(c)
		} else {
			with.Route = survey.Control
			word, symbol = text.T("explore.works-yes"), "defended"
			if c.Broken {
				word, symbol = text.T("explore.works-no"), "broken"
			}
		}
		body = append(body, elem("td").Body(node("a", "href=#"+page.LinkTo(page.Played(s, with, r.Set), c.Step), "class=cell is-"+symbol, "tabindex=-1",
			"aria-label="+text.T("explore.cell", "what", word, "row", r.Head, "column", title)).Text(word)))
	}
	return node("tr", "data-row="+r.Name).Body(body...)
}
