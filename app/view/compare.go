package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// compareView is two runs side by side, with one cursor.
func compareView(left page.Run, c page.Comparison) app.UI {
	c = c.Beside(left)
	return &comparison{
		Link: "compare/" + c.Link(left), Name: left.Scenario.Title, Row: c.Row,
		Left: left.Trace, LeftWords: left.Words(),
		Right: c.Trace, RightWords: c.Words(),
	}
}

type comparison struct {
	app.Compo
	Link, Name            string
	Row                   int
	Left, Right           *lab.Trace
	LeftWords, RightWords string // of the setup
}

func (c *comparison) Render() app.UI {
	rows := page.Align(c.Left, c.Right)
	first, event := page.Parts(c.Left, c.Right, rows)
	at := min(c.Row, len(rows)-1)
	row := rows[at]
	says := text.Pieces("compare.same")
	if first >= 0 {
		says = text.Pieces("compare.differ", "n", first+1)
	}
	var body []app.UI
	for i, p := range rows {
		word := ""
		switch {
		case i == first:
			word = text.T("compare.first")
		case !page.Alike(c.Left, c.Right, p):
			word = text.T("compare.differs")
		}
		body = append(body, &compareRow{Left: c.Left, Right: c.Right, L: p.Left, R: p.Right, N: i, Current: i == at, Word: word, Link: rowLink(c.Link, i)})
	}
	return el("div", "compare",
		el("p", "t3 lead", said(says, func(p text.Piece) []app.UI {
			if p.Name == "lesson" {
				return []app.UI{txt("strong", "", c.Name)}
			}
			return []app.UI{node("a", "id=first-difference", "class=link", "href=#"+rowLink(c.Link, first)).Text(p.Text)}
		})...),
		el("div", "two",
			&compareHead{Column: page.Left, Trace: c.Left, Words: c.LeftWords, Link: c.labLink(page.Left, row.Left)},
			&compareHead{Column: page.Right, Trace: c.Right, Words: c.RightWords, Link: c.labLink(page.Right, row.Right)},
		),
		node("section", "id=compare-detail", "class=card compare-detail", "aria-labelledby=compare-at").Body(
			node("h2", "id=compare-at").Text(text.T("compare.at", "n", at+1, "of", len(rows))),
			el("div", "two",
				c.detail(text.T("compare.left"), c.Left, row.Left, c.mark(at, first, event)),
				c.detail(text.T("compare.right"), c.Right, row.Right, c.mark(at, first, event)),
			),
		),
		txt("p", "t1 quiet keyhint", text.T("compare.keys")),
		node("div", "class=box", "data-scrolls=compare-rows", "role=group", "aria-labelledby=compare-caption").Body(
			node("table", "id=compare-rows", "class=table compare-rows", "role=grid", "data-rove=grid", "aria-labelledby=compare-caption").Body(
				node("caption", "id=compare-caption").Text(text.T("compare.caption")),
				el("thead", "", el("tr", "", node("th", "scope=col").Text(text.T("compare.step")), node("th", "scope=col").Text(text.T("compare.left")), node("th", "scope=col").Text(text.T("compare.right")))),
				el("tbody", "", body...),
			),
		),
	)
}

// mark returns the event from which on a row's events differ; more than there
// are when none does.
func (c *comparison) mark(at, first, event int) int {
	if at == first {
		return event
	}
	return 1 << 30
}

// rowLink replaces the row of a link that compares.
func rowLink(link string, row int) string {
	parts := strings.Split(link, "/")
	parts[3] = strconv.Itoa(row + 1)
	return strings.Join(parts, "/")
}

// labLink returns the link to a column's step in the lab.
func (c *comparison) labLink(col page.Column, frame int) string {
	t, words := c.Left, c.LeftWords
	if col == page.Right {
		t, words = c.Right, c.RightWords
	}
	return page.LinkTo(scenarios.Play{Lesson: t.Scenario.Name, On: t.Defences, With: words}, max(0, frame))
}

// detail lists what happened in a step of one run.
func (c *comparison) detail(side string, t *lab.Trace, at, from int) app.UI {
	if at < 0 {
		return el("div", "one", txt("h3", "", side), txt("p", "quiet", text.T("compare.none-here")))
	}
	events := t.Frames[at].Events
	var list []app.UI
	for i, e := range events {
		body := []app.UI{el("strong", "", app.Text(words.Person(e.Who))), app.Text(": ")}
		did := e.Text
		if e.Message != nil {
			did = string(e.Kind) + " " + e.Message.Start
		}
		if e.Kind == event.Ask {
			did = asked(e)
		}
		body = append(body, chips(t.Keys, did)...)
		class := ""
		if i == from {
			class = "differs"
			body = append(body, app.Text(" "), txt("span", "tag", text.T("compare.first")))
		}
		list = append(list, el("li", class, body...))
	}
	if from >= len(events) && from < 1<<30 {
		list = append(list, el("li", "differs", app.Text(text.T("compare.nothing-more")), app.Text(" "), txt("span", "tag", text.T("compare.first"))))
	}
	return el("div", "one",
		el("h3", "", said(text.Pieces("compare.side", "side", side), func(text.Piece) []app.UI { return chips(t.Keys, words.Title(t, at)) })...),
		el("ol", "events", list...))
}

