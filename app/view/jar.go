package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// jar is one browser's cookies in the columns of Chromium's DevTools, and who
// set them. What this step refused or held back has its reason in the row.
type jar struct {
	Trace *lab.Trace
	Step  int
	Name  string // whose
}

var jarColumns = [...]string{"Name", "Value", "Domain", "Path", "Expires / Max-Age", "Size", "HttpOnly", "Secure", "SameSite", "Partition Key", "Priority", "Set by"}

// mostCookies is how many rows a jar shows; an overflowed one has hundreds.
const mostCookies = 12

func (j jar) ui() app.UI {
	t := j.Trace
	b := t.Frames[j.Step].State.Browser(j.Name)
	var before []cookie.Entry
	if j.Step > 0 {
		before = t.Frames[j.Step-1].State.Browser(j.Name).Jar
	}
	id := j.Name + "-jar"
	rows, told := j.rows(b, before)
	refused := j.refused(told)
	return el("div", "part",
		node("h3", "id="+id).Text("Cookie jar"),
		when(len(rows)+len(refused) == 0, func() app.UI { return txt("p", "none", "no cookies") }),
		when(len(rows)+len(refused) > 0, func() app.UI {
			return node("div", "class=jar-box", "data-scrolls="+id, "role=group", "aria-labelledby="+id).Body(
				node("table", "class=jar", "role=table", "aria-labelledby="+id).Body(
					node("thead", "role=rowgroup").Body(node("tr", "role=row").Body(
						each(len(jarColumns), func(i int) app.UI {
							return node("th", "role=columnheader", "scope=col").Text(jarColumns[i])
						})...,
					)),
					node("tbody", "role=rowgroup").Body(append(rows, refused...)...),
				),
			)
		}),
	)
}

// rows are the cookies in the jar: first those that compete at the shop's login,
// in the order in which they are sent, and then the others, oldest first. told
// are the indexes of the step's events whose reason stands in a row.
func (j jar) rows(b event.Browser, before []cookie.Entry) (rows []app.UI, told map[int]bool) {
	told = map[int]bool{}
	all := words.Rivals(j.Trace, j.Step, b)
	rank := func(e cookie.Entry) int {
		return slices.IndexFunc(all, func(r words.Rival) bool { return sameCookie(r.Cookie, e) && r.Cookie.Value == e.Value })
	}
	order := slices.Clone(b.Jar)
	slices.SortStableFunc(order, func(x, y cookie.Entry) int {
		place := func(e cookie.Entry) int {
			switch at := rank(e); {
			case at >= 0:
				return at
			case strings.TrimSpace(e.Name) == j.Trace.Cookie:
				return len(all)
			}
			return len(all) + 1
		}
		return cmp.Compare(place(x), place(y))
	})
	for i, e := range order {
		if i == mostCookies && len(order) > mostCookies+1 {
			rows = append(rows, j.note("more", app.Text("and "+strconv.Itoa(len(order)-i)+" more cookies")))
			break
		}
		change := changeOf(before, e)
		var marks []app.UI
		if change != words.Same {
			marks = append(marks, app.Text(" "), tag(change))
		}
		if at := rank(e); at >= 0 && len(all) > 1 {
			marks = append(marks, app.Text(" "), txt("span", "rank", strconv.Itoa(at+1)+" of "+strconv.Itoa(len(all))+" sent to login"))
			if all[at].Read {
				marks = append(marks, app.Text(" "), txt("span", "tag tag-read", "the one this server reads"))
			}
		}
		rows = append(rows, cookieRow{Keys: j.Trace.Keys, Cookie: e, Change: change, Marks: marks}.ui())
		rows = append(rows, j.withheld(e, told)...)
	}
	return rows, told
}

// withheld are the reasons why this step did not send e.
func (j jar) withheld(e cookie.Entry, told map[int]bool) []app.UI {
	var out []app.UI
	said := map[string]bool{}
	for i, held := range j.Trace.Frames[j.Step].Events {
		if held.Who != j.Name || held.Kind != event.Withheld || held.Line != e.Name+"="+e.Value {
			continue
		}
		told[i] = true
		if !said[held.Refusal.Rule] {
			said[held.Refusal.Rule] = true
			out = append(out, j.note("reasons", append([]app.UI{txt("span", "tag tag-refused", "not sent"), app.Text(" ")}, reason(held.Refusal)...)...))
		}
	}
	return out
}

