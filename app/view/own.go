package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/server/owntest"
)

// ownView says what login does in the learner's own framework: found by playing the
// lesson on it, with what to search for in her code, what to write, and a test.
func ownView(l page.Learn) []app.UI {
	p, ok := server.ByID(l.Progress.Framework)
	a, known := owntest.For(p.ID)
	body := []app.UI{allFrameworks(l)}
	if ok && known {
		body = []app.UI{el("div", "cards n2", ownCode(l, p, a), ownTest(a))}
	}
	return append([]app.UI{
		el("div", "caption",
			el("div", "say", txt("p", "t5", text.T("own.ask")), pickFramework(l)),
			el("div", "nextbtns", node("button", "type=button", "class=btn icon l", "id=back", "aria-label="+text.T("learn.back")).Body(stroke("back")).OnClick(backward), nextButton(text.T("learn.on"))),
		),
	}, body...)
}

// answerWords says whether a login makes a new session id.
func answerWords(a owntest.Answer) string {
	switch a {
	case owntest.Renews:
		return text.T("own.renews")
	case owntest.NoID:
		return text.T("own.noid")
	}
	return text.T("own.keeps")
}

// allFrameworks is every server of the lab with its answer.
func allFrameworks(l page.Learn) app.UI {
	nth, of := 0, 0
	for _, p := range server.Profiles {
		if ends(l, p.ID) != nil {
			of++
		}
	}
	return node("div", "class=servers", "data-scrolls=servers", "role=group", "aria-label="+text.T("own.all")).Body(
		node("table", "class=table").Body(
			txt("caption", "vh", text.T("own.all")),
			el("thead", "", el("tr", "", node("th", "scope=col").Text(text.T("own.server")), node("th", "scope=col").Text(text.T("own.hand")), node("th", "scope=col").Text(text.T("own.framework")))),
			el("tbody", "", each(len(server.Profiles), func(i int) app.UI {
				p := server.Profiles[i]
				return el("tr", "",
					node("th", "scope=row").Text(p.Title),
					el("td", "", when(ends(l, p.ID) != nil, func() app.UI { nth++; return endsNth(l, p.ID, nth, of) })), el("td", "", ownLogin(l, p.ID)))
			})...),
		),
	)
}

// ownLogin shows how the lesson ends with the framework's own login, where there is one
// beside the login written by hand.
func ownLogin(l page.Learn, id string) app.UI {
	v, asked, ok := page.Outcome(l.Lesson, script.Row(defence.FrameworkLogin, id))
	if !ok || !asked.Has(defence.FrameworkLogin) {
		return txt("span", "quiet", text.T("own.none"))
	}
	return outcomeTag(v)
}

// endsNth is ends in the list of all servers: the nth that has such a link there, from 1.
func endsNth(l page.Learn, id string, nth, of int) app.UI {
	return with(ends(l, id), "id=end-"+strconv.Itoa(nth), "tabindex="+strconv.Itoa(tabOf(nth == 1))).
		OnKeyDown(func(ctx app.Context, e app.Event) { focusAlong(ctx, e, "end", nth-1, of) }, app.EventScope(nth, of))
}

// ends shows how the lesson ends on a server with no defence on: a link to that run.
func ends(l page.Learn, id string) app.HTMLElem {
	row := "none@" + id
	if id == l.Lesson.Profile {
		row = "none"
	}
	v, _, ok := page.Outcome(l.Lesson, row)
	if !ok {
		return nil
	}
	return node("a", "class=plainlink", "href=#"+page.RowLink(l.Lesson, row, v.Frame)).Body(outcomeTag(v))
}

func ownCode(l page.Learn, p server.Profile, a owntest.Advice) app.UI {
	return el("div", "card",
		txt("h2", "", p.Title),
		el("p", "row wrap", txt("span", "", text.T("own.rotates")+" "), txt("b", "", answerWords(a.Rotates)), ends(l, p.ID)),
		txt("h3", "t1 quiet", text.T("own.search")),
		el("dl", "finds", finds(a.Search)...),
		txt("h3", "t1 quiet", text.T("own.instead")),
		node("pre", "class=source", "data-scrolls=instead").Body(txt("code", "", a.Instead)),
	)
}

func finds(list []owntest.Find) []app.UI {
	var out []app.UI
	for _, f := range list {
		out = append(out, el("dt", "", txt("code", "", f.Code)), txt("dd", "", f.Means))
	}
	return out
}

func ownTest(a owntest.Advice) app.UI {
	return el("div", "card",
		el("div", "row spread", txt("h2", "", text.T("own.test")),
			node("button", "type=button", "class=btn small", "id=copy-test").Text(text.T("own.copy", "file", a.File)).
				OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.CopyText{Button: "copy-test", Text: a.Test}) }, app.EventScope(a.File))),
		txt("p", "quiet", text.T("own.fails")),
		node("pre", "class=source", "data-scrolls=test", "role=group", "aria-label="+a.File).Body(txt("code", "", a.Test)),
	)
}
