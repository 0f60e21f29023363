package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/class"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// picker is Play's list of lessons.
type picker struct {
	All     []*script.Scenario
	Current string   // by name
	Title   string   // of a script that the learner writes
	Goal    string   // the challenge that is played, see page.Task.ID
	Done    []string // the challenges that are solved
	Last    string   // the link to the script that she wrote last, "" for none
}

// goalMark begins the values of challenges.
const goalMark = "goal:"

// newScript is the value of the option that begins one.
const newScript = "+"

func (p picker) ui() app.UI {
	open := func(ctx app.Context, _ app.Event) {
		switch name := chosen(ctx); {
		case name == newScript:
			send(ctx, page.NewScript(""))
		case strings.HasPrefix(name, "2/"):
			send(ctx, page.Follow(name))
		case strings.HasPrefix(name, goalMark):
			send(ctx, page.OpenGoal(strings.TrimPrefix(name, goalMark)))
		case !scenarios.IsOwn(name):
			send(ctx, page.Open(name))
		}
	}
	var own []app.UI
	if scenarios.IsOwn(p.Current) && p.Goal == "" {
		own = append(own, node("option", "value="+p.Current, "selected=true").Text(p.Title))
	}
	if p.Last != "" && !strings.HasPrefix(p.Last, page.ScriptPage+"/"+strings.TrimPrefix(p.Current, "~")) {
		own = append(own, node("option", "value="+p.Last).Text(text.T("hand.last")))
	}
	own = append(own, node("option", "value="+newScript).Text(text.T("hand.new")))
	var goals []app.UI
	for i, s := range class.Challenges() {
		for n := range s.Course.Goals {
			id := page.Task{Challenge: s, N: n}.ID()
			title := text.T("goal.numbered", "n", i+1, "title", s.Title)
			if len(s.Course.Goals) > 1 {
				title = text.T("goal.numbered-part", "n", i+1, "part", n+1, "title", s.Title)
			}
			if slices.Contains(p.Done, id) {
				title = "\u2713 " + title
			}
			goals = append(goals, node("option", "value="+goalMark+id, "selected="+yes(id == p.Goal)).Text(title))
		}
	}
	return el("span", "where",
		node("label", "class=vh", "for=pick-lesson").Text(text.T("play.lesson")),
		node("select", "id=pick-lesson", "class=pick", "data-opens=true").OnChange(open).Body(append([]app.UI{node("optgroup", "label="+text.T("hand.own")).Body(own...), node("optgroup", "label="+text.T("goal.all")).Body(goals...)}, lessonGroups(p.All, p.Current)...)...),
		stroke("down"),
	)
}

// lessonGroups are the lessons, numbered through, group by group.
func lessonGroups(all []*script.Scenario, current string) []app.UI {
	groups := scenarios.Groups()
	return each(len(groups), func(g int) app.UI {
		var list []app.UI
		for i, l := range all {
			if slices.Contains(groups[g].Names, l.Name) {
				list = append(list, node("option", "value="+l.Name, "selected="+yes(l.Name == current)).Text(strconv.Itoa(i+1)+". "+l.Title))
			}
		}
		return node("optgroup", "label="+groups[g].Title).Body(list...)
	})
}

// more is what else can be done with the page.
func (b *faceBar) more() app.UI {
	item := func(id, title string, f app.EventHandler) app.UI {
		return node("button", "type=button", "class=btn plain", "id="+id).Text(title).OnClick(f)
	}
	return node("div", "class=menu").On("focusout", menuLeft(b.More), app.EventScope(b.More)).Body(
		node("button", "type=button", "id=more", "class=btn icon plain", "aria-label="+text.T("play.more"), "aria-expanded="+yes(b.More), "aria-controls=more-list").
			Body(stroke("more")).OnClick(b.toggle),
		when(b.More, func() app.UI {
			return node("div", "id=more-list", "class=list").Body(
				item("share", b.shareTitle(), b.share),
				when(b.Lesson != "", func() app.UI { return item("reset", text.T("play.reset"), b.reset) }),
				node("a", "id=show-present", "class=btn plain", "href=#"+b.Present).Text(text.T("play.present")),
			)
		}),
	)
}

func (b *faceBar) shareTitle() string {
	if b.Lesson == "" {
		return text.T("reference.share")
	}
	return text.T("play.share")
}

func (b *faceBar) toggle(ctx app.Context, _ app.Event) { send(ctx, page.Menu(!b.More)) }
func (b *faceBar) share(ctx app.Context, _ app.Event)  { send(ctx, page.Share{}) }
func (b *faceBar) reset(ctx app.Context, _ app.Event)  { send(ctx, page.Reset{}) }
