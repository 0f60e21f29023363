package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// browserInside is all there is to know of a browser after a step: the page, what its
// person knows if she is Mallory, and its cookies with everything about them.
func browserInside(t *lab.Trace, step int, name, link string) []app.UI {
	b := t.Frames[step].State.Browser(name)
	w := window{Trace: t, Taken: step + 1, Name: name}
	return []app.UI{
		el("div", "column jars", jar{Trace: t, Step: step, Name: name}.ui()),
		when(name == event.Mallory, func() app.UI { return knows(t, step, link) }),
		el("div", "column",
			el("div", "stack", txt("h3", "", text.T("jar.page")),
				el("p", "addr", append(w.address(b), when(b.Status > 0, func() app.UI { return txt("span", "status", strconv.Itoa(b.Status)) }))...),
				el("div", "page", w.page(b))),
		),
	}
}

// knows lists what Mallory knows, and since when.
func knows(t *lab.Trace, step int, link string) app.UI {
	facts := t.Frames[step].State.Knows
	return el("div", "stack", txt("h3", "", text.T("jar.knows")),
		when(len(facts) == 0, func() app.UI { return txt("p", "quiet", text.T("jar.knows.none")) }),
		when(len(facts) > 0, func() app.UI {
			return node("ul", "id=knows", "class=facts").Body(each(len(facts), func(i int) app.UI {
				f := facts[i]
				class := ""
				body := append(whole(t.Keys, f.Value), app.Text(" "))
				if f.Frame == step {
					class = "changed"
					body = append(body, txt("span", "tag", text.T("change.new")), app.Text(" "))
				}
				return el("li", class, append(body, app.Text(f.How+", "), stepLink(link, f.Frame, text.T("jar.knows.step", "n", f.Frame+1)))...)
			})...)
		}),
	)
}

// jar is one browser's cookies in the columns of Chromium's DevTools, and who set
// them. What this step refused or held back has its reason in the row.
type jar struct {
	Trace *lab.Trace
	Step  int
	Name  string // whose
}

var jarColumns = [...]string{"name", "value", "domain", "path", "expires", "size", "httponly", "secure", "samesite", "partition", "priority", "set-by"}

// jarColumn returns the title of a column.
func jarColumn(i int) string { return text.T("jar.column." + jarColumns[i]) }

// mostCookies is how many rows a jar shows; an overflowed one has hundreds.
const mostCookies = 12

func (j jar) ui() app.UI {
	t := j.Trace
	b := t.Frames[j.Step].State.Browser(j.Name)
	rows := append(j.rows(b, j.before()), j.refused()...)
	if len(rows) == 0 {
		return txt("p", "quiet", text.T("jar.empty"))
	}
	return node("table", "class=jartable", "role=table", "aria-label="+text.T("jar.of", "who", words.Person(j.Name))).Body(
		node("thead", "role=rowgroup").Body(node("tr", "role=row").Body(
			each(len(jarColumns), func(i int) app.UI {
				return node("th", "role=columnheader", "scope=col").Text(jarColumn(i))
			})...,
		)),
		node("tbody", "role=rowgroup").Body(rows...),
	)
}

// before are the cookies that there were before the step.
func (j jar) before() []cookie.Entry {
	if j.Step == 0 {
		return nil
	}
	return j.Trace.Frames[j.Step-1].State.Browser(j.Name).Jar
}

// inOrder returns the cookies of b: first those that compete at the shop's login, in
// the order in which they are sent, and then the others, oldest first. rank says which
// place among how many rivals a cookie has, from 1, and whether the server reads it.
func inOrder(t *lab.Trace, step int, b event.Browser) (order []cookie.Entry, rank func(cookie.Entry) (at, of int, read bool)) {
	all := words.Rivals(t, step, b)
	place := func(e cookie.Entry) int {
		return slices.IndexFunc(all, func(r words.Rival) bool { return words.SameCookie(r.Cookie, e) && r.Cookie.Value == e.Value })
	}
	order = slices.Clone(b.Jar)
	slices.SortStableFunc(order, func(x, y cookie.Entry) int {
		at := func(e cookie.Entry) int {
			switch n := place(e); {
			case n >= 0:
				return n
			case strings.TrimSpace(e.Name) == t.Cookie:
				return len(all)
			}
			return len(all) + 1
		}
		return cmp.Compare(at(x), at(y))
	})
	return order, func(e cookie.Entry) (int, int, bool) {
		n := place(e)
		return n + 1, len(all), n >= 0 && all[n].Read
	}
}

