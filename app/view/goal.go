package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/goal"
	"fixlab/lab/incident"
	"fixlab/lab/script"
)

// goalRow is what a challenge asks for, whether it is reached, and what is missing.
type goalRow struct {
	app.Compo
	Says   string
	Solved bool
	Before bool // it was solved before
	Judged bool
	Fault  string
	Part   string // the first that does not hold yet
	Link   string // to the step that shows it
	Step   int
	Hints  int // that were shown
	Of     int
	Hint   string // the last one that was shown
	Open   bool
	Next   string // the goal after this one
}

func goalRowOf(m page.Model) *goalRow {
	t := m.Task
	g := t.Goal()
	r := &goalRow{Says: g.Say, Solved: t.Solved(), Before: m.Kept().Solved, Judged: t.Verdict != nil, Fault: t.Fault, Hints: t.Hints, Of: m.HintsOf(g), Open: m.View.Sheet == page.GoalSheet, Next: m.NextGoal()}
	if r.Hints > 0 {
		r.Hint = g.Hints[r.Hints-1]
	}
	if says, p, ok := t.Missing(); ok {
		r.Part, r.Link, r.Step = says, m.PartLink(p), p.Frame+1
	}
	return r
}

func (r *goalRow) Render() app.UI {
	tag, class := text.T("goal.not-yet"), "tag n"
	if r.Before {
		tag = text.T("goal.before")
	}
	if r.Solved {
		tag, class = text.T("goal.solved"), "tag good"
	}
	var says []app.UI
	switch {
	case r.Solved:
		says = []app.UI{app.Text(text.T("goal.won"))}
	case r.Fault != "":
		says = []app.UI{app.Text(text.T("goal.unplayable", "why", r.Fault))}
	case r.Judged && r.Link != "":
		says = []app.UI{txt("b", "", text.T("goal.missing")+" "), app.Text(r.Part + " "), node("a", "href=#"+r.Link).Text(text.T("result.step", "n", r.Step))}
	case r.Judged:
		says = []app.UI{txt("b", "", text.T("goal.missing")+" "), app.Text(r.Part)}
	}
	if r.Hint != "" && !r.Solved {
		says = append(says, el("span", "hinted", txt("b", "", " "+text.T("goal.hint-n", "n", r.Hints)+" "), app.Text(r.Hint)))
	}
	var next app.UI
	if r.Solved && r.Next != "" {
		next = node("button", "type=button", "id=next-goal", "class=btn primary small").Text(text.T("goal.next")).OnClick(sends(page.OpenGoal(r.Next)))
	} else if r.Solved {
		next = codeLink("btn primary small")
	} else if r.Hints < r.Of {
		next = node("button", "type=button", "id=hint", "class=btn small").Text(text.T("goal.hint", "n", r.Hints+1, "of", r.Of)).OnClick(sends(page.NextHint{}))
	}
	return node("section", "id=goal", "class=goal", "tabindex=-1", "data-solved="+yes(r.Solved), "aria-labelledby=goal-says").Body(
		stroke("flag"),
		el("div", "grow stack0",
			el("p", "", node("b", "id=goal-says").Text(r.Says), app.Text(" "), txt("span", class, tag)),
			node("p", "id=goal-part", "class=t1").Body(says...),
		),
		next,
		opener(page.GoalSheet, r.Open, text.T("goal.more"), ""),
	)
}

