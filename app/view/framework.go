package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/ask"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
)

// excerpt shows the lines of the server around the one that an answer is about, in the
// language of the framework that the learner picked: where theirs is not written, where
// it would stand.
func excerpt(l page.Learn, p ask.Place, theirs page.TheirLine) []app.UI {
	t, frame, row := l.InFramework(p.Frame)
	c, ok := codeAt(t, frame)
	if other, is := listing.For(t.Scenario.Profile); is && theirs.Absent {
		c, ok = extractOf(other.File, other.Lines(), theirs.N, text.T("ask.would")), true
	}
	if !ok {
		return nil
	}
	return []app.UI{
		c.lines(),
		el("p", "t1 quiet", app.Text(c.Caption+" "), node("a", "href=#"+page.RowLink(l.Lesson, row, frame)).Text(text.T("code.whole"))),
	}
}

// pickFramework lets the learner say whose code she wants to see, under that label; the
// page remembers it. none is what it is called to pick no framework.
func pickFramework(l page.Learn, label, none string) app.UI {
	options := []app.UI{node("option", "value="+page.NoFramework, "selected="+yes(l.Progress.Framework == "")).Text(none)}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok {
			options = append(options, node("option", "value="+p.ID, "selected="+yes(l.Progress.Framework == p.ID)).Text(p.Plain()))
		}
	}
	return el("label", "field framework", txt("span", "", label),
		node("select", "class=input", "id=framework").Body(options...).OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.PickFramework(chosen(ctx))) }))
}