// refused are the rows of the cookies that this step did not store, and of those
// it held back that are in the jar no more.
func (j jar) refused(told map[int]bool) []app.UI {
	var out []app.UI
	for i, e := range j.Trace.Frames[j.Step].Events {
		if e.Who != j.Name || e.Refusal == nil || told[i] {
			continue
		}
		word := "not sent"
		if e.Kind == event.Refused {
			word = "not stored"
		}
		pair, attributes, _ := strings.Cut(e.Line, ";")
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			name, value = "", pair
		}
		cells := []app.UI{
			cell(0, "name", elem("s").Body(txt("code", "", name)), app.Text(" "), txt("span", "tag tag-refused", word)),
			cell(1, "value", elem("s").Body(el("code", "", rich(j.Trace.Keys, value)...))),
			node("td", "role=cell", "class=rest", "colspan="+strconv.Itoa(len(jarColumns)-2), "aria-colspan="+strconv.Itoa(len(jarColumns)-2)).
				Body(elem("s").Body(txt("code", "", strings.TrimSpace(attributes)))),
		}
		out = append(out, node("tr", "role=row", "class=cookie refused").Body(cells...), j.note("reasons", reason(e.Refusal)...))
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
		source += " DevTools: " + r.DevTools + "."
	}
	return []app.UI{app.Text(r.Why), txt("span", "source", source)}
}

func sameCookie(a, b cookie.Entry) bool {
	return a.Name == b.Name && a.Domain == b.Domain && a.Path == b.Path && a.HostOnly == b.HostOnly && a.Partition == b.Partition
}

// changeOf says whether e is in the jar of before, and with the same value.
func changeOf(before []cookie.Entry, e cookie.Entry) words.Change {
	for _, o := range before {
		if sameCookie(o, e) {
			if o.Value == e.Value && o.Secure == e.Secure && o.HTTPOnly == e.HTTPOnly && o.SameSite == e.SameSite {
				return words.Same
			}
			return words.Changed
		}
	}
	return words.New
}

// cookieRow is one cookie of a jar.
type cookieRow struct {
	Keys   []string
	Cookie cookie.Entry
	Change words.Change
	Marks  []app.UI // behind the name
}

func cell(i int, class string, body ...app.UI) app.UI {
	return node("td", "role=cell", "class="+class, "data-label="+jarColumns[i]).Body(body...)
}

func (r cookieRow) ui() app.UI {
	e := r.Cookie
	domain := e.Domain
	if !e.HostOnly {
		domain = "." + domain // as the browser's tools write a cookie for sub-domains too
	}
	expires := "Session"
	if !e.Expires.IsZero() {
		expires = e.Expires.UTC().Format("2006-01-02 15:04")
	}
	site := ""
	if e.SameSite != cookie.Default {
		site = e.SameSite.String()
	}
	class := "cookie"
	if r.Change != words.Same {
		class += " changed"
	}
	name := append([]app.UI{txt("code", "", e.Name)}, r.Marks...)
	flag := func(i int, on bool) app.UI {
		if on {
			return cell(i, "flag", node("span", "aria-hidden=true").Text("✓"), txt("span", "unseen", "yes"))
		}
		return cell(i, "flag off", txt("span", "unseen", "no"))
	}
	text := func(i int, s string) app.UI {
		if s == "" {
			return cell(i, "off", txt("span", "unseen", "none"))
		}
		return cell(i, "", app.Text(s))
	}
	expiry := ""
	if e.Expires.IsZero() {
		expiry = "session"
	}
	return node("tr", "role=row", "class="+class).Body(
		cell(0, "name", name...),
		cell(1, "value", el("code", "", rich(r.Keys, e.Value)...)),
		text(2, domain),
		text(3, e.Path),
		cell(4, expiry, app.Text(expires)),
		cell(5, "size", app.Text(strconv.Itoa(len(e.Name)+len(e.Value)))),
		flag(6, e.HTTPOnly),
		flag(7, e.Secure),
		text(8, site),
		text(9, e.Partition),
		cell(10, "priority", app.Text(e.Priority.String())),
		cell(11, "", app.Text(e.SetBy)),
	)
}
