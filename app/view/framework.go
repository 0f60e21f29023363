package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/ask"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
)

// excerpt shows the lines of the server around the one that an answer is about: those
// of the framework that the learner picked.
func excerpt(l page.Learn, p ask.Place) []app.UI {
	t, frame, row := l.InFramework(p.Frame)
	c, ok := codeAt(t, frame)
	if !ok {
		return nil
	}
	return []app.UI{
		c.lines(),
		el("p", "t1 quiet", app.Text(c.Caption+" "), node("a", "href=#"+page.RowLink(l.Lesson, row, frame)).Text(text.T("code.whole"))),
	}
}

// unwritten shows a line that is not written where it would stand.
func unwritten(l page.Learn, p ask.Place, line page.TheirLine) []app.UI {
	t, frame, row := l.InFramework(p.Frame)
	other, _ := listing.For(t.Scenario.Profile)
	x := linesAround(line.File, strings.Split(strings.TrimSuffix(other.Text, "\n"), "\n"), line.N)
	return []app.UI{
		x.lines(),
		el("p", "t1 quiet", app.Text(text.T("ask.would")+" "), node("a", "href=#"+page.RowLink(l.Lesson, row, frame)).Text(text.T("code.whole"))),
	}
}

// pickFramework lets the learner say whose code she wants to see, under that label; the
// page remembers it. none is what it is called to pick no framework.
func pickFramework(l page.Learn, label, none string) app.UI {
	options := []app.UI{node("option", "value="+page.NoFramework, "selected="+yes(l.Progress.Framework == "")).Text(none)}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok {
			options = append(options, node("option", "value="+p.ID, "selected="+yes(l.Progress.Framework == p.ID)).Text(p.Title))
		}
	}
	return el("label", "field framework", txt("span", "", label),
		node("select", "class=input", "id=framework").Body(options...).OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.PickFramework(chosen(ctx))) }))
}
