//go:build !slim

package view

import (
	"slices"
	"strconv"
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
	"fixlab/lab/server/owntest"
)

// askSlide is a question with what can be pointed at, by numbers that the class can call;
// and then which of them is right, and why.
func askSlide(p page.Present) []app.UI {
	l := p.Learn(page.Progress{})
	a := p.Lesson.Course.Asks[p.Slide().N]
	places := l.Places()
	right := -1
	if p.Shown() {
		if a.Point.Kind == script.PointCode {
			return []app.UI{captionOf(p, a.Right), linesAt(p.Trace, p.Right())}
		}
		right = slices.Index(places, p.Right())
	}
	top := caption(p)
	if p.Shown() {
		top = el("div", "top", txt("p", "t3 quiet", a.Ask), node("h1", "id=page-title", "class=say", "tabindex=-1").Body(inWords(nil, a.Right)...))
	}
	return []app.UI{top, node("ol", "class=points of-"+a.Point.Kind.String()).Body(each(len(places), func(i int) app.UI {
		class := "point " + [...]string{"m", "s", "a"}[words.Acting(p.Trace, places[i].Frame)]
		if i == right {
			class += " right"
		}
		return el("li", class, txt("b", "n", strconv.Itoa(i+1)), el("span", "grow", pointed(p.Trace, a.Point.Kind, places[i])...),
			when(i == right, func() app.UI { return el("span", "here", stroke("check"), txt("span", "vh", text.T("present.holds"))) }))
	})...)}
}

// pointed is something that can be pointed at, in few words.
func pointed(t *lab.Trace, kind script.Kind, at ask.Place) []app.UI {
	e := ask.EventAt(t, at)
	switch kind {
	case script.PointCookie:
		name, v, _ := strings.Cut(e.Line, "=")
		v, _, _ = strings.Cut(v, ";")
		return append(append([]app.UI{txt("span", "mono", name+" ")}, value(t.Keys, v)...), app.Text(" "+text.T("ask.in", "who", words.Person(e.Who))))
	case script.PointRow:
		return []app.UI{rowKey(t.Keys, e.Key, ""), app.Text(" " + text.T("ask.belongs", "who", ownerWords(e.User)))}
	case script.PointCode:
		line, _ := ask.Line(t, at)
		return []app.UI{txt("code", "", sourceLine(line))}
	}
	return []app.UI{app.Text(text.T("act.as", "who", words.Person(t.Frames[at.Frame].Step.Who), "act", words.Act(t, at.Frame)))}
}

// lines are the five lines at which a step is decided, who brings which session id there,
// and what the server keeps.
func lines(p page.Present, frame int) app.UI {
	c, ok := codeAt(p.Trace, frame)
	if !ok {
		return el("div", "pcode")
	}
	return el("div", "pcode", c.lines(), flow(p.Trace, frame))
}

func linesAt(t *lab.Trace, at ask.Place) app.UI {
	line, ok := ask.Line(t, at)
	if !ok {
		return el("div", "pcode")
	}
	x := extractOf(line.File, sourceLines(line.File), line.Line, "")
	if e := ask.EventAt(t, at); e.Kind == event.Ask && !e.On {
		x.State = text.T("code.off")
	}
	return el("div", "pcode", x.lines(), flow(t, at.Frame))
}

// flow says who brings which session id in a step, and what the server keeps after it.
func flow(t *lab.Trace, frame int) app.UI {
	who, brought := "", 0
	for _, e := range t.Frames[frame].Events {
		if e.Kind == event.Request && e.Message.To == words.ShopHost {
			who, brought = e.Message.From, keyIn(t.Keys, headerOf(e.Message.Raw, "Cookie"))
		}
	}
	if who == "" {
		return nil
	}
	brings := []app.UI{txt("span", "quiet", text.T("present.nothing"))}
	if brought > 0 {
		brings = []app.UI{key(brought, "l")}
	}
	var keeps []app.UI
	for _, r := range words.StoreRows(t, frame) {
		if r.Change != words.Same && r.Change != words.Deleted {
			keeps = append(keeps, rowKey(t.Keys, r.Key, "l"), txt("b", "", ownerWords(r.User)))
		}
	}
	if keeps == nil {
		keeps = []app.UI{txt("span", "quiet", text.T("present.nothing"))}
	}
	return el("p", "flow",
		el("span", "row "+[...]string{"m", "s", "a"}[words.LaneOf(who)], append([]app.UI{stroke(iconOf(who)), app.Text(text.T("present.brings", "who", words.Person(who)))}, brings...)...),
		node("span", "aria-hidden=true", "class=arrow").Body(stroke("next")),
		el("span", "row s", append([]app.UI{stroke("server"), app.Text(text.T("present.keeps"))}, keeps...)...),
	)
}

func iconOf(who string) string {
	if who == event.Alice {
		return event.Alice
	}
	return event.Mallory
}

// ownSlide is what login does in a framework that the class names.
func ownSlide(m page.Model) []app.UI {
	l := m.Present.Learn(m.Learn.Progress)
	top := el("div", "top", node("h1", "id=page-title", "class=say", "tabindex=-1").Text(m.Present.Caption()), pickFramework(l, text.T("own.pick"), text.T("own.all")))
	p, _ := server.ByID(l.Progress.Framework)
	a, known := owntest.For(p.ID)
	if !known {
		return []app.UI{top, el("div", "rest")}
	}
	return []app.UI{top, el("div", "rest own",
		txt("p", "t3 quiet", text.T("own.rotates")),
		el("dl", "logins", answers(l, p, a, false)...),
		txt("p", "t3 quiet", text.T("own.search")),
		el("dl", "finds", finds(a.Search)...),
	)}
}