// asked says of the server's look at a switch how it found it.
func asked(e event.Event) string {
	if e.On {
		return text.T("why.switch-on", "switch", e.Switch.Infos()[0].Title)
	}
	return text.T("why.switch-off", "switch", e.Switch.Infos()[0].Title)
}

// compareHead says what one run is played with and how it ends.
type compareHead struct {
	app.Compo
	Column page.Column
	Trace  *lab.Trace
	Words  string
	Link   string
}

func (h *compareHead) Render() app.UI {
	side, id := text.T("compare.left"), "left"
	if h.Column == page.Right {
		side, id = text.T("compare.right"), "right"
	}
	set := text.T("compare.no-switch")
	if d := h.Trace.Defences; d != 0 {
		set = page.SwitchWords(d)
	}
	if played := page.SetupWords(h.Words, h.Trace.Defences); played != "" {
		set += "; " + played
	}
	if browser := words.InBrowser(h.Trace.Scenario.Browser); !strings.HasSuffix(set, browser) { // the lesson's own
		set += "; " + browser
	}
	v := h.Trace.Verdict
	decided := text.T("compare.decided", "setup", set, "n", v.Frame+1)
	if h.Trace.Cut != "" {
		decided = text.T("compare.stopped", "setup", set, "n", v.Frame+1)
	}
	word, _ := words.Ending(v)
	options := []app.UI{node("option", "value="+page.NoSwitch, "selected=true").Text(text.T("compare.flip-which"))}
	for i, d := range defence.All {
		state := text.T("compare.switch-off", "switch", d.Title)
		if h.Trace.Defences.Has(d.Set) {
			state = text.T("compare.switch-on", "switch", d.Title)
		}
		options = append(options, node("option", "value="+strconv.Itoa(i)).Text(state))
	}
	return node("section", "class=one", "data-side="+id, "data-outcome="+string(v.Outcome), "aria-labelledby=compare-"+id).Body(
		el("div", "result small "+tone(v.Outcome), stroke(outcomeStroke(v.Outcome)),
			node("h2", "id=compare-"+id, "class=grow").Body(said(text.Pieces("compare.side", "side", side), func(text.Piece) []app.UI {
				return []app.UI{txt("strong", "word", word)}
			})...)),
		txt("p", "", decided),
		el("p", "row wrap",
			node("select", "id=flip-"+id, "class=input", "data-opens=true", "aria-label="+text.T("compare.flip", "side", side)).OnChange(h.flip).Body(options...),
			node("a", "class=link", "href=#"+h.Link).Text(text.T("compare.open"))),
	)
}

func (h *compareHead) flip(ctx app.Context, _ app.Event) {
	if i, err := strconv.Atoi(chosen(ctx)); err == nil && i >= 0 && i < len(defence.All) {
		send(ctx, page.FlipSide{Column: h.Column, Switch: defence.All[i].Set})
	}
}

// compareRow is one step of both runs.
type compareRow struct {
	app.Compo
	Left, Right *lab.Trace
	L, R, N     int
	Current     bool
	Word        string
	Link        string
}

func (r *compareRow) Render() app.UI {
	class, current := "", ""
	if r.Current {
		class, current = "current", "step"
	}
	if r.Word != "" {
		class += " differs"
	}
	say := func(t *lab.Trace, at int) []app.UI {
		if at < 0 {
			return []app.UI{txt("span", "quiet", text.T("compare.none"))}
		}
		says := words.Title(t, at) + "."
		if did := words.Happened(t, at)[0]; did != says {
			says += " " + did
		}
		return chips(t.Keys, says)
	}
	tr := node("tr", "class="+class, "data-n="+strconv.Itoa(r.N+1))
	if current != "" {
		tr = tr.Attr("aria-current", current)
	}
	return tr.Body(
		node("th", "scope=row").Body(
			node("a", "class=link", "href=#"+r.Link).Text(text.T("compare.row", "n", r.N+1)),
			when(r.Word != "", func() app.UI { return txt("span", "tag", r.Word) }),
		),
		node("td", "data-label="+text.T("compare.left")).Body(say(r.Left, r.L)...),
		node("td", "data-label="+text.T("compare.right")).Body(say(r.Right, r.R)...),
	)
}
