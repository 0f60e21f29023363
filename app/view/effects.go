package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
)

// carryOut does what the model asks of the browser. What is about elements waits
// until the page is drawn.
func (p *root) carryOut(ctx app.Context, e page.Effect) {
	copied := func(button string) func(bool) {
		return func(ok bool) {
			ctx.Dispatch(func(ctx app.Context) { p.do(ctx, page.Copied{Button: button, OK: ok}) })
		}
	}
	drawn := func(f func()) { ctx.Defer(func(app.Context) { f() }) }
	switch e := e.(type) {
	case page.Visit:
		if e.Replace {
			dom.Rewrite(e.Fragment)
		} else {
			dom.Push(e.Fragment)
		}
	case page.Back:
		dom.Back()
	case page.After:
		ctx.After(e.Wait, func(ctx app.Context) { p.do(ctx, e.Msg) })
	case page.Copy:
		dom.CopyText(e.Text, copied(e.Button))
	case page.CopyAddress:
		dom.CopyText(dom.Address(), copied(e.Button))
	case page.Keep:
		dom.Remember(e.Storage, e.Name, onOff(e.On))
	case page.Title:
		drawn(func() { dom.SetTitle(string(e)) })
	case page.Focus:
		drawn(func() { dom.Focus(e.ID, e.Top) })
	case page.Reveal:
		drawn(func() { dom.Reveal(string(e)) })
	case page.Dialog:
		drawn(func() { dom.ShowDialog(e.ID, e.Open) })
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
