package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/scenarios"
)

// cardView is what to take along from a lesson.
func cardView(l page.Learn) []app.UI {
	c := l.Lesson.Course
	var next app.UI
	if n := l.Next(); n != nil {
		next = nextButton(text.T("card.next", "title", n.Title))
	} else {
		next = with(codeLink("btn primary"), "id=code-next")
	}
	return []app.UI{
		el("div", "caption",
			el("div", "say", txt("p", "t1 quiet", text.T("card.take")), txt("p", "t5", c.Take)),
			el("div", "nextbtns", backButton(), next),
		),
		el("div", "cards n2",
			el("div", "card", txt("h2", "", text.T("card.bets")), el("dl", "bets", betLines(l)...)),
			el("div", "card", txt("h2", "", text.T("card.terms")), el("dl", "terms", termLines(c.Terms)...)),
		),
		el("div", "foot",
			node("a", "class=link", "href=#"+page.RowLink(l.Lesson, "none", 0)).Text(text.T("card.play")),
			challengeLink(l),
			el("span", "push"), keeping(l.Forgets, l.ClassName()),
		),
	}
}

// betLines say what was bet, and how the run ended.
func betLines(l page.Learn) []app.UI {
	var out []app.UI
	for _, s := range page.Stages(l.Lesson) {
		if s.Kind != page.AtAct {
			continue
		}
		b := l.Lesson.Course.Bets[s.N]
		_, question := page.SplitAsk(b.Ask)
		said := text.T("card.nobet")
		if made := l.Made(s.N); made.Option != "" {
			said = betWords(made)
		}
		is := page.Holding(l.Lesson, b)
		if n := page.Decides(l.Lesson, b); n > 0 && l.Made(s.N).Where > 0 {
			is = text.T("bet.where", "bet", is, "n", n)
		}
		so := el("p", "", app.Text(text.T("card.so")+" "), txt("b", "", is))
		out = append(out, txt("dt", "", question), el("dd", "", txt("p", "", text.T("bet.said")+" "+said), so))
	}
	return out
}

func termLines(terms []string) []app.UI {
	var out []app.UI
	for _, t := range terms {
		if term, ok := scenarios.Meaning(t); ok {
			out = append(out, txt("dt", "", t), txt("dd", "", term.Meaning))
		}
	}
	return out
}

// keeping saves, loads and forgets the progress, and leads to the completion code; sure is
// whether it was asked once to forget it.
func keeping(sure bool, class string) app.UI {
	forget := text.T("progress.forget")
	if sure {
		forget = text.T("progress.again")
	}
	return el("div", "row wrap",
		when(class != "", func() app.UI {
			return node("span", "class=quiet", "dir=auto").Text(text.T("class.in", "class", class))
		}),
		codeLink("btn small plain"),
		node("button", "type=button", "class=btn small plain", "id=save-progress").Text(text.T("progress.save")).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.SaveProgress{}) }),
		node("button", "type=button", "class=btn small plain", "id=load-progress").Text(text.T("progress.load")).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.LoadProgress{}) }),
		node("button", "type=button", "class=btn small plain", "id=forget").Text(forget).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Forget{}) }),
	)
}

// challengeLink leads to the first challenge that is not solved yet.
func challengeLink(l page.Learn) app.UI {
	id, title := l.Challenge()
	if id == "" {
		return nil
	}
	return node("a", "class=link", "id=challenge", "href=#"+page.LinkToGoal(id)).Text(text.T("card.challenge", "title", title))
}
