package view

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server/listing"
)

// sources shows the server's file that runs and, in a tab beside it, the same
// in the framework's own language where there is a listing.
type sources struct {
	app.Compo
	Trace *lab.Trace
	Step  int
	File  string
	Lit   int
	Same  bool // the listing is picked
}

func (s *sources) Render() app.UI {
	l, ok := listing.For(s.Trace.Scenario.Profile)
	same := ok && s.Same
	role, tab := "", ""
	if ok {
		role, tab = "tabpanel", sourceTabs[0]
	}
	code := source{Trace: s.Trace, Step: s.Step, File: s.File, Lit: s.Lit}.ui
	if same {
		tab, code = sourceTabs[1], listed{Trace: s.Trace, Step: s.Step}.ui
	}
	return el("div", "sources",
		when(ok, func() app.UI {
			return node("div", "class=tablist", "role=tablist", "aria-label="+text.T("code.tabs")).Body(
				s.tab(0, text.T("code.go")),
				s.tab(1, text.T("code.other", "language", l.Language)),
			)
		}),
		when(same, func() app.UI { return txt("p", "quiet t1", text.T("code.notrun")) }),
		node("div", "id=source-panel", "class=source-panel", "role="+role, "aria-labelledby="+tab).Body(
			code(),
		),
	)
}

// sourceTabs are the tabs' ids.
var sourceTabs = [...]string{"tab-runs", "tab-same"}

func (s *sources) tab(n int, title string) app.UI {
	picked, stop := s.Same == (n == 1), "-1"
	if picked {
		stop = "0"
	}
	return node("button", "type=button", "role=tab", "id="+sourceTabs[n], "aria-selected="+yes(picked), "aria-controls=source-panel", "tabindex="+stop).Text(title).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.ShowListing(n == 1)) }, app.EventScope(n)).
		OnKeyDown(func(ctx app.Context, e app.Event) { pickTab(ctx, e, n) }, app.EventScope(n))
}

// pickTab picks and focuses another tab, as the arrow keys do in a list of tabs.
func pickTab(ctx app.Context, e app.Event, n int) {
	last := len(sourceTabs) - 1
	switch key := e.Get("key").String(); {
	case arrow(e) != 0:
		n = (n + arrow(e) + last + 1) % (last + 1)
	case key == "Home":
		n = 0
	case key == "End":
		n = last
	default:
		return
	}
	send(ctx, page.ShowListing(n == 1))
	send(ctx, page.FocusOn(sourceTabs[n]))
}

// listed shows the listing. The lit line stands for the line that is lit in the
// file that runs.
type listed struct {
	Trace *lab.Trace
	Step  int
}

func (s listed) ui() app.UI {
	l, _ := listing.For(s.Trace.Scenario.Profile)
	lit, rest := 0, -1
	if e, _, ok := words.Telltale(s.Trace, s.Step); ok {
		lit = words.InListing(l, s.Trace, s.Step, e)
	} else { // where login decides
		rest = l.Lit(listing.Moment{Kind: string(event.Ask), Switch: defence.Rotate, Calls: []string{"shop.enter", "shop.ServeHTTP"}, Path: "/login"}, s.Trace.Scenario.Under(s.Trace.Defences)) - 1
	}
	var ran []int
	for _, e := range s.Trace.Frames[s.Step].Events {
		if len(e.Code) > 0 {
			ran = append(ran, words.InListing(l, s.Trace, s.Step, e))
		}
	}
	slices.Sort(ran)
	return codeList(l.File, l.Lines(), ran, lit, rest)
}
