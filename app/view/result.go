package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// resultBand says across the page how the run ended, with the bet beside it.
func resultBand(l page.Learn) app.UI {
	v := l.Trace.Verdict
	word, sentence := words.Ending(v)
	made := l.Made(l.At().N)
	return node("section", "id=verdict", "class=result "+tone(v.Outcome), "data-outcome="+string(v.Outcome), "tabindex=-1", "aria-labelledby=verdict-word").Body(
		stroke(outcomeStroke(v.Outcome)),
		el("div", "grow", node("h2", "class=word", "id=verdict-word").Text(word), txt("p", "because", sentence)),
		when(made.Option != "", func() app.UI {
			return el("div", "said", txt("p", "t1", text.T("bet.said")), txt("p", "t3 strong", betWords(made)), txt("p", "t1", l.BetTruth()))
		}),
	)
}

// tone is the colour of an outcome: red for a harm, green for none, else neither.
func tone(o event.Outcome) string {
	switch o {
	case event.Defended:
		return "good"
	case event.NoAttack, event.NotApplicable, "":
		return "open"
	}
	return "bad"
}

func outcomeStroke(o event.Outcome) string {
	switch {
	case o.Hijack(), o == event.Forged, o == event.Impersonated:
		return "open"
	case o == event.Defended:
		return "shield"
	case o == event.Trapped, o == event.Exposed, o == event.Poisoned:
		return "turn"
	case o == event.NoAttack, o == event.NotApplicable, o == "":
		return "minus"
	}
	return "warn"
}

// outcomeTag is an outcome in a line.
func outcomeTag(v event.Verdict) app.UI {
	word, _ := words.Ending(v)
	return el("span", "outcome "+tone(v.Outcome), stroke(outcomeStroke(v.Outcome)), app.Text(word))
}

// shopCookies returns the session ids in a browser's cookies for the shop after the
// last step, oldest first, by number.
func shopCookies(t *lab.Trace, name string) []int {
	var out []int
	for _, e := range t.Frames[len(t.Frames)-1].State.Browser(name).Jar {
		if strings.TrimSpace(e.Name) != t.Cookie {
			continue
		}
		if n := keyIn(t.Keys, e.Value); n > 0 {
			out = append(out, n)
		}
	}
	return out
}
