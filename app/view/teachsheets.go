//go:build !slim

package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// printPart leads to what can be printed, and ends the class.
func printPart(t page.Teach) app.UI {
	end := text.T("teach.end")
	if t.Ends {
		end = text.T("teach.end-again")
	}
	link := func(href, says string) app.UI { return node("a", "class=link", "href="+href).Text(says) }
	return el("div", "print-part",
		node("section", "class=stack", "aria-labelledby=print-title").Body(
			node("h2", "id=print-title", "class=t4").Text(text.T("teach.print")),
			el("p", "row wrap links",
				link("handout.html", text.T("teach.file.handout")), link("key.html", text.T("teach.file.key")),
				link("questions.html", text.T("teach.file.questions")), link("notes.html", text.T("teach.file.notes")),
				link("#teach/"+page.ShowSheet, text.T("teach.qr-sheet")), link("#teach/"+page.LinkSheet, text.T("teach.sheet.links")), link("#teach/"+page.CardSheet, text.T("teach.sheet.card"))),
		),
		node("section", "class=stack", "aria-labelledby=end-title").Body(
			node("h2", "id=end-title", "class=t4").Text(text.T("teach.next-group")),
			txt("p", "quiet", text.T("teach.end-what")),
			el("p", "", act("end-class", end, page.EndClass{})),
		),
		embedPart(t),
	)
}

// teachSheet fills the page: its heading, what prints it and what leads back.
func teachSheet(t page.Teach, class string, body ...app.UI) app.UI {
	head := el("div", "row spread wrap sheet-head",
		node("h2", "id=sheet-title", "class=t4", "tabindex=-1").Text(t.SheetTitle()),
		el("div", "row",
			node("button", "type=button", "class=btn", "id=print-sheet").Text(text.T("teach.print")).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Print{}) }),
			node("a", "class=btn plain", "id=close-sheet", "href=#teach").Text(text.T("teach.close"))))
	return el("div", "teach-sheet "+class, append([]app.UI{head}, body...)...)
}

// showSheet is the class link as the last row reads it, and as it is put on the door.
func showSheet(t page.Teach) app.UI {
	link, fault := t.ClassLink()
	if fault != "" {
		return teachSheet(t, "show", txt("p", "t3", fault))
	}
	address, _ := t.Address()
	return teachSheet(t, "show",
		el("div", "poster",
			when(t.Class.Class != "", func() app.UI { return node("p", "class=class-name", "dir=auto").Text(t.Class.Class) }),
			qrCode(link),
			txt("p", "scan", text.T("teach.scan")),
			node("p", "class=address mono", "dir=ltr").Body(txt("span", "", address), elem("wbr"), txt("span", "", strings.TrimPrefix(link, address))),
		))
}

// linkSheet lists the links to lessons and challenges.
func linkSheet(t page.Teach) app.UI {
	links := page.ClassPlaces()
	base, fault := t.Address()
	return teachSheet(t, "link-sheet",
		when(fault != "", func() app.UI { return txt("p", "notice", fault) }),
		el("div", "stack2", each(len(links), func(g int) app.UI {
			return el("section", "stack", txt("h3", "t3 strong", links[g].Title), el("ul", "link-list", each(len(links[g].Places), func(i int) app.UI {
				p := links[g].Places[i]
				return elem("li").Body(txt("span", "", p.Title), node("a", "class=mono", "dir=ltr", "href=#"+p.Link).Text(base+"#"+p.Link))
			})...))
		})...))
}

// cardSheet is what a learner takes home: of what was done on this device.
func cardSheet(m page.Model) app.UI {
	t := m.Teach
	return teachSheet(t, "card-sheet",
		el("div", "field no-print",
			node("label", "for=card-name").Text(text.T("owncard.name")),
			node("input", "class=input", "type=text", "id=card-name", "autocomplete=off", "dir=auto", "aria-describedby=card-name-note").
				OnInput(func(ctx app.Context, _ app.Event) { send(ctx, page.CardName(chosen(ctx))) }),
			node("p", "id=card-name-note", "class=t1 quiet").Text(text.T("owncard.note"))),
		learnerCard(m.OwnCard()))
}

// learnerCard is what a learner takes home, with what it proves and does not.
func learnerCard(c page.Card) app.UI {
	row := func(label, value string) app.UI {
		return el("div", "", txt("dt", "", label), node("dd", "dir=auto").Text(value))
	}
	solved := ""
	if c.Of > 0 {
		solved = text.T("owncard.solved-of", "n", c.Solved, "of", c.Of)
	}
	return node("article", "class=learner-card", "aria-label="+text.T("owncard.title")).Body(
		el("p", "row", brandMark(), txt("span", "strong", text.T("app.name"))),
		txt("p", "t5", text.T("owncard.title")),
		el("dl", "", row(text.T("owncard.name"), c.Name), row(text.T("owncard.class"), c.Class), row(text.T("owncard.day"), c.Day), row(text.T("owncard.solved"), solved)),
		txt("p", "", text.T("owncard.did")),
		txt("p", "t1 quiet", text.T("owncard.proves")),
	)
}
