package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/words"
	"fixlab/app/worker"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// endingWords says a cell in one word and names its icon.
func endingWords(c survey.Ending) (word, symbol string) {
	switch c.Outcome {
	case event.Hijacked:
		return "hijacked", "hijacked"
	case event.HijackedWithAccount:
		return "hijacked*", "hijacked"
	case event.Defended:
		return "stopped", "defended"
	case event.NotApplicable:
		return "no key", "broken"
	}
	return string(c.Outcome), words.OutcomeIcon(c.Outcome)
}

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
		x.drawn, x.rows, x.lines = from, x.tableRows(f), x.alone(f)
	}
	return el("div", "explore",
		txt("p", "lead", "Every cell is one full run of the lab, played just now. Follow it to see that run at the step that decides."),
		&exploreForm{Setup: x.E.Setup, Mode: x.E.Mode, Present: x.E.Present, Sorted: x.E.Sorted},
		&exploreProgress{Done: f.Done, Of: f.Of, Runs: f.Runs, Ended: f.Ended, Error: f.Error, OnPage: f.OnPage, Stopped: x.E.Stopped},
		x.table(len(f.Rows)),
		&serverMap{Setup: x.E.Setup, Present: x.E.Present, Rows: f.Servers, Queue: x.Queue},
		&spaceView{Setup: x.E.Setup, Space: f.Space, Wide: f.Wide, Alone: x.lines},
		leftOut(),
	)
}

// exploreForm is what the learner picks.
type exploreForm struct {
	app.Compo
	Setup   script.Setup
	Mode    survey.Mode
	Present defence.Set
	Sorted  bool
}

func (x *exploreForm) Render() app.UI {
	pick := func(id, label string, changed app.EventHandler, options ...app.UI) app.UI {
		return el("div", "pick-field", node("label", "for="+id).Text(label), node("select", "id="+id).OnChange(changed).Body(options...))
	}
	option := func(value, text string, picked bool) app.UI {
		return node("option", "value="+value, "selected="+yes(picked)).Text(text)
	}
	present := "none"
	if x.Present != 0 {
		present = strings.ReplaceAll(x.Present.String(), "+", ", ")
	}
	return node("div", "class=explore-form", "role=group", "aria-label=What is played").Body(
		pick("explore-server", "Server", x.server, each(len(server.Profiles), func(i int) app.UI {
			p := server.Profiles[i]
			return option(p.ID, p.Title, p.ID == x.Setup.Profile)
		})...),
		pick("explore-token", "Mallory’s value", x.token, each(len(scenarios.Tokens), func(i int) app.UI {
			t := scenarios.Tokens[i]
			return option(t.Name, t.Title, t.Name == x.Setup.Token)
		})...),
		pick("explore-jar", "Alice’s jar", x.jar,
			option("fresh", "Empty", !x.Setup.Visited), option("visited", "Has the shop’s cookie", x.Setup.Visited)),
		pick("explore-mode", "Rows", x.mode, each(len(survey.Modes), func(i int) app.UI {
			return option(strconv.Itoa(i), survey.Modes[i].Title, i == int(x.Mode))
		})...),
		el("div", "toggle plain",
			node("input", "type=checkbox", "id=explore-sort", "checked="+yes(x.Sorted)).OnChange(x.sort),
			node("label", "for=explore-sort").Text("Those that stop most first"),
		),
		el("p", "present", txt("strong", "", "The present set: "), app.Text(present+". "),
			node("a", "href=#"+page.Exploration{Setup: x.Setup, Present: x.Present}.LabLink()).Text("Change it in the lab")),
	)
}

func chosen(ctx app.Context) string { return ctx.JSSrc().Get("value").String() }

func (x *exploreForm) server(ctx app.Context, _ app.Event) {
	send(ctx, page.ExploreServer(chosen(ctx)))
}
func (x *exploreForm) token(ctx app.Context, _ app.Event) { send(ctx, page.ExploreToken(chosen(ctx))) }
func (x *exploreForm) jar(ctx app.Context, _ app.Event) {
	send(ctx, page.ExploreJar(chosen(ctx) == "visited"))
}
func (x *exploreForm) mode(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(chosen(ctx)); err == nil {
		send(ctx, page.ExploreMode(n))
	}
}
func (x *exploreForm) sort(ctx app.Context, _ app.Event) {
	send(ctx, page.ExploreSort(ctx.JSSrc().Get("checked").Bool()))
}

// exploreProgress says how far the worker is, and stops it.
type exploreProgress struct {
	app.Compo
	Done, Of, Runs int
	Ended          bool
	Error          string
	OnPage         bool
	Stopped        bool
}

