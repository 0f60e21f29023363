package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// header is the bar on top of a page beside the lab.
type header struct {
	app.Compo
	Projector bool
	Page      string
	Lab       string   // the link back to the lab
	Links     []string // to the pages beside it
}

func (h *header) Render() app.UI {
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

func (h *header) projectorButton() app.UI {
	return node("button", "type=button", "id=projector", "aria-pressed="+yes(h.Projector)).Text("Projector").OnClick(h.project)
}

func (h *header) project(ctx app.Context, _ app.Event) { send(ctx, page.Projector{}) }
func (h *header) share(ctx app.Context, _ app.Event)   { send(ctx, page.Share{}) }
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
