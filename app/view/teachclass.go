//go:build !slim

package view

import (
	"cmp"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/class"
	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/qr"
	"fixlab/app/text"
)

// classPart is the link for the class, with what is in it.
func classPart(t page.Teach) app.UI {
	link, fault := t.ClassLink()
	says, about, wrong := fault, "class-address-note", t.AddressFault() != ""
	if wrong {
		about += " class-fault"
	}
	phrase := text.T("teach.phrase-note")
	if t.Bits > 0 {
		phrase = text.T("teach.phrase-chance", "words", class.PhraseWords, "bits", t.Bits)
	}
	if t.Class.Phrase == "" {
		phrase = text.T("teach.phrase-none")
	}
	return node("section", "id=class", "class=stack2 class-part", "aria-labelledby=class-title").Body(
		node("h2", "id=class-title", "class=t4").Text(text.T("teach.class")),
		el("div", "lk",
			el("div", "stack", when(fault == "", func() app.UI { return qrCode(link) }),
				node("p", "id=class-fault", "class=no-link").Text(says)),
			el("div", "stack",
				classField("name", text.T("teach.class-name"), ""),
				classBox("hide", text.T("teach.hide"), t.Class.Hide),
				classBox("variants", text.T("teach.variants"), t.Class.Variants),
				languages(t.Class.Lang),
			),
		),
		el("div", "field",
			node("label", "for=class-phrase").Text(text.T("teach.phrase")),
			el("div", "row", classInput("phrase", "class-phrase-note"),
				node("button", "type=button", "class=btn", "id=propose").Text(text.T("teach.propose")).OnClick(propose)),
			node("p", "id=class-phrase-note", "class=t1 quiet").Text(phrase)),
		el("div", "field",
			node("label", "for=class-address").Text(text.T("teach.address")),
			with(classInput("address", about), "aria-invalid="+yes(wrong), "placeholder="+addressHint(t), "inputmode=url"),
			node("p", "id=class-address-note", "class=t1 quiet").Text(text.T("teach.address-note"))),
		when(fault == "", func() app.UI {
			return node("p", "class=the-link mono", "dir=ltr", "data-scrolls=the-link", "id=the-link").Text(link)
		}),
		when(fault == "", func() app.UI {
			return el("div", "row wrap",
				node("button", "type=button", "class=btn", "id="+page.CopyClassButton).Body(stroke("copy"), app.Text(text.T("teach.copy-class"))).
					OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.CopyClass{}) }),
				node("a", "class=btn", "id=show-large", "href=#teach/"+page.ShowSheet).Text(text.T("teach.show")))
		}),
		txt("p", "t1 quiet", text.T("teach.class-note")),
	)
}

// addressHint is the page's own address where it is one for others.
func addressHint(t page.Teach) string {
	if address, fault := (page.Teach{Here: t.Here}).Address(); fault == "" {
		return address
	}
	return text.T("teach.address-example")
}

func classField(name, label, note string) app.UI {
	return el("div", "field", node("label", "for=class-"+name).Text(label), classInput(name, note))
}

func classInput(name, note string) app.HTMLElem {
	return node("input", "class=input", "type=text", "id=class-"+name, "autocomplete=off", "autocapitalize=off", "spellcheck=false", "dir=auto", "aria-describedby="+note).
		OnInput(func(ctx app.Context, _ app.Event) { send(ctx, page.ClassField{Name: name, Text: chosen(ctx)}) }, app.EventScope(name))
}

func classBox(name, label string, on bool) app.UI {
	id := "class-" + name
	return el("div", "check",
		node("input", "type=checkbox", "id="+id, "checked="+flag(on)).
			OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.ClassBox{Name: name, On: checked(ctx)}) }, app.EventScope(name)),
		node("label", "for="+id).Text(label))
}

// languages picks the language of the learners' page among those that the site has.
func languages(now string) app.UI {
	all := text.Languages()
	var body []app.UI
	for _, l := range all {
		body = append(body, node("option", "value="+l, "selected="+flag(cmp.Or(now, text.English) == l)).Text(text.T("language."+l)))
	}
	return el("div", "field", node("label", "for=class-lang").Text(text.T("teach.lang")),
		node("select", "class=input", "id=class-lang").Body(body...).
			OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.ClassField{Name: "lang", Text: chosen(ctx)}) }))
}

// propose has the browser throw the dice for a phrase.
func propose(ctx app.Context, _ app.Event) {
	send(ctx, page.Propose(dom.Dice(class.PhraseWords)))
}

// qrCode draws a link as a QR code, once.
func qrCode(link string) app.UI { return &memo[qrPart]{Part: qrPart{link}} }

// qrPart is the QR code of a link: dark on white in every scheme, or a reader is lost.
type qrPart struct{ Link string }

func (q qrPart) ui() app.UI {
	link := q.Link
	code, err := qr.Draw(link)
	if err != nil {
		return txt("p", "no-link", text.T("teach.no-qr", "n", len(link)))
	}
	from, all := strconv.Itoa(-qr.Quiet), strconv.Itoa(code.Size+2*qr.Quiet)
	return svg("svg").Class("qr").Attr("viewBox", from+" "+from+" "+all+" "+all).Attr("role", "img").Attr("aria-label", text.T("teach.qr")).Attr("shape-rendering", "crispEdges").Body(
		svg("rect").Attr("x", from).Attr("y", from).Attr("width", all).Attr("height", all).Attr("fill", "#fff"),
		svg("path").Attr("d", code.Path).Attr("fill", "#000"))
}
