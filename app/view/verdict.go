package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/scenarios"
)

// verdict is the band that says how the whole run ends.
type verdict struct {
	app.Compo
	Trace *lab.Trace
	Link  string
	Open  bool // it is shown in full
}

func (v *verdict) Render() app.UI {
	r := v.Trace.Verdict
	word, sentence := words.Ending(r)
	ends, colour, symbol := text.T("result.ends"), tone(r.Outcome), outcomeStroke(r.Outcome)
	if scenarios.IsOwn(v.Trace.Scenario.Name) {
		ends = text.T("result.so-far")
		var harmless bool
		if word, sentence, harmless = words.SoFar(r); harmless {
			colour, symbol = tone(event.NoAttack), outcomeStroke(event.NoAttack)
		}
	}
	if costs := words.CostWords(r); costs != "" {
		sentence += " " + costs
	}
	return node("section", "id=verdict", "class=result small "+colour, "data-outcome="+string(r.Outcome), "tabindex=-1", "aria-labelledby=verdict-word").Body(
		stroke(symbol),
		node("h2", "id=verdict-word", "class=word").Body(txt("span", "ends", ends+" "), txt("strong", "", word)),
		el("p", "because grow", append(chips(v.Trace.Keys, sentence), decided(v.Trace, v.Link))...),
		node("button", "type=button", "id=ask-why", "class=btn small", "aria-haspopup=dialog").Text(text.T("result.why")).OnClick(v.why),
		opener(page.Ending, v.Open, text.T("result.more"), ""),
	)
}

func (v *verdict) why(ctx app.Context, _ app.Event) { send(ctx, page.Why(true)) }

// decided is the link to the step that decided, or where the run was cut.
func decided(t *lab.Trace, link string) app.UI {
	r := t.Verdict
	if r.Outcome == event.NoAttack {
		return nil
	}
	at, period := text.T("result.at"), "."
	if t.Cut != "" {
		at, period = text.T("result.stopped"), ": "+t.Cut+"."
	}
	return el("span", "", app.Text(" "+at+" "), stepLink(link, r.Frame, text.T("result.step", "n", r.Frame+1)).ID("deciding"), app.Text(period))
}

// ending is the result in full: what led to it, what it cost, what the switches did,
// and the story and the runs of the lesson.
func ending(t *lab.Trace, link string) []app.UI {
	r := t.Verdict
	_, sentence := words.OutcomeWords(r.Outcome)
	for _, s := range []string{words.GateWords(r.Gate), words.AlsoWords(r), words.WithoutWords(r)} {
		if s != "" {
			sentence += " " + s
		}
	}
	story := strings.TrimSpace(t.Scenario.Story)
	return []app.UI{
		el("div", "column",
			el("p", "row", outcomeTag(r)),
			txt("p", "sentence", sentence),
			when(len(r.Costs) > 0, func() app.UI {
				return el("div", "costs", txt("h3", "", text.T("result.costs")), el("ul", "because", clauses(t, link, func(n int) string { return text.T("result.paid", "n", n) }, r.Costs)...))
			}),
			txt("h3", "", text.T("result.because")),
			el("ol", "because", clauses(t, link, func(n int) string { return text.T("result.clause", "n", n) }, r.Because)...),
		),
		when(story != "", func() app.UI {
			return el("div", "column tale", txt("h3", "", text.T("result.story")), tell(story))
		}),
		when(len(t.Scenario.Wants) > 0, func() app.UI { return el("div", "column", runsOf(t.Scenario)) }),
	}
}

// clauses are list items, each with a link to the step that its sentence cites.
func clauses(t *lab.Trace, link string, says func(n int) string, list []event.Clause) []app.UI {
	return each(len(list), func(i int) app.UI {
		c := list[i]
		return el("li", "", append([]app.UI{stepLink(link, c.Frame, says(c.Frame+1)), app.Text(": ")}, chips(t.Keys, c.Text)...)...)
	})
}

// tell shows a story: paragraphs with the little Markdown that stories use.
func tell(story string) app.UI {
	var out []app.UI
	for paragraph := range strings.SplitSeq(story, "\n\n") {
		out = append(out, el("p", "", spans(strings.Join(strings.Fields(paragraph), " "))...))
	}
	return el("div", "", out...)
}

// sheet is what stands in the place of the browsers: the details of one thing.
type sheet struct {
	app.Compo
	Trace   *lab.Trace
	Step    int
	Link    string
	Which   page.Sheet
	Listing bool
}

func (s *sheet) Render() app.UI {
	t, i := s.Trace, s.Step
	switch s.Which {
	case page.Messages:
		return sheetBox("http", s.Which, text.T("http.title", "n", i+1), messages(t, i)...)
	case page.MalloryInside, page.AliceInside:
		return sheetBox("jar-"+string(s.Which), s.Which, text.T("jar.of", "who", words.Person(string(s.Which))), browserInside(t, i, string(s.Which), s.Link)...)
	case page.ServerInside:
		return sheetBox("inside", s.Which, text.T("inside.title")+" · "+profileTitle(t), serverInside(t, i, s.Listing)...)
	case page.Ending:
		return sheetBox("ending", s.Which, text.T("result.title"), ending(t, s.Link)...)
	}
	return node("div", "class=sheet", "hidden=true")
}

// sheetBox is a sheet with its heading and what closes it.
func sheetBox(id string, which page.Sheet, title string, body ...app.UI) app.UI {
	return node("section", "id="+id, "class=sheet", "aria-labelledby=sheet-title").Body(
		el("div", "head",
			node("h2", "id=sheet-title", "class=t3 strong", "tabindex=-1").Text(title),
			node("button", "type=button", "class=btn icon plain close", "aria-label="+text.T("sheet.close")).Body(stroke("close")).
				OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Show(which)) }, app.EventScope(string(which))),
		),
		node("div", "class=body of-"+string(which), "data-scrolls="+id, "role=group", "aria-labelledby=sheet-title").Body(body...),
	)
}
