package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// spaceView says what every combination comes to.
type spaceView struct {
	app.Compo
	Setup script.Setup
	Space *survey.Space
	Wide  *survey.Space
	Alone string
}

func (x *spaceView) Render() app.UI {
	return node("section", "class=part", "aria-labelledby=space-title").Body(
		node("h2", "id=space-title").Text(text.T("explore.every")),
		el("p", "", app.Text(text.T("explore.every-intro", "switches", strings.ReplaceAll(scenarios.Switches.String(), "+", ", ")))),
		el("div", "two",
			figures("space-figures", text.T("explore.this-server"), x.Space),
			el("div", "one",
				figures("wide-figures", text.T("explore.every-server-figures"), x.Wide),
				node("button", "type=button", "id=explore-wide", "class=btn").Text(text.T("explore.play-every-server")).OnClick(x.wide),
			),
		),
		when(x.Alone != "", func() app.UI {
			lines := strings.Split(x.Alone, "\n")
			return el("div", "",
				txt("h3", "", text.T("explore.alone")),
				node("ul", "id=alone", "class=bullets").Body(each(len(lines), func(i int) app.UI { return txt("li", "", lines[i]) })...),
			)
		}),
		when(x.Space != nil && x.Space.Remedies != nil, func() app.UI {
			return el("div", "remedies", each(len(x.Space.Remedies), func(i int) app.UI { return x.remedies(i, x.Space.Remedies[i]) })...)
		}),
	)
}

// figures are those of one space, as far as it is played.
func figures(id, title string, sp *survey.Space) app.UI {
	if sp == nil {
		sp = &survey.Space{}
	}
	ratio, played := "–", text.T("explore.not-played")
	if sp.Runs > 0 {
		ratio = words.Thousands(sp.Sets / sp.Runs)
		played = text.T("explore.played", "n", sp.Played, "of", sp.Attacks)
	}
	return node("div", "id="+id, "class=one", "data-ended="+yes(sp.Ended), "data-runs="+strconv.Itoa(sp.Runs), "data-sets="+strconv.Itoa(sp.Sets), "data-seconds="+strconv.FormatFloat(sp.Seconds, 'f', 2, 64)).Body(
		txt("h3", "", title),
		el("dl", "figures",
			txt("dt", "", text.T("explore.attacks")), txt("dd", "", played),
			txt("dt", "", text.T("explore.combinations")), txt("dd", "", words.Thousands(sp.Sets)),
			txt("dt", "", text.T("explore.runs")), txt("dd", "", words.Thousands(sp.Runs)),
			txt("dt", "", text.T("explore.ratio")), txt("dd", "", ratio),
			txt("dt", "", text.T("explore.seconds")), txt("dd", "", strconv.FormatFloat(sp.Seconds, 'f', 1, 64)),
		),
	)
}

func (x *spaceView) wide(ctx app.Context, _ app.Event) { send(ctx, page.ExploreWide{}) }

// mostRemedies is how many smallest sets are listed at once.
const mostRemedies = 12

func (x *spaceView) remedies(goal int, list []survey.Remedy) app.UI {
	if len(list) == 0 {
		return el("div", "", txt("h3", "", survey.Goals[goal].Title), txt("p", "", text.T("explore.no-remedy")))
	}
	s, with := survey.Lesson(), x.Setup
	with.Route = survey.Control
	item := func(r survey.Remedy) app.UI {
		works := text.T("explore.remedy-works")
		if !r.Works {
			works = text.T("explore.remedy-breaks")
		}
		names := text.T("explore.remedy-nothing")
		if r.Set != 0 {
			names = strings.ReplaceAll(r.Set.String(), "+", " + ")
		}
		return el("li", "", txt("strong", "", names), app.Text(": "), node("a", "class=link", "href=#"+page.LinkTo(page.Played(s, with, r.Set), r.Step)).Text(works))
	}
	shown := min(len(list), mostRemedies)
	says := text.T("explore.remedies", "n", len(list))
	single := 0
	for _, r := range list {
		if r.Set != 0 && r.Set&(r.Set-1) == 0 {
			single++
		}
	}
	if single > 1 {
		says += " " + text.T("explore.remedies-alone", "n", single)
	}
	return el("div", "",
		txt("h3", "", survey.Goals[goal].Title),
		txt("p", "", says),
		node("ol", "class=numbers", "data-rove=list").Body(each(shown, func(i int) app.UI { return item(list[i]) })...),
		when(len(list) > shown, func() app.UI {
			rest := list[shown:]
			return el("details", "", txt("summary", "", text.T("explore.remedies-more", "n", len(rest))),
				node("ol", "class=numbers", "data-rove=list").Body(each(len(rest), func(i int) app.UI { return item(rest[i]) })...))
		}),
	)
}

// leftOut says what these figures do not say.
func leftOut() app.UI {
	points := []string{
		text.T("explore.model-one-shop"), text.T("explore.model-no-races"), text.T("explore.model-no-time"),
		text.T("explore.model-mistakes"), text.T("explore.model-leaks"),
	}
	return node("section", "class=part", "aria-labelledby=left-out-title").Body(
		node("h2", "id=left-out-title").Text(text.T("explore.model")),
		txt("p", "", text.T("explore.model-intro")),
		el("ul", "bullets", each(len(points), func(i int) app.UI { return txt("li", "", points[i]) })...),
	)
}
