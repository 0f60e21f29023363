package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// stopView plays runs side by side: the same attack against two or three defences, or
// what the lesson asks.
func stopView(l page.Learn) []app.UI {
	stop := l.Lesson.Course.Stops[l.At().N]
	n, ran, bets := len(stop.Cards), l.Stops != nil, stop.Ask == ""
	lead, next := text.T("stop.pick", "n", n), text.T("stop.run", "n", n)
	switch {
	case ran && bets:
		lead, next = text.T("stop.ran", "n", n), text.T("learn.on")
	case ran:
		lead, next = text.T("stop.apart", "n", n), text.T("learn.on")
	case !bets:
		lead = text.T("stop.each", "n", n)
	}
	if ran && stop.Run != "" {
		lead = strings.TrimSpace(lead + " " + betAndSo(l, stop.Run))
	}
	role := "radiogroup"
	if ran || !bets {
		role = "group"
	}
	group := node("div", "class=cards n"+strconv.Itoa(n), "id=stops", "role="+role, "aria-labelledby=stop-ask", "tabindex=-1")
	return []app.UI{
		el("div", "caption",
			el("div", "say", node("p", "class=t5", "id=stop-ask").Text(l.Ask()), txt("p", "t3 quiet", lead)),
		),
		group.Body(each(n, func(i int) app.UI { return stopCard(l, stop, i) })...),
		ways(backButton(), nextButton(next)),
	}
}

// betAndSo says what was bet on a run, and what is so; "" when nothing was.
func betAndSo(l page.Learn, row string) string {
	for i, b := range l.Lesson.Course.Bets {
		if made := l.Made(i); b.Row() == row && made.Option != "" {
			return text.T("stop.bet", "bet", betWords(made), "so", page.Holding(l.Lesson, b))
		}
	}
	return ""
}

func stopCard(l page.Learn, stop script.Stop, i int) app.UI {
	c, picked := stop.Cards[i], l.Picked == i+1
	class := "card defence"
	if picked {
		class += " picked"
	}
	head := []app.UI{txt("h2", "", c.Title)}
	if l.Stops != nil && picked {
		head = append(head, txt("span", "tag n", text.T("bet.tag")))
	}
	body := []app.UI{el("div", "row spread", head...), node("p", "class=t3", "id=does-"+strconv.Itoa(i+1)).Body(coded(c.Does)...)}
	if l.Stops == nil {
		if stop.Ask == "" {
			body = append(body, choice("stop", i, picked, l.Picked == 0 && i == 0, text.T("stop.this"), text.T("stop.choose", "title", c.Title), "does-"+strconv.Itoa(i+1), len(stop.Cards)))
		}
		return el("div", class, el("div", "in", body...))
	}
	t := l.Stops[i]
	if len(stop.Cards) <= 3 {
		body = append(body, holdings(t))
	}
	body = append(body, node("a", "class=link", "href=#"+page.RowLink(l.Lesson, c.Row, t.Verdict.Frame), "aria-label="+text.T("stop.wholeof", "title", c.Title)).Text(text.T("stop.whole")))
	word, why := page.CardEnds(c, t)
	return node("div", "class="+class, "data-outcome="+string(t.Verdict.Outcome)).Body(el("div", "in", body...),
		el("div", "result small "+tone(t.Verdict.Outcome), stroke(outcomeStroke(t.Verdict.Outcome)),
			el("div", "", txt("p", "word", word), el("p", "t1", coded(why)...))))
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
