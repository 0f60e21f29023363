package view

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// playView is the lab: any lesson, step by step, with every switch and every server,
// and with its result at once.
func playView(m page.Model, lessons []*script.Scenario) []app.UI {
	class := "play"
	if m.View.Sheet != page.NoSheet {
		class += " sheeted"
	}
	return []app.UI{
		&faceBar{Mode: "play", Play: m.LinkAt(m.Step), Learn: page.LinkToCourse(m), Lesson: m.Scenario.Name, Lessons: lessons, Solved: m.SolvedGoals(), Last: m.Hand.Last, Present: page.LinkToPresent(m), More: m.View.Menu},
		node("main", "id=main", "class="+class, "data-sheet="+string(m.View.Sheet)).Body(
			node("h1", "id=page-title", "class=vh", "tabindex=-1").Text(text.T("play.title")+": "+m.Scenario.Title),
			&transport{Trace: m.Trace, Step: m.Step, Playing: m.View.Playing, Speed: m.View.Speed},
			&playStage{Trace: m.Trace, Step: m.Step, Server: m.View.Sheet == page.ServerInside, Mallory: liveWindow(m, event.Mallory), Alice: liveWindow(m, event.Alice)},
			&sheet{Trace: m.Trace, Step: m.Step, Link: m.LinkAt(0), Which: m.View.Sheet, Listing: m.View.Listing},
			&setup{Scenario: m.Scenario, On: m.Scenario.Under(m.Defences), Open: m.View.Sheet == page.Arrangement},
			&switches{Defences: m.Defences, Asked: m.Trace.Asked, Open: m.View.Sheet == page.AllDefences, Groups: m.View.Groups, Locked: m.Locked()},
			&wireLine{Trace: m.Trace, Step: m.Step, Open: m.View.Sheet == page.Messages},
			&verdict{Trace: m.Trace, Link: m.LinkAt(0), Open: m.View.Sheet == page.Ending},
			&playFoot{Scenario: m.Scenario, Defences: m.Defences, Sheet: m.View.Sheet},
		),
	}
}

// playStage is Mallory's browser, the server and the wire, and Alice's browser.
type playStage struct {
	app.Compo
	Trace          *lab.Trace
	Step           int
	Server         bool // its inside is shown
	Mallory, Alice window
}

func (s *playStage) Render() app.UI {
	t, n := s.Trace, s.Step+1
	return el("div", "stage",
		s.Mallory.memo(),
		el("div", "middle", el("div", "mid", playServer{Trace: t, Step: s.Step, Open: s.Server}.ui()), wireOf(t, n, false)),
		s.Alice.memo(),
	)
}

// playServer is the server with its sessions and the lines of code that the step is
// about.
type playServer struct {
	Trace *lab.Trace
	Step  int
	Open  bool // its inside is shown
}

// mostRows is how many sessions the server's card has room for.
const mostRows = 2

func (s playServer) ui() app.UI {
	t, i := s.Trace, s.Step
	class := "servercard"
	if serverActs(t.Frames[i]) {
		class += " acts"
	}
	body := []app.UI{el("div", "name", stroke("server"), txt("h2", "grow", words.ShopHost), opener(page.ServerInside, s.Open, "", text.T("store.more")))}
	rows := words.StoreRows(t, i)
	slices.SortStableFunc(rows, func(a, b words.StoreRow) int { return late(a.Change) - late(b.Change) })
	if len(rows) == 0 {
		body = append(body, txt("p", "cell quiet", storeEmpty(t)))
	} else {
		body = append(body, storeTable(t, rows[:min(len(rows), mostRows)]))
	}
	if n := len(rows) - mostRows; n > 0 {
		body = append(body, txt("p", "cell quiet t1", text.T("store.rest", "n", n)))
	}
	return node("section", "class="+class, "aria-label="+text.T("store.of")).Body(append(body, s.code()...)...)
}

// late orders what has changed before what has not.
func late(c words.Change) int {
	if c == words.Same {
		return 1
	}
	return 0
}

// code are five lines around the one that the step is about.
func (s playServer) code() []app.UI {
	c, ok := codeAt(s.Trace, s.Step)
	if !ok {
		return nil
	}
	return []app.UI{c.lines(), txt("p", "t1 quiet at", c.Caption)}
}

