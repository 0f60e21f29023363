package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// handsView is Play with a script that the learner writes: both browsers, the server, and
// the script beside them.
func handsView(m page.Model, lessons []*script.Scenario) []app.UI {
	class := "play hands"
	if m.View.Sheet != page.NoSheet {
		class += " sheeted"
	}
	link, goal := m.LinkAt(m.Step), ""
	if m.Task.On() {
		goal = m.Task.ID()
	}
	tops := "tops"
	if m.Task.On() && m.Task.Solved() {
		tops += " won"
	}
	body := []app.UI{
		node("h1", "id=page-title", "class=vh", "tabindex=-1").Text(text.T("play.title") + ": " + m.Scenario.Title),
		el("div", tops, top(m), when(!picking(m.Task), func() app.UI { return &stepper{Step: m.Step, Of: len(m.Trace.Frames)} })),
		el("div", "desk", desk(m)...),
	}
	if m.View.Sheet == page.GoalSheet && m.Task.On() {
		body = append(body, goalSheet(m))
	}
	if len(m.Trace.Frames) > 0 {
		body = append(body, &sheet{Trace: m.Trace, Step: m.Step, Link: m.LinkAt(0), Which: m.View.Sheet, Listing: m.View.Listing})
	}
	body = append(body,
		&setup{Scenario: m.Scenario, On: m.Scenario.Under(m.Defences), Open: m.View.Sheet == page.Arrangement},
		&switches{Defences: m.Defences, Asked: m.Trace.Asked, Open: m.View.Sheet == page.AllDefences, Groups: m.View.Groups, Locked: m.Locked()},
		when(!secret(m.Task) && !picking(m.Task), func() app.UI {
			return &verdict{Trace: m.Trace, Link: m.LinkAt(0), Open: m.View.Sheet == page.Ending}
		}),
		when(!picking(m.Task), func() app.UI {
			return &playFoot{Scenario: m.Scenario, Defences: m.Defences, Sheet: m.View.Sheet, Locked: m.Locked()}
		}),
	)
	return []app.UI{
		&faceBar{Mode: "play", Play: link, Learn: page.LinkToCourse(m), Lesson: m.Scenario.Name, Title: m.Scenario.Title, Goal: goal, Lessons: lessons, Solved: m.SolvedGoals(), Last: m.Hand.Last, Present: page.LinkToPresent(m), More: m.View.Menu},
		node("main", "id=main", "class="+class, "data-sheet="+string(m.View.Sheet)).Body(body...),
	}
}

// top is what the challenge asks for, or what has just happened.
func top(m page.Model) app.UI {
	if m.Task.On() {
		return goalRowOf(m)
	}
	return &handTop{Trace: m.Trace, Step: m.Step}
}

// secret reports whether the result would tell what the challenge asks for.
func secret(t page.Task) bool { return t.On() && t.Kind() == script.MayPoint && !t.Solved() }

// picking reports whether a log is read, and no run is looked at.
func picking(t page.Task) bool { return t.On() && t.In != nil }

// desk are the browsers, the server and the script, or what the challenge has in their
// places.
func desk(m page.Model) []app.UI {
	if picking(m.Task) {
		return []app.UI{accessLog(m.Task.In), answerCard(m)}
	}
	out := []app.UI{
		liveWindow(m, event.Mallory).memo(),
		liveWindow(m, event.Alice).memo(),
		&operator{Trace: m.Trace, Step: m.Step, Open: m.View.Sheet == page.ServerInside, Bars: m.Bars(), Still: m.Task.On()},
	}
	if m.Task.On() && !m.Task.ByScript() {
		return append(out, answerCard(m))
	}
	return append(out, paneOf(m))
}

// liveWindow is the window of a person in which one can act.
func liveWindow(m page.Model, who string) window {
	n := min(m.Step+1, len(m.Trace.Frames))
	l := live{On: !m.Task.On() || m.Task.ByScript(), Menu: "", Bars: m.Bars()}
	if m.Hand.Cookie.Browser == who {
		l.Cookie = m.Hand.Cookie
	}
	switch who {
	case event.Mallory:
		l.Site = m.Hand.Site
	case event.Alice:
		l.Sits = m.Hand.Sits
		if m.Hand.Menu == page.HabitMenu {
			l.Menu, l.Habits = page.HabitMenu, m.Habits()
		}
	}
	l.Denied = m.Denied(who)
	sheet := page.MalloryInside
	if who == event.Alice {
		sheet = page.AliceInside
	}
	stolen := who == event.Mallory && n == len(m.Trace.Frames) && m.Trace.Verdict.Outcome.Hijack()
	return window{Trace: m.Trace, Taken: n, Name: who, Whole: true, Open: m.View.Sheet == sheet, Stolen: stolen, Live: l}
}

