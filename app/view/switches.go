package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/defence"
)

// switches are all the defences and mistakes, by the layer that they act in.
type switches struct {
	app.Compo
	Defences defence.Set
	Asked    defence.Set
	Open     bool
	Groups   defence.Set // the switches whose groups are open
	Locked   bool        // none can be thrown: see page.Model.Locked
}

func (s *switches) Render() app.UI {
	var groups []defence.Layer
	for _, d := range defence.All {
		if len(groups) == 0 || groups[len(groups)-1] != d.Layer {
			groups = append(groups, d.Layer)
		}
	}
	heading := "defences-title"
	if s.Open {
		heading = "sheet-title"
	}
	return node("section", "id=defences", "class=sheet", "hidden="+yes(!s.Open), "aria-labelledby="+heading).Body(
		el("div", "head",
			node("h2", "id="+heading, "class=t3 strong", "tabindex=-1").Body(app.Text(text.T("defences.title")+" "),
				txt("span", "quiet on", text.T("defences.on", "n", s.Defences.Len()))),
			node("button", "type=button", "class=btn icon plain close", "aria-label="+text.T("sheet.close")).Body(stroke("close")).OnClick(s.close),
		),
		node("div", "class=body of-defences", "data-scrolls=defences", "role=group", "aria-labelledby="+heading).Body(each(len(groups), func(i int) app.UI {
			in := groups[i].Set()
			return &switchGroup{Name: groups[i], Defences: s.Defences & in, Asked: s.Asked & in, Open: s.Groups&in != 0, Locked: s.Locked}
		})...),
	)
}

func (s *switches) close(ctx app.Context, _ app.Event) { send(ctx, page.Show(page.AllDefences)) }

// switchGroup is one group of switches, open or closed.
type switchGroup struct {
	app.Compo
	Name     defence.Layer
	Defences defence.Set
	Asked    defence.Set
	Open     bool
	Locked   bool
}

func (g *switchGroup) Render() app.UI {
	var body []app.UI
	var choice defence.Choice
	for i, d := range defence.All {
		if d.Layer != g.Name {
			continue
		}
		switch {
		case d.Choice == "":
			body = append(body, &toggle{I: i, On: g.Defences.Has(d.Set), Asked: g.Asked.Has(d.Set), Locked: g.Locked})
		case d.Choice != choice:
			body = append(body, &switchChoice{Name: d.Choice, Defences: g.Defences, Asked: g.Asked, Locked: g.Locked})
		}
		choice = d.Choice
	}
	return node("details", "class=group", "open="+yes(g.Open), "data-group="+string(g.Name)).Body(
		el("summary", "", txt("span", "strong", string(g.Name)), txt("span", "on quiet", text.T("defences.on", "n", page.GroupOn(g.Name, g.Defences).Len()))),
		node("div", "role=group", "aria-label="+string(g.Name)).Body(body...),
	).On("toggle", g.toggled)
}

func (g *switchGroup) toggled(ctx app.Context, _ app.Event) {
	send(ctx, page.Group{Layer: g.Name, Open: ctx.JSSrc().Get("open").Bool()})
}

// toggle is one switch.
type toggle struct {
	app.Compo
	I      int // in defence.All
	On     bool
	Asked  bool // the run looked at it
	Locked bool
}

func (t *toggle) Render() app.UI {
	d := defence.All[t.I]
	id := "switch-" + d.Name
	return el("div", "toggle",
		node("input", "type=checkbox", "role=switch", "id="+id, "name="+d.Name, "checked="+yes(t.On), "aria-disabled="+yes(t.Locked), "aria-describedby="+id+"-does").OnChange(t.flip),
		switchLabel(id, d),
		switchDoes(id, d, t.Asked),
	)
}

func switchLabel(id string, d defence.Info) app.UI {
	return node("label", "for="+id).Body(txt("span", "grow", d.Title),
		when(d.Wrong, func() app.UI { return txt("span", "tag n", text.T("defences.mistake")) }),
		when(d.Digit != "", func() app.UI { return node("kbd", "aria-hidden=true").Text(d.Digit) }),
	)
}