// storeEmpty says why the store shows nothing.
func storeEmpty(t *lab.Trace) string {
	if len(t.Keys) > 0 || scenarios.KeepsRecords(t.Scenario.Profile) {
		return text.T("store.empty")
	}
	return text.T("store.none", "server", profileTitle(t))
}

// opener is the button that opens or closes a sheet; without a title its icon is all
// that is seen.
func opener(of page.Sheet, open bool, title, label string) app.UI {
	class := "btn small plain"
	if title == "" {
		class = "btn icon plain more"
	}
	b := node("button", "type=button", "class="+class, "id="+of.Opener(), "aria-expanded="+yes(open), "aria-label="+label).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Show(of)) }, app.EventScope(string(of)))
	if title == "" {
		return b.Body(stroke("more"))
	}
	return b.Body(app.Text(title), stroke("next"))
}

// wireLine is the line that carried the session id in the step.
type wireLine struct {
	app.Compo
	Trace *lab.Trace
	Step  int
	Open  bool // all messages are shown
}

func (l *wireLine) Render() app.UI {
	t := l.Trace
	m, line := carrier(t, l.Step+1)
	body := []app.UI{}
	if m == nil {
		for n, s := range words.Happened(t, l.Step) {
			if n == 0 {
				body = append(body, el("span", "grow", chips(t.Keys, s)...))
			}
		}
	} else {
		body = carries(t, m, line)
	}
	return el("div", "msg", append(body, opener(page.Messages, l.Open, text.T("http.show"), ""))...)
}

// playFoot are the switches that belong to the lesson, and what it is played with.
type playFoot struct {
	app.Compo
	Scenario *script.Scenario
	Defences defence.Set
	Sheet    page.Sheet
	Locked   bool // a challenge is answered otherwise
}

func (f *playFoot) Render() app.UI {
	first := page.First(f.Scenario)
	body := []app.UI{txt("h2", "quiet", text.T("defences.title"))}
	for _, d := range first {
		own := f.Scenario.On.Has(d.Set) // nobody can throw it
		body = append(body, &firstSwitch{Set: d.Set, On: own || f.Defences.Has(d.Set), Own: own, Locked: f.Locked})
	}
	all := text.T("defences.all", "n", len(defence.All))
	if n := f.Defences.Len(); n > 0 {
		all += ", " + text.T("defences.on", "n", n)
	}
	body = append(body, opener(page.AllDefences, f.Sheet == page.AllDefences, all, ""), el("span", "push"))
	var picked []app.UI
	for _, s := range briefly(f.Scenario, f.Defences) {
		picked = append(picked, txt("span", "", s))
	}
	body = append(body, node("button", "type=button", "class=btn small plain picked", "id=show-setup", "aria-expanded="+yes(f.Sheet == page.Arrangement)).
		Body(append(picked, stroke("down"))...).OnClick(arrange))
	return el("div", "foot", body...)
}

func arrange(ctx app.Context, _ app.Event) { send(ctx, page.Show(page.Arrangement)) }

// firstSwitch is one of the switches that are seen at once.
type firstSwitch struct {
	app.Compo
	Set    defence.Set
	On     bool
	Own    bool // the server is built so
	Locked bool // a challenge is answered otherwise
}

func (s *firstSwitch) Render() app.UI {
	d := s.Set.Infos()[0]
	return node("button", "type=button", "class=switch", "role=switch", "id=first-"+d.Name, "aria-checked="+yes(s.On), "aria-disabled="+yes(s.Own || s.Locked), "aria-description="+s.why()).Text(d.Title).OnClick(s.flip)
}

// why says why it cannot be thrown, "" where it can.
func (s *firstSwitch) why() string {
	switch {
	case s.Own:
		return text.T("defences.own")
	case s.Locked:
		return text.T("goal.locked")
	}
	return ""
}

func (s *firstSwitch) flip(ctx app.Context, _ app.Event) {
	if !s.Own && !s.Locked {
		send(ctx, page.Flip(s.Set))
	}
}

// playFace is Play with what stands around it.
func playFace(m page.Model, lessons []*script.Scenario, why app.UI) app.UI {
	class := "face app playing"
	view := playView
	if m.ByHand() || m.Task.On() {
		view = handsView
		class += " byhand"
	}
	return node("div", "id=lab", "class="+class, "data-ready=true", "data-step="+strconv.Itoa(m.Step+1)).Body(append(view(m, lessons),
		&notice{Text: m.Notice, Undo: m.Undo},
		node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live),
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Profile: m.Scenario.Profile},
		why,
	)...)
}
