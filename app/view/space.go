package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
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
	return node("section", "class=explore-part", "aria-labelledby=space-title").Body(
		node("h2", "id=space-title").Text("Every combination"),
		el("p", "", app.Text("Played under every set of these switches, and nothing else on: "+strings.ReplaceAll(scenarios.Switches.String(), "+", ", ")+". "+
			"A run says which switches it looked at. The others change nothing, so one run stands for all their combinations.")),
		el("div", "two",
			figures("space-figures", "This server, every route, this value and jar", x.Space),
			el("div", "one",
				figures("wide-figures", "Every server, every route, every source, this jar", x.Wide),
				node("button", "type=button", "id=explore-wide").Text("Play every server").OnClick(x.wide),
			),
		),
		when(x.Alone != "", func() app.UI {
			lines := strings.Split(x.Alone, "\n")
			return el("div", "",
				txt("h3", "", "Each switch alone, in this model"),
				node("ul", "id=alone", "class=dots").Body(each(len(lines), func(i int) app.UI { return txt("li", "", lines[i]) })...),
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
	ratio, played := "–", "not played yet"
	if sp.Runs > 0 {
		ratio = words.Thousands(sp.Sets / sp.Runs)
		played = strconv.Itoa(sp.Played) + " of " + strconv.Itoa(sp.Attacks)
	}
	return node("div", "id="+id, "class=one", "data-ended="+yes(sp.Ended), "data-runs="+strconv.Itoa(sp.Runs), "data-sets="+strconv.Itoa(sp.Sets), "data-seconds="+strconv.FormatFloat(sp.Seconds, 'f', 2, 64)).Body(
		txt("h3", "", title),
		el("dl", "figures",
			txt("dt", "", "Attacks"), txt("dd", "", played),
			txt("dt", "", "Combinations covered"), txt("dd", "", words.Thousands(sp.Sets)),
			txt("dt", "", "Distinct runs made"), txt("dd", "", words.Thousands(sp.Runs)),
			txt("dt", "", "Combinations for each run"), txt("dd", "", ratio),
			txt("dt", "", "Seconds"), txt("dd", "", strconv.FormatFloat(sp.Seconds, 'f', 1, 64)),
		),
	)
}

func (x *spaceView) wide(ctx app.Context, _ app.Event) { send(ctx, page.ExploreWide{}) }

// mostRemedies is how many smallest sets are listed at once.
const mostRemedies = 12

func (x *spaceView) remedies(goal int, list []survey.Remedy) app.UI {
	if len(list) == 0 {
		return el("div", "", txt("h3", "", survey.Goals[goal].Title), txt("p", "", "In this model no set of these switches does that on this server."))
	}
	s, with := survey.Lesson(), x.Setup
	with.Route = survey.Control
	item := func(r survey.Remedy) app.UI {
		works := "also keeps Alice working"
		if !r.Works {
			works = "but Alice cannot work"
		}
		names := "nothing on"
		if r.Set != 0 {
			names = strings.ReplaceAll(r.Set.String(), "+", " + ")
		}
		return el("li", "", txt("strong", "", names), app.Text(": "), node("a", "href=#"+page.LinkTo(page.Played(s, with, r.Set), r.Step)).Text(works))
	}
	shown := min(len(list), mostRemedies)
	says := strconv.Itoa(len(list)) + " smallest sets; none of their switches can be left out."
	if len(list) == 1 {
		says = "One smallest set."
	}
	single := 0
	for _, r := range list {
		if r.Set != 0 && r.Set&(r.Set-1) == 0 {
			single++
		}
	}
	if single > 1 {
		says += " Each of the " + strconv.Itoa(single) + " switches that stand alone would do."
	}
	return el("div", "",
		txt("h3", "", survey.Goals[goal].Title),
		txt("p", "", says),
		el("ol", "dots", each(shown, func(i int) app.UI { return item(list[i]) })...),
		when(len(list) > shown, func() app.UI {
			rest := list[shown:]
			return el("details", "fold", txt("summary", "", strconv.Itoa(len(rest))+" more"),
				el("ol", "dots", each(len(rest), func(i int) app.UI { return item(rest[i]) })...))
		}),
	)
}

// leftOut says what these figures do not say.
func leftOut() app.UI {
	points := []string{
		"There is one shop, one victim and one attacker, and each attack is played in one order.",
		"Nothing happens at the same time: no races between requests, no two tabs.",
		"Time is not measured: no signature is guessed from how long an answer takes, and no key is guessed at all.",
		"A server has the mistakes that its profile and the switches name, and no others.",
		"Keys and secrets do not leak by ways that no route has: backups, logs, malware.",
	}
	return node("section", "class=explore-part", "aria-labelledby=left-out-title").Body(
		node("h2", "id=left-out-title").Text("In this model"),
		txt("p", "", "“All” means all combinations in this model, not all attacks there are. The model leaves out:"),
		el("ul", "dots", each(len(points), func(i int) app.UI { return txt("li", "", points[i]) })...),
	)
}
