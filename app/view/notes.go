//go:build !slim

package view

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// notesView is the trainer's second window: what to say, what is on the wall, and what
// comes next.
func notesView(m page.Model) app.UI {
	p := m.Present
	frame := node("div", "id=lab", "class=face nwin", "data-lost="+yes(m.Notes.Lost()))
	around := []app.UI{
		&notice{Text: m.Notice},
		node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live),
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Wall: wallKeys()},
	}
	if len(p.Slides) == 0 {
		return frame.Body(append([]app.UI{node("main", "id=main", "class=waiting").Body(heading(text.T("page.notes")), txt("p", "t3", text.T("notes.waiting")))}, around...)...)
	}
	return frame.Body(append([]app.UI{notesBar(m), node("main", "id=main", "class=notes").Body(
		el("section", "stack2", onWall(m), noteLines(p), answerLine(p)),
		el("aside", "stack2", comes(p), el("div", "spot", notesVotes(p)), notesCues(m)),
	)}, around...)...)
}

// notesBar has the slides as dots, the clock and what is left of the hour.
func notesBar(m page.Model) app.UI {
	p := m.Present
	title := text.T("notes.slide", "n", p.At+1, "of", len(p.Slides))
	if p.Lesson != nil {
		title = p.Lesson.Title + ", " + title
	}
	return node("header", "class=nbar").Body(
		txt("b", "", title),
		node("ol", "class=dots", "id=steps", "aria-label="+text.T("notes.slides")).Body(each(len(p.Slides), func(i int) app.UI { return slideDot(p, i) })...),
		clock(m),
		hour(m.Hour()),
	)
}

func slideDot(p page.Present, i int) app.UI {
	class, current := "dot", ""
	if p.Slides[i].Hides() {
		class += " key"
	}
	if i <= p.At {
		class += " done"
	}
	if i == p.At {
		current = "step"
	}
	return elem("li").Body(node("button", "type=button", "class="+class, "aria-current="+current, "tabindex="+strconv.Itoa(tabOf(i == p.At)), "aria-label="+text.T("notes.to", "n", i+1)).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Cue{Do: page.CueGo, N: i}) }, app.EventScope(i)))
}

func clock(m page.Model) app.UI {
	h, on := m.Hour(), m.Present.Clock.Since != 0
	left := text.T("notes.left", "n", int((h.Left+59)/60), "of", h.Plan.Minutes)
	if h.Left < 0 {
		left = text.T("notes.over", "n", int((-h.Left+59)/60), "of", h.Plan.Minutes)
	}
	start := text.T("notes.start")
	if on {
		start = text.T("notes.pause")
	}
	return el("div", "clock row",
		node("b", "id=clock", "role=timer", "aria-live=off").Text(text.T("notes.clock", "minutes", int(h.Spent/60), "seconds", strconv.Itoa(int(h.Spent%60 + 100))[1:])),
		node("span", "id=left", "class=quiet").Text(left),
		node("button", "type=button", "class=btn small", "id=start-clock").Text(start).
			OnClick(func(ctx app.Context, _ app.Event) {
				send(ctx, page.Cue{Do: page.CueClock, To: int(time.Now().Unix())})
			}),
		when(!on && h.Spent > 0, func() app.UI {
			return node("button", "type=button", "class=btn small plain", "id=zero-clock").Text(text.T("notes.zero")).OnClick(sends(page.Cue{Do: page.CueZero}))
		}),
	)
}

// hour is the item of the running order that is now, and how the class is in time.
func hour(h page.Hour) app.UI {
	i := h.Plan.Items[h.N]
	left := text.T("notes.left", "n", int((h.Item+59)/60), "of", i.Minutes)
	if h.Item < 0 {
		left = text.T("notes.over", "n", int((-h.Item+59)/60), "of", i.Minutes)
	}
	step := func(id, symbol, label string, by int) app.UI {
		off := h.N+by < 0 || h.N+by >= len(h.Plan.Items)
		return node("button", "type=button", "class=btn icon plain", "id="+id, "aria-label="+label, "aria-disabled="+yes(off)).Body(stroke(symbol)).OnClick(sends(page.TurnItem(by)))
	}
	soon := []string{i.How, text.T("notes.order-over")}
	if i.How != "" {
		soon[0] += "."
	}
	if h.N+1 < len(h.Plan.Items) {
		next := h.Plan.Items[h.N+1]
		soon[1] = text.T("notes.then", "what", next.What, "n", next.Minutes)
	}
	if h.Late >= 60 {
		for _, i := range h.Spare() {
			soon = append(soon, text.T("notes.spare", "what", i.What, "n", i.Minutes))
		}
	}
	return node("section", "class=hour", "aria-label="+text.T("notes.order", "title", h.Plan.Title)).Body(
		el("div", "row wrap",
			step("item-back", "back", text.T("notes.item-back"), -1), step("item-on", "next", text.T("notes.item-on"), 1),
			txt("span", "lab", text.T("notes.now", "n", h.N+1, "of", len(h.Plan.Items))),
			node("b", "id=item").Body(app.Text(i.What), optional(i.Optional)),
			el("span", "", node("span", "id=item-left").Text(left), app.Text(", "), node("b", "id=in-time").Text(h.LateWords()))),
		el("p", "quiet", each(len(soon), func(i int) app.UI { return txt("span", "", soon[i]+" ") })...),
	)
}

