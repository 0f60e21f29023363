package view

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// stopView plays the same attack against two or three defences, side by side.
func stopView(l page.Learn) []app.UI {
	stops := l.Lesson.Course.Stops
	ran := l.Stops != nil
	lead, next := text.T("stop.pick", "n", len(stops)), text.T("stop.run", "n", len(stops))
	if ran {
		lead, next = text.T("stop.ran", "n", len(stops)), text.T("learn.on")
	}
	cards := each(len(stops), func(i int) app.UI { return stopCard(l, i) })
	role := "radiogroup"
	if ran {
		role = "group"
	}
	group := node("div", "class=cards n"+strconv.Itoa(len(stops)), "id=stops", "role="+role, "aria-labelledby=stop-ask", "tabindex=-1")
	return []app.UI{
		el("div", "caption",
			el("div", "say", node("p", "class=t5", "id=stop-ask").Text(text.T("stop.ask")), txt("p", "t3 quiet", lead)),
		),
		group.Body(cards...),
		ways(backButton(), nextButton(next)),
	}
}

func stopCard(l page.Learn, i int) app.UI {
	s := l.Lesson.Course.Stops[i]
	class := "card defence"
	if l.Picked == i+1 {
		class += " picked"
	}
	head := []app.UI{txt("h2", "", s.Title)}
	if l.Stops != nil && l.Picked == i+1 {
		head = append(head, txt("span", "tag n", text.T("bet.tag")))
	}
	body := []app.UI{el("div", "row spread", head...)}
	if l.Stops == nil {
		body = append(body, choice("stop", i, l.Picked == i+1, l.Picked == 0 && i == 0, text.T("stop.this"), text.T("stop.choose", "title", s.Title), len(l.Lesson.Course.Stops)))
		return el("div", class, el("div", "in", body...))
	}
	t := l.Stops[i]
	body = append(body, txt("p", "t3", s.Does), holdings(t), node("a", "class=link", "href=#"+page.RowLink(l.Lesson, s.Row, t.Verdict.Frame), "aria-label="+text.T("stop.wholeof", "title", s.Title)).Text(text.T("stop.whole")))
	word, because := words.Ending(t.Verdict)
	return node("div", "class="+class, "data-outcome="+string(t.Verdict.Outcome)).Body(el("div", "in", body...),
		el("div", "result small "+tone(t.Verdict.Outcome), stroke(outcomeStroke(t.Verdict.Outcome)),
			el("div", "", txt("p", "word", word), txt("p", "t1", because))))
}

// holdings say who has which session id at the end of a run.
func holdings(t *lab.Trace) app.UI {
	line := func(class, symbol, who string, body []app.UI) app.UI {
		if len(body) == 0 {
			body = []app.UI{txt("span", "quiet", text.T("stop.nothing"))}
		}
		return el("div", "", el("dt", class, stroke(symbol), app.Text(who)), el("dd", "", body...))
	}
	person := func(name string) []app.UI {
		var out []app.UI
		for _, n := range shopCookies(t, name) {
			out = append(out, key(n, ""))
		}
		return out
	}
	return el("dl", "holds",
		line("m", "mallory", words.Person(event.Mallory), person(event.Mallory)),
		line("a", "alice", words.Person(event.Alice), person(event.Alice)),
		line("s", "server", text.T("stop.server"), serverHolds(t)),
	)
}

// serverHolds are the session ids that the server keeps, with their owners, and those
// that it kept and has deleted.
func serverHolds(t *lab.Trace) []app.UI {
	rows := t.Frames[len(t.Frames)-1].State.Rows
	var out []app.UI
	for n, k := range t.Keys {
		i := slices.IndexFunc(rows, func(r event.Row) bool { return r.Key == k })
		switch {
		case i >= 0 && rows[i].User != "":
			out = append(out, el("span", "held", key(n+1, ""), app.Text(" "), txt("b", "", rows[i].User)))
		case i >= 0:
			out = append(out, el("span", "held", key(n+1, ""), app.Text(" "), txt("span", "quiet", text.T("store.nobody"))))
		case kept(t, k):
			out = append(out, el("span", "held", key(n+1, "gone"), txt("span", "vh", " "+text.T("change.deleted"))))
		}
	}
	return out
}

// kept reports whether the store ever held k.
func kept(t *lab.Trace, k string) bool {
	return slices.ContainsFunc(t.Frames, func(f lab.Frame) bool {
		return slices.ContainsFunc(f.State.Rows, func(r event.Row) bool { return r.Key == k })
	})
}