// handTop says what has just happened, and goes along the steps.
type handTop struct {
	app.Compo
	Trace *lab.Trace
	Step  int
}

func (h *handTop) Render() app.UI {
	t, n := h.Trace, len(h.Trace.Frames)
	says := []app.UI{app.Text(text.T("hand.empty"))}
	if n > 0 {
		f := t.Frames[h.Step]
		says = chips(t.Keys, f.Step.Caption)
		if f.Step.Caption == "" {
			if all := words.Happened(t, h.Step); len(all) > 0 {
				says = chips(t.Keys, all[0])
			}
		}
	}
	return el("div", "goal", node("p", "id=caption", "class=say grow").Body(says...))
}

// stepper goes along the steps.
type stepper struct {
	app.Compo
	Step, Of int
}

func (s *stepper) Render() app.UI {
	count := text.T("hand.no-steps")
	if s.Of > 0 {
		count = text.T("play.step", "n", s.Step+1, "of", s.Of)
	}
	move := func(id, symbol, label string, off bool, by int) app.UI {
		return node("button", "type=button", "id="+id, "class=btn icon plain", "aria-disabled="+yes(off), "aria-label="+label).Body(stroke(symbol)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.By(by)) }, app.EventScope(by))
	}
	return el("div", "stepper",
		node("span", "id=count", "class=count quiet t1").Text(count),
		move("back", "back", text.T("play.back"), s.Step == 0, -1),
		move("forward", "next", text.T("play.forward"), s.Step >= s.Of-1, 1),
	)
}

// operator is the server: its sessions, the line that the step is about, and what whoever
// runs it can do.
type operator struct {
	app.Compo
	Trace *lab.Trace
	Step  int
	Open  bool
	Bars  []string
	Still bool // nobody but the script does anything to it
}

func (o *operator) Render() app.UI {
	t := o.Trace
	body := []app.UI{el("div", "name", stroke("server"), txt("h2", "grow", words.ShopHost))}
	class := "servercard srow"
	if len(t.Frames) == 0 {
		body = append(body, txt("p", "quiet grow", text.T("store.none-yet")))
	} else {
		if serverActs(t.Frames[o.Step]) {
			class += " acts"
		}
		body = append(body, o.rows()...)
		body = append(body, el("span", "push"), opener(page.ServerInside, o.Open, "", text.T("store.more")))
	}
	act := func(name string, barredBy string, line string) app.UI {
		why := barred(o.Bars, barredBy)
		b := node("button", "type=button", "name="+name, "class=btn small", "aria-disabled="+yes(why != ""), "aria-description="+why).Text(text.T("operator." + name))
		if why != "" {
			return b
		}
		return b.OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Act{line}) }, app.EventScope(line))
	}
	if !o.Still {
		body = append(body, node("div", "class=row-of", "data-rove=row", "role=toolbar", "aria-label="+text.T("toolbar.server")).Body(act("deploy", "", "server deploy"), act("wait", "", "server wait 336h"), act("cache", "cache", "server cache")))
	}
	lines := []app.UI{el("div", "line", body...)}
	if len(t.Frames) > 0 {
		lines = append(lines, o.code(), el("div", "line wireline", o.wire()...))
	}
	return node("section", "class="+class, "aria-label="+text.T("store.of")).Body(lines...)
}

// rows are the sessions, those that have changed first.
func (o *operator) rows() []app.UI {
	rows := words.StoreRows(o.Trace, o.Step)
	if len(rows) == 0 {
		return []app.UI{txt("p", "quiet", storeEmpty(o.Trace))}
	}
	return []app.UI{storeTable(o.Trace, rows[:min(len(rows), 3)])}
}

// code is the line of the server that the step is about.
func (o *operator) code() app.UI {
	c, ok := codeAt(o.Trace, o.Step)
	if !ok {
		return nil
	}
	return el("div", "line codeline", txt("span", "t1 quiet nowrap", c.File+":"+strconv.Itoa(c.Lit)), txt("code", "grow", c.Lines[c.Lit-c.From]), txt("span", "note t1", c.State))
}

// wire is the message that says most about the session id.
func (o *operator) wire() []app.UI {
	m, line := carrier(o.Trace, o.Step+1)
	if m == nil {
		if all := words.Happened(o.Trace, o.Step); len(all) > 0 {
			return []app.UI{el("span", "t1", chips(o.Trace.Keys, all[0])...)}
		}
		return []app.UI{txt("span", "quiet t1", text.T("wire.nothing"))}
	}
	return append(carries(o.Trace, m, line), opener(page.Messages, false, text.T("http.show"), ""))
}
