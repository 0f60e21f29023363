package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
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
		body = []app.UI{node("div", "class=cards n2", "data-scrolls=own", "role=group", "aria-label="+text.T("own.cards")).Body(ownCode(l, p, a), ownTest(a))}
	}
	return append([]app.UI{
		el("div", "caption",
			el("div", "say", txt("p", "t5", text.T("own.ask")), pickFramework(l, text.T("own.pick"), text.T("own.all"))),
		),
	}, append(body, ways(backButton(), nextButton(text.T("learn.on"))))...)
}

// allFrameworks is every server of the lab with its answer.
func allFrameworks(l page.Learn) app.UI {
	nth, of := 0, 0
	for _, p := range server.Profiles {
		if ends(l, p) != nil {
			of++
		}
	}
	return node("div", "class=servers", "data-scrolls=servers", "role=group", "aria-label="+text.T("own.all")).Body(
		node("table", "class=table").Body(
			txt("caption", "vh", text.T("own.all")),
			el("thead", "", el("tr", "", node("th", "scope=col").Text(text.T("own.server")), node("th", "scope=col").Text(text.T("own.inlab")), node("th", "scope=col").Text(text.T("own.framework")))),
			el("tbody", "", each(len(server.Profiles), func(i int) app.UI {
				p := server.Profiles[i]
				return el("tr", "",
					node("th", "scope=row").Text(p.Plain()),
					el("td", "", when(ends(l, p) != nil, func() app.UI { nth++; return endsNth(l, p, nth, of) })), el("td", "", ownLogin(l, p.ID)))
			})...),
		),
	)
}

// ownLogin shows how the lesson ends with the framework's own login, where there is one
// beside the login written by hand.
func ownLogin(l page.Learn, id string) app.UI {
	if v, ok := page.OwnLogin(l.Lesson, id); ok {
		return outcomeTag(v)
	}
	return txt("span", "quiet", text.T("own.none"))
}

// endsNth is ends in the list of all servers: the nth that has such a link there, from 1.
func endsNth(l page.Learn, p server.Profile, nth, of int) app.UI {
	return with(ends(l, p), "id=end-"+strconv.Itoa(nth), "tabindex="+strconv.Itoa(tabOf(nth == 1))).
		OnKeyDown(func(ctx app.Context, e app.Event) { focusAlong(ctx, e, "end", nth-1, of) }, app.EventScope(nth, of))
}

// ends shows how the lesson ends on a server with no defence on: a link to that run.
func ends(l page.Learn, p server.Profile) app.HTMLElem {
	row := "none@" + p.ID
	if p.ID == l.Lesson.Profile {
		row = "none"
	}
	v, _, ok := page.Outcome(l.Lesson, row)
	if !ok {
		return nil
	}
	word, _ := words.Ending(v)
	return node("a", "class=plainlink", "aria-label="+text.T("own.run", "server", p.Plain(), "outcome", word), "href=#"+page.RowLink(l.Lesson, row, v.Frame)).Body(outcomeTag(v))
}

func ownCode(l page.Learn, p server.Profile, a owntest.Advice) app.UI {
	return el("div", "card",
		txt("h2", "", p.Plain()),
		txt("p", "", text.T("own.rotates")),
		el("dl", "logins", answers(l, p, a, true)...),
		txt("h3", "t1 quiet", text.T("own.search")),
		el("dl", "finds", finds(a.Search)...),
		txt("h3", "t1 quiet", text.T("own.instead")),
		node("pre", "class=source", "data-scrolls=instead", "role=group", "aria-label="+text.T("own.instead")).Body(txt("code", "", a.Instead)),
	)
}

// answers say of each login of a server whether it makes a new session id, and how the
// lesson ends with it. On the wall no link leads away.
func answers(l page.Learn, p server.Profile, a owntest.Advice, links bool) []app.UI {
	out := []app.UI{el("dd", "row wrap", txt("b", "", page.RotatesWords(a.Rotates)), when(links, func() app.UI { return ends(l, p) }))}
	if v, ok := page.OwnLogin(l.Lesson, p.ID); ok {
		out = append([]app.UI{txt("dt", "", text.T("own.hand"))}, out...)
		out = append(out, txt("dt", "", text.T("own.framework")), el("dd", "row wrap", outcomeTag(v)))
	}
	return out
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
