//go:build !slim

package page

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
	"fixlab/lab/cookie"
)

// An AuditCookie is a row of the table of cookies.
type AuditCookie struct {
	Name     string
	Role     string
	Session  bool
	Host     string        // whose it is, "" where it was not seen set
	Values   []MarkedValue // as Audit.Times
	Seen     bool          // how it was set was seen
	Secure   bool
	HTTPOnly bool
	SameSite string // "" where it is not set
	Prefix   bool   // the name begins with __Host-
	Size     int
	Line     string // how it was set, masked
	Findings []audit.Finding
}

// Change is what the login did to a cookie: "same", "new", "came", "went" or "" for nothing to say.
func (c AuditCookie) Change() string {
	if len(c.Values) < 2 {
		return ""
	}
	switch before, after := c.Values[0], c.Values[1]; {
	case before.Key == 0 && after.Key == 0:
		return ""
	case before.Key == 0:
		return "came"
	case after.Key == 0:
		return "went"
	case before.Key == after.Key:
		return "same"
	}
	return "new"
}

// mostCookies bounds the table.
const mostCookies = 60

// Times names the moments for which the table of cookies has values.
func (a Audit) Times() []string {
	has := func(f func(audit.Row) audit.Masked) bool {
		return slices.ContainsFunc(a.Found.Cookies, func(r audit.Row) bool { return f(r).Key > 0 })
	}
	if !has(func(r audit.Row) audit.Masked { return r.Login }) {
		return []string{text.T("audit.time.seen")}
	}
	out := []string{text.T("audit.time.before"), text.T("audit.time.after")}
	if has(func(r audit.Row) audit.Masked { return r.Again }) {
		out = append(out, text.T("audit.time.again"))
	}
	// Where no answers were recorded, nobody saw what the logout did to the cookies.
	if !a.rec.Lacks.Has(audit.NoAnswers) && (has(func(r audit.Row) audit.Masked { return r.Logout }) || slices.ContainsFunc(a.Found.Line, func(p audit.Point) bool { return p.Moment == audit.Logout })) {
		out = append(out, text.T("audit.time.logout"))
	}
	return out
}

// Cookies are the rows of the table, the session's first, and how many there are.
func (a Audit) Cookies() (rows []AuditCookie, all int) {
	again := slices.ContainsFunc(a.Found.Cookies, func(r audit.Row) bool { return r.Again.Key > 0 })
	times := len(a.Times())
	for _, r := range a.Found.Cookies[:min(len(a.Found.Cookies), mostCookies)] {
		c := AuditCookie{Name: r.Name, Role: r.Role, Session: r.Session, Size: r.Size, Line: r.Line, Findings: r.Findings,
			Prefix: strings.HasPrefix(strings.ToLower(r.Name), "__host-")}
		values := []audit.Masked{r.Start, r.Login}
		if again {
			values = append(values, r.Again)
		}
		for _, v := range append(values, r.Logout)[:times] {
			c.Values = append(c.Values, marked(v))
		}
		if e := r.Set; r.Line != "" {
			c.Seen, c.Secure, c.HTTPOnly = true, e.Secure, e.HTTPOnly
			if e.SameSite != cookie.Default {
				c.SameSite = e.SameSite.String()
			}
			if c.Host = a.Found.Site; e.Domain != "" {
				c.Host = "." + words.Visible(strings.TrimPrefix(clip(e.Domain, 100), "."))
			}
		}
		rows = append(rows, c)
	}
	return rows, len(a.Found.Cookies)
}
