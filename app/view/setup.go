package view

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// setup is how the value gets into Alice's browser, as far as the lesson leaves
// that open, and whose rules the browsers follow.
type setup struct {
	app.Compo
	Scenario *script.Scenario
	Open     bool
}

func (s *setup) Render() app.UI {
	class := "setup"
	if s.Open {
		class += " open"
	}
	title := "How it gets there"
	if !s.Scenario.Opens("route") {
		title = "Played with"
	}
	return node("section", "id=setup", "class="+class, "aria-labelledby=setup-title").Body(
		node("h2", "id=setup-title").Text(title),
		node("button", "type=button", "id=show-setup", "class=disclose", "aria-expanded="+yes(s.Open), "aria-controls=setup-body").
			Text(title+": "+s.brief()).OnClick(s.toggle),
		node("div", "id=setup-body", "class=setup-body", "data-scrolls=setup", "role=group", "aria-label="+title).Body(
			when(s.Scenario.Opens("route"), s.server),
			when(s.Scenario.Opens("route"), s.route),
			when(s.Scenario.Opens("token"), s.token),
			when(s.Scenario.Opens("visit"), s.visited),
			s.browser(),
		),
	)
}

func (s *setup) toggle(ctx app.Context, _ app.Event) { send(ctx, page.Setups{}) }

// brief says in a few words what is picked.
func (s *setup) brief() string {
	r := scenarios.Route(s.Scenario.Route)
	if r == nil || !s.Scenario.Opens("route") {
		return words.Browsers[s.Scenario.Browser][0]
	}
	if s.Scenario.Browser != cookie.Chromium {
		return r.Title + ", " + words.InBrowser(s.Scenario.Browser)
	}
	return r.Title
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
			list = append(list, txt("li", "", scenarios.Capabilities[n]))
		}
	}
	return el("div", "pick-one",
		node("label", "for=pick-route").Text("Route"),
		node("select", "id=pick-route", "name=route", "aria-describedby=route-does").OnChange(s.pickRoute).Body(options(scenarios.Routes, s.Scenario.Route)...),
		node("p", "id=route-does").Text(r.Does),
		el("div", "needs-wrap",
			node("p", "id=needs-title", "class=needs-title").Text("Mallory needs:"),
			node("ul", "id=needs", "class=needs", "aria-labelledby=needs-title").Body(list...),
		),
	)
}

func (s *setup) server() app.UI {
	all := server.Profiles
	return el("div", "pick-one",
		node("label", "for=pick-server").Text("Server"),
		node("select", "id=pick-server", "name=server").OnChange(s.pickServer).Body(each(len(all), func(i int) app.UI {
			return node("option", "value="+all[i].ID, "selected="+yes(all[i].ID == s.Scenario.Profile)).Text(all[i].Title)
		})...),
	)
}

func (s *setup) token() app.UI {
	fixed := page.FixedToken(s.Scenario)
	does := "This route needs no value of Mallory’s."
	if f := page.TokenNamed(cmp.Or(fixed, s.Scenario.Token)); f != nil {
		does = f.Does
		if fixed != "" {
			does = "This route brings its own. " + does
		}
	}
	return el("div", "pick-one",
		node("label", "for=pick-token").Text("Value"),
		node("select", "id=pick-token", "name=token", "aria-describedby=token-does", "disabled="+yes(fixed != "")).OnChange(s.pickToken).Body(options(scenarios.Tokens, page.ShownToken(s.Scenario))...),
		node("p", "id=token-does").Text(does),
	)
}

func (s *setup) visited() app.UI {
	return el("div", "toggle plain",
		node("input", "type=checkbox", "id=visited", "name=visited", "checked="+yes(s.Scenario.Visited)).OnChange(s.pickJar),
		node("label", "for=visited").Text("Alice has been here before"),
	)
}

func (s *setup) browser() app.UI {
	at := s.Scenario.Browser
	return el("div", "pick-one",
		node("label", "for=pick-browser").Text("Browser"),
		node("select", "id=pick-browser", "name=browser", "aria-describedby=browser-does").OnChange(s.pickRules).Body(each(len(words.Browsers), func(i int) app.UI {
			return node("option", "value="+strconv.Itoa(i), "selected="+yes(int(at) == i)).Text(words.Browsers[i][0])
		})...),
		node("p", "id=browser-does").Text(words.Browsers[at][1]),
	)
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
