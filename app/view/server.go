package view

import (
	"encoding/hex"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/sign"
)

// serverPanel is the server's inside: its source with the running line, the
// session store, and the signer's bench.
type serverPanel struct {
	app.Compo
	Trace   *lab.Trace
	Step    int
	Listing bool
}

func (s *serverPanel) Render() app.UI {
	p, _ := server.ByID(s.Trace.Scenario.Profile)
	line, runs := words.Lit(s.Trace, s.Step)
	file := p.File
	if runs {
		file = line.File
	}
	return node("section", "class=panel server", "aria-labelledby=server-title").Body(
		node("h2", "id=server-title").Body(icon("server"), app.Text("Server · "+words.ShopHost),
			when(runs, func() app.UI {
				return txt("span", "acts", line.String())
			})),
		node("div", "class=body", "data-scrolls=server", "role=group", "aria-label=Server · "+words.ShopHost).Body(
			&sources{Trace: s.Trace, Step: s.Step, File: file, Lit: line.Line, Same: s.Listing},
			when(!runs, func() app.UI {
				return txt("p", "none idle", "No line of this file decided anything in this step.")
			}),
			store{Trace: s.Trace, Step: s.Step}.ui(),
			signing{Trace: s.Trace, Step: s.Step}.ui(),
			ledger{Trace: s.Trace, Step: s.Step, File: p.File}.ui(),
			el("p", "about", txt("strong", "", p.Title+". "), app.Text(p.Note)),
		),
	)
}

// store shows the session store, old and new where a row changed.
type store struct {
	Trace *lab.Trace
	Step  int
}

func (s store) ui() app.UI {
	rows := words.StoreRows(s.Trace, s.Step)
	empty := "empty"
	if len(s.Trace.Keys) == 0 {
		empty = "This server keeps nothing: the cookie is the session."
		for _, f := range s.Trace.Frames {
			for _, e := range f.Events {
				if e.Kind == event.Load {
					empty = "empty"
				}
			}
		}
	}
	return el("div", "part",
		node("h3", "id=store-title").Text("Session store"),
		when(len(rows) == 0, func() app.UI { return txt("p", "none", empty) }),
		when(len(rows) > 0, func() app.UI {
			return node("table", "id=store", "class=store", "aria-labelledby=store-title").Body(
				el("thead", "", el("tr", "", node("th", "scope=col").Text("Key"), node("th", "scope=col").Text("User"), node("th", "scope=col").Text("Data"))),
				el("tbody", "", each(len(rows), func(i int) app.UI {
					return storeRowView{Keys: s.Trace.Keys, Row: rows[i]}.ui()
				})...),
			)
		}),
	)
}

type storeRowView struct {
	Keys []string
	Row  words.StoreRow
}

func (v storeRowView) ui() app.UI {
	r := v.Row
	class := ""
	key := rich(v.Keys, r.Key)
	if r.Change != words.Same {
		class = "changed is-" + string(r.Change)
		key = append(key, app.Text(" "), tag(r.Change))
	}
	cell := func(was, is, none string, differs bool) app.UI {
		if is == "" {
			is = none
		}
		if !differs {
			return el("td", "", rich(v.Keys, is)...)
		}
		if was == "" {
			was = none
		}
		body := append([]app.UI{el("del", "", rich(v.Keys, was)...), txt("span", "to", " → ")},
			el("ins", "", rich(v.Keys, is)...))
		return el("td", "", body...)
	}
	return el("tr", class,
		node("th", "scope=row").Body(key...),
		cell(r.Was, r.User, "nobody", r.UserDiff),
		cell(r.WasData, r.Data, "–", r.DataDiff),
	)
}

