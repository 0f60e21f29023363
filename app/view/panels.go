package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// panels are the three actors side by side, or one at a time where the screen is small.
type panels struct {
	app.Compo
	Trace   *lab.Trace
	Step    int
	Lane    words.Lane
	Link    string
	Listing bool // of the server
}

func (p *panels) Render() app.UI {
	return el("div", "panels",
		node("div", "class=picks", "role=group", "aria-label=Panel").Body(
			p.pick(words.Attacker, "attacker", "Attacker"),
			p.pick(words.Server, "server", "Server"),
			p.pick(words.Victim, "victim", "Victim"),
		),
		&browserPanel{Trace: p.Trace, Step: p.Step, Name: "mallory", Link: p.Link},
		&serverPanel{Trace: p.Trace, Step: p.Step, Listing: p.Listing},
		&browserPanel{Trace: p.Trace, Step: p.Step, Name: "alice", Link: p.Link},
	)
}

func (p *panels) pick(l words.Lane, symbol, text string) app.UI {
	return node("button", "type=button", "class=pick "+symbol, "aria-pressed="+yes(p.Lane == l)).Body(icon(symbol), app.Text(text)).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Pick(l)) }, app.EventScope(int(l)))
}

// browserPanel is one person's browser: address, page, cookies; for Mallory also
// what she knows.
type browserPanel struct {
	app.Compo
	Trace *lab.Trace
	Step  int
	Name  string
	Link  string
}

func (p *browserPanel) Render() app.UI {
	t, f := p.Trace, p.Trace.Frames[p.Step]
	b := f.State.Browser(p.Name)
	class, heading := "victim", "Victim · Alice"
	if p.Name == "mallory" {
		class, heading = "attacker", "Attacker · Mallory"
	}
	acts := f.Step.Browser() == p.Name && f.Step.Who != "server"
	return node("section", "class=panel "+class, "aria-labelledby="+class+"-title").Body(
		node("h2", "id="+class+"-title").Body(
			icon(class), app.Text(heading),
			when(acts && f.Step.Who == p.Name, func() app.UI { return txt("span", "acts", "acts") }),
			when(acts && f.Step.Who != p.Name, func() app.UI {
				return txt("span", "acts", words.Person(f.Step.Who)+" is here")
			}),
		),
		node("div", "class=body", "data-scrolls="+class, "role=group", "aria-label="+heading).Body(
			p.address(b), el("div", "page", when(b.URL != "", func() app.UI { return pageView(t.Keys, b) })),
			when(p.Name == "mallory", func() app.UI {
				return knows{Trace: t, Step: p.Step, Link: p.Link}.ui()
			}),
			jar{Trace: t, Step: p.Step, Name: p.Name}.ui(),
		),
	)
}

func (p *browserPanel) address(b event.Browser) app.UI {
	if b.URL == "" {
		return txt("p", "address none", "no page yet")
	}
	scheme, rest, _ := strings.Cut(b.URL, "://")
	host, path := rest, ""
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	parts := []app.UI{txt("span", "scheme", scheme+"://"), txt("strong", "", host)}
	return el("p", "address",
		el("span", "path", append(parts, rich(p.Trace.Keys, path)...)...),
		txt("span", "status", strconv.Itoa(b.Status)),
	)
}

// knows lists what Mallory knows, and since when.
type knows struct {
	Trace *lab.Trace
	Step  int
	Link  string
}

func (k knows) ui() app.UI {
	facts := k.Trace.Frames[k.Step].State.Knows
	return el("div", "part",
		txt("h3", "", "Mallory knows"),
		when(len(facts) == 0, func() app.UI { return txt("p", "none", "nothing yet") }),
		when(len(facts) > 0, func() app.UI {
			return node("ul", "id=knows", "class=knows").Body(each(len(facts), func(i int) app.UI {
				f := facts[i]
				class := ""
				body := []app.UI{el("code", "", rich(k.Trace.Keys, f.Value)...), app.Text(" ")}
				if f.Frame == k.Step {
					class = "changed"
					body = append(body, tag(words.New), app.Text(" "))
				}
				body = append(body, app.Text(f.How+", "), stepLink(k.Link, f.Frame, "step "+strconv.Itoa(f.Frame+1)))
				return el("li", class, body...)
			})...)
		}),
	)
}
