package view

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// header is the bar on top: which lesson, and what can be done with the page.
type header struct {
	app.Compo
	Lessons   []*script.Scenario
	Name      string
	Projector bool
	Page      string   // the page beside the lab, "" for the lab
	Lab       string   // the link back to the lab
	Links     []string // to the pages beside it
}

func (h *header) Render() app.UI {
	if h.Page != "" {
		return el("header", "top",
			txt("p", "brand", "Session fixation lab"),
			&nav{Page: h.Page, Lab: h.Lab, Links: h.Links},
			el("div", "tools",
				h.projectorButton(),
				node("button", "type=button", "id=share").Text("Share page").OnClick(h.share),
				node("button", "type=button", "id=open-help", "aria-haspopup=dialog").Text("Help and keys").OnClick(h.help),
			),
		)
	}
	at := 0
	for i, l := range h.Lessons {
		if l.Name == h.Name {
			at = i
		}
	}
	return el("header", "top",
		heading("Session fixation lab"),
		&nav{Lab: h.Lab, Links: h.Links},
		el("div", "lesson",
			node("label", "for=pick-lesson").Text("Lesson"),
			node("select", "id=pick-lesson").OnChange(h.open).Body(
				h.groups()...,
			),
			txt("span", "count", strconv.Itoa(at+1)+" of "+strconv.Itoa(len(h.Lessons))),
		),
		el("div", "tools",
			h.projectorButton(),
			node("button", "type=button", "id=share").Text("Share step").OnClick(h.share),
			node("button", "type=button", "id=reset").Text("Reset").OnClick(h.reset),
			node("button", "type=button", "id=open-help", "aria-haspopup=dialog").Text("Help and keys").OnClick(h.help),
		),
	)
}

func (h *header) projectorButton() app.UI {
	return node("button", "type=button", "id=projector", "aria-pressed="+yes(h.Projector)).Text("Projector").OnClick(h.project)
}

// groups are the lessons, numbered through, group by group.
func (h *header) groups() []app.UI {
	groups := scenarios.Groups()
	return each(len(groups), func(g int) app.UI {
		var list []app.UI
		for i, l := range h.Lessons {
			if slices.Contains(groups[g].Names, l.Name) {
				list = append(list, node("option", "value="+l.Name, "selected="+yes(l.Name == h.Name)).Text(strconv.Itoa(i+1)+". "+l.Title))
			}
		}
		return node("optgroup", "label="+groups[g].Title).Body(list...)
	})
}

func (h *header) open(ctx app.Context, _ app.Event) {
	send(ctx, page.Open(chosen(ctx)))
}
func (h *header) project(ctx app.Context, _ app.Event) { send(ctx, page.Projector{}) }
func (h *header) share(ctx app.Context, _ app.Event)   { send(ctx, page.Share{}) }
func (h *header) reset(ctx app.Context, _ app.Event)   { send(ctx, page.Reset{}) }
func (h *header) help(ctx app.Context, _ app.Event)    { send(ctx, page.Help(true)) }

// notice says what was wrong with a link, or what just happened.
type notice struct {
	app.Compo
	Text string
	Undo bool
}

func (n *notice) Render() app.UI {
	if n.Text == "" {
		return node("section", "id=told", "class=notice empty", "aria-label=Notice")
	}
	return node("section", "id=told", "class=notice", "aria-label=Notice").Body(
		txt("p", "", n.Text),
		when(n.Undo, func() app.UI {
			return node("button", "type=button", "id=undo").Text("Undo").OnClick(n.undo)
		}),
		node("button", "type=button", "id=dismiss").Text("Dismiss").OnClick(n.dismiss),
	)
}

func (n *notice) undo(ctx app.Context, _ app.Event)    { send(ctx, page.Undo{}) }
func (n *notice) dismiss(ctx app.Context, _ app.Event) { send(ctx, page.Dismiss{}) }

// caption says which step it is, what it is about, and what it changed. It and
// the verdict are all that the back of the room must read.
type caption struct {
	app.Compo
	Trace *lab.Trace
	Step  int
}

func (c *caption) Render() app.UI {
	t := c.Trace
	word, _ := words.OutcomeWords(t.Verdict.Outcome)
	return node("section", "class=caption", "aria-labelledby=step-title").Body(
		el("div", "strip",
			node("h2", "id=step-title").Body(
				node("span", "id=count").Text("Step "+strconv.Itoa(c.Step+1)+" of "+strconv.Itoa(len(t.Frames))),
				txt("span", "sep", " · "),
				el("span", "what", rich(t.Keys, words.Title(t, c.Step))...),
			),
			el("p", "badge outcome-"+string(t.Verdict.Outcome),
				icon(words.OutcomeIcon(t.Verdict.Outcome)),
				txt("span", "unseen", "This run ends: "),
				app.Text(word),
			),
		),
		node("p", "id=caption").Body(rich(t.Keys, t.Frames[c.Step].Step.Caption)...),
		el("p", "happened", c.happened()...),
	)
}

func (c *caption) happened() []app.UI {
	var out []app.UI
	for i, s := range words.Happened(c.Trace, c.Step) {
		if i > 0 {
			out = append(out, app.Text(" "))
		}
		out = append(out, rich(c.Trace.Keys, s)...)
	}
	return out
}
