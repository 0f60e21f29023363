package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// askView is a question that is answered by pointing: the things to point at, and
// beside them what the thing that was picked has to show.
func askView(l page.Learn) []app.UI {
	a := l.Lesson.Course.Asks[l.At().N]
	places := l.Places()
	theirs := a.Point.Kind == script.PointCode && l.InTheirs(places)
	answered := ""
	if l.Told.Text != "" {
		answered = "wrong"
		if l.Told.Right {
			answered = "right"
		}
	}
	next := text.T("learn.on")
	if answered != "right" {
		next = text.T("ask.skip")
	}
	var skip app.UI = node("button", "type=button", "class=btn", "id=next").Body(app.Text(next), stroke("next")).OnClick(onward)
	if answered == "right" {
		skip = nextButton(next)
	}
	var lines []app.UI
	if a.Point.Kind == script.PointCode {
		lines = linesOf(l, places, theirs)
	}
	leads := []app.UI{backButton(), skip}
	if l.Asked { // nothing is behind it
		leads = leads[1:]
	}
	return []app.UI{
		el("div", "caption",
			el("div", "say", when(l.Asked, func() app.UI { return txt("p", "t1 quiet", text.T("ask.before", "title", l.Lesson.Title)) }), node("p", "class=t4 strong", "id=ask-text").Text(a.Ask), when(aboutRun(l) != "", func() app.UI { return txt("p", "quiet", aboutRun(l)) })),
		),
		node("div", "class=asking", "role=group", "aria-label="+text.T("ask.places"), "data-ask="+a.Point.Kind.String(), "data-answered="+answered).Body(
			el("div", "pointing", append(lines,
				node("ol", "class=places", "aria-labelledby=ask-text").Body(each(len(places), func(i int) app.UI {
					return placeView(l, a.Point.Kind, i, places, theirs)
				})...))...,
			),
			el("div", "evidence", evidence(l, places, theirs)...),
		),
		ways(leads...),
	}
}

// aboutRun says which run the stage is about, where that is not the lesson as it stands.
func aboutRun(l page.Learn) string {
	if run := page.RowWords(l.At().Row); run != "" {
		return text.T("ask.run", "run", run)
	}
	return ""
}

// placeView is the ith of the things that can be pointed at.
func placeView(l page.Learn, kind script.Kind, i int, places []ask.Place, theirs bool) app.UI {
	t, p, n := l.Trace, places[i], len(places)
	f := t.Frames[p.Frame]
	class := "place " + [...]string{"m", "s", "a"}[words.Acting(t, p.Frame)]
	pressed := l.Picked == i+1
	if pressed {
		class += " picked"
		if l.Told.Right {
			class += " right"
		}
	}
	var body []app.UI
	if kind != script.PointCode { // all its lines ran in one step
		body = append(body, el("span", "n", txt("span", "vh", text.T("ask.step")+" "), app.Text(strconv.Itoa(p.Frame+1))))
	}
	e := ask.EventAt(t, p)
	switch kind {
	case script.PointCookie:
		name, v, _ := strings.Cut(e.Line, "=")
		v, _, _ = strings.Cut(v, ";")
		body = append(body, el("span", "grow", append(append([]app.UI{txt("span", "mono", name+" ")}, value(t.Keys, v)...), app.Text(" "+text.T("ask.in", "who", words.Person(e.Who))))...))
	case script.PointRow:
		body = append(body, el("span", "grow", rowKey(t.Keys, e.Key, ""), app.Text(" "+text.T("ask.belongs", "who", ownerWords(e.User)))))
	case script.PointCode:
		body = append(body, codePlace(l, p, theirs))
	default:
		body = append(body, txt("span", "grow", stepWords(f.Step.Caption, words.Act(t, p.Frame))))
	}
	return elem("li").Body(node("button", "type=button", "class="+class, "id=place-"+strconv.Itoa(i+1), "data-place="+strconv.Itoa(i+1), "aria-pressed="+yes(pressed),
		"tabindex="+strconv.Itoa(tabOf(i+1 == max(1, l.Picked)))).Body(body...).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.PickOption(i+1)) }, app.EventScope(i)).
		OnKeyDown(func(ctx app.Context, e app.Event) { focusAlong(ctx, e, "place", i, n) }, app.EventScope(i, n)))
}

// focusAlong puts the focus on the thing above or below in a list that is one stop of
// the Tab key, as there may be many. Nothing is picked.
func focusAlong(ctx app.Context, e app.Event, group string, i, n int) {
	to := i + arrow(e)
	switch e.Get("key").String() {
	case "Home":
		to = 0
	case "End":
		to = n - 1
	}
	if to == i {
		return
	}
	e.PreventDefault()
	send(ctx, page.FocusOn(group+"-"+strconv.Itoa((to+n)%n+1)))
}

// stepWords is a step's caption, or what it is called to take it.
func stepWords(caption, act string) string {
	if caption != "" {
		return caption
	}
	return act
}

// sourceLine returns the text of a line of the server.
func sourceLine(l event.Line) string {
	lines := sourceLines(l.File)
	if l.Line < 1 || l.Line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[l.Line-1])
}

// codeAhead reports whether a line of the code is asked for in a later stage.
func codeAhead(l page.Learn) bool {
	return slices.ContainsFunc(page.Stages(l.Lesson)[l.Stage+1:], func(s page.Stage) bool {
		return s.Kind == page.AtAsk && l.Lesson.Course.Asks[s.N].Point.Kind == script.PointCode
	})
}

// evidence is what the picked thing has to show: what was said of it, what its step
// did, and how the store stood after it; with the right answer, the code.
func evidence(l page.Learn, places []ask.Place, theirs bool) []app.UI {
	if l.Told.Text == "" {
		return []app.UI{txt("p", "quiet", text.T("ask.evidence"))}
	}
	t, p := l.Trace, places[l.Picked-1]
	told := node("div", "class=told", "id=answer").Body(txt("p", "t3 strong", text.T("ask.notyet")), el("p", "t3", withTerms(l, l.Told.Text)...), explained(l))
	if l.Told.Right { // which its text says itself
		told = node("div", "class=told right", "id=answer").Body(el("p", "t3", withTerms(l, l.Told.Text)...), explained(l))
	}
	out := []app.UI{told}
	out = append(out, txt("h2", "t1 quiet", text.T("ask.shows", "n", p.Frame+1)))
	for _, s := range words.Happened(t, p.Frame) {
		out = append(out, el("p", "", chips(t.Keys, s)...))
	}
	out = append(out, serverCard{t, p.Frame + 1}.ui())
	var line page.TheirLine
	if theirs {
		line, _ = l.TheirLine(p)
	}
	if theirs && !l.Told.Right && !line.Absent {
		out = append(out, ranAt(l, p))
	}
	if l.Told.Right && !codeAhead(l) {
		if l.Lesson.Course.Asks[l.At().N].Point.Kind != script.PointCode { // it is picked beside the lines
			out = append(out, pickFramework(l, text.T("code.framework"), profileTitle(l.Trace)))
		}
		out = append(out, excerpt(l, p, line)...)
	}
	return out
}
