package view

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// labPage is the root component. It owns the model; every region below it is a
// component that is given the trace and scalars, so that what did not change is
// not drawn again. Its fields are unexported: go-app leaves those alone.
type root struct {
	app.Compo
	model     page.Model
	lessons   []*script.Scenario
	shortcuts bool       // single letters and digits are shortcuts
	said      string     // what the live region says
	saying    int        // counts announcements: only the last one is said
	beat      int        // counts the player's clocks: only the last one ticks
	turned    bool       // another page has come up, and the focus is not on it yet
	hashed    *lab.Trace // the run whose hash <html> bears
	window    dom.Listeners
}

// newPage returns the page at the step that the address names.
func newRoot() app.Composer {
	lessons, err := scenarios.All()
	if err != nil {
		panic("the page: " + err.Error()) // its own lessons parse; their tests say so
	}
	p := &root{lessons: lessons, shortcuts: true}
	if app.IsClient {
		p.model = page.ParseFragment(dom.Fragment())
		p.model.View.Projector = dom.Recall("sessionStorage", "fixlab/1/projector") == "on"
		p.shortcuts = dom.Recall("localStorage", "fixlab/1/shortcuts") != "off"
	} else {
		p.model = page.ParseFragment("")
	}
	return p
}

// Run shows the page in a browser and does not return there; elsewhere it
// returns at once. Every path shows the one page: where the learner stands is in
// the fragment, so that the site works under any path of any host.
func Run() {
	app.RouteWithRegexp(".*", newRoot)
	dom.Mend()
	app.RunWhenOnBrowser()
}

// send hands msg to the page.
func send(ctx app.Context, msg page.Msg) { ctx.NewActionWithValue("msg", msg) }

func (p *root) OnMount(ctx app.Context) {
	ctx.Handle("msg", func(ctx app.Context, a app.Action) { p.do(ctx, a.Value.(page.Msg)) })
	ctx.Handle("share", func(ctx app.Context, _ app.Action) { p.share(ctx) })
	ctx.Handle("copy", func(ctx app.Context, a app.Action) {
		what := a.Value.([2]string)
		dom.CopyText(what[1], func(ok bool) {
			ctx.Dispatch(func(ctx app.Context) {
				if ok {
					p.do(ctx, page.Copied(what[0]))
				} else {
					p.do(ctx, page.Tell("The browser does not let this page copy. Select the text and copy it."))
				}
			})
		})
	})
	ctx.Handle("undo", func(app.Context, app.Action) { app.Window().Get("history").Call("back") })
	ctx.Handle("shortcuts", func(_ app.Context, a app.Action) {
		p.shortcuts = a.Value.(bool)
		dom.Remember("localStorage", "fixlab/1/shortcuts", onOff(p.shortcuts))
	})
	// The page answers the address and the links itself: go-app's handlers
	// cannot read a fragment with a stray percent sign, and take a link back to
	// where they last navigated for no navigation.
	app.Window().Set("onclick", nil)
	app.Window().Set("onpopstate", nil)
	p.window.Listen("popstate", func(app.Value) {
		ctx.Dispatch(func(ctx app.Context) {
			if f := dom.Fragment(); f != p.model.Fragment() {
				p.do(ctx, page.Follow(f))
			}
		})
	})
	p.window.Listen("keydown", func(e app.Value) { p.key(ctx, e) })
	if p.model.Notice != "" {
		dom.Rewrite(p.model.Fragment())
	}
	p.answerSettle(ctx)
	p.inCharge()
	ctx.Defer(p.settle)
}

func (p *root) OnDismount() { p.window.Release() }

// do is the only place where the model changes.
func (p *root) do(ctx app.Context, msg page.Msg) {
	was := p.model
	p.model = was.Update(msg)
	// What a link or Back led to is in the address already, if it was well written.
	if _, ok := msg.(page.Follow); !ok || dom.Fragment() != p.model.Fragment() {
		visit(was.Visit(p.model, msg), p.model.Fragment())
	}
	if was.View.Projector != p.model.View.Projector {
		dom.Remember("sessionStorage", "fixlab/1/projector", onOff(p.model.View.Projector))
	}
	if p.model.View.Playing && !was.View.Playing || was.View.Speed != p.model.View.Speed {
		p.wait(ctx)
	}
	switch {
	case p.model.Notice != "" && p.model.Notice != was.Notice:
		p.say(ctx, p.model.Notice)
	case was.Page != p.model.Page:
		p.say(ctx, page.PageTitle(p.model))
	case p.model.Page != "":
		if say := page.PageOf(p.model.Page).Say; say != nil && say(p.model) != say(was) {
			p.say(ctx, say(p.model))
		}
	case was.Fragment() != p.model.Fragment():
		if !p.model.View.Playing || words.KeyMoment(p.model.Trace, p.model.Step) {
			p.say(ctx, p.announcement(was))
		}
	}
	p.turned = p.turned || was.Page != p.model.Page
	ctx.Defer(p.settle)
}

