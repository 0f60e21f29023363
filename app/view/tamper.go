//go:build !slim

package view

import (
	"strconv"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/bench"
)

// tamperView changes one character of the text and shows what becomes of it.
func tamperView(b page.Bench, layers []bench.Layer) app.UI {
	n := strconv.Itoa(utf8.RuneCountInString(b.Text))
	tools := []app.UI{
		node("label", "for=bench-flip").Text(text.T("bench.flip")),
		node("input", "id=bench-flip", "class=input", "type=number", "min=1", "max="+n, "step=1", "aria-describedby=bench-of").OnInput(tamper),
		node("span", "id=bench-of").Text(text.T("bench.flip-of", "n", n)),
	}
	jumps := b.Jumps(layers)
	ends := node("ul", "class=row wrap", "data-rove=list").Body(each(len(jumps), func(i int) app.UI {
		return elem("li").Body(act("flip-"+strconv.Itoa(jumps[i].At), jumps[i].Label, page.Tamper(jumps[i].At)))
	})...)
	var out []app.UI
	if t, ok := b.Tampered(); ok {
		out = []app.UI{
			txt("p", "", t.Says),
			el("p", "signed", app.Text(words.Visible(t.Before)), txt("mark", "", words.Visible(t.Is)), app.Text(words.Visible(t.After))).Attr("dir", "ltr"),
			outcomeLine("tamper-verdict", t.Verdict),
			el("p", "bench-tools", app.Text(t.Note+" "),
				act("take-tamper", text.T("bench.tamper-take"), page.TakeTamper{}, page.FocusOn("bench-text")),
				act("no-tamper", text.T("bench.tamper-none"), page.Tamper(0), page.FocusOn("bench-flip"))),
		}
	}
	what := text.T("bench.not-malleable")
	if s := b.Picked(); s.Malleable != "" {
		what = text.T("bench.malleable", "why", s.Malleable)
	}
	return node("div", "id=tamper", "class=tamper", "role=group", "aria-labelledby=tamper-title").Body(
		node("h3", "id=tamper-title").Text(text.T("bench.tamper")),
		el("p", "bench-tools", tools...),
		ends,
		node("div", "id=tampered", "class=tampered").Body(out...),
		txt("p", "quiet", what+" "+b.Survey()),
	)
}

func tamper(ctx app.Context, _ app.Event) {
	at, _ := strconv.Atoi(chosen(ctx))
	send(ctx, page.Tamper(at))
}
