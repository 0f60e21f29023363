//go:build !slim

package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
)

// presentView is what a class sees: a caption, and below it two browsers, or five lines of
// code, or what to vote on. Behind the blank there is nothing.
func presentView(m page.Model) app.UI {
	p := m.Present
	live := node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live)
	if len(p.Slides) == 0 {
		return node("div", "id=lab", "class=face wall", "data-slide=waiting").Body(node("main", "id=main", "class=slide").Body(captionOf(p, text.T("hand.playing"))), live)
	}
	class, name := "face wall", slideNames[p.Slide().Kind]
	if p.Shown() {
		class += " shown"
	}
	if p.Zoom != page.ZoomNone {
		class += " zoomed"
	}
	if p.Blank {
		return node("div", "id=lab", "class=face wall blanked", "data-slide=blank").Body(
			node("main", "id=main").Body(node("h1", "id=blank", "class=blank", "tabindex=-1").Text(text.T("say.blank.on"))), live)
	}
	return node("div", "id=lab", "class="+class, "data-slide="+name, "data-shown="+yes(p.Shown())).Body(
		node("main", "id=main", "class=slide of-"+name).Body(slide(m)...),
		cues(m),
		&notice{Text: m.Notice},
		live,
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Wall: wallKeys()},
	)
}

var slideNames = [...]string{"bet", "step", "ask", "code", "card", "answer", "own", "again", "take"}

// slide is the caption, and what stands below it.
func slide(m page.Model) []app.UI {
	p := m.Present
	switch p.Slide().Kind {
	case page.ShowsStep:
		return stepSlide(p)
	case page.ShowsAsk:
		return askSlide(p)
	case page.ShowsCode:
		return []app.UI{caption(p), lines(p, p.Slide().Step-1)}
	case page.ShowsCard:
		return cardSlide(p)
	case page.ShowsOwn:
		return ownSlide(m)
	case page.ShowsTake:
		return []app.UI{caption(p), next(p)}
	}
	return []app.UI{caption(p), votes(p)}
}

// caption is what stands on top; the focus comes to it.
func caption(p page.Present) app.UI { return captionOf(p, p.Caption()) }

func captionOf(p page.Present, says string) app.UI {
	var keys []string
	if p.Trace != nil && p.Slide().Kind == page.ShowsStep {
		keys = p.Trace.Keys
	}
	return el("div", "top", node("h1", "id=page-title", "class=say", "tabindex=-1").Body(inWords(keys, says)...))
}

// next says which lesson comes behind the last slide.
func next(p page.Present) app.UI {
	says := p.Next()
	if says == "" {
		says = text.T("present.over")
	}
	return el("div", "rest", txt("p", "t4 quiet", says))
}

// stepSlide is a step of the run, between two browsers. What the last one comes to is behind
// a curtain, and then stands on top.
func stepSlide(p page.Present) []app.UI {
	t, s := p.Trace, p.Slide()
	veiled := s.Last && !p.Shown()
	shown := func(name string) window {
		w := window{Trace: t, Taken: s.Step, Name: name}
		if veiled {
			w.Taken, w.Veil = s.Step-1, t.Frames[s.Step-1].Step.Browser()
			if t.Frames[s.Step-1].Step.Who == "server" {
				w.Veil = event.Mallory
			}
		}
		w.Stolen = s.Last && p.Shown() && name == event.Mallory && t.Verdict.Outcome.Hijack()
		return w
	}
	var stage []app.UI
	if p.Zoom == page.ZoomNone || p.Zoom == page.ZoomMallory {
		stage = append(stage, shown(event.Mallory).ui())
	}
	if p.Zoom == page.ZoomServer {
		stage = append(stage, serverCard{t, shown("").Taken}.ui())
	}
	if p.Zoom == page.ZoomNone || p.Zoom == page.ZoomAlice {
		stage = append(stage, shown(event.Alice).ui())
	}
	top := caption(p)
	if s.Last && p.Shown() {
		top = ended(p)
	}
	return []app.UI{top, el("div", "pstage", stage...)}
}

// ended says how the run ended, with the votes beside it.
func ended(p page.Present) app.UI {
	v := p.Trace.Verdict
	word, because := words.Ending(v)
	return node("section", "id=verdict", "class=result "+tone(v.Outcome), "data-outcome="+string(v.Outcome), "aria-labelledby=page-title").Body(
		stroke(outcomeStroke(v.Outcome)),
		el("div", "grow", node("h1", "id=page-title", "class=word", "tabindex=-1").Text(word), txt("p", "because", because)),
		tally(p),
	)
}

