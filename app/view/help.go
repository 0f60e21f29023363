package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// help is a dialog: what is here, the keys, and what the lab leaves out.
type help struct {
	app.Compo
	Shortcuts bool
	Open      bool        // what is in it is not drawn before
	Profile   string      // the ID of the server that is played
	Course    bool        // the course is shown, which has keys of its own
	Wall      [][2]string // the keys for what is shown to a class, where that is shown
}

// keyTable are the keys and what each does.
func keyTable() [][2]string {
	return [][2]string{
		{"→ ←", text.T("help.key.step")},
		{text.T("help.press.moment"), text.T("help.key.moment")},
		{text.T("help.press.ends"), text.T("help.key.ends")},
		{text.T("help.press.play"), text.T("help.key.play")},
		{"↑ ↓", text.T("help.key.list")},
		{"1 … 9 0", text.T("help.key.digit", "switches", numbered())},
		{"W", text.T("help.key.why")},
		{"V", text.T("help.key.verdict")},
		{"I", text.T("help.key.messages")},
		{"P", text.T("help.key.present")},
		{"R", text.T("help.key.reset")},
		{"?", text.T("help.key.help")},
		{text.T("help.press.close"), text.T("help.key.close")},
	}
}

// courseKeys are the keys of the course.
func courseKeys() [][2]string {
	return [][2]string{
		{"→ ←", text.T("keys.on")},
		{"→ ← ↑ ↓", text.T("keys.dots")},
		{text.T("help.press.ends"), text.T("keys.ends")},
		{"P", text.T("help.key.present")},
		{"?", text.T("keys.help")},
		{text.T("help.press.close"), text.T("keys.escape")},
	}
}

// numbered names the switches that have a digit, as they are labelled.
func numbered() string {
	var names []string
	for _, d := range defence.Numbered() {
		names = append(names, d.Title)
	}
	return strings.Join(names, ", ")
}

func (h *help) Render() app.UI {
	if !h.Open {
		return dialog("help", text.T("help.title"), text.T("help.close"), h.close)
	}
	p, _ := server.ByID(h.Profile)
	strong := func(pieces []text.Piece) []app.UI {
		return said(pieces, func(p text.Piece) []app.UI { return []app.UI{txt("strong", "", p.Text)} })
	}
	keys := keyTable()
	switch {
	case h.Wall != nil:
		keys = h.Wall
	case h.Course:
		keys = courseKeys()
	}
	return dialog("help", text.T("help.title"), text.T("help.close"), h.close,
		txt("p", "", text.T("help.what")),
		el("ul", "bullets",
			el("li", "", strong(text.Pieces("help.learn"))...),
			el("li", "", strong(text.Pieces("help.play"))...),
			el("li", "", strong(text.Pieces("help.reference"))...),
		),
		node("h3", "id=keys-title").Text(text.T("help.keys")),
		node("table", "class=table keytable", "aria-labelledby=keys-title").Body(
			el("thead", "vh", el("tr", "", node("th", "scope=col").Text(text.T("help.key")), node("th", "scope=col").Text(text.T("help.does")))),
			el("tbody", "", each(len(keys), func(i int) app.UI {
				return el("tr", "", node("th", "scope=row").Body(kbds(keys[i][0])...), txt("td", "", keys[i][1]))
			})...),
		),
		el("div", "check",
			node("input", "type=checkbox", "role=switch", "id=shortcuts", "checked="+yes(h.Shortcuts)).OnChange(h.letters),
			node("label", "for=shortcuts").Text(text.T("help.shortcuts")),
		),
		txt("h3", "", text.T("help.reading")),
		el("p", "", app.Text(text.T("help.labels")+" "), key(1, ""), app.Text(" "), key(2, ""), app.Text(" "), key(3, ""), app.Text(" "), key(4, ""),
			app.Text(". "+text.T("help.colours"))),
		txt("h3", "", text.T("help.model")),
		el("ul", "bullets",
			txt("li", "", text.T("help.model.alone")),
			txt("li", "", text.T("help.model.who")),
			txt("li", "", text.T("help.model.scripts")),
			txt("li", "", text.T("help.model.out")),
			txt("li", "", text.T("help.model.secrets")),
			txt("li", "", text.T("help.model.outcomes")),
			el("li", "", txt("strong", "", p.Title+". "), app.Text(p.Note)),
		),
		el("p", "", node("a", "class=link", "href=licences.txt").Text(text.T("help.licences"))),
	)
}

// dialog is a window before the page, with its heading and what closes it.
func dialog(id, title, shut string, close app.EventHandler, body ...app.UI) app.UI {
	heading := id + "-title"
	return node("dialog", "id="+id, "class=dialog", "aria-labelledby="+heading).On("close", close).Body(
		el("div", "head",
			node("h2", "id="+heading, "class=t4").Text(title),
			node("button", "type=button", "class=btn icon plain close", "aria-label="+shut).Body(stroke("close")).OnClick(close),
		),
		node("div", "class=inside", "data-scrolls="+id, "role=group", "aria-labelledby="+heading).Body(body...),
	)
}

func kbds(keys string) []app.UI {
	var out []app.UI
	for i, k := range strings.Fields(keys) {
		if i > 0 {
			out = append(out, app.Text(" "))
		}
		if k == "…" {
			out = append(out, app.Text(k))
			continue
		}
		out = append(out, txt("kbd", "", k))
	}
	return out
}

func (h *help) letters(ctx app.Context, _ app.Event) {
	send(ctx, page.Letters(checked(ctx)))
}

func (h *help) close(ctx app.Context, _ app.Event) { send(ctx, page.Help(false)) }
