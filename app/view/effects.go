package view

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/scenarios"
)

// carryOut does what the model asks of the browser; tell takes the messages that
// come of it. What is about elements waits until the page is drawn, what nobody sees
// until it is painted.
func carryOut(ctx app.Context, e page.Effect, w workers, l *later, tell func(app.Context, page.Msg)) {
	copied := func(button string) func(bool) {
		return func(ok bool) {
			ctx.Dispatch(func(ctx app.Context) { tell(ctx, page.Copied{Button: button, OK: ok}) })
		}
	}
	drawn := func(f func()) { ctx.Defer(func(app.Context) { f() }) }
	switch e := e.(type) {
	case page.Visit:
		if e.Replace {
			l.add(func() { dom.Rewrite(e.Fragment) })
		} else {
			l.add(func() { dom.Push(e.Fragment) })
		}
	case page.OpenTab:
		l.flush()
		dom.OpenTab(string(e))
	case page.Reopen:
		l.flush()
		dom.Remember(page.SessionStorage, page.ReopenedSetting, onOff(true))
		dom.Reopen(string(e))
	case page.Back:
		l.flush()
		dom.Back()
	case page.After:
		ctx.After(e.Wait, func(ctx app.Context) { tell(ctx, e.Msg) })
	case page.Copy:
		dom.CopyText(e.Text, copied(e.Button))
	case page.CopyAddress:
		l.flush()
		dom.CopyText(dom.Address(), copied(e.Button))
	case page.Keep:
		l.add(func() { dom.Remember(e.Storage, e.Name, onOff(e.On)) })
	case page.Store:
		l.add(func() {
			if !dom.Remember(page.LocalStorage, e.Name, e.Text) {
				ctx.Dispatch(func(ctx app.Context) { tell(ctx, page.Unkept(e.Name)) })
			}
		})
	case page.PrintOut:
		drawn(dom.Print)
	case page.StoreProgress:
		l.add(func() {
			kept := e.Over(dom.Recall(page.LocalStorage, page.ProgressSetting))
			dom.Remember(page.LocalStorage, page.ProgressSetting, kept)
			dom.Record(func() string { return page.ReportOf(kept) })
		})
	case page.Download:
		dom.Download(e.Name, e.Text)
	case page.Upload:
		kinds := ".json,application/json"
		if e.Script {
			kinds = ".txt,text/plain"
		}
		dom.Upload(kinds, func(text string) {
			ctx.Dispatch(func(ctx app.Context) {
				if e.Script {
					tell(ctx, page.Opened(text))
				} else {
					tell(ctx, page.Uploaded(text))
				}
			})
		})
	case page.KeepScripts:
		l.add(func() { dom.Remember(page.SessionStorage, page.ScriptsSetting, string(e)) })
	case page.KeepDraft:
		l.add(func() { dom.Remember(page.SessionStorage, page.DraftSetting, string(e)) })
	case page.Caret:
		drawn(func() { dom.SetCaret(e.ID, e.Text, e.At) })
	case page.Title:
		l.add(func() { dom.SetTitle(string(e)) })
	case page.Focus:
		drawn(func() { dom.Focus(e.ID, e.Top) })
	case page.Reveal:
		drawn(func() { dom.Reveal(string(e)) })
	case page.InView:
		drawn(func() { dom.ScrollTo(string(e)) })
	case page.Dialog:
		drawn(func() { dom.ShowDialog(e.ID, e.Open) })
	case page.Ask:
		w.of(e[0].Kind).ask(ctx, e, func(ctx app.Context, list []survey.Answer) { tell(ctx, page.Answers(list)) })
	case page.Cancel:
		w.of(string(e)).cancel()
	case page.Release:
		w.release(string(e))
	case page.Observe:
		inSlices(ctx, e.To-e.From, cells(e.From), func(ctx app.Context, cells []page.Observation) {
			tell(ctx, page.Observed{From: e.From, Cells: cells})
		})
	case page.PlayClaim:
		inSlices(ctx, 1, func(int) page.ClaimPlayed { return page.PlayExhibits(e.Claim) }, func(ctx app.Context, list []page.ClaimPlayed) {
			tell(ctx, list[0])
		})
	default:
		if across.carryOut != nil && across.carryOut(ctx, e, l, tell) {
			return
		}
		panic(fmt.Sprintf("the page: nobody carries out %T", e))
	}
}

// cells returns what plays the cells of the table of what stops what from there on.
func cells(from int) func(int) page.Observation {
	s, err := scenarios.Get(page.MatrixLesson)
	if err != nil {
		panic("the page: " + err.Error()) // its own lessons parse; their tests say so
	}
	return func(i int) page.Observation { return page.PlayCell(s, from+i) }
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