// signing shows the signer at work: what was signed or checked, with what, and
// what that proves.
type signing struct {
	Trace *lab.Trace
	Step  int
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

func (b signing) ui() app.UI {
	all := checks(b.Trace, b.Step)
	if len(all) == 0 {
		return el("div", "part", txt("h3", "", "Signer’s bench"),
			txt("p", "none", "no signature made or checked in this step"))
	}
	return node("div", "id=bench", "class=part").Body(
		txt("h3", "", "Signer’s bench"),
		el("div", "", each(len(all), func(i int) app.UI {
			e := all[len(all)-1-i]
			return checkView{Keys: b.Trace.Keys, Check: *e.Check, Checked: e.Kind == event.Unsign, Found: e.Found, Text: e.Text, Brief: i > 0}.ui()
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
	word, class, result := "Signed", "", ""
	if v.Checked {
		word, class, result = "Checked", "unequal", "not equal: refused"
		switch {
		case c.Equal && v.Found:
			class, result = "equal", "equal: accepted"
		case c.Equal:
			class, result = "unequal", "equal, and still refused"
		}
	}
	head := []app.UI{txt("strong", "", word), app.Text(" ")}
	head = append(head, el("code", "", rich(v.Keys, c.Message)...))
	if v.Checked {
		head = append(head, app.Text(" "), txt("span", "result "+class, result))
	}
	if v.Brief {
		return el("p", "brief", head...)
	}
	mac := []app.UI{app.Text(c.Algorithm + "(secret, ")}
	mac = append(append(mac, rich(v.Keys, c.Message)...), app.Text(") = "+words.Short(c.Expected)))
	received := c.Received
	if received == "" {
		received = "none"
	}
	return el("div", "check",
		el("p", "brief", head...),
		el("p", "mac", el("code", "", mac...)),
		when(v.Checked, func() app.UI {
			return el("p", "mac", app.Text("received "), txt("code", "", words.Short(received)))
		}),
		el("p", "proves", v.proves()...),
		el("details", "reveal",
			txt("summary", "", "Only the server knows the secret: show it"),
			el("dl", "", v.reveal()...),
		),
	)
}

// proves says what the result means, and what it does not.
func (v checkView) proves() []app.UI {
	does, not := "", ""
	switch {
	case !v.Checked:
		does, not = "this server made the value.", "for whom. Whoever holds the value can show it."
	case v.Check.Equal && v.Found:
		does, not = "this server made the value.", "whom it was given to, or who shows it now."
	case v.Check.Equal:
		return []app.UI{app.Text("The signature is right. " + strings.ToUpper(v.Text[:1]) + v.Text[1:] + ".")}
	default:
		does, not = "no secret that the server accepts made this signature.", "who shows the value."
	}
	return []app.UI{txt("strong", "", "Proves: "), app.Text(does + " "), txt("strong", "", "Does not prove: "), app.Text(not)}
}

func (v checkView) reveal() []app.UI {
	c := v.Check
	var out []app.UI
	add := func(name string, body ...app.UI) {
		out = append(out, txt("dt", "", name), el("dd", "", el("code", "", body...)))
	}
	add("Secret", app.Text(c.Secret))
	if c.Derivation != "" {
		add("Key made by", app.Text(c.Derivation))
	}
	add("Key, hex", app.Text(hex.EncodeToString(c.Key)))
	add("Message", full(v.Keys, c.Message)...)
	add("Expected", app.Text(c.Expected))
	if v.Checked {
		add("Received", app.Text(c.Received))
	}
	return out
}

// ledger lists what the server did in this step, in order, each with its line.
type ledger struct {
	Trace *lab.Trace
	Step  int
	File  string
}

func (l ledger) ui() app.UI {
	var events []event.Event
	for _, e := range l.Trace.Frames[l.Step].Events {
		if len(e.Code) > 0 {
			events = append(events, e)
		}
	}
	return el("div", "part",
		txt("h3", "", "What the server did in this step"),
		when(len(events) == 0, func() app.UI { return txt("p", "none", "nothing") }),
		when(len(events) > 0, func() app.UI {
			return el("ol", "ledger", each(len(events), func(i int) app.UI {
				e := events[i]
				at, _ := e.Spot(l.File)
				body := []app.UI{txt("span", "at", at.String())}
				return el("li", "", append(body, el("span", "", rich(l.Trace.Keys, e.Text)...))...)
			})...)
		}),
	)
}