func (x *exploreProgress) Render() app.UI {
	says, label, act := "Starting.", "Cancel", app.EventHandler(x.cancel)
	if x.Of > 0 {
		says = words.Thousands(x.Done) + " of " + words.Thousands(x.Of) + " parts · " + words.Thousands(x.Runs) + " runs for the tables"
	}
	switch {
	case x.Error != "":
		says, label, act = x.Error, "Try again", x.again
	case x.Stopped:
		says, label, act = "Cancelled. "+says+".", "Go on", x.again
	case x.Ended:
		says, label, act = "Complete: "+says+".", "Play again", x.again
	}
	if x.OnPage {
		says += " This browser has no worker here, so the runs are played on the page itself, a few at a time."
	}
	return el("div", "explore-progress",
		node("progress", "id=explore-bar", "aria-labelledby=explore-says", "max="+strconv.Itoa(max(1, x.Of)), "value="+strconv.Itoa(x.Done)),
		node("button", "type=button", "id=explore-cancel").Text(label).OnClick(act, app.EventScope(label)),
		node("p", "id=explore-says").Text(says),
	)
}

func (x *exploreProgress) cancel(ctx app.Context, _ app.Event) { send(ctx, page.ExploreStop{}) }
func (x *exploreProgress) again(ctx app.Context, _ app.Event)  { send(ctx, page.ExploreStart{}) }

// tableRows are the rows of the what-if table, as far as they are there.
func (x *explorer) tableRows(f *page.Found) []tableRow {
	orders := x.E.Mode.Orders(x.E.Present)
	n := min(len(f.Rows), len(orders))
	rank := make([]int, n)
	for i := range rank {
		rank[i] = i
	}
	if x.E.Sorted && n == len(orders) {
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
		row := tableRow{Head: survey.Modes[x.E.Mode].Base, Setup: x.E.Setup, Set: orders[i].Set, Cells: f.Rows[i]}
		k, of := page.Stopped(f.Rows[0], f.Rows[i])
		if at := orders[i].Switch; at >= 0 {
			d := defence.All[at]
			row.Head, row.Name, row.Wrong = d.Title, d.Name, d.Wrong
			row.Count = strconv.Itoa(k) + " of " + strconv.Itoa(of)
		} else {
			row.Count = strconv.Itoa(of) + " succeed"
		}
		rows = append(rows, row)
	}
	return rows
}

