//go:build !slim

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// auditFace is the page that looks at a recording of a login.
func auditFace(m page.Model) app.UI {
	return node("div", "id=lab", "class=face app reference", "data-ready=true", "data-of="+m.Page).Body(
		&faceBar{Mode: "reference", Page: m.Page, Play: m.LinkAt(m.Step), Learn: page.LinkToCourse(m), Present: page.LinkToPresent(m), More: m.View.Menu},
		&notice{Text: m.Notice, Undo: m.Undo},
		node("main", "id=main", "class=audit").Body(&auditor{A: page.AuditOf(m)}),
		node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live),
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Profile: m.Scenario.Profile},
	)
}

// auditor draws the page. Its fields are there for as long as it is: what was pasted stays
// in them, and only there.
type auditor struct {
	app.Compo
	A page.Audit
}

func (x *auditor) Render() app.UI {
	a := x.A
	body := []app.UI{
		el("div", "row wrap top", node("h1", "id=page-title", "class=t4", "tabindex=-1").Text(text.T("page.audit")), el("span", "push"), auditSource(a)),
		node("div", "id=audit-fault", "class=notice", "role=group", "aria-labelledby=audit-fault-text", "tabindex=-1", "hidden="+flag(a.Fault == "")).Body(stroke("warn"), node("p", "id=audit-fault-text", "class=grow").Text(a.Fault)),
		auditForm(a),
		when(a.Stage == page.AuditReading, func() app.UI { return auditProgress(a) }),
	}
	if a.Stage == page.AuditRead && a.Found != nil {
		body = append(body, auditReport(a))
	}
	if a.Stage == page.AuditRead && a.Doc != nil {
		body = append(body, contractView(*a.Doc))
	}
	return el("div", "auditing", append(body, txt("p", "t1 quiet", text.T("audit.stays")))...).
		On("dragover", func(_ app.Context, e app.Event) { e.PreventDefault() }).
		On("drop", func(ctx app.Context, e app.Event) {
			e.PreventDefault()
			recordings.dropped(ctx, e.Get("dataTransfer"))
		})
}

// auditSource says which recording is shown, and what can be done with it.
func auditSource(a page.Audit) app.UI {
	if a.Stage != page.AuditRead {
		return nil
	}
	again, label := page.AnotherRecording(!a.Again), text.T("audit.another")
	if a.Again {
		label = text.T("audit.keep")
	}
	name, says := a.Name, text.T("audit.source-none")
	if a.Found != nil {
		says = text.T("audit.source", "n", a.Count(), "kind", a.Kind())
	} else {
		name = a.Doc.Name
	}
	return node("div", "id=audit-source", "class=drop", "role=group", "aria-label="+text.T("audit.choose-title")).Body(
		stroke("doc"),
		el("p", "grow", node("b", "dir=auto").Text(name), app.Text(" "), txt("span", "quiet", says)),
		act("audit-again", label, again),
		act("audit-forget", text.T("audit.forget"), page.ForgetRecording{}),
	)
}

// auditForm is where a recording is chosen, dropped or pasted, and how one is made.
func auditForm(a page.Audit) app.UI {
	form := node("section", "id=audit-form", "class=two", "aria-labelledby=audit-form-title", "hidden="+flag(!a.Form()))
	return form.Body(
		el("div", "stack2",
			txt("p", "t3", text.T("audit.lead")),
			node("h2", "id=audit-form-title", "class=vh").Text(text.T("audit.choose-title")),
			node("label", "class=drop", "for=audit-file").Body(
				stroke("doc"), txt("span", "grow", text.T("audit.drop")), txt("span", primaryIf(a.Found == nil && a.Doc == nil), text.T("audit.choose")),
				node("input", "type=file", "id=audit-file", "accept=.har,.json,.txt,.yaml,.yml,application/json,text/plain").OnChange(func(ctx app.Context, _ app.Event) {
					recordings.chosen(ctx, ctx.JSSrc())
				}),
			),
			el("div", "field",
				node("label", "for=audit-text", "class=t1 quiet").Text(text.T("audit.paste")),
				node("textarea", "id=audit-text", "aria-describedby=audit-also", "class=input mono", "rows=5", "data-own=true", "spellcheck=false", "autocapitalize=off", "autocomplete=off", "dir=ltr"),
			),
			el("div", "row wrap read",
				node("button", "type=button", "id=audit-read", "class=btn").Text(text.T("audit.read")).OnClick(func(ctx app.Context, _ app.Event) { recordings.pasted(ctx) }),
				when(a.Found == nil && a.Doc == nil && a.Fault != "", func() app.UI { return act("audit-forget-fault", text.T("audit.forget"), page.ForgetRecording{}) }),
				node("p", "id=audit-also", "class=t1 quiet grow").Text(text.T("audit.also")),
			),
		),
		auditRecipe(a, "audit-recipe"),
	)
}

// primaryIf is the class of a button that is the one thing to do.
func primaryIf(one bool) string {
	if one {
		return "btn primary"
	}
	return "btn"
}

// auditRecipe is how a recording is made.
func auditRecipe(a page.Audit, id string) app.UI {
	steps := page.RecordingSteps()
	return node("section", "id="+id, "class=card stack", "aria-labelledby="+id+"-title").Body(
		el("div", "row spread wrap", node("h2", "id="+id+"-title", "class=t3 strong").Text(text.T("audit.recipe")), auditCopy(a, id+"-copy", page.RecordingRecipe())),
		el("ol", "numbers", each(len(steps), func(i int) app.UI { return txt("li", "", steps[i]) })...),
		txt("p", "quiet", text.T("audit.recipe-after")),
	)
}

// auditCopy copies a text, and says so.
func auditCopy(a page.Audit, id, value string) app.UI {
	label := text.T("audit.copy")
	if a.Copied == id {
		label = text.T("audit.copied")
	}
	return node("button", "type=button", "class=btn small", "id="+id).Text(label).OnClick(sends(page.CopyText{Button: id, Text: value}))
}

// auditProgress says how far the reading is.
func auditProgress(a page.Audit) app.UI {
	says, value := text.T("audit.reading-mb", "what", a.What(), "read", page.Megabytes(a.Read), "of", page.Megabytes(a.Size)), a.Read
	if a.Read >= a.Size {
		says = text.T("audit.sorting", "what", a.What())
	}
	bar := node("progress", "aria-labelledby=audit-reading-text").Attr("max", max(1, a.Size)).Attr("value", value)
	return node("div", "id=audit-reading", "class=card row wrap").Body(
		node("p", "id=audit-reading-text", "class=grow").Text(says), bar,
		act("audit-cancel", text.T("audit.cancel"), page.CancelRecording{}),
	)
}
