package view

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
)

// windows are those that a trainer has open: what a class sees, and the notes.
type windows struct{ others dom.Windows }

// hear has tell take what another window says.
func (w *windows) hear(ctx app.Context, window *dom.Listeners, tell func(app.Context, page.Msg)) {
	w.others.Hear(window, func(text string) {
		ctx.Dispatch(func(ctx app.Context) { tell(ctx, page.Heard(text)) })
	})
}

// carryOut does what only a trainer's pages ask of the browser, and reports whether e is that.
func (w *windows) carryOut(ctx app.Context, e page.Effect, l *later, tell func(app.Context, page.Msg)) bool {
	switch e := e.(type) {
	case page.KeepTab:
		l.add(func() { dom.Remember(page.SessionStorage, e.Name, e.Text) })
	case page.Post:
		w.others.Say(string(e))
	case page.OpenWindow:
		if !w.others.Open(e.Fragment) {
			tell(ctx, page.NotesBlocked{})
		}
	case page.Hold:
		ctx.Defer(func(app.Context) { dom.Hold(string(e)) })
	case page.TellTime:
		ctx.After(time.Duration(e), func(ctx app.Context) { tell(ctx, page.Beat(time.Now().Unix())) })
	default:
		return false
	}
	return true
}
