package view

import (
	"cmp"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
)

// inCharge says on <html> that the page answers now, which page it is, at which
// step it is, and the hash of the run.
func (p *root) inCharge() {
	m := p.model
	if p.hashed != m.Trace {
		p.hashed = m.Trace
		mark("hash", m.Trace.Hash())
	}
	mark("step", strconv.Itoa(m.Step+1))
	mark("page", cmp.Or(m.Page, "lab"))
	mark("ready", "true")
}

// mark sets a data- attribute of <html>.
func mark(name, value string) {
	app.Window().Get("document").Get("documentElement").Get("dataset").Set(name, value)
}

// answerSettle lets tests wait for the page without a clock: an event
// "fixlab-settle" on the window comes back as data-settled, with its detail, once
// all that the page was told before it is drawn. It goes through the page's own
// queue three times: an event may send a message, and a message another.
func (p *root) answerSettle(ctx app.Context) {
	p.window.Listen("fixlab-settle", func(e app.Value) {
		id, rounds := e.Get("detail").String(), 3
		var round func(app.Context)
		round = func(ctx app.Context) {
			if rounds--; rounds < 0 {
				mark("settled", id)
				return
			}
			ctx.Dispatch(func(ctx app.Context) { ctx.Defer(round) })
		}
		round(ctx)
	})
}

// settle brings the browser's own state in line with what was just drawn: the
// values that a person's hand has moved, the scrolled regions, the focus in the
// step list, and the marks that tests wait for.
func (p *root) settle(app.Context) {
	m := p.model
	doc := app.Window().Get("document")
	p.inCharge()
	doc.Get("documentElement").Get("classList").Call("toggle", "projecting", m.View.Projector && m.Page == "")
	about := page.PageTitle(m)
	if m.Page == "" {
		about = "Step " + strconv.Itoa(m.Step+1) + ", " + m.Scenario.Title
	}
	doc.Set("title", about+" · Session fixation lab")
	if p.turned {
		p.turned = false
		if h, ok := dom.Element("page-title"); ok {
			app.Window().Call("scrollTo", 0, 0)
			h.Call("focus", map[string]any{"preventScroll": true})
		}
	}

	if e, ok := dom.Element("why"); ok {
		switch open := m.View.Why && m.Page == ""; {
		case open && !e.Get("open").Bool():
			dom.Try(func() { e.Call("showModal") })
		case !open && e.Get("open").Bool():
			e.Call("close")
		}
	}
	if e, ok := dom.Element("slider"); ok {
		e.Set("value", strconv.Itoa(m.Step+1))
	}
	if e, ok := dom.Element("pick-lesson"); ok {
		e.Set("value", m.Scenario.Name)
	}
	if e, ok := dom.Element("speed"); ok {
		e.Set("value", strconv.Itoa(int(m.View.Speed)))
	}
	if e, ok := dom.Element("pick-route"); ok {
		e.Set("value", m.Scenario.Route)
	}
	if e, ok := dom.Element("pick-token"); ok {
		e.Set("value", shownToken(m.Scenario))
	}
	if e, ok := dom.Element("pick-browser"); ok {
		e.Set("value", strconv.Itoa(int(m.Scenario.Browser)))
	}
	if m.Page == "sign" {
		for _, i := range m.Bench.Ready().Inputs() {
			// A field that says the same already is left alone, and so is its caret.
			if e, ok := dom.Element(i.ID); ok && e.Get("value").String() != i.Value {
				e.Set("value", i.Value)
			}
		}
	}
	if steps, ok := dom.Element("steps"); ok {
		current := steps.Call("querySelector", "[aria-current=step]")
		if current.Truthy() {
			row := current.Get("parentElement")
			dom.Centre(steps, row)
			if active := doc.Get("activeElement"); active.Truthy() && steps.Call("contains", active).Bool() && !active.Equal(current) {
				current.Call("focus", map[string]any{"preventScroll": true})
			}
		}
	}
	if code, ok := dom.Element("code"); ok {
		if line := code.Call("querySelector", ".lit, .rest"); line.Truthy() {
			dom.Centre(code, line)
		}
	}
	// A region that scrolls can be reached by keyboard; one that does not is no stop.
	regions := doc.Call("querySelectorAll", "[data-scrolls]")
	for i := range regions.Length() {
		e := regions.Index(i)
		if e.Get("scrollHeight").Int() > e.Get("clientHeight").Int()+1 || e.Get("scrollWidth").Int() > e.Get("clientWidth").Int()+1 {
			e.Set("tabIndex", 0)
		} else {
			e.Call("removeAttribute", "tabindex")
		}
	}
}