// goalSheet is the goal in full: what it asks for in words and as its file has it, which
// parts hold, the hints that were shown, and the worked solution, folded.
func goalSheet(m page.Model) app.UI {
	t := m.Task
	g := t.Goal()
	parts := el("p", "quiet", app.Text(text.T("goal.not-tried")))
	if t.Verdict != nil {
		parts = node("ul", "id=goal-parts", "class=parts").Body(each(len(t.Verdict), func(i int) app.UI {
			p := t.Verdict[i]
			symbol, says := "check", text.T("goal.holds")
			if !p.Holds {
				symbol, says = "close", text.T("goal.fails")
			}
			body := []app.UI{stroke(symbol), txt("span", "vh", says), app.Text(t.PartWords(p) + " ")}
			if p.Says != "" {
				body = append(body, app.Text(p.Says+" "))
			}
			if p.Kind == goal.Minimal && p.Off != 0 {
				body = append(body, app.Text(text.T("part.left-out", "switches", switchesOn(p.Off))+" "))
			}
			if link := m.PartLink(p); link != "" {
				body = append(body, node("a", "href=#"+link).Text(text.T("result.step", "n", p.Frame+1)))
			}
			return node("li", "data-holds="+yes(p.Holds)).Body(body...)
		})...)
	}
	hints := each(t.Hints, func(i int) app.UI { return txt("li", "", g.Hints[i]) })
	kept := m.Kept()
	return sheetBox("goal-full", page.GoalSheet, m.Task.Challenge.Title,
		el("div", "column",
			txt("h3", "", text.T("goal.asks")),
			txt("p", "", t.NeedWords()),
			node("pre", "id=goal-exact").Text(strings.Join(t.Exact(), "\n")),
			txt("h3", "", text.T("goal.parts")),
			parts,
		),
		el("div", "column",
			txt("h3", "", text.T("goal.hints")),
			when(len(hints) == 0, func() app.UI { return txt("p", "quiet", text.T("goal.no-hints")) }),
			when(len(hints) > 0, func() app.UI { return el("ol", "because", hints...) }),
			when(t.Hints == len(g.Hints) && !m.Learn.Class.Hide, func() app.UI { return worked(t) }),
			when(kept.Solved, func() app.UI {
				body := []app.UI{txt("h3", "", text.T("goal.yours")), txt("p", "", done(t, kept))}
				switch {
				case strings.HasPrefix(kept.Answer, "#"):
					body = append(body, el("p", "", node("a", "id=goal-kept", "href="+kept.Answer).Text(text.T("goal.see"))))
				case kept.Answer != "" && t.Kind() != script.MayPoint: // whose places are numbers
					body = append(body, txt("p", "", kept.Answer))
				}
				return el("div", "stack", body...)
			}),
			node("button", "type=button", "id=goal-again", "class=btn small").Text(text.T("goal.again")).OnClick(sends(page.Restart{})),
		),
	)
}

// done says how a goal was solved. A run is judged at each act: its tries tell nothing.
func done(t page.Task, kept page.Done) string {
	if t.ByRun() {
		return text.T("goal.done-run", "hints", kept.Hints)
	}
	return text.T("goal.done", "tries", kept.Tries, "hints", kept.Hints)
}

// worked is the worked solution, folded.
func worked(t page.Task) app.UI {
	g := t.Goal()
	lines := g.Solve
	if g.Script != "" {
		var out []string
		for _, s := range t.Challenge.Course.ScriptOf(g.Script) {
			out = append(out, s.String())
		}
		lines = strings.Join(out, "\n")
	}
	if lines == "" {
		return nil
	}
	return el("details", "", txt("summary", "", text.T("goal.worked")), txt("pre", "", lines))
}

// answerCard is where a challenge is answered that is answered by picking.
func answerCard(m page.Model) app.UI {
	t := m.Task
	var body []app.UI
	try := text.T("goal.try")
	switch t.Kind() {
	case script.MaySwitches, script.MayOff:
		try = ""
		body = append(body, txt("p", "", text.T("goal.switches")), switchList(m))
	case script.MayPoint:
		for n, options := range m.Options() {
			body = append(body, pointAt(m.Trace, t, n, options))
		}
	case script.MayPatch:
		for _, p := range t.Goal().Patches {
			body = append(body, pick("patch", p.Name, t.Draft.Patch == p.Name, page.PickPatch(p.Name), txt("b", "", p.Name+" "), app.Text(p.Text)))
		}
	case script.MayClaims:
		for n, c := range t.Goal().Claims {
			body = append(body, claimed(t, n, c))
		}
	case script.MayRevoke:
		body = append(body, storeRows(t))
	}
	switch {
	case try == "":
	case t.UsedUp():
		again := text.T("goal.again")
		if t.In != nil {
			again = text.T("goal.another")
		}
		body = append(body, txt("p", "", text.T("goal.used-up")), node("button", "type=button", "id=again", "class=btn primary").Text(again).OnClick(sends(page.Restart{})))
	default:
		body = append(body, node("button", "type=button", "id=try", "class=btn").Text(try).OnClick(sends(page.TryGoal{})))
	}
	return node("section", "class=card script answer", "aria-labelledby=answer-title").Body(
		el("div", "top", node("h2", "id=answer-title", "class=t2 strong grow").Text(text.T("goal.answer")),
			when(t.Goal().Tries > 0, func() app.UI {
				return txt("span", "quiet t1", text.T("goal.tries", "n", t.Tries, "of", t.Goal().Tries))
			})),
		node("div", "class=body", "data-scrolls=answer", "role=group", "aria-labelledby=answer-title").Body(body...),
	)
}

// pick is one of several that can be picked.
func pick(name, value string, picked bool, msg page.Msg, body ...app.UI) app.UI {
	id := name + "-" + value
	return el("div", "toggle",
		node("input", "type=radio", "id="+id, "name="+name, "value="+value, "checked="+yes(picked)).OnChange(sends(msg)),
		node("label", "for="+id).Body(el("span", "", body...)))
}

