package view

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
)

// transport says what the step is about, and moves the cursor: one step, to an end,
// by itself, or to any step.
type transport struct {
	app.Compo
	Trace   *lab.Trace
	Step    int
	Playing bool
	Speed   page.Speed
}

func (t *transport) Render() app.UI {
	return el("div", "caption",
		node("p", "id=caption", "class=say").Body(chips(t.Trace.Keys, t.Trace.Frames[t.Step].Step.Caption)...),
		el("div", "steps", t.dots(), node("span", "id=count", "class=count").Text(t.count()), t.player()),
		el("div", "nextbtns",
			node("button", "type=button", "id=take-over", "class=btn").Text(text.T("play.take-over")).OnClick(sends(page.TakeOver{})),
			node("button", "type=button", "id=back", "class=btn icon l", "aria-label="+text.T("play.back")).Body(stroke("back")).OnClick(t.back),
			node("button", "type=button", "id=forward", "class=btn primary", "aria-disabled="+yes(t.Step == len(t.Trace.Frames)-1)).Body(app.Text(text.T("play.forward")), stroke("next")).OnClick(t.forward),
		),
	)
}

func (t *transport) count() string {
	return text.T("play.step", "n", t.Step+1, "of", len(t.Trace.Frames))
}

// dots are the steps: who acts, where a cookie or a row of the store changes, and
// which one decides. They are one stop of the Tab key.
func (t *transport) dots() app.UI {
	tr := t.Trace
	return dotList(len(tr.Frames)).Body(each(len(tr.Frames), func(i int) app.UI {
		return &stepDot{Trace: tr, I: i, At: 1 + min(max(i-t.Step, -1), 1)}
	})...)
}

// stepDot is one step: a button that goes there.
type stepDot struct {
	app.Compo
	Trace *lab.Trace
	I     int
	At    int // 0 before the current step, 1 the current one, 2 after it
}

func (d *stepDot) Render() app.UI {
	t, i := d.Trace, d.I
	class, li, current, note := dotClass(t, i), "step", "", ""
	if d.At < 2 {
		class += " done"
	}
	if d.At == 1 {
		current, li = "step", "step current"
	}
	if t.Verdict.Frame == i {
		li, note = li+" decides", text.T("play.decides")
	}
	return node("li", "class="+li, "data-step="+strconv.Itoa(i+1)).Body(
		node("button", "type=button", "class="+class, "aria-current="+current, "tabindex="+strconv.Itoa(tabOf(d.At == 1))).Body(
			el("span", "vh", txt("span", "n", strconv.Itoa(i+1)), app.Text(", "+words.Spoken(t, words.Title(t, i))+note)),
		).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Go(i)) }, app.EventScope(i)),
	)
}

// player plays the steps, and goes to any. First, Last and the slider are no stops of
// the Tab key: the dots with their keys do the same.
func (t *transport) player() app.UI {
	last := len(t.Trace.Frames) - 1
	play, symbol := text.T("play.play"), "play"
	if t.Playing {
		play, symbol = text.T("play.pause"), "pause"
	}
	pace := func(s page.Speed, name string) app.UI {
		return node("option", "value="+strconv.Itoa(int(s)), "selected="+yes(t.Speed == s)).Text(text.T("play.speed." + name))
	}
	end := func(id string, f app.EventHandler) app.UI {
		return node("button", "type=button", "id="+id, "class=btn icon plain", "tabindex=-1", "aria-label="+text.T("play.end."+id)).Body(stroke(id)).OnClick(f)
	}
	at := text.T("play.slider.at", "n", t.Step+1, "of", last+1, "title", words.Spoken(t.Trace, words.Title(t.Trace, t.Step)))
	return node("div", "class=transport", "role=group", "aria-label="+text.T("play.player")).Body(
		end("first", t.first),
		node("button", "type=button", "id=play", "class=btn small plain").Body(stroke(symbol), app.Text(play)).OnClick(t.play),
		end("last", t.last),
		node("input", "type=range", "id=slider", "tabindex=-1", "aria-label="+text.T("play.slider"), "min=1", "max="+strconv.Itoa(last+1), "step=1", "value="+strconv.Itoa(t.Step+1), "aria-valuetext="+at).
			OnInput(t.drag).OnChange(t.rest),
		el("label", "pace",
			txt("span", "vh", text.T("play.speed")),
			node("select", "id=speed", "class=pick").OnChange(t.pace).Body(pace(page.Half, "half"), pace(page.Normal, "normal"), pace(page.Double, "double")),
		),
	)
}

func (t *transport) first(ctx app.Context, _ app.Event)   { send(ctx, page.Go(0)) }
func (t *transport) back(ctx app.Context, _ app.Event)    { send(ctx, page.By(-1)) }
func (t *transport) play(ctx app.Context, _ app.Event)    { send(ctx, page.Play{}) }
func (t *transport) forward(ctx app.Context, _ app.Event) { send(ctx, page.By(1)) }
func (t *transport) last(ctx app.Context, _ app.Event)    { send(ctx, page.Go(len(t.Trace.Frames)-1)) }
func (t *transport) rest(ctx app.Context, _ app.Event)    { send(ctx, page.Rest{}) }

func (t *transport) drag(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(chosen(ctx)); err == nil {
		send(ctx, page.Drag(n-1))
	}
}

func (t *transport) pace(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(chosen(ctx)); err == nil {
		send(ctx, page.Pace(n))
	}
}
