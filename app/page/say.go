package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/defence"
)

// A Speak has the live region say a text, unless something newer has come up.
type Speak struct {
	N    int // counts what is to be said
	Text string
}

func (s Speak) lab(m Model) Model {
	if s.N == m.saying {
		m.Live = s.Text
	}
	return m
}

// news is what the live region says of m, which followed was, and whether that is
// news; "" says that nothing is to be said any more.
func (m Model) news(was Model) (says string, is bool) {
	switch {
	case m.Notice != "" && m.Notice != was.Notice:
		return m.Notice, true
	case was.Page != m.Page:
		return PageTitle(m), true
	case m.Page == "learn":
		return m.Learn.news(was.Learn)
	case m.Page != "":
		if say := PageOf(m.Page).say; say(m) != say(was) {
			return say(m), true
		}
	case was.Fragment() != m.Fragment():
		if !m.View.Playing || words.KeyMoment(m.Trace, m.Step) {
			return m.announcement(was), true
		}
	default:
		return m.View.news(was.View)
	}
	return "", false
}

// news says what has become of the way in which the lab is looked at.
func (v View) news(was View) (says string, is bool) {
	switch {
	case v.Blank && !was.Blank:
		return text.T("say.blank.on"), true
	case was.Blank && !v.Blank:
		return text.T("say.blank.off"), true
	case v.Projector && !was.Projector:
		return text.T("say.projector.on"), true
	case was.Projector && !v.Projector:
		return text.T("say.projector.off"), true
	}
	return "", false
}

// announcement tells of the step, or of what was switched and the verdict when that
// is what may have changed.
func (m Model) announcement(was Model) string {
	if len(m.Trace.Frames) == 0 {
		return text.T("hand.empty")
	}
	if was.Step != m.Step || was.Scenario.Name != m.Scenario.Name {
		return words.Announcement(m.Trace, m.Step)
	}
	var out []string
	for _, d := range defence.All {
		if on := m.Defences.Has(d.Set); on != was.Defences.Has(d.Set) {
			out = append(out, text.T("say.switch."+map[bool]string{true: "on", false: "off"}[on], "title", d.Title))
		}
	}
	if was.Scenario.Browser != m.Scenario.Browser {
		out = append(out, text.T("say.browser", "browser", words.InBrowser(m.Scenario.Browser)))
	}
	_, sentence := words.OutcomeWords(m.Trace.Verdict.Outcome)
	out = append(out, text.T("say.ends", "word", words.Spaced(m.Trace.Verdict.Outcome), "sentence", sentence))
	if costs := words.CostWords(m.Trace.Verdict); costs != "" {
		out = append(out, costs)
	}
	return strings.Join(out, " ")
}
