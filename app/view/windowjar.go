package view

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// mostShown is how many cookies a window has room for.
const mostShown = 3

func (w window) jar(b event.Browser) app.UI {
	var before []cookie.Entry
	if w.Taken > 1 {
		before = w.Trace.Frames[w.Taken-2].State.Browser(w.Name).Jar
	}
	if w.Veil != "" { // the step is over in which something changed
		before = b.Jar
	}
	// The newest are shown: they are what the step is about.
	order, rank := slices.Clone(b.Jar), func(cookie.Entry) (at, of int, read bool) { return }
	if w.Whole && w.Taken > 0 {
		order, rank = inOrder(w.Trace, w.Taken-1, b)
	}
	slices.SortStableFunc(order, func(x, y cookie.Entry) int { return rankOf(before, x) - rankOf(before, y) })
	rows := each(min(len(order), mostShown), func(i int) app.UI {
		at, of, read := rank(order[i])
		return w.cookie(b, order[i], words.ValueChange(before, order[i]), w.marks(order[i], at, of, read)...)
	})
	of := text.T("jar.of", "who", words.Person(w.Name))
	body := []app.UI{node("div", append([]string{"class=head"}, w.roves()...)...).Body(stroke("cookie"), txt("span", "grow", of), w.adds(), w.details())}
	if w.Live.On && w.Live.Cookie.Browser == w.Name {
		return w.jarOf(of).Body(append(body, w.cookieForm())...)
	}
	if len(rows) == 0 {
		body = append(body, txt("p", "cookie quiet", text.T("jar.empty")))
	} else {
		body = append(body, node("div", append([]string{"class=rows", "role=list", "aria-label=" + of}, w.roves()...)...).Body(rows...))
	}
	if more := len(order) - mostShown; more > 0 {
		body = append(body, txt("p", "quiet t1", text.T("jar.more", "n", more)))
	}
	return w.jarOf(of).Body(append(body, w.refused()...)...)
}

// jarOf is the frame of the cookies; in a live window the focus can be brought to it.
func (w window) jarOf(label string) app.HTMLElem {
	if !w.Live.On {
		return node("div", "class=jar")
	}
	return node("div", "class=jar", "id="+page.JarOf(w.Name), "tabindex=-1", "role=group", "aria-label="+label)
}

// roves makes the buttons of a part of a live window one stop of the Tab key.
func (w window) roves() []string {
	if !w.Live.On {
		return nil
	}
	return []string{"data-rove=row"}
}

// details is the button that opens everything about the browser.
func (w window) details() app.UI {
	if !w.Whole {
		return nil
	}
	return opener(page.Sheet(w.Name), w.Open, "", text.T("jar.details", "who", words.Person(w.Name)))
}

// marks say which of several cookies login gets first and which one the server reads,
// and that no request of the step carried the cookie though one could have.
func (w window) marks(e cookie.Entry, at, of int, read bool) []app.UI {
	if !w.Whole {
		return nil
	}
	var out []app.UI
	if of > 1 {
		out = append(out, rankView(at, of, read)...)
	}
	if carried, held := words.Sent(w.Trace, w.Taken-1, w.Name, e); len(held) > 0 && !carried {
		out = append(out, txt("span", "tag n", text.T("jar.unsent")))
	}
	return out
}

func rankOf(before []cookie.Entry, e cookie.Entry) int {
	if words.CookieChange(before, e) != words.Same {
		return 0
	}
	return 1
}

func (w window) cookie(b event.Browser, e cookie.Entry, change words.Change, marks ...app.UI) app.UI {
	class := "cookie"
	body := []app.UI{txt("span", "mono", e.Name), el("span", "val", value(w.Trace.Keys, e.Value)...)}
	if change != words.Same {
		class += " changed"
		body = append(body, txt("span", "tag", text.T("change."+string(change))))
	}
	body = append(body, marks...)
	if w.Next && w.onCookie() && strings.TrimSpace(e.Name) == w.Trace.Cookie && change != words.Deleted {
		body = append(body, txt("span", "from beside", text.T("jar.by", "host", e.SetBy)), w.act())
	} else {
		body = append(body, txt("span", "from grow", text.T("jar.by", "host", e.SetBy)))
	}
	if w.Live.On {
		body = append(body, w.acts(b, e))
	}
	return node("div", "class="+class, "role=listitem", "data-cookie="+e.Name).Body(body...)
}

// refused says which cookies the step's answer could not put into the browser.
func (w window) refused() []app.UI {
	f, ok := w.step()
	if !ok {
		return nil
	}
	var out []app.UI
	for _, e := range f.Events {
		if e.Kind == event.Refused && e.Who == w.Name && len(out) == 0 {
			out = append(out, el("p", "notice", app.Text(text.T("jar.refused")+" "+e.Refusal.Why)))
		}
	}
	return out
}