func (j jar) rows(b event.Browser, before []cookie.Entry) (rows []app.UI) {
	order, rank := inOrder(j.Trace, j.Step, b)
	for i, e := range order {
		if i == mostCookies && len(order) > mostCookies+1 {
			return append(rows, j.note("rest", app.Text(text.T("jar.more", "n", len(order)-i))))
		}
		change := words.CookieChange(before, e)
		var marks []app.UI
		mark := func(class, s string) { marks = append(marks, app.Text(" "), txt("span", class, s)) }
		if change != words.Same {
			mark("tag", text.T("change."+string(change)))
		}
		if at, of, read := rank(e); of > 1 {
			marks = append(append(marks, app.Text(" ")), rankView(at, of, read)...)
		}
		rows = append(rows, cookieRow{Keys: j.Trace.Keys, Cookie: e, Change: change, Marks: marks}.ui())
		rows = append(rows, j.withheld(e)...)
	}
	return rows
}

// rankView says which of several cookies of its name login gets first, second and so
// on, and which one it reads; nothing for a cookie that login does not get.
func rankView(at, of int, read bool) []app.UI {
	switch {
	case at == 0:
		return nil
	case read:
		return []app.UI{txt("span", "t1 strong", text.T("jar.read", "n", at, "of", of))}
	}
	return []app.UI{txt("span", "t1", text.T("jar.rank", "n", at, "of", of))}
}

// withheld are the reasons why requests of this step went without e.
func (j jar) withheld(e cookie.Entry) []app.UI {
	var out []app.UI
	_, held := words.Sent(j.Trace, j.Step, j.Name, e)
	for _, h := range held {
		out = append(out, j.note("reasons", append([]app.UI{txt("b", "", text.T("jar.unsent.to", "request", h.Request)), app.Text(" ")}, reason(h.Refusal)...)...))
	}
	return out
}

// refused are the rows of the cookies that this step did not store, and of those that
// it held back and that are in the jar no more.
func (j jar) refused() []app.UI {
	now := j.Trace.Frames[j.Step].State.Browser(j.Name).Jar
	var out []app.UI
	for _, e := range j.Trace.Frames[j.Step].Events {
		word := text.T("jar.unstored")
		switch {
		case e.Who != j.Name || e.Refusal == nil:
			continue
		case e.Kind == event.Withheld:
			if slices.ContainsFunc(now, func(c cookie.Entry) bool { return e.Line == c.Name+"="+c.Value }) {
				continue
			}
			word = text.T("jar.unsent")
		}
		pair, attributes, _ := strings.Cut(e.Line, ";")
		name, v, ok := strings.Cut(pair, "=")
		if !ok {
			name, v = "", pair
		}
		rest := strconv.Itoa(len(jarColumns) - 2)
		out = append(out, node("tr", "role=row", "class=cookie refused").Body(
			cookieHead(elem("s").Body(txt("code", "", name)), app.Text(" "), txt("span", "tag n", word)),
			cell(1, "value", elem("s").Body(chips(j.Trace.Keys, v)...)),
			node("td", "role=cell", "class=rest", "colspan="+rest, "aria-colspan="+rest).Body(elem("s").Body(txt("code", "", strings.TrimSpace(attributes)))),
		), j.note("reasons", reason(e.Refusal)...))
	}
	return out
}

// note is a row of words under the row that it is about.
func (j jar) note(class string, body ...app.UI) app.UI {
	n := strconv.Itoa(len(jarColumns))
	return node("tr", "role=row", "class="+class).Body(node("td", "role=cell", "colspan="+n, "aria-colspan="+n).Body(body...))
}

// reason says why a cookie was refused or held back: the sentence, where it is
// written, and what Chromium's DevTools call it.
func reason(r *cookie.Refusal) []app.UI {
	source := " " + r.Section + " (" + r.Rule + ")."
	if r.DevTools != "" {
		source += " " + text.T("jar.devtools", "name", r.DevTools)
	}
	return []app.UI{app.Text(r.Why), txt("span", "source quiet", source)}
}
