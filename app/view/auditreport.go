//go:build !slim

package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
)

// auditReport is what a recording shows.
func auditReport(a page.Audit) app.UI {
	f := a.Found
	return el("div", "report",
		auditBand(a),
		when(len(f.Spilled) > 0, func() app.UI { return auditSpilled(f.Spilled) }),
		when(len(f.Line) > 0, func() app.UI { return auditLine(a) }),
		when(a.Bare(), func() app.UI { return auditRecipe(a, "audit-anew") }),
		when(!a.Bare(), func() app.UI { return auditPicks(a) }),
		when(len(f.Cookies) > 0, func() app.UI {
			return auditCookies(a)
		}),
		auditRoutes(a),
		auditOn(a),
		auditMore(a),
	)
}

// auditBand is the answer.
func auditBand(a page.Audit) app.UI {
	class, icon := "result open", "eye"
	if a.Harm() {
		class, icon = "result bad", "open"
	}
	return node("section", "id=audit-answer", "class="+class, "data-state="+string(a.Found.State), "aria-labelledby=audit-result").Body(
		stroke(icon),
		el("div", "grow",
			node("h2", "class=word", "id=audit-result", "tabindex=-1").Text(a.Title()),
			el("p", "because", withMarks(a.Found.Says)...),
			when(a.Found.Prove != "", func() app.UI { return el("p", "", withMarks(a.Found.Prove)...) }),
			when(a.Harm(), func() app.UI { return txt("p", "", text.T("audit.mend")) })),
	)
}

// withMarks draws a sentence with a chip for every mark of a value.
func withMarks(sentence string) []app.UI {
	pieces := page.MarkedPieces(sentence)
	return each(len(pieces), func(i int) app.UI {
		if pieces[i].Key > 0 {
			return auditChip(pieces[i].Key)
		}
		return app.Text(pieces[i].Text)
	})
}

// auditChip is the chip of a value by its number.
func auditChip(n int) app.UI {
	if n <= len(keyShapes) {
		return key(n, "")
	}
	return el("span", "chip", node("span", "aria-hidden=true").Text(audit.MarkOf(n)), app.Text(text.T("audit.key", "n", n)))
}

// mostPlaces is how many places are named.
const mostPlaces = 12

// auditSpilled says where the recording holds passwords.
func auditSpilled(where []string) app.UI {
	places := strings.Join(where[:min(len(where), mostPlaces)], "; ")
	if len(where) > mostPlaces {
		places += "; …"
	}
	return node("div", "id=audit-spilled", "class=notice", "role=note").Body(stroke("warn"),
		node("p", "class=grow", "dir=auto").Text(text.T("audit.spilled", "n", len(where), "places", words.Visible(places))))
}

// auditLine is the time line.
func auditLine(a page.Audit) app.UI {
	points, all := a.Line()
	return node("section", "id=audit-line", "class=card time", "aria-labelledby=audit-line-title").Body(
		node("h2", "id=audit-line-title", "class=vh").Text(text.T("audit.line")),
		el("ol", "", each(len(points), func(i int) app.UI { return auditPoint(points[i]) })...),
		when(all > len(points), func() app.UI { return txt("p", "t1 quiet", text.T("audit.line-more", "n", all-len(points))) }),
		txt("p", "t1 quiet", text.T("audit.marks")),
	)
}

func auditPoint(p page.AuditPoint) app.UI {
	class, request := "", app.UI(app.Text(p.Request))
	if p.Login {
		class, request = "login", txt("b", "", p.Request)
	}
	var keys []app.UI
	add := func(v page.MarkedValue, says string) {
		if v.Key > 0 {
			keys = append(keys, el("span", "held", auditChip(v.Key), txt("span", "quiet", says)))
		}
	}
	add(p.Sent, text.T("audit.sent"))
	add(p.Got, text.T("audit.set"))
	if p.Gone {
		keys = append(keys, txt("span", "held quiet", text.T("audit.gone")))
	}
	if keys == nil {
		keys = []app.UI{txt("span", "held quiet", text.T("audit.no-key"))}
	}
	return el("li", class,
		el("p", "keys", keys...),
		node("p", "class=mono request", "dir=ltr").Body(request),
		txt("p", "quiet t1", page.PointSays(p)))
}

// auditPicks are the two things that a person may know better.
func auditPicks(a page.Audit) app.UI {
	pick := func(id, label string, list []page.Choice, send app.EventHandler) app.UI {
		return el("label", "field", txt("span", "", label),
			node("select", "class=input", "id="+id).OnChange(send).Body(each(len(list), func(i int) app.UI {
				return node("option", "value="+list[i].Value).Text(list[i].Title)
			})...))
	}
	return node("section", "id=audit-picks", "class=row wrap picks", "aria-label="+text.T("audit.picks")).Body(
		pick("audit-login", text.T("audit.pick-login"), a.Logins(), func(ctx app.Context, _ app.Event) { send(ctx, page.LoginAt(chosen(ctx))) }),
		pick("audit-private", text.T("audit.pick-private"), a.Privates(), func(ctx app.Context, _ app.Event) { send(ctx, page.PickPrivate(chosen(ctx))) }),
		node("p", "id=audit-session", "class=quiet grow").Text(a.SessionSays()),
	)
}
