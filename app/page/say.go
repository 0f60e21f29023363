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
		m.Live, m.unsaid = s.Text, ""
	}
	return m
}

// news is what the live region says of m, which followed was by msg, and whether that is
// news; "" says that nothing is to be said any more. What is told besides follows on it in
// a script that the learner writes; anywhere else it stands for all.
func (m Model) news(was Model, msg Msg) (says string, is bool) {
	says, is = m.changes(was, msg)
	if editor := m.Hand.news(was.Hand, msg); editor != "" {
		says, is = editor, true
	}
	if m.told != was.told {
		if !m.ByHand() || !is {
			says = ""
		}
		says, is = strings.TrimSpace(says+" "+m.Notice), true
	}
	if goal := m.goalNews(was); goal != "" {
		if _, rests := msg.(GoalRests); rests && !is { // what is judged is not said yet
			says = m.unsaid
		}
		says, is = strings.TrimSpace(says+" "+goal), true
	}
	return says, is
}

// changes is what the live region says of what is shown.
func (m Model) changes(was Model, msg Msg) (says string, is bool) {
	switch {
	case was.Page != m.Page && m.ByHand():
		return text.T("say.script", "title", words.Visible(m.Scenario.Title)) + " " + m.handSays(was, msg), true
	case was.Page != m.Page:
		return PageTitle(m), true
	case m.Page != "":
		p := PageOf(m.Page)
		if p.news != nil {
			return p.news(m, was)
		}
		if p.say(m) != p.say(was) {
			return p.say(m), true
		}
	case m.ByHand() && was.Hand.Drafting && !m.Hand.Drafting && was.Scenario == m.Scenario:
		return text.T("say.undone"), true
	case m.ByHand() && was.Scenario != m.Scenario:
		return m.handSays(was, msg), true
	case was.Fragment() != m.Fragment():
		if !m.View.Playing || words.KeyMoment(m.Trace, m.Step) {
			return m.announcement(was), true
		}
	}
	return "", false
}

// announcement tells of the step, or of what was switched and the verdict when that
// is what may have changed.
func (m Model) announcement(was Model) string {
	if len(m.Trace.Frames) == 0 {
		return text.T("hand.empty")
	}
	if m.ByHand() && was.Step != m.Step {
		return m.saysStep(was)
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
