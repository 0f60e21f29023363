package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// notice says what was wrong with a link, or what just happened.
type notice struct {
	app.Compo
	Text   string
	Undo   bool
	Undoes page.Msg // what the button sends, page.Undo when it is nil
}

func (n *notice) Render() app.UI {
	if n.Text == "" {
		return node("section", "id=told", "class=notice empty", "aria-label="+text.T("notice.title"))
	}
	return node("section", "id=told", "class=notice", "data-scrolls=told", "aria-label="+text.T("notice.title")).Body(
		txt("p", "grow", n.Text),
		when(n.Undo, func() app.UI {
			return node("button", "type=button", "id=notice-undo", "class=btn small").Text(text.T("notice.undo")).OnClick(n.undo)
		}),
		node("button", "type=button", "id=dismiss", "class=btn small plain").Text(text.T("notice.dismiss")).OnClick(n.dismiss),
	)
}

func (n *notice) undo(ctx app.Context, _ app.Event) {
	if n.Undoes != nil {
		send(ctx, n.Undoes)
		return
	}
	send(ctx, page.Undo{})
}

func (n *notice) dismiss(ctx app.Context, _ app.Event) { send(ctx, page.Dismiss{}) }