func (p *root) announcement(was page.Model) string {
	if was.Step == p.model.Step && was.Scenario.Name == p.model.Scenario.Name {
		word, sentence := words.OutcomeWords(p.model.Trace.Verdict.Outcome)
		return "This run ends: " + word + ". " + sentence
	}
	return words.Announcement(p.model.Trace, p.model.Step)
}

// visit puts fragment into the address as v says.
func visit(v page.Visit, fragment string) {
	switch v {
	case page.Replace:
		dom.Rewrite(fragment)
	case page.Push:
		dom.Push(fragment)
	}
}

// wait starts the player's clock; an older clock stops.
func (p *root) wait(ctx app.Context) {
	p.beat++
	beat := p.beat
	pause := map[page.Speed]time.Duration{page.Half: 4 * time.Second, page.Normal: 2 * time.Second, page.Double: time.Second}[p.model.View.Speed]
	ctx.After(pause, func(ctx app.Context) {
		if beat != p.beat || !p.model.View.Playing {
			return
		}
		p.do(ctx, page.Tick{})
		if p.model.View.Playing {
			p.wait(ctx)
		}
	})
}

// say makes the live region say text, once nothing newer has come up for 400 ms.
func (p *root) say(ctx app.Context, text string) {
	p.saying++
	saying := p.saying
	p.said = ""
	ctx.After(400*time.Millisecond, func(app.Context) {
		if saying == p.saying {
			p.said = text
		}
	})
}

// share puts the link to this step, or page, on the clipboard, or says where it is.
func (p *root) share(ctx app.Context) {
	what := "step"
	if p.model.Page != "" {
		what = "page"
	}
	tell := func(text string) { ctx.Dispatch(func(ctx app.Context) { p.do(ctx, page.Tell(text)) }) }
	dom.CopyText(dom.Address(), func(ok bool) {
		if ok {
			tell("The link to this " + what + " is copied.")
		} else {
			tell("The address bar holds the link to this " + what + ": copy it from there.")
		}
	})
}

func (p *root) Render() app.UI {
	m := p.model
	class := "lab lane-" + [...]string{"attacker", "server", "victim"}[m.Shown()]
	if m.View.Projector {
		class += " projector"
	}
	if m.View.HTTP {
		class += " with-http"
	}
	var main app.UI
	if beside := page.PageOf(m.Page); beside != nil {
		class = "lab sheet"
		main = sheet(beside, m)
	} else {
		main = node("main", "id=main").Body(
			&caption{Trace: m.Trace, Step: m.Step},
			&panels{Trace: m.Trace, Step: m.Step, Lane: m.Shown(), Link: m.LinkAt(0)},
			&sequence{Trace: m.Trace, Step: m.Step},
			&messages{Trace: m.Trace, Step: m.Step, Open: m.View.HTTP},
			&transport{Trace: m.Trace, Step: m.Step, Playing: m.View.Playing, Speed: m.View.Speed, HTTP: m.View.HTTP},
			node("aside", "class=side", "aria-label=Defences and verdict").Body(
				&setup{Scenario: m.Scenario, Open: m.View.Setup},
				&switches{Defences: m.Defences, Asked: m.Trace.Asked, Open: m.View.Switches},
				&verdict{Trace: m.Trace, Link: m.LinkAt(0)},
			),
		)
	}
	return node("div", "id=lab", "class="+class, "data-ready=true", "data-step="+strconv.Itoa(m.Step+1)).Body(
		&header{Lessons: p.lessons, Name: m.Scenario.Name, Projector: m.View.Projector, Page: m.Page, Lab: m.LinkAt(m.Step), Links: page.PageLinks(m)},
		&notice{Text: m.Notice, Undo: m.Undo},
		main,
		node("p", "id=live", "class=unseen", "aria-live=polite", "aria-atomic=true").Text(p.said),
		&help{Shortcuts: p.shortcuts, Trace: m.Trace},
		&because{Trace: m.Trace, Link: m.LinkAt(0), Play: m.Play(), Open: m.View.Why && m.Page == ""},
		when(m.View.Blank && m.Page == "", func() app.UI {
			return el("div", "blank", txt("p", "", "Blank. Press B to come back."))
		}),
	)
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
