package view

import (
	"encoding/hex"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/sign"
)

// profileTitle is what the server of a run is called.
func profileTitle(t *lab.Trace) string {
	p, _ := server.ByID(t.Scenario.Profile)
	return p.Under(t.Scenario.Under(t.Defences))
}

// serverInside is the server after a step: its source with the running line, the
// sessions with all that they hold, the signer at work, and what it did in order.
func serverInside(t *lab.Trace, step int, same bool) []app.UI {
	p, _ := server.ByID(t.Scenario.Profile)
	line, runs := words.Lit(t, step)
	file := p.File
	if runs {
		file = line.File
	}
	return []app.UI{
		el("div", "column source", &sources{Trace: t, Step: step, File: file, Lit: line.Line, Same: same}),
		node("div", "class=column scrolls", "data-scrolls=inside-more", "role=group", "aria-labelledby=sheet-title").Body(
			when(!runs, func() app.UI { return txt("p", "quiet", text.T("code.idle")) }),
			wholeStore(t, step),
			signing(t, step),
			ledger(t, step, p.File),
			el("p", "quiet", txt("b", "", profileTitle(t)+". "), app.Text(p.Note)),
		),
	}
}

// wholeStore shows the sessions with what they hold, old and new where a row changed.
func wholeStore(t *lab.Trace, step int) app.UI {
	rows := words.StoreRows(t, step)
	return el("div", "stack",
		node("h3", "id=store-title").Text(text.T("store.title")),
		when(len(rows) == 0, func() app.UI { return txt("p", "quiet", storeEmpty(t)) }),
		when(len(rows) > 0, func() app.UI {
			return node("table", "class=table", "aria-labelledby=store-title").Body(
				el("thead", "", el("tr", "", node("th", "scope=col").Text(text.T("store.session")), node("th", "scope=col").Text(text.T("store.owner")), node("th", "scope=col").Text(text.T("store.data")))),
				el("tbody", "", each(len(rows), func(i int) app.UI { return storeRow(t.Keys, rows[i]) })...),
			)
		}),
	)
}

func storeRow(keys []string, r words.StoreRow) app.UI {
	class, size := "", ""
	if r.Change != words.Same {
		class = "changed"
	}
	if r.Change == words.Deleted {
		size = "gone"
	}
	id := []app.UI{rowKey(keys, r.Key, size)}
	if r.Change != words.Same {
		id = append(id, app.Text(" "), txt("span", "tag", text.T("change."+string(r.Change))))
	}
	cell := func(was, is, none string, differs bool) app.UI {
		if is == "" {
			is = none
		}
		if !differs {
			return el("td", "", chips(keys, is)...)
		}
		if was == "" {
			was = none
		}
		return el("td", "", append([]app.UI{el("del", "", chips(keys, was)...), app.Text(" → ")}, el("ins", "", chips(keys, is)...))...)
	}
	return el("tr", class, node("th", "scope=row").Body(id...),
		cell(r.Was, r.User, text.T("store.nobody"), r.UserDiff), cell(r.WasData, r.Data, "–", r.DataDiff))
}

// checks returns the step's events at the signer, each check once, the one
// that says most last.
func checks(t *lab.Trace, i int) []event.Event {
	var signed, read []event.Event
	for _, e := range t.Frames[i].Events {
		if e.Check == nil {
			continue
		}
		list := &signed
		if e.Kind == event.Unsign {
			list = &read
		}
		if !slices.ContainsFunc(*list, func(o event.Event) bool { return o.Value == e.Value && o.Found == e.Found }) {
			*list = append(*list, e)
		}
	}
	return append(signed, read...)
}

