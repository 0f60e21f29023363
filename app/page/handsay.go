package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
	"fixlab/lab/server"
)

// handSays is what the live region says of a script that the learner writes, after msg: what
// she did, what came of it, and how the run stands where that is another than before.
func (m Model) handSays(was Model, msg Msg) string {
	var out []string
	add := func(says string) { out = append(out, says) }
	switch msg.(type) {
	case TakeBack:
		add(text.T("say.undone"))
	case Again:
		add(text.T("say.redone"))
	case NewScript:
		add(text.T("say.new-script", "server", serverTitle(m.Scenario.Profile)))
	default:
		if _, hand := msg.(HandMsg); hand && !was.ByHand() && was.Page == "" {
			add(text.T("say.taken-over"))
			if gone := len(was.Trace.Frames) - 1 - was.Step; gone > 0 {
				add(text.T("say.gone", "n", gone))
			}
		}
	}
	add(m.saysStep(was))
	if m.Trace.Verdict.Outcome != was.Trace.Verdict.Outcome && len(m.Trace.Frames) > 0 {
		word, _, _ := words.SoFar(m.Trace.Verdict)
		add(text.T("say.so-far", "word", word))
	}
	return strings.Join(out, " ")
}

// saysStep says which step of a script is shown, what was done in it and what came of it.
func (m Model) saysStep(was Model) string {
	n := len(m.Trace.Frames)
	if n == 0 {
		return text.T("hand.empty")
	}
	f := m.Trace.Frames[m.Step]
	done := f.Step.Caption
	if done == "" {
		done = words.Spoken(m.Trace, words.Title(m.Trace, m.Step)) + "."
	}
	out := []string{text.T("say.step", "n", m.Step+1, "of", n, "what", done)}
	if b := m.stateOf(f.Step.Browser()); showsNew(was.stateOf(f.Step.Browser()), b) {
		out = append(out, text.T("say.page", "title", words.Visible(b.Title())))
	}
	for _, s := range words.Happened(m.Trace, m.Step) {
		out = append(out, words.Spoken(m.Trace, s))
	}
	return strings.Join(out, " ")
}

func serverTitle(id string) string {
	p, _ := server.ByID(id)
	return p.Title
}

// showsNew reports whether a browser shows another page than before.
func showsNew(was, is event.Browser) bool {
	return is.Title() != "" && (was.URL != is.URL || was.Title() != is.Title())
}

// news is what the live region says of the editor: that there are words to choose from, when
// they were asked for; and what is wrong, once she has stopped typing. And of a cookie's form,
// why it is not saved.
func (h Hand) news(was Hand, msg Msg) string {
	switch msg := msg.(type) {
	case Edit:
		switch {
		case !msg.Asked:
		case len(h.Words) == 0:
			return text.T("say.no-words")
		default:
			return text.T("say.words", "n", len(h.Words))
		}
	case SaveCookie:
		return h.Cookie.Fault
	case CheckWants:
		return h.checkedSays()
	case EditRests:
		if h.fault != "" && h.fault != was.fault {
			return h.fault
		}
	}
	return ""
}

// checkedSays says what the rows have come to, "" while they were not asked.
func (h Hand) checkedSays() string {
	var failed []Checked
	for _, c := range h.Checked {
		if c.Fault != "" {
			failed = append(failed, c)
		}
	}
	switch {
	case len(h.Checked) == 0:
		return ""
	case failed == nil:
		return text.T("script.says-held", "n", len(h.Checked))
	}
	return text.T("script.says-failed", "n", len(failed), "of", len(h.Checked), "row", failed[0].Row, "why", failed[0].Fault)
}

// faultSays is what is said of what is wrong with the text, "" for nothing.
func (h Hand) faultSays() string {
	if len(h.Faults) == 0 {
		return ""
	}
	f := h.Faults[0]
	says := text.T("script.line", "n", f.Line) + " " + f.Says
	if more := len(h.Faults) - 1; more > 0 {
		says += " " + text.T("say.more-faults", "n", more)
	}
	return says
}

// goalNews is what the live region says of the challenge, "" for nothing new.
func (m Model) goalNews(was Model) string {
	t, before := m.Task, was.Task
	switch {
	case !t.On() || m.Page != "":
		return ""
	case !before.On() || before.ID() != t.ID():
		return text.T("say.goal", "title", t.Challenge.Title, "what", t.Goal().Say)
	case t.Hints != before.Hints && t.Hints > 0:
		return text.T("goal.hint-n", "n", t.Hints) + " " + t.Goal().Hints[t.Hints-1]
	case t.tried == before.tried:
		return ""
	}
	says := t.Says()
	if t.ByRun() && before.tried > 0 && says == before.Says() { // it is judged at each act
		return ""
	}
	if n := t.Goal().Tries; n > 0 && !t.Solved() {
		says = text.T("goal.tries", "n", t.Tries, "of", n) + ". " + says
	}
	return says
}

// Says says what came of the last try.
func (t Task) Says() string {
	switch {
	case t.Solved():
		return text.T("say.solved")
	case t.Fault != "":
		return text.T("goal.unplayable", "why", t.Fault)
	case t.Verdict == nil:
		return ""
	}
	if part, _, ok := t.Missing(); ok {
		return text.T("goal.missing") + " " + part
	}
	return ""
}
