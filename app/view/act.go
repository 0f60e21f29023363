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
	"fixlab/lab/event"
)

// actView is a run as the learner plays it: Mallory on the left, Alice on the right,
// the server between them. At the end stands the result.
func actView(l page.Learn) []app.UI {
	t, n := l.Trace, l.Step
	mine := !l.Ended() && t.Frames[n].Step.Who == event.Mallory
	stage := el("div", "stage",
		window{Trace: t, Taken: n, Name: event.Mallory, Next: mine && t.Frames[n].Step.Browser() == event.Mallory, Stolen: l.Ended() && t.Verdict.Outcome.Hijack()}.memo(),
		el("div", "middle", el("div", "mid", &memo[serverCard]{Part: serverCard{t, n}}), wireOf(t, n, l.Ended())),
		window{Trace: t, Taken: n, Name: event.Alice, Next: mine && t.Frames[n].Step.Browser() == event.Alice}.memo(),
	)
	if l.Ended() {
		return []app.UI{resultBand(l), stage, el("div", "foot", steps(l), el("span", "push"), again(l), nextButton(afterResult(l)))}
	}
	return []app.UI{captionBand(l, mine), stage, messageLine(t, n), el("div", "foot", yourBet(l), pointer(l))}
}

// captionBand says what has just happened, and leads on.
func captionBand(l page.Learn, mine bool) app.UI {
	say := strings.TrimSpace(text.T("act.begin") + " " + aboutRun(l))
	if l.Step > 0 {
		say = l.Trace.Frames[l.Step-1].Step.Caption
	}
	var next app.UI
	if !mine {
		next = nextButton(text.T("act.as", "who", words.Person(l.Trace.Frames[l.Step].Step.Who), "act", words.Act(l.Trace, l.Step)))
	}
	return el("div", "caption",
		el("p", "say", withTerms(l, say)...),
		steps(l),
		el("div", "nextbtns", backButton(), next),
		explained(l),
	)
}

// nextButton is the way on.
func nextButton(label string) app.UI {
	return node("button", "type=button", "class=btn primary", "id=next").Body(app.Text(label), stroke("next")).OnClick(onward)
}

func backButton() app.UI {
	return node("button", "type=button", "class=btn icon l", "id=back", "aria-label="+text.T("learn.back")).Body(stroke("back")).OnClick(backward)
}

// ways are the buttons that lead away from what stands before them in the page; they
// are drawn beside its head.
func ways(buttons ...app.UI) app.UI { return el("div", "nextbtns apart", buttons...) }

func again(l page.Learn) app.UI {
	return node("button", "type=button", "class=btn", "id=again").Text(text.T("learn.again")).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.ToStep(0)) })
}

// dotList is the list of n dots, without them. Many have less room.
func dotList(n int) app.HTMLElem {
	class := "dots"
	if n >= 10 {
		class += " many"
	}
	if n >= 12 {
		class += " most"
	}
	return node("ol", "class="+class, "id=steps", "aria-label="+text.T("learn.steps"))
}

// steps are the dots: who acts, and where a cookie or a row of the store changes.
func steps(l page.Learn) app.UI {
	t := l.Trace
	flagged := l.Made(l.At().N).Where
	dots := each(len(t.Frames), func(i int) app.UI {
		n := i + 1
		return &memo[dot]{Part: dot{Trace: t, I: i, Flagged: n == flagged, Done: n <= l.Step, Current: n == l.Step, Stop: n == max(1, l.Step)}}
	})
	return el("div", "counted",
		dotList(len(dots)).Body(dots...),
		txt("span", "count", text.T("learn.count", "n", l.Step, "of", len(t.Frames))),
		node("span", "class=dotkey quiet", "aria-hidden=true").Text(text.T("learn.legend")))
}

// dot is a step among the others.
type dot struct {
	Trace   *lab.Trace
	I       int
	Flagged bool // it settles the run, says the bet
	Done    bool // it was taken
	Current bool // and last
	Stop    bool // it is the stop of the Tab key
}

func (d dot) ui() app.UI {
	t, i := d.Trace, d.I
	class, current, label := dotClass(t, i), "", dotLabel(t, i)
	if d.Flagged {
		class += " flagged"
		label = text.T("learn.dot.flagged", "dot", label)
	}
	if d.Done {
		class += " done"
	}
	if d.Current {
		current = "step"
	}
	return elem("li").Body(node("button", "type=button", "class="+class, "id="+page.DotID(i+1), "aria-current="+current, "aria-label="+label, "tabindex="+strconv.Itoa(tabOf(d.Stop))).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.ToStep(i+1)) }, app.EventScope(i)))
}

// dotClass is what a dot looks like in Learn and in Play: who acts, and whether a cookie
// or a row of the store changes.
func dotClass(t *lab.Trace, i int) string {
	class := "dot " + [...]string{"m", "s", "a"}[words.Acting(t, i)]
	if changes(t, i) {
		class += " key"
	}
	return class
}

