//go:build !slim

package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/audit"
)

// auditTable is a table that scrolls in its own box.
func auditTable(id, label string, title, head, body []app.UI) app.UI {
	return node("div", "class=box", "data-scrolls="+id, "role=group", "aria-label="+label).Body(
		node("table", "id="+id, "class=table").Body(
			el("caption", "t3 strong", title...),
			el("thead", "", el("tr", "", head...)),
			el("tbody", "", body...)))
}

// column is the head of a column, with the number of the requirement that it is about.
func column(title, asvs string) app.UI {
	return node("th", "scope=col").Body(app.Text(title), when(asvs != "", func() app.UI { return txt("span", "asvs", asvs) }))
}

// auditCookies is the table of cookies.
func auditCookies(a page.Audit) app.UI {
	rows, all := a.Cookies()
	times := a.Times()
	head := []app.UI{column(text.T("audit.name"), ""), column(text.T("audit.at-login"), "")}
	for _, t := range times {
		head = append(head, column(t, ""))
	}
	head = append(head, column(text.T("audit.for"), ""), column("Secure", "3.3.1"), column("HttpOnly", "3.3.4"), column("SameSite", "3.3.2"), column("__Host-", "3.3.3"), column(text.T("audit.bytes"), "3.3.5"))
	body := each(len(rows), func(i int) app.UI {
		c := rows[i]
		cells := []app.UI{
			node("th", "scope=row", "class=mono", "dir=auto").Body(app.Text(c.Name), txt("span", "quiet role", c.Role)),
			el("td", "", auditChange(c)),
		}
		for _, v := range c.Values {
			cells = append(cells, el("td", "nowrap", auditValue(v)...))
		}
		cells = append(cells,
			hostCell(c),
			el("td", "", yesNo(c.Seen, c.Secure)), el("td", "", yesNo(c.Seen, c.HTTPOnly)), sameSite(c), el("td", "", yesNo(true, c.Prefix)),
			txt("td", "num", strconv.Itoa(c.Size)))
		return el("tr", "", cells...)
	})
	return node("section", "class=stack", "id=audit-cookies", "aria-labelledby=audit-cookies-title").Body(
		node("h2", "id=audit-cookies-title", "class=t3 strong").Text(text.T("audit.cookies")),
		auditTable("audit-cookie-table", text.T("audit.cookies"), []app.UI{txt("span", "vh", text.T("audit.cookies"))}, head, body),
		txt("p", "t1 quiet", text.T("audit.masks")),
		when(all > len(rows), func() app.UI { return txt("p", "quiet", text.T("audit.more-cookies", "n", all-len(rows))) }),
		auditWeak(a))
}

// auditValue is a masked value at some time.
func auditValue(v page.MarkedValue) []app.UI {
	if v.Key == 0 {
		return []app.UI{txt("span", "quiet", text.T("audit.none"))}
	}
	return []app.UI{auditChip(v.Key), app.Text(" "), txt("span", "t1 quiet mono", v.Shown)}
}

// auditChange says what the login did to a cookie. Red and green are for the session only.
func auditChange(c page.AuditCookie) app.UI {
	change := c.Change()
	if change == "" {
		return nil
	}
	says := text.T("audit.change." + change)
	switch {
	case c.Session && change == "same":
		return el("span", "outcome bad", stroke("close"), app.Text(says))
	case c.Session && change == "new":
		return el("span", "outcome good", stroke("check"), app.Text(says))
	}
	return txt("span", "quiet", says)
}

func hostCell(c page.AuditCookie) app.UI {
	if !c.Seen {
		return txt("td", "quiet", text.T("audit.unseen"))
	}
	return node("td", "class=host", "dir=auto").Text(c.Host)
}

func yesNo(known, yes bool) app.UI {
	switch {
	case !known:
		return txt("span", "quiet", text.T("audit.unseen"))
	case yes:
		return el("span", "yn", stroke("check"), txt("span", "vh", text.T("audit.yes")))
	}
	return el("span", "yn no", stroke("minus"), txt("span", "vh", text.T("audit.no")))
}

func sameSite(c page.AuditCookie) app.UI {
	switch {
	case !c.Seen:
		return txt("td", "quiet", text.T("audit.unseen"))
	case c.SameSite == "":
		return txt("td", "quiet", text.T("audit.none-set"))
	}
	return txt("td", "", c.SameSite)
}

// auditWeak are the weaknesses that were seen, each with its requirements.
func auditWeak(a page.Audit) app.UI {
	list := a.Weak()
	if len(list) == 0 {
		return nil
	}
	return node("details", "id=audit-weak").Body(
		txt("summary", "", text.T("audit.weak", "n", len(list))),
		el("ul", "bullets", each(len(list), func(i int) app.UI {
			r := list[i]
			return el("li", "", app.Text(r.Says()+" "), txt("span", "quiet t1", r.About()))
		})...))
}

// auditRoutes are the lab's routes: a table of those by which a planted value gets in, and
// one of the others.
func auditRoutes(a page.Audit) app.UI {
	in, other := a.Routes()
	if len(in)+len(other) == 0 {
		return nil
	}
	title := said(text.Pieces("audit.land", "name", a.Found.Session[0]), func(p text.Piece) []app.UI { return []app.UI{txt("code", "", p.Text)} })
	label := text.T("audit.land-label")
	return node("section", "class=stack", "id=audit-routes", "aria-labelledby=audit-routes-title").Body(
		node("h2", "id=audit-routes-title", "class=t3 strong").Body(title...),
		txt("p", "quiet", text.T("audit.land-if")),
		when(len(in) > 0, func() app.UI {
			return routeTable("audit-route-table", label, []app.UI{txt("span", "vh", label)}, in)
		}),
		when(len(other) > 0, func() app.UI {
			says := text.T("audit.land-not", "n", len(other))
			return node("details", "id=audit-other-routes").Body(txt("summary", "", says), routeTable("audit-other-table", says, []app.UI{txt("span", "vh", says)}, other))
		}))
}

func routeTable(id, label string, title []app.UI, rows []page.AuditRoute) app.UI {
	head := []app.UI{column(text.T("audit.route"), ""), column(text.T("audit.empty"), ""), column(text.T("audit.beside"), ""), column(text.T("audit.because"), "")}
	return auditTable(id, label, title, head, each(len(rows), func(i int) app.UI {
		r := rows[i]
		return el("tr", "",
			node("th", "scope=row").Body(app.Text(r.Title), when(r.Browser != "", func() app.UI { return txt("span", "quiet role", text.T("audit.in-browser", "browser", r.Browser)) })),
			el("td", "", landing(r.Empty)), el("td", "", landing(r.Beside)),
			el("td", "quiet why", each(len(r.Why), func(i int) app.UI { return txt("p", "", r.Why[i]) })...))
	}))
}

// landing is what becomes of a planted value.
func landing(l audit.Landing) app.UI {
	switch l.Fate {
	case audit.Lands:
		return el("span", "outcome bad", stroke("close"), app.Text(text.T("audit.lands")))
	case audit.Shadows:
		says := text.T("audit.second")
		if l.First {
			says = text.T("audit.first")
		}
		return el("span", "outcome bad", stroke("close"), app.Text(says))
	case audit.Stopped:
		return el("span", "outcome good", stroke("check"), app.Text(text.T("audit.stopped")))
	}
	return el("span", "outcome", stroke("minus"), app.Text(text.T("audit.cannot")))
}
