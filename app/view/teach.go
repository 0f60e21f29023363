//go:build !slim

package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// teachFace is the Teach page: the bar on top, what a trainer prepares, and the help.
func teachFace(m page.Model) app.UI {
	bar := &faceBar{Mode: "teach", Play: m.LinkAt(m.Step), Learn: page.LinkToCourse(m), Present: page.LinkToPresent(m), More: m.View.Menu}
	return node("div", "id=lab", "class=face app reference", "data-ready=true", "data-of="+m.Page).Body(
		when(m.Teach.Sheet != page.ShowSheet, func() app.UI { // that one has the whole window
			return bar
		}),
		&notice{Text: m.Notice, Undo: m.Undo, Undoes: page.BackPlan{}},
		node("main", "id=main", "class=teach").Body(
			node("h1", "id=page-title", "class=vh", "tabindex=-1").Text(page.PageTitle(m)), // the bar shows it
			teachView(m)),
		node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live),
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Profile: m.Scenario.Profile},
	)
}

// teachView is the Teach page, or the sheet that fills it.
func teachView(m page.Model) app.UI {
	t := m.Teach
	switch t.Sheet {
	case page.ShowSheet:
		return showSheet(t)
	case page.LinkSheet:
		return linkSheet(t)
	case page.CardSheet:
		return cardSheet(m)
	}
	return el("div", "teaching",
		orderPart(t), classPart(t),
		codesPart(t),
		printPart(t),
	)
}

// orderPart is the running order.
func orderPart(t page.Teach) app.UI {
	return node("section", "id=order", "class=stack2 order-part", "aria-labelledby=order-title").Body(
		el("div", "row spread wrap", node("h2", "id=order-title", "class=t4").Text(text.T("teach.order")), lengths(t)),
		unread(t),
		when(t.Order == page.Sharing, func() app.UI {
			return el("div", "notice",
				txt("p", "grow", text.T("teach.shared")),
				act("take-plan", text.T("teach.take-plan", "n", t.Plan().Name), page.TakePlan{}))
		}),
		orderTable(t),
		el("div", "row wrap", orderTools(t)...),
		el("details", "before", txt("summary", "", text.T("teach.before")), el("ul", "bullets",
			txt("li", "", text.T("teach.before.first")),
			when(t.Opens("two-rows-one-ghost"), func() app.UI { return txt("li", "", text.T("teach.before.sixth")) }),
			txt("li", "", text.T("teach.before.clicker")),
			txt("li", "", text.T("teach.before.handout")),
			txt("li", "", text.T("teach.before.trap")),
		)),
	)
}

// unread says what was kept and could not be read, and what is not kept.
func unread(t page.Teach) app.UI {
	says := t.Unread
	if t.Unkept {
		says = append([]string{text.T("teach.unkept")}, says...)
	}
	if len(says) == 0 {
		return nil
	}
	return node("div", "id=teach-unread", "class=notice", "role=note").Body(el("div", "stack", each(len(says), func(i int) app.UI { return txt("p", "", says[i]) })...))
}

// lengths picks the running order.
func lengths(t page.Teach) app.UI {
	mine := t.Mine
	return node("div", "class=seg", "role=group", "aria-label="+text.T("teach.length")).Body(each(len(mine), func(i int) app.UI {
		return node("button", "type=button", "id=order-"+mine[i].Name, "aria-pressed="+yes(i == t.Order)).Text(text.T("teach.min", "n", mine[i].Name)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.PickPlan(i)) }, app.EventScope(i))
	})...)
}

// orderTools are what can be done with the running order.
func orderTools(t page.Teach) []app.UI {
	edit, says := page.EditPlan(!t.Editing), text.T("teach.edit")
	if t.Editing {
		says = text.T("teach.edit-done")
	}
	fits := page.PlanFits(t.Plan())
	if spare := t.Plan().Spare(); spare > 0 {
		fits += " " + text.T("teach.late", "n", spare)
	}
	return []app.UI{
		node("p", "id=plan-fits", "class=quiet grow").Text(fits),
		when(t.Editing, func() app.UI { return act("plan-add", text.T("teach.add"), page.AddItem{}) }),
		when(t.Editing && t.CanTakeBack(), func() app.UI { return act("plan-back", text.T("teach.take-back"), page.BackPlan{}) }),
		when(t.Changed(), func() app.UI { return act("reset-plan", text.T("teach.reset"), page.ResetPlan{}) }),
		act(page.SharePlanButton, text.T("teach.copy-plan"), page.SharePlan{}),
		when(t.Order != page.Sharing, func() app.UI { return act("edit-plan", says, edit) }),
	}
}

// orderTable is the running order, minute by minute.
func orderTable(t page.Teach) app.UI {
	p := t.Plan()
	if t.Editing {
		return orderForm(t)
	}
	rows := []app.UI{
		txt("caption", "vh", text.T("teach.order-of", "title", p.Title, "n", p.Minutes)),
		el("thead", "", el("tr", "",
			node("th", "scope=col", "class=num").Text(text.T("teach.minute")),
			node("th", "scope=col").Text(text.T("teach.what")),
			node("th", "scope=col").Text(text.T("teach.how")),
			node("th", "scope=col").Body(txt("span", "vh", text.T("teach.open-head"))))),
	}
	return el("table", "table order", append(rows, el("tbody", "", each(len(p.Items), func(n int) app.UI {
		i := p.Items[n]
		what := []app.UI{txt("b", "", i.What)}
		if i.Optional {
			what = append(what, app.Text(" "), node("span", "class=late", "aria-hidden=true").Text("*"), txt("span", "vh", text.T("teach.leave-out")))
		}
		return el("tr", "",
			txt("td", "num", strconv.Itoa(p.From(n))),
			node("td", "dir=auto").Body(what...),
			node("td", "class=quiet", "dir=auto").Text(i.How),
			el("td", "num opens", openLinks(i.What, i.Links())...))
	})...))...)
}

// openLinks lead to what an item opens.
func openLinks(what string, links []string) []app.UI {
	return each(len(links), func(n int) app.UI {
		says, label := text.T("teach.open"), text.T("teach.open-label", "what", what)
		if len(links) > 1 {
			says, label = page.PlaceShort(links[n]), text.T("teach.open-label", "what", page.PlaceTitle(links[n]))
		}
		href, ok := page.PlaceHref(links[n])
		if !ok {
			return node("span", "class=quiet", "dir=ltr").Text(links[n])
		}
		return node("a", "class=link nowrap", "href="+href, "aria-label="+label).Text(says)
	})
}
