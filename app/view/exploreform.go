package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// exploreForm is what the learner picks.
type exploreForm struct {
	app.Compo
	Setup   script.Setup
	Mode    survey.Mode
	Present defence.Set
	Sorted  bool
}

func (x *exploreForm) Render() app.UI {
	pick := func(id, label string, changed app.EventHandler, options ...app.UI) app.UI {
		return el("div", "field", node("label", "for="+id).Text(label), node("select", "id="+id, "class=input").OnChange(changed).Body(options...))
	}
	option := func(value, title string, picked bool) app.UI {
		return node("option", "value="+value, "selected="+yes(picked)).Text(title)
	}
	present := text.T("explore.present-none")
	if x.Present != 0 {
		present = strings.ReplaceAll(x.Present.String(), "+", ", ")
	}
	return node("div", "class=explore-form", "role=group", "aria-label="+text.T("explore.form")).Body(
		pick("explore-server", text.T("explore.server"), x.server, each(len(server.Profiles), func(i int) app.UI {
			p := server.Profiles[i]
			return option(p.ID, p.Title, p.ID == x.Setup.Profile)
		})...),
		pick("explore-token", text.T("explore.token"), x.token, each(len(scenarios.Tokens), func(i int) app.UI {
			t := scenarios.Tokens[i]
			return option(t.Name, t.Title, t.Name == x.Setup.Token)
		})...),
		pick("explore-jar", text.T("explore.jar"), x.jar,
			option("fresh", text.T("explore.jar-empty"), !x.Setup.Visited), option("visited", text.T("explore.jar-visited"), x.Setup.Visited)),
		pick("explore-mode", text.T("explore.rows"), x.mode, each(len(survey.Modes), func(i int) app.UI {
			return option(strconv.Itoa(i), survey.Modes[i].Title, i == int(x.Mode))
		})...),
		el("div", "check",
			node("input", "type=checkbox", "id=explore-sort", "checked="+yes(x.Sorted)).OnChange(x.sort),
			node("label", "for=explore-sort").Text(text.T("explore.sorted")),
		),
		el("p", "present", said(text.Pieces("explore.present", "set", present), func(p text.Piece) []app.UI {
			if p.Name == "title" {
				return []app.UI{txt("strong", "", p.Text)}
			}
			return []app.UI{node("a", "class=link", "href=#"+page.Exploration{Setup: x.Setup, Present: x.Present}.LabLink()).Text(p.Text)}
		})...),
	)
}

func (x *exploreForm) server(ctx app.Context, _ app.Event) {
	send(ctx, page.ExploreServer(chosen(ctx)))
}

func (x *exploreForm) token(ctx app.Context, _ app.Event) { send(ctx, page.ExploreToken(chosen(ctx))) }

func (x *exploreForm) jar(ctx app.Context, _ app.Event) {
	send(ctx, page.ExploreJar(chosen(ctx) == "visited"))
}

func (x *exploreForm) mode(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(chosen(ctx)); err == nil {
		send(ctx, page.ExploreMode(n))
	}
}

func (x *exploreForm) sort(ctx app.Context, _ app.Event) {
	send(ctx, page.ExploreSort(checked(ctx)))
}

// exploreProgress says how far the worker is, and stops it.
type exploreProgress struct {
	app.Compo
	Done, Of, Runs int
	Ended          bool
	Error          string
	OnPage         bool
	Stopped        bool
}

func (x *exploreProgress) Render() app.UI {
	done, of, runs := words.Thousands(x.Done), words.Thousands(x.Of), words.Thousands(x.Runs)
	says, label, act := text.T("explore.starting"), text.T("explore.cancel"), app.EventHandler(x.cancel)
	switch {
	case x.Error != "":
		says, label, act = x.Error, text.T("explore.try-again"), x.again
	case x.Stopped && x.Of == 0:
		says, label, act = text.T("explore.cancelled-early"), text.T("explore.go-on"), x.again
	case x.Stopped:
		says, label, act = text.T("explore.cancelled", "done", done, "of", of, "runs", runs), text.T("explore.go-on"), x.again
	case x.Ended:
		says, label, act = text.T("explore.complete", "done", done, "of", of, "runs", runs), text.T("explore.play-again"), x.again
	case x.Of > 0 && x.OnPage:
		says = text.T("explore.progress-on-page", "done", done, "of", of, "runs", runs)
	case x.Of > 0:
		says = text.T("explore.progress", "done", done, "of", of, "runs", runs)
	}
	if x.OnPage {
		says += " " + text.T("explore.no-worker")
	}
	return el("div", "explore-progress",
		node("progress", "id=explore-bar", "aria-labelledby=explore-says", "max="+strconv.Itoa(max(1, x.Of)), "value="+strconv.Itoa(x.Done)),
		node("button", "type=button", "id=explore-cancel", "class=btn small").Text(label).OnClick(act, app.EventScope(label)),
		node("p", "id=explore-says").Text(says),
	)
}

func (x *exploreProgress) cancel(ctx app.Context, _ app.Event) { send(ctx, page.ExploreStop{}) }

func (x *exploreProgress) again(ctx app.Context, _ app.Event) { send(ctx, page.ExploreStart{}) }
