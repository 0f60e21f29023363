package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
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
	progress := strconv.Itoa(len(c.Links)) + " of " + strconv.Itoa(len(c.All)) + " claims played"
	if len(c.All) > 0 && len(c.Links) == len(c.All) {
		progress = strconv.Itoa(played) + " runs, played just now on this page; " + strconv.Itoa(shown) + " show what stands beside them"
	}
	body := []app.UI{
		txt("p", "", "The lab began with two articles, on Django and on Flask. Here is what they say, in our words, with a verdict that a run shows. Follow it to see the run at the step that decides."),
		node("p", "id=claims-played", "class=none", "role=status").Text(progress),
	}
	for _, article := range []string{"Django", "Flask"} {
		var items []app.UI
		for i, claim := range c.All {
			if claim.Article == article {
				items = append(items, c.item(i, claim))
			}
		}
		body = append(body, txt("h2", "", "The "+article+" article"), el("ol", "claims", items...))
	}
	return el("div", "claims-page", body...)
}

func (c *claims) item(i int, claim scenarios.Claim) app.UI {
	runs := []app.UI{app.Text("…")}
	if i < len(c.Links) {
		runs = nil
		for n, r := range c.Links[i] {
			label := "See the run"
			if n > 0 {
				label = "Counter-run"
				if len(c.Links[i]) > 2 {
					label += " " + strconv.Itoa(n)
				}
			}
			if !r.Holds {
				label += " (it does not show this)"
			}
			runs = append(runs, node("a", "href=#"+r.Link, "aria-label="+label+": "+claim.Text).Text(label), app.Text(" "))
		}
	}
	return node("li", "class=claim", "data-verdict="+claim.Verdict).Body(
		txt("p", "said", claim.Text),
		el("p", "", el("span", "claim-verdict is-"+claimClass(claim.Verdict), icon(claimIcon(claim.Verdict)), txt("strong", "", claim.Verdict)), app.Text(" "+claim.Truth)),
		el("p", "claim-runs", runs...),
	)
}

// claimClass and claimIcon show a verdict in colour and form, beside its word.
func claimClass(verdict string) string {
	switch verdict {
	case "true":
		return "blocked"
	case "false":
		return "alone"
	}
	return "before"
}

func claimIcon(verdict string) string {
	switch verdict {
	case "true":
		return "defended"
	case "false":
		return "hijacked"
	}
	return "broken"
}
