package view

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/lab/script"
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
	case page.Ask:
		p.workers.of(e[0].Kind).ask(ctx, e, func(ctx app.Context, list []survey.Answer) { p.do(ctx, page.Answers(list)) })
	case page.Cancel:
		p.workers.of(string(e)).cancel()
	case page.Release:
		p.workers.release(string(e))
	case page.Observe:
		inSlices(ctx, e.To-e.From, p.cells(e.From), func(ctx app.Context, cells []page.Observation) {
			p.do(ctx, page.Observed{From: e.From, Cells: cells})
		})
	case page.PlayClaim:
		inSlices(ctx, 1, func(int) page.ClaimPlayed { return page.PlayExhibits(e.Claim) }, func(ctx app.Context, list []page.ClaimPlayed) {
			p.do(ctx, list[0])
		})
	}
}

// cells returns what plays the cells of the table of what stops what from there on.
func (p *root) cells(from int) func(int) page.Observation {
	at := slices.IndexFunc(p.lessons, func(s *script.Scenario) bool { return s.Name == page.MatrixLesson })
	return func(i int) page.Observation { return page.PlayCell(p.lessons[at], from+i) }
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
