//go:build !slim

package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
)

// votes are the options with the hands of the class: a field with a button on each side. On
// the wall no number is seen before V; who counts hears each, and the notes show them.
func votes(p page.Present) app.UI {
	options := p.Options()
	now, first := p.Counts()
	class := "votes n" + strconv.Itoa(len(options))
	if !p.Slide().Votes() {
		return el("div", "rest", tally(p))
	}
	return node("div", "class="+class, "role=group", "aria-label="+text.T("present.vote")).Body(each(len(options), func(i int) app.UI {
		return voteLine(p, i, options[i], now, first)
	})...)
}

func voteLine(p page.Present, i int, option string, now, first []int) app.UI {
	class := "vote"
	if p.Holds() == i {
		class += " holds"
	}
	more := func(name, symbol, label string, by int) app.UI {
		return node("button", "type=button", "class=btn icon", "id="+name+"-"+strconv.Itoa(i+1), "aria-label="+label).Body(stroke(symbol)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Cue{Do: page.CueMore, N: i, To: by}) }, app.EventScope(i, by))
	}
	body := []app.UI{
		el("span", "option", when(p.Holds() == i, func() app.UI { return stroke("check") }), app.Text(option), when(p.Holds() == i, func() app.UI { return txt("span", "vh", " "+text.T("present.holds")) })),
		more("less", "minus", text.T("present.vote-less", "option", option), -1),
		el("span", "box",
			node("input", "type=text", "inputmode=numeric", "autocomplete=off", "maxlength=3", "class=input", "id="+page.VoteField(i), "aria-label="+text.T("present.vote-for", "option", option)).
				OnClick(func(ctx app.Context, _ app.Event) { ctx.JSSrc().Call("select") }). // what is typed is the count, whatever stood there
				OnInput(func(ctx app.Context, _ app.Event) { typedVotes(ctx, i) }, app.EventScope(i)),
			when(now[i] > 0 && !p.Shown(), func() app.UI { return node("span", "class=counted", "aria-hidden=true").Body(stroke("check")) }),
		),
		more("more", "plus", text.T("present.vote-more", "option", option), 1),
	}
	if p.Shown() {
		body = append(body, bar(now[i], now))
		if page.Voted(now) && page.Voted(first) {
			body = append(body, txt("span", "was", text.T("present.was", "n", first[i], "difference", page.Difference(first[i], now[i]))))
		}
	}
	return node("div", "class="+class, "data-votes="+strconv.Itoa(i+1)).Body(body...).OnKeyDown(func(ctx app.Context, e app.Event) {
		by := map[string]int{"+": 1, "-": -1}[e.Get("key").String()]
		if by != 0 && !e.Get("ctrlKey").Truthy() && !e.Get("metaKey").Truthy() && !e.Get("altKey").Truthy() {
			e.PreventDefault()
			send(ctx, page.Cue{Do: page.CueMore, N: i, To: by})
		}
	}, app.EventScope(i))
}

// typedVotes takes the digits that stand in a field.
func typedVotes(ctx app.Context, i int) {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, chosen(ctx))
	n, _ := strconv.Atoi("0" + digits)
	send(ctx, page.Cue{Do: page.CueVote, N: i, To: n})
}

// bar draws a count among all of them.
func bar(n int, all []int) app.UI {
	most := 1
	for _, v := range all {
		most = max(most, v)
	}
	return with(svg("svg"), "class=bar-of", "viewBox=0 0 100 8", "preserveAspectRatio=none", "aria-hidden=true").Body(
		with(svg("rect"), "width="+strconv.Itoa(100*n/most), "height=8"))
}

// tally are the votes beside a result: nothing where nobody voted.
func tally(p page.Present) app.UI {
	options := p.Options()
	now, _ := p.Counts()
	voted := page.Voted(now)
	if !voted && p.Holds() < 0 || len(options) == 0 {
		return nil
	}
	return node("dl", "class=tally", "aria-label="+text.T("present.votes")).Body(each(len(options), func(i int) app.UI {
		class := ""
		if p.Holds() == i {
			class = "holds"
		}
		return el("div", class,
			el("dt", "", when(p.Holds() == i, func() app.UI { return stroke("check") }), app.Text(options[i]), when(p.Holds() == i, func() app.UI { return txt("span", "vh", " "+text.T("present.holds")) })),
			when(voted, func() app.UI { return txt("dd", "", strconv.Itoa(now[i])) }),
			when(voted, func() app.UI { return el("dd", "", bar(now[i], now)) }),
		)
	})...)
}