// optional marks what may be left out.
func optional(is bool) app.UI {
	return when(is, func() app.UI {
		return el("span", "", txt("span", "", " *"), txt("span", "vh", " "+text.T("notes.optional")))
	})
}

// onWall is the caption that the class reads.
func onWall(m page.Model) app.UI {
	p := m.Present
	says := p.Caption()
	where := text.T("notes.wall")
	switch {
	case m.Notes.Lost():
		where = text.T("notes.lost")
	case p.Blank:
		where = text.T("notes.blank")
	case p.Slide().Hides() && !p.Shown():
		where = text.T("notes.wall-hidden")
	}
	return el("div", "", node("p", "class=lab", "id=on-wall").Text(where), node("h1", "id=page-title", "class=t4", "tabindex=-1").Body(inWords(nil, says)...))
}

// noteLines are the lesson's notes.
func noteLines(p page.Present) app.UI {
	if p.Lesson == nil {
		return nil
	}
	n := p.Lesson.Course.Notes
	entry := func(name, says string) app.UI {
		return when(says != "", func() app.UI { return el("div", "", txt("dt", "", name), txt("dd", "", says)) })
	}
	return node("dl", "class=nl", "data-notes="+p.Lesson.Name).Body(
		entry(text.T("notes.goal"), n.Goal),
		entry(text.T("notes.say"), n.Say),
		entry(text.T("notes.ask"), n.Ask),
		entry(text.T("notes.believe"), n.Believe),
		entry(text.T("notes.expect"), n.Expect),
		entry(text.T("notes.trap"), n.Trap),
		entry(text.T("notes.minutes"), text.T("learn.minutes", "n", n.Minutes)),
	)
}

// answerLine is what the slide hides, for the trainer alone.
func answerLine(p page.Present) app.UI {
	says := p.Answer()
	if says == "" {
		return nil
	}
	return el("div", "answer", txt("h2", "lab", text.T("notes.answer")), el("p", "t3", inWords(nil, says)...))
}

// comes is the next caption.
func comes(p page.Present) app.UI {
	says := p.Next()
	if says == "" {
		says = text.T("present.over")
	}
	return el("div", "", txt("h2", "lab", text.T("notes.next")), node("p", "id=next-caption", "class=t3").Body(inWords(nil, says)...))
}

// notesVotes are the votes with their numbers, which the wall does not show yet.
func notesVotes(p page.Present) app.UI {
	now, first := p.Counts()
	options := p.Options()
	if now == nil {
		return nil
	}
	title := text.T("notes.votes")
	if !p.Shown() {
		title = text.T("notes.votes-hidden")
	}
	if p.Slide().Votes() {
		return el("div", "", txt("h2", "lab", title), el("div", "votes", each(len(options), func(i int) app.UI { return voteLine(p, i, options[i], now, first) })...))
	}
	return el("div", "", txt("h2", "lab", title), tally(p))
}

// notesCues are what can be done at the wall from here.
func notesCues(m page.Model) app.UI {
	p := m.Present
	cue := func(id, class, label, letter string, c page.Cue) app.UI {
		return node("button", "type=button", "class=btn "+class, "id="+id).Body(app.Text(label+" "), txt("kbd", "", letter)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, c) }, app.EventScope(c))
	}
	reveal, blank := text.T("present.reveal"), text.T("present.blank")
	if p.Shown() {
		reveal = text.T("present.hide")
	}
	if p.Blank {
		blank = text.T("present.unblank")
	}
	return el("div", "stack",
		cue("cue-on", "primary", text.T("present.on"), "PageDown", page.Cue{Do: page.CueOn}),
		cue("cue-back", "", text.T("present.back"), "PageUp", page.Cue{Do: page.CueBack}),
		el("div", "spot", when(p.Slide().Hides() || p.Slide().Votes(), func() app.UI { return cue("cue-reveal", "", reveal, "V", page.Cue{Do: page.CueReveal}) })),
		cue("cue-blank", "", blank, "B", page.Cue{Do: page.CueBlank}),
		el("div", "row wrap",
			node("button", "type=button", "class=btn small plain", "id=cue-anew").Text(text.T("present.anew")).OnClick(sends(page.Cue{Do: page.CueAnew})),
			when(p.Before != "", func() app.UI {
				return node("button", "type=button", "class=btn small plain", "id=cue-undo").Text(text.T("present.undo")).OnClick(sends(page.Cue{Do: page.CueUndo}))
			}),
		),
	)
}
