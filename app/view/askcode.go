package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/server"
)

// linesOf says what the lines are that can be pointed at, and lets the learner say in
// whose code she wants to see them; some questions that code has no lines for.
func linesOf(l page.Learn, places []ask.Place, theirs bool) []app.UI {
	out := []app.UI{pickFramework(l, text.T("ask.lines", "n", places[0].Frame+1), profileTitle(l.Trace))}
	if p, ok := server.ByID(l.Progress.Framework); ok && !theirs {
		out = append(out, txt("p", "quiet t1", text.T("ask.golines", "server", p.Plain())))
	}
	return out
}

// codePlace is a line of code that can be pointed at: what it does, whatever comes of it,
// and the line: the Go that ran, or theirs, in the language of the server that was picked.
func codePlace(l page.Learn, p ask.Place, theirs bool) app.UI {
	does := lineDoes(ask.EventAt(l.Trace, p))
	ran, _ := ask.Line(l.Trace, p)
	code, at := sourceLine(ran), ran.String()
	line, _ := l.TheirLine(p)
	if theirs {
		code, at = line.Code, line.At()
	}
	if theirs && line.Absent {
		does = text.T("ask.absent")
	}
	return el("span", "grow",
		txt("span", "does", does),
		el("span", "at", txt("code", "", code), txt("span", "quiet t1 mono", " "+at)))
}

// ranAt says which line of Go it was that ran, where the places show another.
func ranAt(l page.Learn, p ask.Place) app.UI {
	line, _ := ask.Line(l.Trace, p)
	return el("p", "t1", txt("span", "quiet", text.T("ask.ran")+" "), txt("code", "", sourceLine(line)), txt("span", "quiet mono", " "+line.String()))
}

// lineDoes says in a few words what a line of the server's source does, whatever comes of it.
func lineDoes(e event.Event) string {
	switch e.Kind {
	case event.Ask:
		return text.T("code.asks", "switch", e.Switch.Infos()[0].Title)
	case event.Login, event.Unsign, event.Load, event.Save, event.Delete, event.Sign, event.Random, event.Logout:
		return text.T("line." + string(e.Kind))
	}
	return ""
}
