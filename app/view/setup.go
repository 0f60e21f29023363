package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// setup is what the lesson is played with: how the value gets into Alice's browser and
// on which server, as far as the lesson leaves that open, and whose rules the browsers
// follow.
type setup struct {
	app.Compo
	Scenario *script.Scenario
	On       defence.Set
	Open     bool
}

func (s *setup) Render() app.UI {
	heading := "setup-title"
	if s.Open {
		heading = "sheet-title"
	}
	return node("section", "id=setup", "class=sheet", "hidden="+yes(!s.Open), "aria-labelledby="+heading).Body(
		el("div", "head",
			node("h2", "id="+heading, "class=t3 strong", "tabindex=-1").Text(text.T("setup.title")),
			node("button", "type=button", "class=btn icon plain close", "aria-label="+text.T("sheet.close")).Body(stroke("close")).OnClick(arrange),
		),
		node("div", "class=body of-setup", "data-scrolls=setup", "role=group", "aria-labelledby="+heading).Body(
			when(s.Scenario.Opens("route") || scenarios.IsOwn(s.Scenario.Name), s.server),
			when(scenarios.IsOwn(s.Scenario.Name), s.header),
			when(s.Scenario.Opens("route"), s.route),
			when(s.Scenario.Opens("token"), s.token),
			s.browser(),
		),
	)
}

// briefly says in a few words what is picked: the server and the route, or the browser
// where the lesson leaves nothing else open.
func briefly(s *script.Scenario, on defence.Set) []string {
	browser, _ := words.Browser(s.Browser)
	r := scenarios.Route(s.Route)
	p, _ := server.ByID(s.Profile)
	title := p.Under(s.Under(on))
	if scenarios.IsOwn(s.Name) {
		return []string{text.T("setup.at", "what", text.T("setup.server"), "picked", title)}
	}
	if r == nil || !s.Opens("route") {
		return []string{text.T("setup.at", "what", text.T("setup.browser"), "picked", browser)}
	}
	route := r.Title
	if s.Browser != cookie.Chromium {
		route += ", " + words.InBrowser(s.Browser)
	}
	return []string{
		text.T("setup.at", "what", text.T("setup.server"), "picked", title),
		text.T("setup.at", "what", text.T("setup.route"), "picked", route),
	}
}

// pickOne is one of the lists, with what is said of what is picked.
func pickOne(id, title, describes string, pick app.EventHandler, disabled bool, options []app.UI, says ...app.UI) app.UI {
	return el("div", "pick-one", append([]app.UI{
		node("label", "class=strong", "for="+id).Text(title),
		node("select", "id="+id, "class=input", "aria-describedby="+describes, "disabled="+yes(disabled)).OnChange(pick).Body(options...),
	}, says...)...)
}

func (s *setup) route() app.UI {
	r := scenarios.Route(s.Scenario.Route)
	needs := slices.Clone(r.Needs)
	if f := page.TokenNamed(cmp.Or(page.FixedToken(s.Scenario), s.Scenario.Token)); f != nil && s.Scenario.Opens("token") {
		needs = append(needs, f.Needs...)
	}
	var list []app.UI
	for i, n := range needs {
		if !slices.Contains(needs[:i], n) {
			list = append(list, txt("li", "", script.Has(n)))
		}
	}
	return pickOne("pick-route", text.T("setup.route"), "route-does", s.pickRoute, false, options(scenarios.Routes, s.Scenario.Route),
		node("p", "id=route-does").Text(r.Does),
		node("p", "id=needs-title", "class=strong").Text(text.T("setup.needs")),
		node("ul", "id=needs", "class=bullets", "aria-labelledby=needs-title").Body(list...),
	)
}

func (s *setup) server() app.UI {
	all := server.Profiles
	p, _ := server.ByID(s.Scenario.Profile)
	return pickOne("pick-server", text.T("setup.server"), "server-does", s.pickServer, false, each(len(all), func(i int) app.UI {
		return node("option", "value="+all[i].ID, "selected="+yes(all[i].ID == s.Scenario.Profile)).Text(all[i].Under(s.On))
	}), node("p", "id=server-does").Text(p.Note))
}

func (s *setup) token() app.UI {
	fixed := page.FixedToken(s.Scenario)
	does := text.T("setup.novalue")
	if f := page.TokenNamed(cmp.Or(fixed, s.Scenario.Token)); f != nil {
		does = f.Does
		if fixed != "" {
			does = text.T("setup.own", "does", does)
		}
	}
	return pickOne("pick-token", text.T("setup.value"), "token-does", s.pickToken, fixed != "", options(scenarios.Tokens, page.ShownToken(s.Scenario)),
		node("p", "id=token-does").Text(does))
}

// header are the other lines of a script's header.
func (s *setup) header() app.UI {
	field := func(key, label, value string) app.UI {
		id := page.HeadField(key)
		return el("label", "field", txt("span", "strong", label),
			node("input", "type=text", "id="+id, "class=input", "value="+value, "dir=ltr", "spellcheck=false", "autocomplete=off").
				OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.SetHead{Key: key, Value: chosen(ctx)}) }, app.EventScope(key)))
	}
	on, grants := "", ""
	if s.Scenario.On != 0 {
		on = s.Scenario.On.String()
	}
	if s.Scenario.Grants != nil {
		grants = cmp.Or(strings.Join(s.Scenario.Grants, " "), "nothing")
	}
	return el("div", "pick-one", field("title", text.T("setup.head-title"), s.Scenario.Title), field("seed", text.T("setup.head-seed"), s.Scenario.Seed), field("on", text.T("setup.head-on"), on), field("grants", text.T("setup.head-grants"), grants))
}

func (s *setup) visited() app.UI {
	return el("div", "toggle",
		node("input", "type=checkbox", "id=visited", "name=visited", "checked="+yes(s.Scenario.Visited)).OnChange(s.pickJar),
		node("label", "for=visited").Text(text.T("setup.visited")),
	)
}

func (s *setup) browser() app.UI {
	at := s.Scenario.Browser
	_, does := words.Browser(at)
	return pickOne("pick-browser", text.T("setup.browser"), "browser-does", s.pickRules, false, each(len(script.Browsers), func(i int) app.UI {
		name, _ := words.Browser(cookie.Rules(i))
		return node("option", "value="+strconv.Itoa(i), "selected="+yes(int(at) == i)).Text(name)
	}), node("p", "id=browser-does").Text(does), when(s.Scenario.Opens("visit"), s.visited))
}

func options(all []*script.Fragment, picked string) []app.UI {
	return each(len(all), func(i int) app.UI {
		return node("option", "value="+all[i].Name, "selected="+yes(all[i].Name == picked)).Text(all[i].Title)
	})
}

func (s *setup) pickServer(ctx app.Context, _ app.Event) {
	send(ctx, page.SetServer(chosen(ctx)))
}
func (s *setup) pickRoute(ctx app.Context, _ app.Event) {
	send(ctx, page.SetRoute(chosen(ctx)))
}
func (s *setup) pickToken(ctx app.Context, _ app.Event) {
	send(ctx, page.SetToken(chosen(ctx)))
}
func (s *setup) pickJar(ctx app.Context, _ app.Event) {
	send(ctx, page.SetJar(checked(ctx)))
}
func (s *setup) pickRules(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(chosen(ctx)); err == nil {
		send(ctx, page.SetRules(cookie.Rules(n)))
	}
}
