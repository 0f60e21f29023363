package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/event"
)

// because is the dialog behind the verdict: what led to it, what would have
// changed it, and what the attack could have done without.
type because struct {
	app.Compo
	Trace *lab.Trace
	Link  string
	Open  bool
	Found *survey.Why // nil while it is not known
	Fault string
}

func (b *because) Render() app.UI {
	var body []app.UI
	title := "Why?"
	if b.Open {
		word, _ := words.OutcomeWords(b.Trace.Verdict.Outcome)
		title = "Why " + strings.ToLower(word) + "?"
		body = b.body()
	}
	return node("dialog", "id=why", "class=help why", "aria-labelledby=why-title").On("close", b.closed).Body(
		el("div", "http-head",
			node("h2", "id=why-title").Text(title),
			node("button", "type=button", "class=close", "aria-label=Close").Body(icon("close")).OnClick(b.close),
		),
		node("div", "class=help-body", "data-scrolls=why", "role=group", "aria-labelledby=why-title").Body(body...),
	)
}

func (b *because) close(ctx app.Context, _ app.Event)  { send(ctx, page.Why(false)) }
func (b *because) closed(ctx app.Context, _ app.Event) { send(ctx, page.Why(false)) }

func (b *because) body() []app.UI {
	t, v := b.Trace, b.Trace.Verdict
	w := b.Found
	return []app.UI{
		txt("h3", "", "What led to it"),
		el("ol", "dots", each(len(v.Because), func(i int) app.UI {
			c := v.Because[i]
			return el("li", "", append([]app.UI{stepLink(b.Link, c.Frame, "Step "+strconv.Itoa(c.Frame+1)), app.Text(": ")}, rich(t.Keys, c.Text)...)...)
		})...),
		b.evidence(),
		txt("h3", "", "What would have changed it"),
		node("div", "id=but-for", "data-ready="+yes(w != nil)).Body(b.changes(w)...),
		when(w != nil && w.Needed > 0, func() app.UI { return b.attack(w) }),
		txt("p", "none", "All this is so in this model: it is read off runs of this very script, each played in full with other switches or without a step."),
	}
}

// evidence is the event that decided.
func (b *because) evidence() app.UI {
	t, v := b.Trace, b.Trace.Verdict
	events := t.Frames[v.Frame].Events
	at := slices.IndexFunc(events, func(e event.Event) bool { return e.Seq == v.Event })
	if at < 0 {
		return el("p", "", txt("strong", "", "Evidence: "), app.Text("the whole of "), stepLink(b.Link, v.Frame, "step "+strconv.Itoa(v.Frame+1)), app.Text("."))
	}
	e := events[at]
	text := e.Text
	if e.Message != nil {
		text = e.Message.Start
	}
	out := []app.UI{txt("strong", "", "Evidence: "), stepLink(b.Link, v.Frame, "step "+strconv.Itoa(v.Frame+1)), app.Text(", " + words.Person(e.Who) + ": ")}
	out = append(out, rich(t.Keys, text)...)
	if e.Refusal != nil {
		out = append(out, app.Text(" ("+e.Refusal.Why+")"))
	}
	if len(e.Code) > 0 {
		out = append(out, app.Text(", "), txt("code", "", e.Code[0].String()))
	}
	return el("p", "", out...)
}

// changes lists what would have changed the outcome.
func (b *because) changes(w *survey.Why) []app.UI {
	switch {
	case b.Fault != "":
		return []app.UI{txt("p", "", b.Fault+" Close this and open it again to try again.")}
	case w == nil:
		return []app.UI{txt("p", "", "The run is being played again, with other switches each time…")}
	case len(w.Alone) == 1:
		return []app.UI{txt("p", "", "One switch alone:"), b.list(w.Alone)}
	case len(w.Alone) > 1:
		return []app.UI{txt("p", "", "Any one of these "+strconv.Itoa(len(w.Alone))+" switches alone:"), b.list(w.Alone)}
	case len(w.Together) == 0:
		return []app.UI{txt("p", "", "Nothing: with every set of the switches that are explored it ends the same.")}
	}
	says := "No switch alone. These together do:"
	if first := w.Together[0].Throw; b.Trace.Defences.Has(first) {
		n := 0
		for _, d := range defence.All {
			if first.Has(d.Set) {
				n++
			}
		}
		says = "No switch alone: each of these " + strconv.Itoa(n) + " alone would do. Only without all of them it ends otherwise:"
	}
	return []app.UI{txt("p", "", says), b.list(w.Together)}
}

func (b *because) list(all []survey.Otherwise) app.UI {
	return el("ul", "dots", each(len(all), func(i int) app.UI {
		o := all[i]
		var names []string
		for _, d := range defence.All {
			if !o.Throw.Has(d.Set) {
				continue
			}
			state := "on"
			if b.Trace.Defences.Has(d.Set) {
				state = "off"
			}
			names = append(names, "“"+d.Title+"” "+state)
		}
		word, _ := endingWords(o.To)
		return el("li", "",
			app.Text(strings.Join(names, " and ")+": "),
			endingOf(o.To), app.Text(". "),
			node("a", "href=#"+page.CompareLink(b.Link, b.Trace.Verdict.Frame, o.On), "aria-label=Compare with "+strings.Join(names, " and ")+": "+word).Text("Compare"),
		)
	})...)
}

// endingOf is an ending as an icon and a word.
func endingOf(e survey.Ending) app.UI {
	word, symbol := endingWords(e)
	return el("span", "cell inline is-"+symbol, app.Text(word))
}

// attack is the script, with what the attack could do without struck out.
func (b *because) attack(w *survey.Why) app.UI {
	steps := b.Trace.Scenario.Steps
	says := "Every step of Mallory’s is needed: without any one of the " + strconv.Itoa(w.Needed) + " it ends otherwise."
	if n := len(w.Needless); n > 0 {
		says = strconv.Itoa(w.Needed) + " of Mallory’s " + strconv.Itoa(w.Needed+n) + " steps are needed. What is struck out can be left away, all of it at once, and the attack succeeds all the same."
	}
	return el("div", "",
		txt("h3", "", "What the attack needs"),
		txt("p", "", says),
		node("ol", "id=minimal", "class=dots").Body(each(len(steps), func(i int) app.UI {
			text := steps[i].String()
			if slices.Contains(w.Needless, i) {
				return node("li", "data-needless=true").Body(el("s", "", rich(b.Trace.Keys, text)...), txt("em", "", " not needed"))
			}
			return el("li", "", txt("code", "", text))
		})...),
	)
}
