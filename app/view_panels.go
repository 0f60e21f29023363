package main

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab"
	"fixlab/lab/cookie"
)

// panels are the three actors side by side, or one at a time where the screen is small.
type panels struct {
	app.Compo
	Trace *lab.Trace
	Step  int
	Lane  Lane
	Link  string
}

func (p *panels) Render() app.UI {
	return el("div", "panels",
		node("div", "class=picks", "role=group", "aria-label=Panel").Body(
			p.pick(Attacker, "attacker", "Attacker"),
			p.pick(Server, "server", "Server"),
			p.pick(Victim, "victim", "Victim"),
		),
		&browserPanel{Trace: p.Trace, Step: p.Step, Name: "mallory", Link: p.Link},
		&serverPanel{Trace: p.Trace, Step: p.Step},
		&browserPanel{Trace: p.Trace, Step: p.Step, Name: "alice", Link: p.Link},
	)
}

func (p *panels) pick(l Lane, symbol, text string) app.UI {
	return node("button", "type=button", "class=pick "+symbol, "aria-pressed="+yes(p.Lane == l)).Body(icon(symbol), app.Text(text)).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, Pick(l)) }, app.EventScope(int(l)))
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
				return txt("span", "acts", person(f.Step.Who)+" is here")
			}),
		),
		node("div", "class=body", "data-scrolls="+class, "role=group", "aria-label="+heading).Body(
			p.address(b), p.page(b), p.jar(b),
			when(p.Name == "mallory", func() app.UI {
				return knows{Trace: t, Step: p.Step, Link: p.Link}.ui()
			}),
		),
	)
}

func (p *browserPanel) address(b lab.Browser) app.UI {
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

// page draws the blocks of the page as text of a few plain elements; nothing in
// them is ever read as HTML.
func (p *browserPanel) page(b lab.Browser) app.UI {
	if b.URL == "" {
		return node("div", "class=page empty")
	}
	return el("div", "page", each(len(b.Page), func(i int) app.UI {
		block := b.Page[i]
		body := rich(p.Trace.Keys, block.Text)
		switch block.Tag {
		case "h1":
			return el("p", "title", body...)
		case "a":
			return el("span", "link", body...)
		case "li":
			return el("p", "item", body...)
		case "label":
			return el("span", "field", body...)
		case "button":
			return el("span", "press", body...)
		}
		return el("p", "", body...)
	})...)
}

// jar shows the cookies in the columns of a browser's tools, with those that
// this step refused or held back, each with its reason.
func (p *browserPanel) jar(b lab.Browser) app.UI {
	t := p.Trace
	id := p.Name + "-jar"
	var before []cookie.Entry
	if p.Step > 0 {
		before = t.Frames[p.Step-1].State.Browser(p.Name).Jar
	}
	notes := p.notes()
	return el("div", "part",
		node("h3", "id="+id).Text("Cookie jar"),
		when(len(b.Jar) == 0, func() app.UI { return txt("p", "none", "no cookies") }),
		when(len(b.Jar) > 0, func() app.UI {
			return node("table", "class=jar", "role=table", "aria-labelledby="+id).Body(
				node("thead", "role=rowgroup").Body(node("tr", "role=row").Body(
					each(len(jarColumns), func(i int) app.UI {
						return node("th", "role=columnheader", "scope=col").Text(jarColumns[i])
					})...,
				)),
				node("tbody", "role=rowgroup").Body(each(len(b.Jar), func(i int) app.UI {
					e := b.Jar[i]
					return cookieRow{Keys: t.Keys, Cookie: e, Change: changeOf(before, e)}.ui()
				})...),
			)
		}),
		when(len(notes) > 0, func() app.UI {
			return el("ul", "reasons", each(len(notes), func(i int) app.UI { return notes[i] })...)
		}),
	)
}

var jarColumns = []string{"Name", "Value", "Domain", "Path", "Expires", "HttpOnly", "Secure", "SameSite", "Set by"}

// notes are the cookies that this browser refused or held back in this step.
func (p *browserPanel) notes() []app.UI {
	var out []app.UI
	for _, e := range p.Trace.Frames[p.Step].Events {
		if e.Who != p.Name || e.Refusal == nil {
			continue
		}
		word := "not sent"
		if e.Kind == lab.Refused {
			word = "refused"
		}
		pair, _, _ := strings.Cut(e.Text, ";")
		body := []app.UI{txt("span", "tag tag-refused", word), app.Text(" ")}
		body = append(body, el("code", "", rich(p.Trace.Keys, pair)...))
		body = append(body, app.Text(" "+e.Refusal.Why+" "), txt("span", "source", e.Refusal.Section))
		out = append(out, el("li", "", body...))
	}
	return out
}

// changeOf says whether e is in the jar of before, and with the same value.
func changeOf(before []cookie.Entry, e cookie.Entry) Change {
	for _, o := range before {
		if o.Name == e.Name && o.Domain == e.Domain && o.Path == e.Path && o.HostOnly == e.HostOnly && o.Partition == e.Partition {
			if o.Value == e.Value && o.Secure == e.Secure && o.HTTPOnly == e.HTTPOnly && o.SameSite == e.SameSite {
				return Same
			}
			return Changed
		}
	}
	return New
}

// cookieRow is one cookie of a jar.
type cookieRow struct {
	Keys   []string
	Cookie cookie.Entry
	Change Change
}

func (r cookieRow) ui() app.UI {
	e := r.Cookie
	domain := e.Domain
	if !e.HostOnly {
		domain = "." + domain // as the browser's tools write a cookie for sub-domains too
	}
	expires := "Session"
	if !e.Expires.IsZero() {
		expires = e.Expires.UTC().Format("2006-01-02 15:04")
	}
	site := "–"
	if e.SameSite != cookie.Default {
		site = e.SameSite.String()
	}
	class := "cookie"
	if r.Change != Same {
		class += " changed"
	}
	name := []app.UI{txt("code", "", e.Name)}
	if r.Change != Same {
		name = append(name, app.Text(" "), tag(r.Change))
	}
	cell := func(i int, class string, body ...app.UI) app.UI {
		return node("td", "role=cell", "class="+class, "data-label="+jarColumns[i]).Body(body...)
	}
	flag := func(i int, on bool) app.UI {
		if on {
			return cell(i, "flag", app.Text("yes"))
		}
		return cell(i, "flag off", app.Text("no"))
	}
	return node("tr", "role=row", "class="+class).Body(
		cell(0, "name", name...),
		cell(1, "value", el("code", "", rich(r.Keys, e.Value)...)),
		cell(2, "", app.Text(domain)),
		cell(3, "", app.Text(e.Path)),
		cell(4, "", app.Text(expires)),
		flag(5, e.HTTPOnly),
		flag(6, e.Secure),
		cell(7, "", app.Text(site)),
		cell(8, "", app.Text(e.SetBy)),
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
					body = append(body, tag(New), app.Text(" "))
				}
				body = append(body, app.Text(f.How+", "), stepLink(k.Link, f.Frame, "step "+strconv.Itoa(f.Frame+1)))
				return el("li", class, body...)
			})...)
		}),
	)
}
