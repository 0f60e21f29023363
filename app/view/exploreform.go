package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
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
		return el("div", "pick-field", node("label", "for="+id).Text(label), node("select", "id="+id).OnChange(changed).Body(options...))
	}
	option := func(value, text string, picked bool) app.UI {
		return node("option", "value="+value, "selected="+yes(picked)).Text(text)
	}
	present := "none"
	if x.Present != 0 {
		present = strings.ReplaceAll(x.Present.String(), "+", ", ")
	}
	return node("div", "class=explore-form", "role=group", "aria-label=What is played").Body(
		pick("explore-server", "Server", x.server, each(len(server.Profiles), func(i int) app.UI {
			p := server.Profiles[i]
			return option(p.ID, p.Title, p.ID == x.Setup.Profile)
		})...),
		pick("explore-token", "Mallory’s value", x.token, each(len(scenarios.Tokens), func(i int) app.UI {
			t := scenarios.Tokens[i]
			return option(t.Name, t.Title, t.Name == x.Setup.Token)
		})...),
		pick("explore-jar", "Alice’s jar", x.jar,
			option("fresh", "Empty", !x.Setup.Visited), option("visited", "Has the shop’s cookie", x.Setup.Visited)),
		pick("explore-mode", "Rows", x.mode, each(len(survey.Modes), func(i int) app.UI {
			return option(strconv.Itoa(i), survey.Modes[i].Title, i == int(x.Mode))
		})...),
		el("div", "toggle plain",
			node("input", "type=checkbox", "id=explore-sort", "checked="+yes(x.Sorted)).OnChange(x.sort),
			node("label", "for=explore-sort").Text("Those that stop most first"),
		),
		el("p", "present", txt("strong", "", "The present set: "), app.Text(present+". "),
			node("a", "href=#"+page.Exploration{Setup: x.Setup, Present: x.Present}.LabLink()).Text("Change it in the lab")),
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
	says, label, act := "Starting.", "Cancel", app.EventHandler(x.cancel)
	if x.Of > 0 {
		says = words.Thousands(x.Done) + " of " + words.Thousands(x.Of) + " parts · " + words.Thousands(x.Runs) + " runs for the tables"
	}
	switch {
	case x.Error != "":
		says, label, act = x.Error, "Try again", x.again
	case x.Stopped:
		says, label, act = "Cancelled. "+says+".", "Go on", x.again
	case x.Ended:
		says, label, act = "Complete: "+says+".", "Play again", x.again
	}
	if x.OnPage {
		says = strings.TrimSuffix(says, ".") + ". This browser has no worker here, so the runs are played on the page itself, a few at a time."
	}
	return el("div", "explore-progress",
		node("progress", "id=explore-bar", "aria-labelledby=explore-says", "max="+strconv.Itoa(max(1, x.Of)), "value="+strconv.Itoa(x.Done)),
		node("button", "type=button", "id=explore-cancel").Text(label).OnClick(act, app.EventScope(label)),
		node("p", "id=explore-says").Text(says),
	)
}

func (x *exploreProgress) cancel(ctx app.Context, _ app.Event) { send(ctx, page.ExploreStop{}) }

func (x *exploreProgress) again(ctx app.Context, _ app.Event) { send(ctx, page.ExploreStart{}) }
