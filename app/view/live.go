package view

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
)

// What can be done in a person's window in Play: each act is a line of the script.

// A live is what is live in a window; the zero live is nothing.
type live struct {
	On     bool
	Sits   bool            // Mallory sits at this browser, which is not hers
	Menu   string          // the list that is open, see page.HabitMenu
	Site   page.Site       // Mallory's own, in her window
	Cookie page.CookieForm // the cookie that is edited in this window
	Habits []page.Habit
	Bars   []string // the capabilities that the scenario does not grant
	// Denied are the verbs that the challenge does not grant whoever sits there.
	Denied []string
}

// denied says why nobody does that here, "" where somebody may.
func (w window) denied(verb string) string {
	if slices.Contains(w.Live.Denied, verb) {
		return text.T("live.denied")
	}
	return ""
}

// tabs are the tabs of a live window: her browser's, and Mallory's own site.
func (w window) tabs(b event.Browser, title, symbol string) app.UI {
	var out []app.UI
	if len(b.Tabs) == 0 || w.Live.Site.Open {
		out = append(out, node("button", "type=button", "class=tab"+backClass(w.Live.Site.Open), "aria-pressed="+yes(!w.Live.Site.Open)).Body(stroke(symbol), txt("span", "cut", title)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.OpenSite(false)) }))
	} else {
		for i, name := range b.Tabs {
			if name == "" {
				name = text.T("browser.new")
			}
			out = append(out, node("button", "type=button", "class=tab"+backClass(i != b.Tab), "aria-pressed="+yes(i == b.Tab)).Body(txt("span", "cut", words.Short(name))).
				OnClick(w.does("tab "+strconv.Itoa(i+1)), app.EventScope(i)))
		}
	}
	out = append(out, node("button", "type=button", "name=tab", "class=btn icon tiny", "disabled="+yes(w.denied("tab") != ""), "aria-description="+w.denied("tab"), "aria-label="+text.T("live.tab", "who", words.Person(w.Name))).Body(stroke("plus")).OnClick(w.does("tab")))
	if w.Name == event.Mallory {
		out = append(out, node("button", "type=button", "id=open-site", "class=tab"+backClass(!w.Live.Site.Open), "aria-pressed="+yes(w.Live.Site.Open)).Body(stroke("doc"), txt("span", "cut", text.T("live.site"))).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.OpenSite(!w.Live.Site.Open)) }, app.EventScope(w.Live.Site.Open)))
	}
	return el("div", "tabs", node("div", "class=row-of", "data-rove=row", "role=toolbar", "aria-label="+text.T("toolbar.tabs", "who", words.Person(w.Name))).Body(out...), el("span", "who", stroke(w.Name), app.Text(words.Person(w.Name))))
}

func backClass(back bool) string {
	if back {
		return " back"
	}
	return ""
}

// does returns what appends a line of whoever sits at the window.
func (w window) does(line string) app.EventHandler {
	return func(ctx app.Context, _ app.Event) { send(ctx, page.Do{Browser: w.Name, Line: line}) }
}

// liveTools are back, reload, the address, and what the person does by habit.
func (w window) liveTools(b event.Browser) app.UI {
	who := words.Person(w.Name)
	travel := func(name, label string, off bool) app.UI { // one that was just pressed keeps the focus
		return node("button", "type=button", "name="+name, "class=btn icon tiny", "aria-disabled="+yes(off), "aria-label="+label).Body(stroke(name)).
			OnClick(func(ctx app.Context, e app.Event) {
				if !off {
					w.does(name)(ctx, e)
				}
			}, app.EventScope(name, off))
	}
	id := page.AddressField(w.Name)
	return el("div", "tools",
		node("span", "class=row-of", "data-rove=row", "role=toolbar", "aria-label="+text.T("toolbar.history", "who", who)).Body(
			travel("back", text.T("live.back", "who", who), !b.Back),
			travel("reload", text.T("live.reload", "who", who), b.URL == ""),
		),
		el("label", "addr", txt("span", "vh", text.T("live.address", "who", who)),
			node("input", "type=text", "id="+id, "name=address", "value="+b.URL, "dir=ltr", "placeholder="+text.T("live.type"), "spellcheck=false", "autocapitalize=off", "autocomplete=off", "enterkeyhint=go").
				OnInput(typed(id)).OnKeyDown(w.goes)),
		when(w.Name == event.Alice, w.habits),
	)
}

// goes follows the address that was typed.
func (w window) goes(ctx app.Context, e app.Event) {
	if e.Get("key").String() == "Enter" && !e.Get("isComposing").Truthy() {
		e.PreventDefault()
		send(ctx, page.GoTo{Browser: w.Name, Address: chosen(ctx)})
	}
}

// typed tells the page what stands in a field of that id.
func typed(id string) app.EventHandler {
	return func(ctx app.Context, _ app.Event) { send(ctx, page.Type{ID: id, Text: dom.Stands(ctx.JSSrc())}) }
}

// habits are what Alice does when she is asked to.
func (w window) habits() app.UI {
	open := w.Live.Menu == page.HabitMenu
	return node("div", "class=menu").On("focusout", menuLeft(open), app.EventScope(open)).Body(
		node("button", "type=button", "id=habits", "class=btn small", "aria-expanded="+yes(open), "aria-controls=habit-list").Body(app.Text(text.T("live.habits")), stroke("down")).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.OpenMenu(page.HabitMenu)) }),
		when(open, func() app.UI {
			all := w.Live.Habits
			return node("div", "id=habit-list", "class=list").Body(append(each(len(all), func(n int) app.UI {
				return node("button", "type=button", "class=btn plain", "data-habit="+strconv.Itoa(n+1)).Text(all[n].Title).
					OnClick(sends(page.Act(all[n].Lines)))
			}), w.sitting())...)
		}),
	)
}

// menuLeft closes a list that is open when the focus has left it.
func menuLeft(open bool) app.EventHandler {
	return func(ctx app.Context, e app.Event) {
		if to := e.Get("relatedTarget"); open && to.Truthy() && !ctx.JSSrc().Call("contains", to).Bool() {
			send(ctx, page.MenuLeft{})
		}
	}
}

// sitting is the switch by which Mallory sits at Alice's browser.
func (w window) sitting() app.UI {
	barred := w.barred("device")
	return el("div", "sitting",
		node("button", "type=button", "class=switch", "role=switch", "id=sit", "aria-checked="+yes(w.Live.Sits), "aria-disabled="+yes(barred != ""), "aria-describedby=sit-why").Text(text.T("live.sit")).
			OnClick(func(ctx app.Context, _ app.Event) {
				if barred == "" {
					send(ctx, page.SitDown(!w.Live.Sits))
				}
			}, app.EventScope(barred, w.Live.Sits)),
		node("p", "id=sit-why", "class=t1 quiet").Text(barred))
}

// barred says why a capability is not there, "" where it is.
func (w window) barred(capability string) string { return barred(w.Live.Bars, capability) }

func barred(bars []string, capability string) string {
	for _, b := range bars {
		if b == capability {
			return text.T("live.barred", "capability", capability)
		}
	}
	return ""
}

// link is a link of a live page.
func (w *website) link(b *event.Block, body []app.UI) app.UI {
	who := w.of.Name
	return node("a", "class=link", "href=#", "data-nth="+strconv.Itoa(b.Link)).Body(body...).OnClick(func(ctx app.Context, e app.Event) {
		e.PreventDefault()
		send(ctx, page.Click{Browser: who, Text: b.Text, Nth: b.Link})
	}, app.EventScope(who, b.Text, b.Link))
}
