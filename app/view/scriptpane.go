package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/script/edit"
)

// A pane is the script beside the browsers: its text, what is wrong with it, and what can
// be done with it.
type pane struct {
	app.Compo
	Text    string
	Line    int // of the step that is shown, from 1; 0 for none
	Faults  []edit.Fault
	Words   []edit.Suggestion
	Word    int
	Asked   bool
	Checked []page.Checked
	Undo    bool
	Redo    bool

	Drafting bool // what stands there is not played yet: the browser's own undo takes back keys
	More     bool // the list of what else can be done is open

	end func() // ends that the caret is followed
}

func (p *pane) OnMount(app.Context) {
	p.end = dom.FollowCaret("script", "script-lines", "script-paper")
}

func (p *pane) OnDismount() { p.end() }

func paneOf(m page.Model) *pane {
	p := &pane{Text: m.Written(), Faults: m.Hand.Faults, Words: m.Hand.Words, Word: m.Hand.Word, Asked: m.Hand.Asked, Checked: m.Hand.Checked,
		Undo: m.CanTakeBack(), Redo: m.CanDoAgain(), Drafting: m.Hand.Drafting, More: m.Hand.Menu == page.ScriptMenu}
	if !m.Hand.Drafting && len(m.Trace.Frames) > 0 && m.Scenario.Script == nil {
		p.Line = m.Trace.Frames[m.Step].Step.Line
	}
	return p
}

func (p *pane) Render() app.UI {
	tool := func(id, symbol, label string, on bool, msg page.Msg) app.UI {
		return node("button", "type=button", "id="+id, "class=btn small plain", "aria-disabled="+yes(!on)).Body(stroke(symbol), app.Text(label)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, msg) }, app.EventScope(id))
	}
	return node("section", "class=card script", "aria-labelledby=script-title").Body(
		el("div", "top",
			node("h2", "id=script-title", "class=t2 strong grow").Text(text.T("script.title")),
			node("span", "class=row-of", "data-rove=row", "role=toolbar", "aria-label="+text.T("toolbar.undo")).Body(
				tool("undo", "undo", text.T("script.undo"), p.Undo, page.TakeBack{}),
				tool("redo", "redo", text.T("script.redo"), p.Redo, page.Again{}),
			),
		),
		node("div", "id=script-paper", "class=paper").Body(
			node("pre", "id=script-lines", "aria-hidden=true").Body(p.lines()...),
			node("textarea", "id=script", "class=over", "aria-label="+text.T("script.text"), "aria-describedby=script-hint script-faults", "aria-autocomplete=list", "aria-controls="+p.offered(), "aria-activedescendant="+p.offeredNow(), "aria-invalid="+yes(len(p.Faults) > 0), "spellcheck=false", "autocapitalize=off", "autocomplete=off", "dir=ltr", "wrap=soft").
				Text(p.Text).OnInput(edited).OnChange(rested).OnKeyDown(p.key).OnClick(p.clicked),
		),
		p.offers(),
		p.faults(),
		p.checked(),
		node("p", "id=script-hint", "class=hint quiet t1").Text(text.T("script.hint")),
		el("div", "do",
			node("div", "class=row-of grow", "data-rove=row", "role=toolbar", "aria-label="+text.T("toolbar.script")).Body(node("button", "type=button", "id=check", "class=btn grow", "hidden="+yes(!p.wants())).Text(text.T("script.check")).OnClick(sends(page.CheckWants{})),
				node("button", "type=button", "id=save", "class=btn").Text(text.T("script.save")).OnClick(sends(page.SaveScript{})),
				node("button", "type=button", "id=script-link", "class=btn").Body(stroke("link"), app.Text(text.T("script.link"))).OnClick(sends(page.CopyScript{}))),
			p.menu(),
		),
	).On("dragover", func(_ app.Context, e app.Event) { e.PreventDefault() }).On("drop", dropped)
}

// wants reports whether there are rows to check.
func (p *pane) wants() bool { return strings.Contains(p.Text, "\n-- want --") }

// offered is the id of the list of words, "" while there is none.
func (p *pane) offered() string {
	if len(p.Words) == 0 {
		return ""
	}
	return "script-words"
}

// offeredNow is the id of the word that is picked, "" while she only types.
func (p *pane) offeredNow() string {
	if len(p.Words) == 0 || !p.Asked {
		return ""
	}
	return wordID(p.Word)
}

func wordID(i int) string { return "script-word-" + strconv.Itoa(i) }

// sends returns what sends a message, with its scope.
func sends(msg page.Msg) (app.EventHandler, app.EventOption) {
	return func(ctx app.Context, _ app.Event) { send(ctx, msg) }, scope(msg)
}

// lines are the text's lines under the field, with who does each, and the one of the step
// that is shown.
func (p *pane) lines() []app.UI {
	faulty := map[int]bool{}
	for _, f := range p.Faults {
		faulty[f.Line] = true
	}
	all := strings.Split(p.Text, "\n")
	return each(len(all), func(i int) app.UI {
		class := "l"
		if i+1 == p.Line {
			class += " now rest"
		}
		if faulty[i+1] {
			class += " bad"
		}
		who, rest, ok := strings.Cut(all[i], " ")
		person, _, _ := strings.Cut(who, "@")
		if !ok || person != "mallory" && person != "alice" && person != "server" {
			if strings.HasPrefix(all[i], "#") {
				class += " quiet"
			}
			return txt("span", class, all[i]+"\n")
		}
		return el("span", class, txt("b", person[:1], who), app.Text(" "+rest+"\n"))
	})
}

