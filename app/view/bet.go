package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
	"fixlab/lab/server/owntest"
)

// betView asks what will happen, before anything does.
func betView(l page.Learn) []app.UI {
	s := l.At()
	b := l.Lesson.Course.Bets[s.N]
	story, question := page.SplitAsk(b.Ask)
	made := l.Made(s.N)
	class := "bet"
	if l.Picked > 0 {
		class += " chosen"
	}
	return []app.UI{
		el("div", "story", lead(l, story), explained(l)),
		el("div", "stage",
			still(event.Mallory), el("div", "middle",
				plan(l),
				node("form", "class="+class, "id=bet", "aria-label="+text.T("bet.yours"), "data-committed="+made.Option).Body(
					node("h2", "class=ask", "id=bet-ask").Text(question),
					node("div", "class=choices", "role=radiogroup", "aria-labelledby=bet-ask").Body(each(len(b.Options), func(i int) app.UI {
						return choice("bet", i, l.Picked == i+1, l.Picked == 0 && i == 0, b.Options[i].Text, "", "", len(b.Options))
					})...),
					el("div", "sure", commit("sure", true, l.Picked > 0), commit("guess", false, l.Picked > 0)),
					when(l.Picked == 0, func() app.UI { return node("p", "class=vh", "id=bet-first").Text(text.T("bet.first")) }),
					node("p", "id=bet-made", "role=status", "hidden=true").Text(text.T("bet.made")),
				).On("submit", func(_ app.Context, e app.Event) { e.PreventDefault() }),
			), still(event.Alice),
		),
		el("footer", "foot centre", node("a", "class=link", "href=#"+page.RowLink(l.Lesson, s.Row, 0)).Text(text.T("bet.play"))),
	}
}

// plan is what Mallory is about to do: her cookie, with the session id in it where the
// server has such, goes to Alice.
func plan(l page.Learn) app.UI {
	from, to := words.Person(event.Mallory), words.Person(event.Alice)
	label, carried := text.T("wire.carries", "id", "K1", "from", from, "to", to), key(1, "l")
	if a, _ := owntest.For(l.Lesson.Profile); a.Rotates == owntest.NoID {
		label, carried = text.T("bet.plan", "from", from, "to", to), el("span", "chip l", stroke("cookie"))
	}
	return node("div", "class=wire m", "role=img", "aria-label="+label).Body(el("div", "line", carried), txt("span", "t1 quiet named", text.T("bet.cookie")))
}

// lead tells what the bet is about; the words of the first view cannot be opened, as it
// works before there is a program to open them.
func lead(l page.Learn, story string) app.UI {
	if l.First() {
		return node("p", "class=lead").Text(story)
	}
	return el("p", "lead", withTerms(l, story)...)
}

// choice is one of several, a radio button: one stop of the Tab key for all of them.
// name is what it is called where its text does not say it.
func choice(group string, i int, picked, first bool, label, name, about string, n int) app.UI {
	return node("button", "type=button", "class=choice", "role=radio", "id="+group+"-"+strconv.Itoa(i+1), "data-"+group+"="+strconv.Itoa(i+1),
		"aria-checked="+yes(picked), "aria-label="+name, "aria-describedby="+about, "tabindex="+strconv.Itoa(tabOf(picked || first))).Text(label).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.PickOption(i+1)) }, app.EventScope(i)).
		OnKeyDown(func(ctx app.Context, e app.Event) { pickAlong(ctx, e, group, i, n) }, app.EventScope(i, n))
}

// pickAlong picks and focuses another choice, as the arrow keys do among radio buttons.
func pickAlong(ctx app.Context, e app.Event, group string, i, n int) {
	by := arrow(e)
	if by == 0 {
		return
	}
	e.PreventDefault()
	i = (i + by + n) % n
	send(ctx, page.PickOption(i+1))
	send(ctx, page.FocusOn(group+"-"+strconv.Itoa(i+1)))
}

// commit is a button that makes the bet. Without a choice it does nothing.
func commit(id string, sure, can bool) app.UI {
	why := "bet-first"
	if can {
		why = ""
	}
	return node("button", "type=button", "class=btn", "id="+id, "aria-disabled="+yes(!can), "aria-describedby="+why).Text(text.T("bet.how."+id)).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Commit(sure)) }, app.EventScope(sure))
}

// still is a browser as a picture, before anything was done.
func still(name string) app.UI {
	title, symbol, url := text.T("bet.shop"), "bag", words.ShopHost
	shows := []event.Block{{Tag: "h2", Text: "Kettle"}, {Tag: "p", Text: "€24"}}
	if name == event.Alice {
		title, symbol, url, shows = text.T("bet.blog"), "doc", event.BlogHost, []event.Block{{Tag: "h1", Text: text.T("editor.title")}}
	}
	who := words.Person(name)
	return node("section", "class=win "+name[:1], "data-browser="+name, "aria-labelledby=browser-"+name).Body(
		browserHeading(name),
		node("div", "class=tabs", "aria-hidden=true").Body(el("span", "tab", stroke(symbol), app.Text(title)), el("span", "who", stroke(name), app.Text(who))),
		el("div", "tools", el("span", "deco", stroke("back")), el("span", "deco", stroke("reload")), el("span", "addr", stroke("lock"), addressed(), txt("b", "", url))),
		el("div", "page", siteView("still", nil, shows)),
	)
}

// yourBet keeps the bet in view.
func yourBet(l page.Learn) app.UI {
	made := l.Made(l.At().N)
	if made.Option == "" {
		return el("span", "yourbet")
	}
	return el("span", "yourbet", stroke("flag"), el("span", "", app.Text(text.T("bet.said")+" "), txt("b", "", betWords(made))))
}

// pointer is for saying that the step that is shown decides, before the end is known.
func pointer(l page.Learn) app.UI {
	if !l.Points() || l.Step == 0 {
		return nil
	}
	here := l.Made(l.At().N).Where == l.Step
	return node("button", "type=button", "class=btn small", "id=here", "aria-pressed="+yes(here)).Text(text.T("bet.here")).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.HereDecided(!here)) }, app.EventScope(here))
}

func betWords(m page.Made) string {
	bet := text.T("bet.guessed", "option", m.Option)
	if m.Sure {
		bet = text.T("bet.wassure", "option", m.Option)
	}
	if m.Where > 0 {
		return text.T("bet.where", "bet", bet, "n", m.Where)
	}
	return bet
}
