//go:build !slim

package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
)

// auditOn is how to go on: play it, and try it for real.
func auditOn(a page.Audit) app.UI {
	play, command := a.Play(), a.Command()
	if play == "" && command == "" && len(a.Found.Limits) == 0 {
		return nil
	}
	return el("div", "two",
		node("section", "class=stack", "aria-labelledby=audit-limits-title").Body(
			node("h2", "id=audit-limits-title", "class=t3 strong").Text(text.T("audit.limits")),
			el("ul", "bullets", each(len(a.Found.Limits), func(i int) app.UI { return txt("li", "", a.Found.Limits[i]) })...),
			when(play != "", func() app.UI {
				return el("div", "row wrap read",
					node("a", "id=audit-play", "class=btn primary", "href=#"+play).Text(text.T("audit.play")),
					txt("span", "t1 quiet grow", text.T("audit.play-note", "cookie", a.Found.Session[0], "host", a.Found.Site)))
			})),
		when(command != "", func() app.UI {
			return node("section", "class=stack", "aria-labelledby=audit-command-title").Body(
				el("div", "row spread wrap", node("h2", "id=audit-command-title", "class=t3 strong").Text(text.T("audit.command")), auditCopy(a, "audit-copy-command", command)),
				node("pre", "id=audit-command", "class=command-line", "data-scrolls=audit-command", "role=group", "aria-label="+text.T("audit.command"), "dir=ltr").Body(unbroken(command)...),
				txt("p", "quiet", text.T("audit.command-note")))
		}),
	)
}

// auditMore is what is looked up: what leads astray, and what could not be read.
func auditMore(a page.Audit) app.UI {
	f := a.Found
	return el("div", "stack",
		auditValues(a),
		when(len(f.Notes) > 0, func() app.UI {
			return node("details", "id=audit-notes").Body(txt("summary", "", text.T("audit.notes", "n", len(f.Notes))),
				el("ul", "bullets", each(len(f.Notes), func(i int) app.UI { return el("li", "", withMarks(f.Notes[i].Says)...) })...))
		}),
		when(len(f.Evidence) > 0, func() app.UI {
			return node("details", "id=audit-evidence").Body(txt("summary", "", text.T("audit.evidence")),
				el("ol", "numbers", each(len(f.Evidence), func(i int) app.UI {
					e := f.Evidence[i]
					return el("li", "", txt("code", "", e.Request), app.Text(" "), el("span", "", withMarks(e.Says)...))
				})...))
		}),
		when(len(f.Broken) > 0, func() app.UI {
			return node("details", "id=audit-broken").Body(txt("summary", "", text.T("audit.broken", "n", len(f.Broken))),
				el("ul", "bullets", each(min(len(f.Broken), 100), func(i int) app.UI { return node("li", "dir=auto").Text(words.Visible(f.Broken[i])) })...))
		}),
	)
}

// unbroken draws a command so that its lines end between words only.
func unbroken(command string) (out []app.UI) {
	for i, word := range strings.Split(command, " ") {
		if i > 0 {
			out = append(out, app.Text(" "))
		}
		out = append(out, txt("span", "nowrap", word))
	}
	return out
}

// auditValues are the values of cookies. One at a time can be unmasked.
func auditValues(a page.Audit) app.UI {
	rows := a.Values()
	if len(rows) == 0 {
		return nil
	}
	return node("details", "id=audit-values").Body(txt("summary", "", text.T("audit.values", "n", len(rows))),
		el("dl", "values", each(len(rows), func(i int) app.UI {
			r := rows[i]
			msg, label, says := page.ShowValue(i+1), text.T("audit.show"), el("dd", "t1 quiet mono", app.Text(r.Masked.Shown))
			if r.Shown != "" {
				msg, label, says = 0, text.T("audit.hide"), node("dd", "class=mono", "dir=ltr").Text(r.Shown)
			}
			return el("div", "",
				el("dt", "", auditChip(max(1, r.Masked.Key)), node("span", "class=mono", "dir=auto").Text(r.Name)),
				says,
				el("dd", "", act("audit-show-"+strconv.Itoa(i+1), label, msg).Attr("aria-label", text.T("audit.show-label", "show", label, "key", text.T("audit.key", "n", r.Masked.Key), "name", r.Name))))
		})...))
}
