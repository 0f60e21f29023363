package view

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
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
	title := text.T("why.title")
	if b.Open {
		title = text.T("why.title-of", "word", words.Spaced(b.Trace.Verdict.Outcome))
		body = b.body()
	}
	return dialog("why", title, text.T("why.close"), b.close, body...)
}

func (b *because) close(ctx app.Context, _ app.Event) { send(ctx, page.Why(false)) }

func (b *because) body() []app.UI {
	t, v := b.Trace, b.Trace.Verdict
	w := b.Found
	return []app.UI{
		txt("h3", "", text.T("why.led")),
		el("ol", "numbers", each(len(v.Because), func(i int) app.UI {
			c := v.Because[i]
			return el("li", "", append([]app.UI{stepLink(b.Link, c.Frame, text.T("why.step", "n", c.Frame+1)), app.Text(": ")}, chips(t.Keys, c.Text)...)...)
		})...),
		b.evidence(),
		txt("h3", "", text.T("why.otherwise")),
		node("div", "id=but-for", "class=stack", "data-ready="+yes(w != nil)).Body(b.changes(w)...),
		when(w != nil && w.Needed > 0, func() app.UI { return b.attack(w) }),
		txt("p", "quiet", text.T("why.model")),
	}
}

// evidence is the event that decided.
func (b *because) evidence() app.UI {
	t, v := b.Trace, b.Trace.Verdict
	events := t.Frames[v.Frame].Events
	at := slices.IndexFunc(events, func(e event.Event) bool { return e.Seq == v.Event })
	step := stepLink(b.Link, v.Frame, text.T("why.at", "n", v.Frame+1))
	if at < 0 {
		return el("p", "", txt("strong", "", text.T("why.evidence")), app.Text(" "+text.T("why.whole")+" "), step, app.Text("."))
	}
	e := events[at]
	says := e.Text
	if e.Message != nil {
		says = e.Message.Start
	}
	out := []app.UI{txt("strong", "", text.T("why.evidence")), app.Text(" "), step, app.Text(", " + words.Person(e.Who) + ": ")}
	out = append(out, chips(t.Keys, says)...)
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
		return []app.UI{txt("p", "", b.Fault+" "+text.T("why.again"))}
	case w == nil:
		return []app.UI{txt("p", "", text.T("why.playing"))}
	case len(w.ByName) == 0:
		return b.causes(w)
	case len(w.Alone) == 0 && len(w.Together) == 0:
		return b.byName(w.ByName)
	}
	return append(b.causes(w), b.byName(w.ByName)...)
}

// causes lists what changes the outcome by what it does.
func (b *because) causes(w *survey.Why) []app.UI {
	switch {
	case len(w.Alone) == 1:
		return []app.UI{txt("p", "", text.T("why.one")), b.list(w.Alone)}
	case len(w.Alone) > 1:
		return []app.UI{txt("p", "", text.T("why.any", "n", len(w.Alone))), b.list(w.Alone)}
	case len(w.Together) == 0:
		return []app.UI{txt("p", "", text.T("why.nothing"))}
	}
	says := text.T("why.together")
	if first := w.Together[0].Throw; b.Trace.Defences.Has(first) {
		n := 0
		for _, d := range defence.All {
			if first.Has(d.Set) {
				n++
			}
		}
		says = text.T("why.each", "n", n)
	}
	return []app.UI{txt("p", "", says), b.list(w.Together)}
}

// byName lists what changes the outcome only as long as the script writes the old name, and
// says of each how the run ends with the new one.
func (b *because) byName(all []survey.Named) []app.UI {
	return []app.UI{
		el("p", "", said(text.Pieces("why.by-name"), func(text.Piece) []app.UI { return []app.UI{txt("code", "", all[0].Was)} })...),
		el("ul", "bullets", each(len(all), func(i int) app.UI {
			o := all[i]
			return el("li", "", b.item(o.Otherwise, el("span", "", said(text.Pieces("why.renamed"), func(p text.Piece) []app.UI {
				if p.Name == "what" {
					return []app.UI{endingOf(o.Ends)}
				}
				return []app.UI{txt("code", "", o.New)}
			})...), app.Text(" "))...)
		})...),
	}
}

func (b *because) list(all []survey.Otherwise) app.UI {
	return el("ul", "bullets", each(len(all), func(i int) app.UI { return el("li", "", b.item(all[i])...) })...)
}

// item says what the run comes to when switches are thrown, and more of it before the link.
func (b *because) item(o survey.Otherwise, more ...app.UI) []app.UI {
	var names []string
	for _, d := range defence.All {
		if !o.Throw.Has(d.Set) {
			continue
		}
		name := text.T("why.switch-on", "switch", d.Title)
		if b.Trace.Defences.Has(d.Set) {
			name = text.T("why.switch-off", "switch", d.Title)
		}
		names = append(names, name)
	}
	word, _ := endingWords(o.To)
	set := strings.Join(names, " "+text.T("notice.and")+" ")
	out := append([]app.UI{app.Text(set + ": "), endingOf(o.To), app.Text(". ")}, more...)
	return append(out, node("a", "href=#"+page.CompareLink(b.Link, b.Trace.Verdict.Frame, o.On), "class=link", "aria-label="+text.T("why.compare-with", "set", set, "what", word)).Text(text.T("why.compare")))
}

// endingOf is an ending as an icon and a word.
func endingOf(e survey.Ending) app.UI {
	word, symbol := endingWords(e)
	return el("span", "cell is-"+symbol, app.Text(word))
}

// attack is the script, with what the attack could do without struck out.
func (b *because) attack(w *survey.Why) app.UI {
	steps := b.Trace.Scenario.Steps
	says := text.T("why.all-needed", "n", w.Needed)
	if n := len(w.Needless); n > 0 {
		says = text.T("why.some-needed", "n", w.Needed, "of", w.Needed+n)
	}
	return el("div", "stack",
		txt("h3", "", text.T("why.needs")),
		txt("p", "", says),
		node("ol", "id=minimal", "class=numbers").Body(each(len(steps), func(i int) app.UI {
			line := steps[i].String()
			if slices.Contains(w.Needless, i) {
				return node("li", "data-needless=true").Body(el("s", "", chips(b.Trace.Keys, line)...), txt("em", "quiet", " "+text.T("why.not-needed")))
			}
			return el("li", "", txt("code", "", line))
		})...),
	)
}
