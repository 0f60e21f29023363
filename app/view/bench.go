//go:build !slim

package view

import (
	"encoding/hex"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/bench"
)

// The bench's elements stay where they are while somebody types: what may be
// missing is empty instead, so that the focus and what is unfolded stay too.

// benchView is the signer bench: one format, and two places to work at.
func benchView(b page.Bench) app.UI {
	s := b.Picked()
	return el("div", "stack2 bench",
		txt("p", "lead", text.T("bench.intro")),
		el("div", "bench-format",
			node("label", "for=bench-format").Text(text.T("bench.format")),
			node("select", "id=bench-format", "class=input", "aria-describedby=bench-use").OnChange(pickScheme).Body(
				each(len(bench.Schemes), func(i int) app.UI {
					o := bench.Schemes[i]
					return node("option", "value="+o.Slug, "selected="+yes(o.Slug == s.Slug)).Text(o.Title + " (" + o.Name + ")")
				})...,
			),
			node("p", "id=bench-use", "class=quiet").Text(s.Use),
		),
		el("div", "bench-sides", signSide(b), verifySide(b)),
	)
}

func pickScheme(ctx app.Context, _ app.Event) {
	send(ctx, page.PickScheme(chosen(ctx)))
}

// signSide is the half where a value is signed.
func signSide(b page.Bench) app.UI {
	made, err := b.Made()
	fault := ""
	if err != nil {
		fault = text.T("bench.not-signed", "why", err.Error())
	}
	return node("section", "id=bench-sign", "class=card bench-side", "aria-labelledby=bench-sign-title").Body(
		node("h2", "id=bench-sign-title").Text(text.T("bench.sign")),
		benchFields(b, page.Signing, b.Sign, err),
		txt("p", "bench-fault", fault),
		txt("h3", "", text.T("bench.signed-text")),
		signedText("signed", made.Layers),
		el("p", "bench-tools",
			copyButton(b, "copy-signed", text.T("bench.copy-signed"), made.Text),
			act("to-verify", text.T("bench.verify-this"), page.ToCheck{}),
		),
		partList(made.Layers),
		txt("h3", "", text.T("bench.how-made")),
		working(made.Check, [2]string{text.T("bench.mac"), hex.EncodeToString(made.MAC)}, [2]string{text.T("bench.signature"), made.Check.Expected}),
		el("details", "", txt("summary", "", text.T("bench.every-byte")), everyByte("sign", made.Layers)),
		el("details", "", txt("summary", "", text.T("bench.elsewhere")), commands(b, made.Lines)),
	)
}

// verifySide is the half where a text is verified.
func verifySide(b page.Bench) app.UI {
	v := b.Judged(b.Text)
	_, err := b.Reading(b.Text)
	r := v.Reading
	proves := text.Pieces("bench.proves")
	if page.Stamped(b.Picked()) {
		proves = text.Pieces("bench.proves-stamped")
	}
	return node("section", "id=bench-verify", "class=card bench-side", "aria-labelledby=bench-verify-title").Body(
		node("h2", "id=bench-verify-title").Text(text.T("bench.verify")),
		el("div", "field wide",
			node("label", "for=bench-text").Text(text.T("bench.field-text")),
			node("textarea", "id=bench-text", "class=input", "rows=3", "spellcheck=false", "autocapitalize=off", "autocomplete=off", "dir=ltr", "aria-describedby=bench-hint").
				OnInput(paste),
		),
		hint(b),
		benchFields(b, page.Checking, b.Check, err),
		outcomeLine("bench-verdict", v),
		el("p", "proves", said(proves, func(p text.Piece) []app.UI { return []app.UI{txt("strong", "", p.Text)} })...),
		txt("h3", "", text.T("bench.parts")),
		signedText("read", r.Layers),
		partList(r.Layers),
		txt("h3", "", text.T("bench.says")),
		decoded(v),
		txt("h3", "", text.T("bench.how-checked")),
		working(r.Check, [2]string{text.T("bench.expected"), r.Check.Expected}, [2]string{text.T("bench.received"), r.Check.Received}),
		el("details", "", txt("summary", "", text.T("bench.every-byte")), everyByte("verify", r.Layers)),
		tamperView(b, r.Layers),
	)
}

func paste(ctx app.Context, _ app.Event) { send(ctx, page.Paste(chosen(ctx))) }

// commands are the lines that make the signature elsewhere.
func commands(b page.Bench, lines []bench.Line) app.UI {
	if len(lines) == 0 {
		return txt("p", "quiet", text.T("bench.no-line"))
	}
	body := []app.UI{txt("p", "", text.T("bench.lines"))}
	for _, l := range lines {
		body = append(body, el("div", "command",
			el("div", "command-head", txt("h4", "", l.Tool), copyButton(b, "copy-"+l.Tool, text.T("bench.copy-line", "tool", l.Tool), l.Text)),
			node("pre", "data-line="+l.Tool, "data-scrolls="+l.Tool, "role=group", "aria-label="+l.Tool, "dir=ltr").Text(l.Text)))
	}
	return el("div", "commands", body...)
}

// copyButton puts a value on the clipboard, and says so.
func copyButton(b page.Bench, id, label, value string) app.UI {
	if b.Copied == id {
		label = text.T("bench.copied")
	}
	return node("button", "type=button", "class=btn small", "id="+id).Text(label).OnClick(func(ctx app.Context, _ app.Event) {
		send(ctx, page.CopyText{Button: id, Text: value})
	}, app.EventScope(id, value))
}