// signing shows the signer at work: what was signed or checked, with what, and
// what that proves.
func signing(t *lab.Trace, step int) app.UI {
	all := checks(t, step)
	return node("div", "id=bench", "class=stack").Body(
		txt("h3", "", text.T("sign.title")),
		when(len(all) == 0, func() app.UI { return txt("p", "quiet", text.T("sign.none")) }),
		el("div", "stack", each(len(all), func(i int) app.UI {
			e := all[len(all)-1-i]
			return checkView{Keys: t.Keys, Check: *e.Check, Checked: e.Kind == event.Unsign, Found: e.Found, Text: e.Text, Brief: i > 0}.ui()
		})...),
	)
}

// checkView is one signature made or checked.
type checkView struct {
	Keys    []string
	Check   sign.Check
	Checked bool // checked, not made
	Found   bool // and accepted
	Text    string
	Brief   bool
}

func (v checkView) ui() app.UI {
	c := v.Check
	word, result := text.T("sign.signed"), ""
	if v.Checked {
		word, result = text.T("sign.checked"), text.T("sign.unequal")
		switch {
		case c.Equal && v.Found:
			result = text.T("sign.equal")
		case c.Equal:
			result = text.T("sign.still")
		}
	}
	head := append([]app.UI{txt("b", "", word), app.Text(" ")}, el("code", "", chips(v.Keys, c.Message)...))
	if v.Checked {
		head = append(head, app.Text(" "), txt("b", "", result))
	}
	if v.Brief {
		return el("p", "", head...)
	}
	mac := said(text.Pieces("mac.of", "algorithm", c.Algorithm, "mac", words.Short(c.Expected)), func(text.Piece) []app.UI { return chips(v.Keys, c.Message) })
	received := c.Received
	if received == "" {
		received = text.T("jar.none")
	}
	return el("div", "stack",
		el("p", "", head...),
		el("p", "", el("code", "", mac...)),
		when(v.Checked, func() app.UI {
			return el("p", "", app.Text(text.T("sign.received")+" "), txt("code", "", words.Short(received)))
		}),
		el("p", "proves", v.proves()...),
		el("details", "reveal", txt("summary", "", text.T("sign.reveal")), el("dl", "keys", v.reveal()...)),
	)
}

// proves says what the result means, and what it does not.
func (v checkView) proves() []app.UI {
	key := "made"
	switch {
	case !v.Checked:
	case v.Check.Equal && v.Found:
		key = "equal"
	case v.Check.Equal:
		return []app.UI{app.Text(text.T("sign.right") + " " + strings.ToUpper(v.Text[:1]) + v.Text[1:] + ".")}
	default:
		key = "unequal"
	}
	return []app.UI{txt("b", "", text.T("sign.proves")+" "), app.Text(text.T("sign."+key+".proves") + " "),
		txt("b", "", text.T("sign.not")+" "), app.Text(text.T("sign." + key + ".not"))}
}

func (v checkView) reveal() []app.UI {
	c := v.Check
	var out []app.UI
	add := func(name string, body ...app.UI) {
		out = append(out, el("div", "", txt("dt", "", text.T("sign."+name)), el("dd", "", el("code", "", body...))))
	}
	add("secret", app.Text(c.Secret))
	if c.Derivation != "" {
		add("derivation", app.Text(c.Derivation))
	}
	add("key", app.Text(hex.EncodeToString(c.Key)))
	add("message", app.Text(c.Message))
	add("expected", app.Text(c.Expected))
	if v.Checked {
		add("got", app.Text(c.Received))
	}
	return out
}

// ledger lists what the server did in a step, in order, each with its line.
func ledger(t *lab.Trace, step int, file string) app.UI {
	var list []app.UI
	for _, e := range t.Frames[step].Events {
		if len(e.Code) > 0 {
			at, _ := e.Spot(file)
			list = append(list, el("li", "", txt("code", "at quiet", at.String()), el("span", "", chips(t.Keys, e.Text)...)))
		}
	}
	return el("div", "stack",
		txt("h3", "", text.T("ledger.title")),
		when(len(list) == 0, func() app.UI { return txt("p", "quiet", text.T("ledger.none")) }),
		when(len(list) > 0, func() app.UI { return el("ol", "ledger", list...) }),
	)
}
