package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// codeLink leads to the learner's completion code.
func codeLink(class string) app.HTMLElem {
	return node("a", "href=#code", "id=code-link", "class="+class).Text(text.T("page.code"))
}

// codeView is the learner's completion code: what it says, and what it proves.
func codeView(l page.Learn) app.UI {
	class, proves, code := text.T("class.none"), "", l.Code()
	if l.Class.On() {
		class, proves = text.T("class.in", "class", l.ClassName()), text.T("code.proves")
	}
	return el("div", "stack2 own-code",
		node("p", "id=code-class", "dir=auto").Text(class),
		when(l.Invited.On(), func() app.UI {
			return el("div", "row", act("change-class", text.T("class.change", "class", page.NameOfClass(l.Invited)), page.ChangeClass{}))
		}),
		el("label", "field", txt("span", "", text.T("code.name")),
			node("input", "id=code-name", "class=input", "maxlength=60", "autocomplete=off", "spellcheck=false", "dir=auto").
				OnInput(func(ctx app.Context, _ app.Event) { send(ctx, page.SetName(chosen(ctx))) })),
		node("p", "id=code-text", "class=mono", "dir=ltr", "translate=no").Text(code),
		when(code != "", func() app.UI {
			return node("button", "type=button", "class=btn primary", "id="+page.CodeButton).Text(text.T("code.copy")).OnClick(sends(page.CopyText{Button: page.CodeButton, Text: code}))
		}),
		txt("p", "", text.T("code.says")),
		txt("p", "", proves),
		when(l.Class.On(), func() app.UI {
			return el("div", "row", act("leave-class", text.T("class.leave"), page.LeaveClass{}))
		}),
	)
}
