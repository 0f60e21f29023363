package view

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/scenarios"
)

func claimsView(page.Model) app.UI { return &claims{} }

// claims is the list of what the two articles say. It plays the runs that stand
// for each verdict, a few at a time, and says whether they show it.
type claims struct {
	app.Compo

	all   []scenarios.Claim
	links [][]exhibitLink // of each claim that has been played
}

// An exhibitLink leads to a run, at the step that shows it.
type exhibitLink struct {
	Link  string
	Holds bool // the run shows what the verdict says
}

func (c *claims) OnMount(ctx app.Context) {
	c.all = scenarios.Claims()
	c.next(ctx)
}

// next plays the runs of further claims, and gives the page back in between.
func (c *claims) next(ctx app.Context) {
	if len(c.links) == len(c.all) {
		return
	}
	ctx.After(time.Millisecond, func(ctx app.Context) {
		for start := time.Now(); len(c.links) < len(c.all) && time.Since(start) < stretch; {
			c.links = append(c.links, playClaim(c.all[len(c.links)]))
		}
		c.next(ctx)
	})
}

// playClaim plays every run of a claim.
func playClaim(claim scenarios.Claim) []exhibitLink {
	var out []exhibitLink
	for _, x := range append([]scenarios.Exhibit{claim.Shown}, claim.Against...) {
		t, frame, err := x.Look()
		if err != nil {
			panic("the page: " + err.Error()) // its own runs play; their tests say so
		}
		out = append(out, exhibitLink{page.LinkTo(x.Play, frame), x.Differs(t, frame) == nil})
	}
	return out
}

func (c *claims) Render() app.UI {
	played, shown := 0, 0
	for _, runs := range c.links {
		for _, r := range runs {
			played++
			if r.Holds {
				shown++
			}
		}
	}
	progress := strconv.Itoa(len(c.links)) + " of " + strconv.Itoa(len(c.all)) + " claims played"
	if len(c.all) > 0 && len(c.links) == len(c.all) {
		progress = strconv.Itoa(played) + " runs, played just now on this page; " + strconv.Itoa(shown) + " show what stands beside them"
	}
	body := []app.UI{
		txt("p", "", "The lab began with two articles, on Django and on Flask. Here is what they say, in our words, with a verdict that a run shows. Follow it to see the run at the step that decides."),
		node("p", "id=claims-played", "class=none", "role=status").Text(progress),
	}
	for _, article := range []string{"Django", "Flask"} {
		var items []app.UI
		for i, claim := range c.all {
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
	if i < len(c.links) {
		runs = nil
		for n, r := range c.links[i] {
			label := "See the run"
			if n > 0 {
				label = "Counter-run"
				if len(c.links[i]) > 2 {
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
