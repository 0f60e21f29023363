package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
)

// cookieRow is one cookie of a jar.
type cookieRow struct {
	Keys   []string
	Cookie cookie.Entry
	Change words.Change
	Marks  []app.UI // behind the name
}

func cell(i int, class string, body ...app.UI) app.UI {
	return node("td", "role=cell", "class="+class, "data-label="+jarColumn(i)).Body(body...)
}

// cookieHead is the name, which is what the row is about.
func cookieHead(body ...app.UI) app.UI {
	return node("th", "role=rowheader", "scope=row", "class=name", "data-label="+jarColumn(0)).Body(body...)
}

func (r cookieRow) ui() app.UI {
	e := r.Cookie
	domain := e.Domain
	if !e.HostOnly {
		domain = "." + domain // as the browser's tools write a cookie for sub-domains too
	}
	expires, site := text.T("jar.session"), ""
	if !e.Expires.IsZero() {
		expires = e.Expires.UTC().Format("2006-01-02 15:04")
	}
	if e.SameSite != cookie.Default {
		site = e.SameSite.String()
	}
	class := "cookie"
	if r.Change != words.Same {
		class += " changed"
	}
	flag := func(i int, on bool) app.UI {
		if on {
			return cell(i, "flag", node("span", "aria-hidden=true").Text("✓"), txt("span", "vh", text.T("jar.yes")))
		}
		return cell(i, "flag off", txt("span", "vh", text.T("jar.no")))
	}
	or := func(i int, s string) app.UI {
		if s == "" {
			return cell(i, "off", txt("span", "vh", text.T("jar.unset")))
		}
		return cell(i, "", app.Text(s))
	}
	return node("tr", "role=row", "class="+class).Body(
		cookieHead(append([]app.UI{txt("code", "", e.Name)}, r.Marks...)...),
		cell(1, "value", whole(r.Keys, e.Value)...),
		or(2, domain),
		or(3, e.Path),
		cell(4, "", app.Text(expires)),
		cell(5, "size", app.Text(strconv.Itoa(len(e.Name)+len(e.Value)))),
		flag(6, e.HTTPOnly),
		flag(7, e.Secure),
		or(8, site),
		or(9, e.Partition),
		cell(10, "priority", app.Text(e.Priority.String())),
		cell(11, "", app.Text(e.SetBy)),
	)
}

// whole shows a value short, and when that leaves something out in full on demand.
func whole(keys []string, v string) []app.UI {
	short := value(keys, v)
	if pieces := words.Pieces(keys, v); len(pieces) == 1 && pieces[0].Key > 0 || words.Short(v) == v && len(pieces) < 2 {
		return short
	}
	return []app.UI{el("details", "whole", el("summary", "", short...), txt("code", "", v))}
}
