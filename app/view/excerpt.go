package view

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
)

// excerptLines is how many lines of code stand beside an answer.
const excerptLines = 5

// excerpt shows the lines of the server around the one that an answer is about: those
// of the framework that the learner picked, in its language where there is a listing,
// else the Go that runs.
func excerpt(l page.Learn, p ask.Place) []app.UI {
	t, frame, row := inFramework(l, p.Frame)
	told, line, ok := words.Telltale(t, frame)
	if !ok {
		return nil
	}
	file, n, lines := line.File, line.Line, sourceLines(line.File)
	caption := text.T("code.runs", "file", line.String())
	if other, is := listing.For(t.Scenario.Profile); is {
		if lit := other.Lit(moment(t.Frames[frame], told), t.Defences); lit > 0 {
			file, n, lines = other.File, lit, strings.Split(strings.TrimSuffix(other.Text, "\n"), "\n")
			caption = text.T("code.same", "language", other.Language, "file", line.String())
		}
	}
	state := ""
	if told.Kind == event.Ask && !told.On {
		state = text.T("code.off")
	}
	from := max(0, min(n-1-excerptLines/2, len(lines)-excerptLines))
	shown := lines[from:min(len(lines), from+excerptLines)]
	return []app.UI{
		pickFramework(l),
		node("div", "class=code", "data-file="+file, "role=group", "aria-label="+text.T("code.of", "file", file)).Body(each(len(shown), func(i int) app.UI {
			class, note := "ln", ""
			if from+i+1 == n {
				class, note = "ln lit", state
			}
			return el("div", class, txt("span", "n", text.T("learn.number", "n", from+i+1)), txt("code", "", strings.ReplaceAll(shown[i], "\t", "    ")), txt("span", "note", note))
		})...),
		el("p", "t1 quiet", app.Text(caption+" "), node("a", "href=#"+page.RowLink(l.Lesson, row, frame)).Text(text.T("code.whole"))),
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

// pickFramework lets the learner say whose code she wants to see; the page remembers it.
func pickFramework(l page.Learn) app.UI {
	options := []app.UI{node("option", "value=", "selected="+yes(l.Progress.Framework == "")).Text(text.T("code.lab"))}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok {
			options = append(options, node("option", "value="+p.ID, "selected="+yes(l.Progress.Framework == p.ID)).Text(p.Title))
		}
	}
	return el("label", "field framework", txt("span", "", text.T("code.framework")),
		node("select", "class=input", "id=framework").Body(options...).OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.PickFramework(chosen(ctx))) }))
}
