package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/scenarios"
)

// claims is the list of what the two articles say, with links to the runs that
// stand for each verdict.
type claims struct {
	app.Compo
	All   []scenarios.Claim
	Links [][]page.ExhibitLink // of each claim that has been played
}

func (c *claims) Render() app.UI {
	played, shown := 0, 0
	for _, runs := range c.Links {
		for _, r := range runs {
			played++
			if r.Holds {
				shown++
			}
		}
	}
	progress := text.T("claims.progress", "n", len(c.Links), "of", len(c.All))
	if len(c.All) > 0 && len(c.Links) == len(c.All) {
		progress = text.T("claims.complete", "n", played, "shown", shown)
	}
	body := []app.UI{
		txt("p", "lead", text.T("claims.intro")),
		node("p", "id=claims-played", "class=quiet", "role=status").Text(progress),
		arrows(),
	}
	for _, article := range []string{"Django", "Flask"} {
		var items []app.UI
		for i, claim := range c.All {
			if claim.Article == article {
				items = append(items, c.item(i, claim))
			}
		}
		body = append(body, el("section", "part", txt("h2", "", text.T("claims.article", "framework", article)), node("ol", "class=claims", "data-rove=list").Body(items...)))
	}
	return el("div", "stack2 claims-page", body...)
}

func (c *claims) item(i int, claim scenarios.Claim) app.UI {
	runs := []app.UI{app.Text("…")}
	if i < len(c.Links) {
		runs = nil
		for n, r := range c.Links[i] {
			label := text.T("claims.run")
			switch {
			case n > 0 && len(c.Links[i]) > 2:
				label = text.T("claims.counter-run-n", "n", n)
			case n > 0:
				label = text.T("claims.counter-run")
			}
			if !r.Holds {
				label = text.T("claims.not-shown", "run", label)
			}
			runs = append(runs, node("a", "class=link", "href=#"+r.Link, "aria-label="+text.T("claims.run-label", "run", label, "claim", claim.Text)).Text(label), app.Text(" "))
		}
	}
	return node("li", "class=claim", "data-verdict="+claim.Verdict).Body(
		txt("p", "said", claim.Text),
		el("p", "", el("span", "outcome", stroke(claimStroke(claim.Verdict)), app.Text(claim.Verdict)), app.Text(" "+claim.Truth)),
		el("p", "row wrap claim-runs", runs...),
	)
}

// claimStroke shows a verdict in form, beside its word: it is no result of a run.
func claimStroke(verdict string) string {
	switch verdict {
	case "true":
		return "check"
	case "false":
		return "close"
	}
	return "warn"
}