func (p *pane) offers() app.UI {
	if len(p.Words) == 0 {
		return nil
	}
	return node("ul", "id=script-words", "class=offers", "role=listbox", "aria-label="+text.T("script.words")).Body(each(len(p.Words), func(i int) app.UI {
		w := p.Words[i]
		return node("li", "role=option", "id="+wordID(i), "aria-selected="+yes(i == p.Word)).Body(txt("code", "", strings.TrimSpace(w.Text)), txt("span", "quiet t1", w.Hint)).
			OnMouseDown(func(ctx app.Context, e app.Event) {
				e.PreventDefault() // the field keeps the focus
				send(ctx, page.TakeWord(i+1))
			}, app.EventScope(i))
	})...)
}

func (p *pane) faults() app.UI {
	return node("div", "id=script-faults", "class=faults").Body(each(min(len(p.Faults), 3), func(i int) app.UI {
		f := p.Faults[i]
		return el("p", "t1", node("button", "type=button", "class=link strong").Text(text.T("script.line", "n", f.Line)).OnClick(sends(page.ToFault(i))), app.Text(" "+f.Says))
	})...)
}

func (p *pane) checked() app.UI {
	if len(p.Checked) == 0 {
		return nil
	}
	return node("ul", "id=checked", "class=checked t1").Body(each(len(p.Checked), func(i int) app.UI {
		c := p.Checked[i]
		if c.Fault == "" {
			return node("li", "data-holds=true").Body(stroke("check"), txt("span", "vh", text.T("goal.holds")), txt("span", "", text.T("script.holds", "row", c.Row, "want", c.Want)))
		}
		return node("li", "data-holds=false").Body(stroke("close"), txt("span", "vh", text.T("goal.fails")), txt("span", "", text.T("script.fails", "row", c.Row, "why", c.Fault)))
	})...)
}

// menu is what else can be done with the script.
func (p *pane) menu() app.UI {
	item := func(id, title string, msg page.Msg) app.UI {
		return node("button", "type=button", "id=script-"+id, "class=btn plain").Text(title).OnClick(sends(msg))
	}
	return node("div", "class=menu up").On("focusout", menuLeft(p.More), app.EventScope(p.More)).Body(
		node("button", "type=button", "id=script-more", "class=btn icon plain", "aria-expanded="+yes(p.More), "aria-controls=script-list", "aria-label="+text.T("script.more")).Body(stroke("more")).OnClick(sends(page.OpenMenu(page.ScriptMenu))),
		when(p.More, func() app.UI {
			return node("div", "id=script-list", "class=list").Body(
				item("open", text.T("script.open"), page.ChooseScript{}),
				item("new", text.T("script.new"), page.NewScript("")),
				item("remember", text.T("script.remember"), page.RememberRun{}),
				item("compare", text.T("script.compare"), page.CompareRemembered{}),
				item("har", text.T("script.har"), page.Export("har")),
				item("mermaid", text.T("script.mermaid"), page.Export("mermaid")),
				item("markdown", text.T("script.markdown"), page.Export("md")),
			)
		}),
	)
}

// edited tells the page what stands in the field, and where the caret is.
func edited(ctx app.Context, _ app.Event) {
	written := chosen(ctx)
	send(ctx, page.Edit{Text: written, Caret: dom.CaretOf(ctx.JSSrc(), written), Offer: true})
}

// rested plays what was typed, as the field is left.
func rested(ctx app.Context, _ app.Event) {
	send(ctx, page.NoWords{})
	send(ctx, page.EditRests(0))
}

// clicked goes to the step of the line with the caret.
func (p *pane) clicked(ctx app.Context, _ app.Event) {
	if len(p.Words) > 0 { // they are for where the caret was
		send(ctx, page.NoWords{})
	}
	at := dom.CaretOf(ctx.JSSrc(), p.Text)
	send(ctx, page.ToLine(1+strings.Count(p.Text[:min(at, len(p.Text))], "\n")))
}

// key is a key in the field: those of the list of words, while that is open.
func (p *pane) key(ctx app.Context, e app.Event) {
	k, with := e.Get("key").String(), e.Get("ctrlKey").Truthy() || e.Get("metaKey").Truthy()
	var msg page.Msg
	switch {
	case with && k == " ":
		written := chosen(ctx)
		msg = page.Edit{Text: written, Caret: dom.CaretOf(ctx.JSSrc(), written), Offer: true, Asked: true}
	case with && k == "Enter":
		msg = page.EditRests(0)
	case with && !p.Drafting && (k == "z" || k == "Z" || k == "y"): // what is played is undone as a whole, as by the buttons
		msg = page.TakeBack{}
		if k != "z" {
			msg = page.Again{}
		}
	case len(p.Words) == 0:
		return
	case k == "ArrowLeft", k == "ArrowRight", k == "Home", k == "End", k == "PageUp", k == "PageDown": // they are for where the caret was
		send(ctx, page.NoWords{})
		return
	case with:
		return
	case k == "ArrowDown":
		msg = page.PickWord(1)
	case k == "ArrowUp":
		msg = page.PickWord(-1)
	case p.Asked && (k == "Enter" || k == "Tab" && !e.Get("shiftKey").Truthy()): // who only types leaves by Tab
		msg = page.TakeWord(0)
	case k == "Escape":
		msg = page.NoWords{}
		e.Call("stopPropagation")
	default:
		return
	}
	e.PreventDefault()
	send(ctx, msg)
}

// dropped opens a file, or a text, that was dropped on the script.
func dropped(ctx app.Context, e app.Event) {
	e.PreventDefault()
	dom.Dropped(e.Get("dataTransfer"), func(written string) {
		ctx.Dispatch(func(ctx app.Context) { send(ctx, page.Opened(written)) })
	})
}
