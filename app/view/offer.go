package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// offerView shows a script before it is played: what it contains, and its text.
func offerView(o page.Offer) app.UI {
	a := o.About
	var facts []app.UI
	fact := func(name, value string) {
		if value != "" {
			facts = append(facts, el("div", "", txt("dt", "quiet", name), txt("dd", "", value)))
		}
	}
	play := text.T("offer.play")
	if len(o.Faults) > 0 {
		play = text.T("offer.edit")
	} else {
		p, _ := server.ByID(a.Profile)
		fact(text.T("offer.title"), words.Visible(a.Title))
		fact(text.T("offer.server"), p.Under(a.On))
		fact(text.T("offer.on"), switchesOn(a.On))
		var steps []string
		for _, who := range []string{"mallory", "mallory@alice", "alice", "alice@mallory", "server"} {
			if n := a.Steps[who]; n > 0 {
				steps = append(steps, text.T("offer.steps-of", "who", who, "n", n))
			}
		}
		fact(text.T("offer.steps"), strings.Join(steps, ", "))
		fact(text.T("offer.hosts"), strings.Join(a.Hosts, ", "))
		var needs []string
		for _, n := range a.Needs {
			needs = append(needs, script.Has(n))
		}
		fact(text.T("offer.needs"), strings.Join(needs, "; "))
		if a.Wants > 0 {
			fact(text.T("offer.wants"), strconv.Itoa(a.Wants))
		}
		fact(text.T("offer.size"), text.T("offer.bytes", "n", len(o.Text), "longest", a.Longest))
	}
	return el("div", "offer stack",
		txt("p", "say", text.T("offer.says")),
		el("dl", "facts", facts...),
		el("div", "faults", each(len(o.Faults), func(i int) app.UI {
			f := o.Faults[i]
			return el("p", "", txt("b", "", text.T("script.line", "n", f.Line)+" "), app.Text(f.Says))
		})...),
		el("div", "row",
			node("button", "type=button", "id=play-offer", "class=btn primary").Text(play).OnClick(sends(page.PlayOffer{})),
		),
		node("pre", "id=script", "class=code whole-file", "data-scrolls=offer", "tabindex=0", "role=group", "aria-label="+text.T("script.text")).Text(seen(o.Text)),
	)
}

func switchesOn(d defence.Set) string {
	var names []string
	for _, info := range d.Infos() {
		names = append(names, info.Title)
	}
	return strings.Join(names, ", ")
}

// seen is a text in which what cannot be seen can.
func seen(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = words.Visible(strings.TrimSuffix(lines[i], "\r"))
	}
	return strings.Join(lines, "\n")
}
