//go:build !slim

package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/class"
	"fixlab/app/page"
	"fixlab/app/text"
)

// codesPart is where completion codes are pasted, and what they come to.
func codesPart(t page.Teach) app.UI {
	c := t.Codes
	return node("section", "id=codes", "class=stack2 codes-part", "aria-labelledby=codes-title").Body(
		el("div", "row spread wrap",
			el("div", "row wrap",
				node("h2", "id=codes-title", "class=t4", "tabindex=-1").Text(text.T("codes.title")),
				node("p", "id=codes-count", "class=quiet").Text(codesSay(c))),
			when(len(c.All()) > 0 && c.Left() == 0, func() app.UI {
				return el("div", "row wrap",
					act("save-csv", text.T("codes.csv"), page.SaveCodes("csv")),
					act("save-json", text.T("codes.json"), page.SaveCodes("json")),
					act("save-xapi", text.T("codes.xapi"), page.SaveCodes("xapi")),
					act("clear-codes", text.T("codes.clear"), page.ClearCodes{}))
			})),
		el("div", "paste",
			el("label", "field", txt("span", "", text.T("codes.paste")),
				node("textarea", "id=codes-text", "class=input mono", "rows=3", "spellcheck=false", "autocapitalize=off", "autocomplete=off", "dir=ltr").
					OnInput(func(ctx app.Context, _ app.Event) { send(ctx, page.DraftCodes(chosen(ctx))) })),
			el("div", "stack",
				act("read-codes", text.T("codes.read"), page.ReadCodes{}),
				el("div", "check",
					node("input", "type=checkbox", "id=keep-codes", "checked="+flag(c.Keep)).
						OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.KeepCodes(checked(ctx))) }),
					node("label", "for=keep-codes").Text(text.T("codes.keep")))),
			el("div", "stack t1 quiet", txt("p", "", text.T("codes.where")), txt("p", "", text.T("codes.proves")), txt("p", "", text.T("codes.proves-not")))),
		when(c.Count() > 0 && c.Of() != t.Class, func() app.UI {
			return el("div", "notice", txt("p", "grow", text.T("codes.other-class")), act("reread", text.T("codes.reread"), page.Reread{}))
		}),
		when(len(c.All()) > 0 && c.Left() == 0, func() app.UI { return &codeTables{Codes: c} }),
	)
}

// codesSay says how many codes there are, or how many are still to be played.
func codesSay(c page.Codes) string {
	if c.Left() > 0 {
		return text.T("codes.left", "n", c.Count()-c.Left(), "of", c.Count())
	}
	return c.Says
}

// codeTables is what the codes come to: by learner, by challenge, by bet.
type codeTables struct {
	app.Compo
	Codes page.Codes
}

func (c *codeTables) Render() app.UI {
	return el("div", "stack2", learnerTable(c.Codes), el("div", "n2 code-sums", heatTable(c.Codes), misbeliefs(c.Codes.All())))
}

func heads(keys []string, numbers int) []app.UI {
	return each(len(keys), func(i int) app.UI {
		class := ""
		if i > 0 && i <= numbers {
			class = "num"
		}
		return node("th", "scope=col", "class="+class).Text(keys[i])
	})
}

// tabled is a table that scrolls in its own box.
func tabled(id, caption, class string, head, body []app.UI) app.UI {
	return node("div", "class=card codes-table", "data-scrolls="+id, "role=group", "aria-label="+caption).Body(
		node("table", "id="+id, "class=table "+class).Body(
			txt("caption", "t3 strong", caption),
			el("thead", "", el("tr", "", head...)),
			el("tbody", "", body...)))
}

func learnerTable(c page.Codes) app.UI {
	rows, of := c.Rows(), len(class.Challenges())
	head := heads([]string{text.T("codes.name"), text.T("owncard.score"), text.T("codes.passed"), text.T("codes.solved"), text.T("codes.hints"), text.T("codes.tries"), text.T("codes.right"), text.T("codes.sure-wrong"), text.T("owncard.day"), text.T("codes.code"), text.T("codes.scripts")}, 7)
	return tabled("codes-learners", text.T("codes.learners"), "", head, each(len(rows), func(i int) app.UI {
		r := rows[i]
		num := func(says string) app.UI {
			if !r.Counts {
				says = ""
			}
			return txt("td", "num", says)
		}
		name := r.Name
		if name == "" {
			name = text.T("codes.row", "n", i+1)
		}
		passed := text.T("codes.not-passed")
		if r.Passed {
			passed = text.T("codes.yes-passed")
		}
		icon, class := "warn", "state"
		if r.Good {
			icon, class = "check", "state good"
		}
		return el("tr", "",
			node("th", "scope=row", "class=strong", "dir=auto").Text(name),
			num(strconv.Itoa(r.Score)), num(passed), num(text.T("codes.of", "n", r.Solved, "of", of)), num(strconv.Itoa(r.Hints)), num(strconv.Itoa(r.Tries)),
			num(text.T("codes.of", "n", r.Right, "of", r.Made)), num(strconv.Itoa(r.Wrong)),
			txt("td", "nowrap", r.Day),
			el("td", "", node("span", "class="+class, "dir=auto").Body(stroke(icon), txt("span", "", r.State))),
			el("td", "scripts", each(len(r.Scripts), func(n int) app.UI {
				s := r.Scripts[n]
				return node("a", "class=link", "href=#"+s.Link, "aria-label="+text.T("codes.project", "name", name, "title", s.Goal)).Text(strconv.Itoa(s.N))
			})...))
	}))
}

// heatTable is how many are how far with each challenge.
func heatTable(c page.Codes) app.UI {
	rows, of := c.Heat()
	order := []class.Status{class.Won, class.Claimed, class.Lost, class.Tried, class.Untouched}
	head := heads([]string{text.T("codes.challenge"), text.T("codes.solved"), text.T("codes.claimed"), text.T("codes.lost"), text.T("codes.tried"), text.T("codes.untouched")}, len(order))
	return tabled("codes-heat", text.T("codes.heat", "n", of), "heat", head, each(len(rows), func(i int) app.UI {
		return el("tr", "", append([]app.UI{node("th", "scope=row").Text(rows[i].Title)}, each(len(order), func(n int) app.UI {
			count := rows[i].Count[order[n]]
			shade := 0
			if of > 0 {
				shade = (4*count + of - 1) / of
			}
			return txt("td", "num heat"+strconv.Itoa(shade), strconv.Itoa(count))
		})...)...)
	}))
}

// mostMisbeliefs is how many of them are shown.
const mostMisbeliefs = 8

// misbeliefs are the wrong options that most have bet on.
func misbeliefs(all []class.Evidence) app.UI {
	list := class.Misbeliefs(all)
	list = list[:min(len(list), mostMisbeliefs)]
	head := heads([]string{text.T("codes.bet-on"), text.T("codes.learners"), text.T("codes.sure-n"), text.T("codes.truth")}, 2)
	return tabled("codes-beliefs", text.T("codes.beliefs"), "", head, each(len(list), func(i int) app.UI {
		b := list[i]
		return el("tr", "",
			node("th", "scope=row").Body(txt("span", "quiet", b.Lesson+": "), app.Text(b.Option)),
			txt("td", "num", strconv.Itoa(b.Count)), txt("td", "num", strconv.Itoa(b.Sure)), txt("td", "", b.Right))
	}))
}