// switchList are the switches that are on.
func switchList(m page.Model) app.UI {
	on := m.Defences.Infos()
	if len(on) == 0 {
		return txt("p", "quiet", text.T("goal.none-on"))
	}
	return el("ul", "bullets", each(len(on), func(i int) app.UI { return txt("li", "", on[i].Title) })...)
}

func pointAt(tr *lab.Trace, t page.Task, n int, options []ask.Place) app.UI {
	q := t.Challenge.Course.Asks[n]
	name := "point-" + strconv.Itoa(n+1)
	return node("fieldset", "class=stack").Body(append([]app.UI{txt("legend", "strong", q.Ask)}, each(len(options), func(i int) app.UI {
		p := options[i]
		body := []app.UI{app.Text(text.T("learn.number", "n", p.Frame+1) + " " + words.Spoken(tr, words.Title(tr, p.Frame)))}
		if line, ok := ask.Line(tr, p); ok && q.Point.Kind == script.PointCode {
			body = []app.UI{txt("span", "does", lineDoes(ask.EventAt(tr, p))), app.Text(" "), txt("code", "", strings.TrimSpace(sourceLine(line))), txt("span", "quiet t1", " "+line.String()+", "+text.T("result.step", "n", p.Frame+1))}
		}
		return pick(name, strconv.Itoa(i+1), t.Draft.Points[n] == i+1, page.PickPoint{N: n, Option: i + 1}, body...)
	})...)...)
}

func claimed(t page.Task, n int, c script.Claim) app.UI {
	name, d := "claim-"+strconv.Itoa(n+1), t.Draft
	rows := t.Rows()
	return node("fieldset", "class=stack").Body(
		txt("legend", "strong", strconv.Itoa(n+1)+". "+c.Text),
		el("div", "row",
			pick(name, "true", d.Said[n] && d.Claims[n].True, page.PickClaim{N: n, True: true}, app.Text(text.T("goal.true"))),
			pick(name, "false", d.Said[n] && !d.Claims[n].True, page.PickClaim{N: n}, app.Text(text.T("goal.false"))),
		),
		el("label", "field", txt("span", "", text.T("goal.run")),
			node("select", "id="+name+"-run", "class=input").OnChange(func(ctx app.Context, _ app.Event) { send(ctx, page.PickRow{N: n, Row: chosen(ctx)}) }, app.EventScope(n)).Body(
				append([]app.UI{node("option", "value=-").Text(text.T("goal.no-run"))}, each(len(rows), func(i int) app.UI {
					return node("option", "value="+rows[i], "selected="+yes(rows[i] == d.Claims[n].Row)).Text(rows[i])
				})...)...)),
	)
}

// storeRows are the sessions of the incident, each of which can be ended.
func storeRows(t page.Task) app.UI {
	rows := t.In.Rows
	return node("fieldset", "class=stack").Body(append([]app.UI{txt("legend", "strong", text.T("goal.end"))}, each(len(rows), func(i int) app.UI {
		r := rows[i]
		id := "end-" + r.Session
		return el("div", "toggle",
			node("input", "type=checkbox", "id="+id, "checked="+yes(slices.Contains(t.Draft.Revoked, r.Session))).OnChange(func(ctx app.Context, _ app.Event) {
				send(ctx, page.PickSession{Session: r.Session, On: checked(ctx)})
			}, app.EventScope(id)),
			node("label", "for="+id).Body(txt("code", "", r.Session), app.Text(" "+ownerWords(r.User))))
	})...)...)
}

// accessLog is the log of the incident, in the place of the browsers.
func accessLog(in *incident.Incident) app.UI {
	head := func(s string) app.UI { return node("th", "scope=col").Text(s) }
	return node("div", "class=card log", "data-scrolls=log", "role=group", "aria-label="+text.T("log.title")).Body(
		node("table", "id=log", "class=table").Body(
			txt("caption", "t3 strong", text.T("log.title")),
			el("thead", "", el("tr", "", head(text.T("log.time")), head(text.T("log.client")), head(text.T("log.request")), head(text.T("log.session")), head(text.T("log.user")))),
			el("tbody", "", each(len(in.Log), func(i int) app.UI {
				l := in.Log[i]
				session := []app.UI{app.Text(text.T("jar.none"))}
				if l.Before != "" {
					session = []app.UI{txt("code", "", l.Before)}
				}
				if l.After != l.Before {
					session = append(session, app.Text(" → "), txt("code", "", l.After))
				}
				user := l.User
				if user == "" {
					user = "–"
				}
				return el("tr", "", node("th", "scope=row").Text(l.At), txt("td", "", l.Client), el("td", "", txt("code", "", l.Request)), el("td", "", session...), txt("td", "", user))
			})...),
		))
}
