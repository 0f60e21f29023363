package view

import (
	"cmp"
	"runtime/debug"
	"sync"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/worker"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// root is the root component. It owns the model; every region below it is a
// component that is given the trace and scalars, so that what did not change is
// not drawn again. Its fields are unexported: go-app leaves those alone.
type root struct {
	app.Compo
	model   page.Model
	start   []page.Effect // to be carried out when the page is in the document
	marks   marks
	later   later
	typing  typing
	window  dom.Listeners
	workers workers
}

// newRoot returns the page at the step that the address names.
func newRoot() app.Composer {
	p := &root{workers: workers{}, typing: typing{}, marks: marks{set: map[string]string{}}}
	fragment, remembered := "", page.Settings{Letters: true}
	if app.IsClient {
		dom.TakesOver()
		fragment = dom.Fragment()
		remembered.Kept = func(name string) string { return dom.Recall(page.LocalStorage, name) }
		speak(cmp.Or(dom.Query(wordsQuery), page.LanguageOf(fragment, remembered.Kept)))
		remembered.Listing = dom.Recall(page.SessionStorage, page.ListingSetting) == "on"
		remembered.Present = dom.Recall(page.SessionStorage, page.PresentSetting)
		remembered.Tab = dom.Random()
		remembered.Draft = dom.Recall(page.SessionStorage, page.DraftSetting)
		remembered.Script = dom.Recall(page.SessionStorage, page.ScriptsSetting)
		remembered.Seed = dom.Recall(page.LocalStorage, page.SeedSetting)
		if remembered.Seed == "" {
			remembered.Seed = dom.Random()
			dom.Remember(page.LocalStorage, page.SeedSetting, remembered.Seed)
		}
		if remembered.Reopened = dom.Recall(page.SessionStorage, page.ReopenedSetting) == "on"; remembered.Reopened {
			dom.Remember(page.SessionStorage, page.ReopenedSetting, onOff(false))
		}
		remembered.Workers = worker.Most()
		remembered.Day = time.Now().Format(time.DateOnly)
		remembered.Progress = dom.Recall(page.LocalStorage, page.ProgressSetting)
		dom.Record(func() string { return page.ReportOf(remembered.Progress) })
		remembered.Alone = dom.Marked("alone") != ""
		remembered.Home, remembered.Embed = home(), dom.Marked("embed") != ""
		remembered.Bet = dom.Marked("bet")
		remembered.Here = dom.Here()
		remembered.Letters = dom.Recall(page.LocalStorage, page.LettersSetting) != "off"
	}
	p.model, p.start = page.Start(fragment, remembered)
	return p
}

// home says what the page's address leads to.
func home() page.Home {
	switch dom.Scheme() {
	case "http:", "https:":
		if dom.Framed() {
			return page.InFrame
		}
		return page.OnSite
	case "file:":
		return page.InFile
	}
	return page.Homeless
}

// lessons are all lessons. They are read when they are first looked at.
var lessons = sync.OnceValue(func() []*script.Scenario {
	all, err := scenarios.All()
	if err != nil {
		panic("the page: " + err.Error()) // its own lessons parse; their tests say so
	}
	return all
})

// Run shows the page in a browser and does not return there; elsewhere it
// returns at once. Every path shows the one page: where the learner stands is in
// the fragment, so that the site works under any path of any host.
func Run() {
	app.RouteWithRegexp(".*", newRoot)
	dom.Mend()
	if app.IsClient {
		debug.SetGCPercent(400) // see later.collect
		warmUp()
	}
	app.RunWhenOnBrowser()
}

// warmUp does once what drawing the page does, and gives way to the browser in between:
// the first time takes longest, and the page is drawn in one piece.
func warmUp() {
	dom.Breathe()
	page.Course()
	dom.Breathe()
	m, _ := page.Start("", page.Settings{})
	dom.Breathe()
	face(m)
	dom.Breathe()
}

func (p *root) OnMount(ctx app.Context) {
	ctx.Handle(message, func(ctx app.Context, a app.Action) {
		p.do(ctx, a.Value.(page.Msg))
		dom.Hurry()
	})
	// The page answers the address and the links itself: go-app's handlers
	// cannot read a fragment with a stray percent sign, and take a link back to
	// where they last navigated for no navigation.
	app.Window().Set("onclick", nil)
	app.Window().Set("onpopstate", nil)
	for _, act := range []string{"click", "keydown", "popstate", "storage", "pagehide", "visibilitychange"} {
		p.window.First(act, func(app.Value) { p.later.flush() })
	}
	p.window.Listen("popstate", func(app.Value) {
		ctx.Dispatch(func(ctx app.Context) {
			if f := dom.Fragment(); f != p.model.Fragment() {
				p.do(ctx, page.Follow(f))
			}
		})
	})
	// Another tab writes the progress too, and this one may have slept meanwhile.
	for _, event := range []string{"storage", "pageshow"} {
		p.window.Listen(event, func(app.Value) { ctx.Dispatch(p.elsewhere) })
	}
	p.typing.watch(ctx, &p.window, func() { p.marks.settle(p.model, p.typing, &p.later) })
	p.window.Listen("focusin", func(e app.Value) { dom.StayAt(e.Get("target")) })
	p.window.Listen("keydown", func(e app.Value) {
		if dom.Rove(e) || dom.OpensList(e) {
			return
		}
		k, ok := pressed(e)
		if !ok {
			return
		}
		if msg := page.Shortcut(p.model, k); msg != nil {
			e.Call("preventDefault")
			ctx.Dispatch(func(ctx app.Context) {
				p.do(ctx, msg)
				dom.Hurry()
			})
		}
	})
	p.window.Listen("resize", func(app.Value) { dom.StopsAtScrolling() })
	answerSettle(ctx, &p.window, func() {
		p.later.flush()
		p.marks.hash(p.model.Trace)
	})
	if across.hear != nil {
		across.hear(ctx, &p.window, p.do)
	}
	p.perform(ctx, p.start)
	p.start = nil
	p.later.flush()
	p.elsewhere(ctx) // since it was read
}

// elsewhere takes over what another tab has written.
func (p *root) elsewhere(ctx app.Context) {
	if kept := dom.Recall(page.LocalStorage, page.ProgressSetting); kept != "" && kept != p.model.Learn.Progress.String() {
		p.do(ctx, page.Elsewhere(kept))
	}
}

func (p *root) OnDismount() {
	p.window.Release()
	for kind := range p.workers {
		p.workers.release(kind)
	}
}

// do is the only place where the model changes.
func (p *root) do(ctx app.Context, msg page.Msg) {
	var effects []page.Effect
	p.model, effects = p.model.Update(msg)
	p.typing.heard(p.model)
	p.perform(ctx, effects)
}

// perform settles what was drawn, and carries effects out. The sizes come first: where
// things are hangs on them. The effects come last: the browser works out where things are
// when one asks, and again when something is changed after it.
func (p *root) perform(ctx app.Context, effects []page.Effect) {
	ctx.Defer(func(app.Context) { setSize(p.model) })
	ctx.Defer(func(app.Context) { p.marks.settle(p.model, p.typing, &p.later) })
	for _, e := range effects {
		carryOut(ctx, e, p.workers, &p.later, p.do)
	}
}

// across is what only the whole program does with other windows: hear them, and carry out
// the effects that are about them.
var across struct {
	hear     func(app.Context, *dom.Listeners, func(app.Context, page.Msg))
	carryOut func(app.Context, page.Effect, *later, func(app.Context, page.Msg)) bool
}

// The pages that few need are drawn by the whole program only, see page.Reopen: some
// altogether, of others what stands under the heading. By name.
var faces, bodies map[string]func(page.Model) app.UI

func (p *root) Render() app.UI {
	m := p.model
	if draw := faces[m.Page]; draw != nil {
		return draw(m)
	}
	if m.Page == "learn" {
		return face(m)
	}
	var found *survey.Why
	var fault string
	if m.Because.Run == m.LinkAt(0) {
		found, fault = m.Because.Found, m.Because.Fault
	}
	why := &because{Trace: m.Trace, Link: m.LinkAt(0), Open: m.WhyOpen(), Found: found, Fault: fault}
	if m.Page == "" {
		return playFace(m, lessons(), why)
	}
	return besideFace(m, p.beside(), why)
}

// beside draws what stands under the heading of a page beside the lab.
func (p *root) beside() app.UI {
	m := p.model
	if draw := bodies[m.Page]; draw != nil {
		return draw(m)
	}
	switch m.Page {
	case page.ScriptPage:
		return offerView(m.Hand.Offer)
	case "code":
		return codeView(m.Learn)
	case "reference":
		return referenceView(m, lessons())
	case "what-stops-what":
		return &matrix{Played: m.Matrix}
	case "claims":
		return &claims{All: m.Claims.All, Links: m.Claims.Played}
	case "compare":
		return compareView(m.Run, m.Compare)
	case "explore":
		return &explorer{E: m.Explore, Queue: &p.workers.of(survey.Exploring).queue}
	}
	panic("the page: nobody draws " + m.Page)
}
