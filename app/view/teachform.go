//go:build !slim

package view

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// orderForm is the running order while it is edited.
func orderForm(t page.Teach) app.UI {
	p := t.Plan()
	places := page.Places()
	return el("div", "stack order-form",
		el("div", "row",
			node("label", "for="+page.PlanFieldID(page.WholePlan, "minutes")).Text(text.T("teach.minutes-of-all")),
			planField(page.WholePlan, "minutes", "")),
		node("div", "class=heads", "aria-hidden=true").Body( // each field has a label of its own
			txt("span", "", text.T("teach.minutes")), txt("span", "", text.T("teach.what")), txt("span", "", text.T("teach.how")), txt("span", "", text.T("teach.open-head"))),
		el("ol", "items", each(len(p.Items), func(n int) app.UI { return orderRow(p, n, places) })...),
		txt("p", "t1 quiet", text.T("teach.edit-kept")),
	)
}

// orderRow is an item in fields, and what moves it.
func orderRow(p page.Plan, n int, places []page.PlaceGroup) app.UI {
	i, last := p.Items[n], len(p.Items)-1
	shift := func(name, label string, by int, off bool) app.UI {
		return node("button", "type=button", "class=btn icon plain", "id="+page.PlanFieldID(n, name), "aria-label="+label, "disabled="+flag(off)).
			Body(stroke(name)).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.MoveItem{N: n, By: by}) }, app.EventScope(n, by))
	}
	return elem("li").Body(
		planField(n, "minutes", text.T("teach.field.minutes", "n", n+1)),
		planField(n, "what", text.T("teach.field.what", "n", n+1)),
		planField(n, "how", text.T("teach.field.how", "n", n+1)),
		opensList(n, i.Link, text.T("teach.field.link", "n", n+1), places),
		el("label", "check", planBox(n, i.Optional), txt("span", "", text.T("teach.field.late"))),
		el("span", "row moves",
			shift("up", text.T("teach.up", "what", i.What), -1, n == 0), shift("down", text.T("teach.down", "what", i.What), 1, n == last),
			node("button", "type=button", "class=btn icon plain", "id="+page.PlanFieldID(n, "cut"), "aria-label="+text.T("teach.cut-label", "what", i.What), "disabled="+flag(last == 0)).
				Body(stroke("close")).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.CutItem(n)) }, app.EventScope(n)),
		),
	)
}

// planField is a field of an item; one without a label has one already.
func planField(n int, name, label string) app.HTMLElem {
	e := node("input", "class=input "+name, "id="+page.PlanFieldID(n, name), "aria-label="+label, "autocomplete=off", "dir=auto")
	if name == "minutes" {
		e = with(e, "type=number", "min=0", "max=600", "inputmode=numeric")
	} else {
		e = with(e, "type=text", "maxlength=200")
	}
	return e.OnInput(func(ctx app.Context, _ app.Event) {
		send(ctx, page.PlanField{N: n, Name: name, Text: chosen(ctx)})
	}, app.EventScope(n, name))
}

func planBox(n int, on bool) app.HTMLElem {
	return node("input", "type=checkbox", "id="+page.PlanFieldID(n, "late"), "aria-label="+text.T("teach.field.late-label", "n", n+1), "checked="+flag(on)).
		OnChange(func(ctx app.Context, _ app.Event) {
			says := ""
			if checked(ctx) {
				says = "on"
			}
			send(ctx, page.PlanField{N: n, Name: "late", Text: says})
		}, app.EventScope(n))
}

// opensList picks what an item opens.
func opensList(n int, link, label string, groups []page.PlaceGroup) app.UI {
	known := link == ""
	var body []app.UI
	body = append(body, node("option", "value="+page.NoChoice, "selected="+flag(link == "")).Text(text.T("teach.opens-nothing")))
	for _, g := range groups {
		known = known || slices.ContainsFunc(g.Places, func(p page.Place) bool { return p.Link == link })
		body = append(body, node("optgroup", "label="+g.Title).Body(each(len(g.Places), func(i int) app.UI {
			return node("option", "value="+g.Places[i].Link, "selected="+flag(g.Places[i].Link == link)).Text(g.Places[i].Title)
		})...))
	}
	if !known { // several, or a place of its own
		body = append(body, node("option", "value="+link, "selected=true").Text(page.PlacesTitle(link)))
	}
	return node("select", "class=input opens", "id="+page.PlanFieldID(n, "link"), "aria-label="+label).Body(body...).
		OnChange(func(ctx app.Context, _ app.Event) {
			send(ctx, page.PlanField{N: n, Name: "link", Text: chosen(ctx)})
		}, app.EventScope(n, strconv.Itoa(len(body))))
}
