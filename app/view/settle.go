package view

import (
	"cmp"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/lab"
)

// marks are what <html> says of the page.
type marks struct {
	hashed *lab.Trace // the run whose hash it bears: to hash one takes a while
}

// set says on <html> that the page answers now, which page it is, at which
// step it is, and the hash of the run.
func (k *marks) set(m page.Model) {
	if m.Trace != nil && k.hashed != m.Trace {
		k.hashed = m.Trace
		dom.Mark("hash", m.Trace.Hash())
	}
	mode, lesson, step := "play", m.Scenario.Name, m.Step+1
	switch {
	case m.Page == "learn":
		mode, lesson, step = "learn", m.Learn.Lesson.Name, m.Learn.Step
	case m.Page != "":
		mode = "reference"
	}
	dom.Mark("mode", mode)
	dom.Mark("lesson", lesson)
	dom.Mark("step", strconv.Itoa(step))
	dom.Mark("page", cmp.Or(m.Page, "lab"))
	dom.Mark("ready", "true")
}

// answerSettle lets tests wait for the page without a clock: an event
// "fixlab-settle" on the window comes back as data-settled, with its detail, once
// all that the page was told before it is drawn. It goes through the page's own
// queue three times: an event may send a message, and a message another.
func answerSettle(ctx app.Context, window *dom.Listeners) {
	window.Listen("fixlab-settle", func(e app.Value) {
		id, rounds := e.Get("detail").String(), 3
		var round func(app.Context)
		round = func(ctx app.Context) {
			if rounds--; rounds < 0 {
				dom.Mark("settled", id)
				return
			}
			ctx.Dispatch(func(ctx app.Context) { ctx.Defer(round) })
		}
		round(ctx)
	})
}

// settle brings the browser's own state in line with what was just drawn: what
// is typed or picked in the fields, which only the browser knows; which regions
// scroll, which is measured; and the marks that tests wait for.
func (k *marks) settle(m page.Model) {
	k.set(m)
	for _, i := range m.Inputs() {
		dom.Fill(i.ID, i.Value)
	}
	dom.StopsAtScrolling()
	dom.OneStop()
}

// setSize has all letters drawn larger at the projector.
func setSize(m page.Model) { dom.SetClass("projecting", m.View.Projector && m.Page != "learn") }