// dotLabel says what a dot shows by its colour and its shape.
func dotLabel(t *lab.Trace, i int) string {
	step, who := text.T("learn.step", "n", i+1, "of", len(t.Frames)), text.T("store.of")
	switch words.Acting(t, i) {
	case words.Attacker:
		who = words.Person(event.Mallory)
	case words.Victim:
		who = words.Person(event.Alice)
	}
	if changes(t, i) {
		return text.T("learn.dot.changes", "step", step, "who", who)
	}
	return text.T("learn.dot", "step", step, "who", who)
}

func tabOf(on bool) int {
	if on {
		return 0
	}
	return -1
}

// changes reports whether step i changes a jar or the store.
func changes(t *lab.Trace, i int) bool {
	return slices.ContainsFunc(t.Frames[i].Events, func(e event.Event) bool { return e.Kind == event.Stored }) ||
		slices.ContainsFunc(words.StoreRows(t, i), func(r words.StoreRow) bool { return r.Change != words.Same })
}

// serverCard shows the server's sessions after some steps.
type serverCard struct {
	Trace *lab.Trace
	Taken int
}

func (c serverCard) ui() app.UI {
	t, n := c.Trace, c.Taken
	class := "servercard"
	var rows []words.StoreRow
	if n > 0 {
		rows = words.StoreRows(t, n-1)
		if serverActs(t.Frames[n-1]) {
			class += " acts"
		}
	}
	body := []app.UI{txt("h2", "vh", text.T("store.of")), el("div", "name", stroke("server"), app.Text(words.ShopHost))}
	if len(rows) > 0 {
		body = append(body, storeTable(t, rows))
	} else {
		body = append(body, txt("p", "cell quiet", storeEmpty(t)))
	}
	return node("section", "class="+class, "aria-label="+text.T("store.of")).Body(body...)
}

// serverActs reports whether the server does something in the frame.
func serverActs(f lab.Frame) bool {
	return f.Step.Who == "server" || slices.ContainsFunc(f.Events, func(e event.Event) bool { return e.Who == words.ShopHost })
}

func storeTable(t *lab.Trace, rows []words.StoreRow) app.UI {
	return node("table", "class=store", "id=store").Body(
		txt("caption", "vh", text.T("store.title")),
		el("thead", "", el("tr", "", node("th", "scope=col").Text(text.T("store.session")), node("th", "scope=col").Text(text.T("store.owner")))),
		el("tbody", "", each(len(rows), func(i int) app.UI {
			r, class, size := rows[i], "", ""
			if r.Change != words.Same {
				class = "changed"
			}
			if r.Change == words.Deleted {
				size = "gone"
			}
			owner := []app.UI{app.Text(ownerWords(r.User))}
			switch {
			case r.Change == words.Changed && !r.UserDiff:
				owner = append(owner, app.Text(" "), txt("span", "tag", text.T("store.other")))
			case r.Change != words.Same:
				owner = append(owner, app.Text(" "), txt("span", "tag", text.T("change."+string(r.Change))))
			}
			return el("tr", class, el("td", "", rowKey(t.Keys, r.Key, size)), el("td", "", owner...))
		})...),
	)
}

func rowKey(keys []string, k, size string) app.UI {
	if n := slices.Index(keys, k); n >= 0 {
		return key(n+1, size)
	}
	return txt("code", "", words.Short(k))
}

func ownerWords(user string) string {
	if user == "" {
		return text.T("store.nobody")
	}
	return user
}

// messageLine is the line that carried the session id in the step that was taken last.
func messageLine(t *lab.Trace, n int) app.UI {
	m, line := carrier(t, n)
	if m == nil {
		return el("div", "msg")
	}
	return el("div", "msg", carries(t, m, line)...)
}

// carries shows a message by its first line and the one that carries the session id.
func carries(t *lab.Trace, m *event.Message, line string) []app.UI {
	return []app.UI{
		txt("span", "quiet nowrap", text.T("wire.ends", "from", words.Person(m.From), "to", words.Person(m.To))),
		el("code", "grow", append(append(chips(t.Keys, m.Start), app.Text("\u2002")), chips(t.Keys, line)...)...),
	}
}

// afterResult says what comes after the result of a run.
func afterResult(l page.Learn) string {
	switch next := page.Stages(l.Lesson)[l.Stage+1]; next.Kind {
	case page.AtAsk:
		return text.T("learn.which-" + l.Lesson.Course.Asks[next.N].Point.Kind.String())
	case page.AtStop:
		if l.Lesson.Course.Stops[next.N].Ask == "" {
			return text.T("stop.ask")
		}
	}
	return text.T("learn.on")
}
