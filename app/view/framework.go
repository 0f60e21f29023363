package view

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
)

// excerpt shows the lines of the server around the one that an answer is about: those
// of the framework that the learner picked.
func excerpt(l page.Learn, p ask.Place) []app.UI {
	t, frame, row := inFramework(l, p.Frame)
	c, ok := codeAt(t, frame)
	if !ok {
		return nil
	}
	return []app.UI{
		pickFramework(l, text.T("code.framework")), c.lines(),
		el("p", "t1 quiet", app.Text(c.Caption+" "), node("a", "href=#"+page.RowLink(l.Lesson, row, frame)).Text(text.T("code.whole"))),
	}
}

// inFramework returns the stage's run on the server that the learner picked, and the
// frame that stands there for frame; the run as it is where she picked none, or where
// the lesson cannot be played on it.
func inFramework(l page.Learn, frame int) (t *lab.Trace, at int, row string) {
	row = l.At().Row
	if f := l.Progress.Framework; f != "" && f != l.Trace.Scenario.Profile {
		on, with, _ := script.ParseRow(row)
		words := slices.DeleteFunc(strings.Split(with, "+"), func(w string) bool { _, is := server.ByID(w); return is || w == "" })
		theirs := script.Row(on, strings.Join(append(words, f), "+"))
		if other, err := page.RowRun(l.Lesson)(theirs); err == nil && other.Cut == "" {
			step := l.Trace.Frames[frame].Step
			at := slices.IndexFunc(other.Frames, func(f lab.Frame) bool { return f.Step.File == step.File && f.Step.Line == step.Line })
			if at >= 0 {
				return other, at, theirs
			}
		}
	}
	return l.Trace, frame, row
}

// pickFramework lets the learner say whose code she wants to see, under that label; the
// page remembers it.
func pickFramework(l page.Learn, label string) app.UI {
	options := []app.UI{node("option", "value="+page.NoFramework, "selected="+yes(l.Progress.Framework == "")).Text(text.T("code.lab"))}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok {
			options = append(options, node("option", "value="+p.ID, "selected="+yes(l.Progress.Framework == p.ID)).Text(p.Title))
		}
	}
	return el("label", "field framework", txt("span", "", label),
		node("select", "class=input", "id=framework").Body(options...).OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.PickFramework(chosen(ctx))) }))
}
