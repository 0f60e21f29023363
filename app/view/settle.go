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
	set    map[string]string // by name
	hashed *lab.Trace        // the run whose hash it bears: to hash one takes a while
}

// say says on <html> that the page answers now, which page it is, and at which step.
func (k *marks) say(m page.Model) {
	mode, lesson, step := "play", m.Scenario.Name, m.Step+1
	switch {
	case m.Page == "learn":
		mode, lesson, step = "learn", m.Learn.Lesson.Name, m.Learn.Step
	case len(m.Present.Slides) > 0 && (m.Page == page.PresentPage || m.Page == page.NotesPage):
		mode, lesson, step = m.Page, "", m.Present.At+1
		if m.Present.Lesson != nil {
			lesson = m.Present.Lesson.Name
		}
	case m.Page == "teach":
		mode = "teach"
	case m.Page != "":
		mode = "reference"
	}
	k.mark("mode", mode)
	k.mark("lesson", lesson)
	k.mark("step", strconv.Itoa(step))
	k.mark("page", cmp.Or(m.Page, "lab"))
	k.mark("ready", "true")
}

func (k *marks) mark(name, value string) {
	if k.set[name] != value {
		k.set[name] = value
		dom.Mark(name, value)
	}
}

// hash says on <html> which run is shown. Only who asks the page to settle reads it: it
// takes much longer than all else that is done with a long run.
func (k *marks) hash(t *lab.Trace) {
	if t != nil && k.hashed != t {
		k.hashed = t
		dom.Mark("hash", t.Hash())
	}
}

// answerSettle lets tests wait for the page without a clock: an event
// "fixlab-settle" on the window comes back as data-settled, with its detail, once
// all that the page was told before it is drawn. It goes through the page's own
// queue three times: an event may send a message, and a message another. Rest is what is
// left to do then.
func answerSettle(ctx app.Context, window *dom.Listeners, rest func()) {
	window.Listen("fixlab-settle", func(e app.Value) {
		id := e.Get("detail").String()
		afterAll(ctx, func() {
			rest()
			dom.Mark("settled", id)
		})
	})
}

// afterAll calls f once all that the page was told before is answered and drawn.
func afterAll(ctx app.Context, f func()) {
	rounds := 3
	var round func(app.Context)
	round = func(ctx app.Context) {
		if rounds--; rounds < 0 {
			f()
			return
		}
		ctx.Dispatch(func(ctx app.Context) { ctx.Defer(round) })
	}
	round(ctx)
}

// settle brings the browser's own state in line with what was just drawn: what
// is typed or picked in the fields, which only the browser knows; which regions
// scroll, which is measured; and the marks that tests wait for.
func (k *marks) settle(m page.Model, t typing, l *later) {
	k.say(m)
	for _, i := range m.Inputs() {
		if _, typed := t[i.ID]; !typed {
			dom.Fill(i.ID, i.Value)
		}
	}
	l.add(func() {
		dom.StopsAtScrolling()
		dom.OneStop()
	})
	l.drawn()
}

// setSize has all letters drawn larger for a class, and leaves room at the end of the page
// for a notice.
func setSize(m page.Model) {
	dom.SetClass("presenting", m.Page == page.PresentPage)
	dom.SetClass("telling", m.Notice != "")
}