// cardSlide is something that might stop it: what it does, and how its run ended.
func cardSlide(p page.Present) []app.UI {
	_, c := p.Stop()
	head := el("div", "top", txt("p", "t3 quiet", p.CardAsk()), node("h1", "id=page-title", "class=say", "tabindex=-1").Text(c.Title), el("p", "t4", coded(c.Does)...))
	if !p.Shown() {
		return []app.UI{head, votes(p)}
	}
	word, why := page.CardEnds(c, p.Trace)
	o := p.Trace.Verdict.Outcome
	return []app.UI{head,
		node("section", "id=verdict", "class=result "+tone(o), "data-outcome="+string(o)).Body(stroke(outcomeStroke(o)),
			el("div", "grow", txt("p", "word", word), el("p", "because", coded(why)...)), tally(p)),
		el("div", "rest", holdings(p.Trace)),
	}
}

// cues are the buttons at the foot, for a hand without a clicker.
func cues(m page.Model) app.UI {
	p := m.Present
	cue := func(id, symbol, label string, c page.Cue) app.UI {
		return node("button", "type=button", "class=btn icon plain", "id="+id, "aria-label="+label).Body(stroke(symbol)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, c) }, app.EventScope(c))
	}
	s := p.Slide()
	reveal := text.T("present.reveal")
	if p.Shown() {
		reveal = text.T("present.hide")
	}
	return node("footer", "class=cues", "aria-label="+text.T("present.cues")).Body(
		cue("cue-back", "back", text.T("present.back"), page.Cue{Do: page.CueBack}),
		cue("cue-on", "next", text.T("present.on"), page.Cue{Do: page.CueOn}),
		// What is not on every slide has a place of its own there: else the focus would come from
		// one button to another as slides come and go.
		el("span", "spot", when(s.Hides() || s.Votes(), func() app.UI { return cue("cue-reveal", "eye", reveal, page.Cue{Do: page.CueReveal}) })),
		el("span", "spot", when(p.Zooms(), func() app.UI {
			return el("span", "zooms", each(4, func(i int) app.UI {
				return node("button", "type=button", "class=btn icon plain", "id=cue-zoom-"+strconv.Itoa(i), "aria-pressed="+yes(int(p.Zoom) == i), "aria-label="+text.T("present.enlarge."+[...]string{"all", "mallory", "server", "alice"}[i])).
					Body(stroke([...]string{"split", "mallory", "server", "alice"}[i])).
					OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Cue{Do: page.CueZoom, N: i}) }, app.EventScope(i))
			})...)
		})),
		el("span", "push"),
		el("span", "spot", when(p.Before != "", func() app.UI { return cue("cue-undo", "undo", text.T("present.undo"), page.Cue{Do: page.CueUndo}) })),
		cue("cue-anew", "reload", text.T("present.anew"), page.Cue{Do: page.CueAnew}),
		cue("cue-blank", "screen", text.T("present.blank"), page.Cue{Do: page.CueBlank}),
		node("button", "type=button", "class=btn icon plain", "id=cue-notes", "aria-label="+text.T("present.notes")).Body(stroke("doc")).OnClick(sends(page.OpenNotes{})),
		node("button", "type=button", "class=btn icon plain", "id=show-help", "aria-label="+text.T("app.help")).Body(stroke("help")).OnClick(sends(page.Help(true))),
		node("a", "class=btn icon plain", "id=cue-leave", "href=#"+page.LinkFromPresent(m), "aria-label="+text.T("present.leave")).Body(stroke("close")),
	)
}

// wallKeys are the keys for what is shown to a class.
func wallKeys() [][2]string {
	return [][2]string{
		{text.T("present.press.step"), text.T("present.key.step")},
		{"V", text.T("present.key.reveal")},
		{"1 2 3 0", text.T("present.key.zoom")},
		{"+ −", text.T("present.key.votes")},
		{text.T("present.press.blank"), text.T("present.key.blank")},
		{"N", text.T("present.key.notes")},
		{"P", text.T("present.key.leave")},
		{"?", text.T("keys.help")},
	}
}