// table is the what-if table, of which n rows are there.
func (x *explorer) table(n int) app.UI {
	orders := x.E.Mode.Orders(x.E.Present)
	return node("section", "class=explore-part", "aria-labelledby=what-if-title").Body(
		node("h2", "id=what-if-title").Text("What if?"),
		when(len(orders) == 1, func() app.UI {
			return txt("p", "none", "There is nothing to remove: the present set has no switch on.")
		}),
		&cellTable{ID: "what-if", Title: survey.Modes[x.E.Mode].Title + ", over every route", First: "Switch", Counts: true, Rows: x.rows, Complete: n >= len(orders), Queue: x.Queue},
		el("p", "none", app.Text("* Mallory needs an account of her own. “Stops” counts the routes over which Mallory gets something in the first row and nothing in this one.")),
	)
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

// drawn is how many rows are drawn at a stretch; each takes some 20 ms.
const drawn = 1

func (x *cellTable) OnMount(ctx app.Context)  { x.draw(ctx) }
func (x *cellTable) OnUpdate(ctx app.Context) { x.draw(ctx) }

func (x *cellTable) draw(ctx app.Context) {
	if x.waiting || !x.behind() {
		return
	}
	x.waiting = true
	x.Queue.Later(ctx, func(ctx app.Context) {
		x.waiting = false
		n := 0
		for i := 0; i < len(x.Rows) && n < drawn; i++ {
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
			x.shown = x.shown[:max(len(x.Rows), len(x.shown)-4*drawn)]
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
	return node("div", "class=matrix-box", "data-scrolls="+x.ID, "role=group", "aria-labelledby="+x.ID+"-caption").Body(
		node("table", "id="+x.ID, "class=matrix cells", "aria-busy="+yes(x.behind() || !x.Complete)).Body(
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
		head = append(head, node("th", "scope=col").Text("Stops"))
	}
	for _, r := range scenarios.Routes {
		head = append(head, node("th", "scope=col").Text(r.Title))
	}
	if x.Counts {
		head = append(head, node("th", "scope=col").Text("Alice can work"))
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
	head := node("th", "scope=row").Body(app.Text(r.Head), when(r.Wrong, func() app.UI { return txt("span", "tag tag-refused", "mistake") }))
	body := []app.UI{head}
	if r.Count != "" {
		body = append(body, txt("td", "count", r.Count))
	}
	s := survey.Lesson()
	with := r.Setup
	for i, c := range r.Cells {
		title := "Alice can work"
		var word, symbol string
		if i < len(scenarios.Routes) {
			with.Route, title = scenarios.Routes[i].Name, scenarios.Routes[i].Title
			word, symbol = endingWords(c)
		} else {
			with.Route = survey.Control
			word, symbol = "yes", "defended"
			if c.Broken {
				word, symbol = "no", "broken"
			}
		}
		body = append(body, elem("td").Body(node("a", "href=#"+page.LinkTo(page.Played(s, with, r.Set), c.Step), "class=cell is-"+symbol,
			"aria-label="+word+": "+r.Head+", "+title).Text(word)))
	}
	return node("tr", "data-row="+r.Name).Body(body...)
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
		rows = append(rows, tableRow{Head: p.Title, Name: p.ID, Setup: with, Set: x.Present, Cells: cells})
	}
	set := "with no switch on"
	if x.Present != 0 {
		set = "with " + strings.ReplaceAll(x.Present.String(), "+", ", ")
	}
	return node("section", "class=explore-part", "aria-labelledby=servers-title").Body(
		node("h2", "id=servers-title").Text("Every server"),
		&cellTable{ID: "servers", Title: "How each route ends on each server, " + set, First: "Server", Rows: rows, Complete: len(rows) == len(server.Profiles), Queue: x.Queue},
	)
}

// alone says how much each switch stops alone, one line for those that stop the
// same; it is known when the table of each switch alone is complete.
func (x *explorer) alone(f *page.Found) string {
	orders := survey.ModeAlone.Orders(0)
	if x.E.Mode != survey.ModeAlone || len(f.Rows) < len(orders) {
		return ""
	}
	type group struct {
		routes uint64 // those that it stops, a bit each
		k      int
		names  []string
	}
	var groups []*group
	of := 0
	for i, o := range orders {
		if o.Switch < 0 || defence.All[o.Switch].Wrong {
			continue
		}
		g := group{}
		g.k, of = page.Stopped(f.Rows[0], f.Rows[i])
		for n := range scenarios.Routes {
			if f.Rows[0][n].Outcome.Harm() && !f.Rows[i][n].Outcome.Harm() {
				g.routes |= 1 << n
			}
		}
		at := slices.IndexFunc(groups, func(o *group) bool { return o.routes == g.routes })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &g)
		}
		groups[at].names = append(groups[at].names, "“"+defence.All[o.Switch].Title+"”")
	}
	if of == 0 {
		return "With nothing on, no route brings Mallory anything here."
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return b.k - a.k })
	var out []string
	for _, g := range groups {
		names, count := strings.Join(g.names, ", "), strconv.Itoa(g.k)+" of "+strconv.Itoa(of)
		switch {
		case g.k == 0:
			out = append(out, "Alone these stop none: "+names+".")
		case len(g.names) == 1:
			out = append(out, names+" alone stops "+count+".")
		case g.k == of:
			out = append(out, "Each of these alone would do; it stops all "+count+": "+names+".")
		default:
			out = append(out, "Each of these alone would do for the same "+count+": "+names+".")
		}
	}
	return strings.Join(out, "\n")
}

// spaceView says what every combination comes to.
type spaceView struct {
	app.Compo
	Setup script.Setup
	Space *survey.Space
	Wide  *survey.Space
	Alone string
}

func (x *spaceView) Render() app.UI {
	return node("section", "class=explore-part", "aria-labelledby=space-title").Body(
		node("h2", "id=space-title").Text("Every combination"),
		el("p", "", app.Text("Played under every set of these switches, and nothing else on: "+strings.ReplaceAll(scenarios.Switches.String(), "+", ", ")+". "+
			"A run says which switches it looked at. The others change nothing, so one run stands for all their combinations.")),
		el("div", "two",
			figures("space-figures", "This server, every route, this value and jar", x.Space),
			el("div", "one",
				figures("wide-figures", "Every server, every route, every source, this jar", x.Wide),
				node("button", "type=button", "id=explore-wide").Text("Play every server").OnClick(x.wide),
			),
		),
		when(x.Alone != "", func() app.UI {
			lines := strings.Split(x.Alone, "\n")
			return el("div", "",
				txt("h3", "", "Each switch alone, in this model"),
				node("ul", "id=alone", "class=dots").Body(each(len(lines), func(i int) app.UI { return txt("li", "", lines[i]) })...),
			)
		}),
		when(x.Space != nil && x.Space.Remedies != nil, func() app.UI {
			return el("div", "remedies", each(len(x.Space.Remedies), func(i int) app.UI { return x.remedies(i, x.Space.Remedies[i]) })...)
		}),
	)
}

// figures are those of one space, as far as it is played.
func figures(id, title string, sp *survey.Space) app.UI {
	if sp == nil {
		sp = &survey.Space{}
	}
	ratio, played := "–", "not played yet"
	if sp.Runs > 0 {
		ratio = words.Thousands(sp.Sets / sp.Runs)
		played = strconv.Itoa(sp.Played) + " of " + strconv.Itoa(sp.Attacks)
	}
	return node("div", "id="+id, "class=one", "data-ended="+yes(sp.Ended), "data-runs="+strconv.Itoa(sp.Runs), "data-sets="+strconv.Itoa(sp.Sets), "data-seconds="+strconv.FormatFloat(sp.Seconds, 'f', 2, 64)).Body(
		txt("h3", "", title),
		el("dl", "figures",
			txt("dt", "", "Attacks"), txt("dd", "", played),
			txt("dt", "", "Combinations covered"), txt("dd", "", words.Thousands(sp.Sets)),
			txt("dt", "", "Distinct runs made"), txt("dd", "", words.Thousands(sp.Runs)),
			txt("dt", "", "Combinations for each run"), txt("dd", "", ratio),
			txt("dt", "", "Seconds"), txt("dd", "", strconv.FormatFloat(sp.Seconds, 'f', 1, 64)),
		),
	)
}

func (x *spaceView) wide(ctx app.Context, _ app.Event) { send(ctx, page.ExploreWide{}) }

// mostRemedies is how many smallest sets are listed at once.
const mostRemedies = 12

func (x *spaceView) remedies(goal int, list []survey.Remedy) app.UI {
	if len(list) == 0 {
		return el("div", "", txt("h3", "", survey.Goals[goal].Title), txt("p", "", "In this model no set of these switches does that on this server."))
	}
	s, with := survey.Lesson(), x.Setup
	with.Route = survey.Control
	item := func(r survey.Remedy) app.UI {
		works := "also keeps Alice working"
		if !r.Works {
			works = "but Alice cannot work"
		}
		names := "nothing on"
		if r.Set != 0 {
			names = strings.ReplaceAll(r.Set.String(), "+", " + ")
		}
		return el("li", "", txt("strong", "", names), app.Text(": "), node("a", "href=#"+page.LinkTo(page.Played(s, with, r.Set), r.Step)).Text(works))
	}
	shown := min(len(list), mostRemedies)
	says := strconv.Itoa(len(list)) + " smallest sets; none of their switches can be left out."
	if len(list) == 1 {
		says = "One smallest set."
	}
	single := 0
	for _, r := range list {
		if r.Set != 0 && r.Set&(r.Set-1) == 0 {
			single++
		}
	}
	if single > 1 {
		says += " Each of the " + strconv.Itoa(single) + " switches that stand alone would do."
	}
	return el("div", "",
		txt("h3", "", survey.Goals[goal].Title),
		txt("p", "", says),
		el("ol", "dots", each(shown, func(i int) app.UI { return item(list[i]) })...),
		when(len(list) > shown, func() app.UI {
			rest := list[shown:]
			return el("details", "fold", txt("summary", "", strconv.Itoa(len(rest))+" more"),
				el("ol", "dots", each(len(rest), func(i int) app.UI { return item(rest[i]) })...))
		}),
	)
}

// leftOut says what these figures do not say.
func leftOut() app.UI {
	points := []string{
		"There is one shop, one victim and one attacker, and each attack is played in one order.",
		"Nothing happens at the same time: no races between requests, no two tabs.",
		"Time is not measured: no signature is guessed from how long an answer takes, and no key is guessed at all.",
		"A server has the mistakes that its profile and the switches name, and no others.",
		"Keys and secrets do not leak by ways that no route has: backups, logs, malware.",
	}
	return node("section", "class=explore-part", "aria-labelledby=left-out-title").Body(
		node("h2", "id=left-out-title").Text("In this model"),
		txt("p", "", "“All” means all combinations in this model, not all attacks there are. The model leaves out:"),
		el("ul", "dots", each(len(points), func(i int) app.UI { return txt("li", "", points[i]) })...),
	)
}