func switchDoes(id string, d defence.Info, asked bool) app.UI {
	return node("p", "id="+id+"-does", "class=quiet").Body(app.Text(d.Does), when(!asked, func() app.UI {
		return txt("em", "", " "+text.T("defences.unasked"))
	}))
}

func (t *toggle) flip(ctx app.Context, _ app.Event) {
	if checked(ctx) != t.On {
		if t.Locked { // the page says why
			ctx.JSSrc().Set("checked", t.On)
		}
		send(ctx, page.Flip(defence.All[t.I].Set))
	}
}

// switchChoice is a choice between switches that exclude each other, or none of
// them. Every radio button has its switch's name, so the group is kept together
// here: one tab stop, and the arrow keys go from one to the next.
type switchChoice struct {
	app.Compo
	Name     defence.Choice
	Defences defence.Set
	Asked    defence.Set
	Locked   bool
}

// members returns the indexes in defence.All, and where the one that is on
// stands among "none" and them.
func (c *switchChoice) members() (list []int, at int) {
	for i, d := range defence.All {
		if d.Choice == c.Name {
			list = append(list, i)
			if c.Defences.Has(d.Set) {
				at = len(list)
			}
		}
	}
	return list, at
}

func (c *switchChoice) Render() app.UI {
	list, at := c.members()
	title := "choice-" + string(c.Name)
	body := []app.UI{node("p", "id="+title, "class=strong").Text(text.T("choice." + string(c.Name)))}
	for n := range len(list) + 1 {
		id, name, described := c.id(list, n), string(c.Name)+"-none", ""
		var label, does app.UI
		if n == 0 {
			label = node("label", "for="+id).Text(text.T("choice." + string(c.Name) + ".none"))
		} else {
			d := defence.All[list[n-1]]
			name, described = d.Name, id+"-does"
			label, does = switchLabel(id, d), switchDoes(id, d, c.Asked.Has(d.Set))
		}
		body = append(body, el("div", "toggle",
			node("input", "type=radio", "id="+id, "name="+name, "checked="+yes(n == at), "tabindex="+strconv.Itoa(tabOf(n == at)), "aria-disabled="+yes(c.Locked),
				"aria-posinset="+strconv.Itoa(n+1), "aria-setsize="+strconv.Itoa(len(list)+1), "aria-describedby="+described).
				OnChange(func(ctx app.Context, _ app.Event) {
					if c.Locked {
						ctx.JSSrc().Set("checked", n == at)
					}
					c.pick(ctx, n)
				}, app.EventScope(n, at, c.Locked)).
				OnKeyDown(func(ctx app.Context, e app.Event) { c.key(ctx, e, n) }, app.EventScope(n)),
			label, does,
		))
	}
	return node("div", "class=oneof", "role=radiogroup", "aria-labelledby="+title).Body(body...)
}

// id returns the id of the n-th radio button; the 0-th is that for none of the
// members.
func (c *switchChoice) id(members []int, n int) string {
	if n == 0 {
		return "choice-" + string(c.Name) + "-none"
	}
	return "switch-" + defence.All[members[n-1]].Name
}

// pick turns the n-th on, and so the others off; the 0-th is none of them.
func (c *switchChoice) pick(ctx app.Context, n int) {
	list, at := c.members()
	switch {
	case n == at:
	case n == 0:
		send(ctx, page.Flip(defence.All[list[at-1]].Set))
	default:
		send(ctx, page.Flip(defence.All[list[n-1]].Set))
	}
}

// key moves the choice, as the arrow keys do in a group of radio buttons.
func (c *switchChoice) key(ctx app.Context, e app.Event, n int) {
	by := arrow(e)
	if by == 0 {
		return
	}
	e.PreventDefault()
	list, _ := c.members()
	size := len(list) + 1
	n = (n + by + size) % size
	send(ctx, page.FocusOn(c.id(list, n)))
	c.pick(ctx, n)
}
