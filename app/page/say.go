package page

import (
	"strings"

	"fixlab/app/words"
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
func (m Model) news(was Model) (text string, is bool) {
	switch {
	case m.Notice != "" && m.Notice != was.Notice:
		return m.Notice, true
	case was.Page != m.Page:
		return PageTitle(m), true
	case m.Page != "":
		if say := PageOf(m.Page).say; say(m) != say(was) {
			return say(m), true
		}
	case was.Fragment() != m.Fragment():
		if !m.View.Playing || words.KeyMoment(m.Trace, m.Step) {
			return m.announcement(was), true
		}
	}
	return "", false
}

// announcement tells of the step, or of the verdict when that is what may have
// changed.
func (m Model) announcement(was Model) string {
	if was.Step == m.Step && was.Scenario.Name == m.Scenario.Name {
		run := "This run"
		if was.Scenario.Browser != m.Scenario.Browser {
			run += ", " + words.InBrowser(m.Scenario.Browser) + ","
		}
		word, sentence := words.OutcomeWords(m.Trace.Verdict.Outcome)
		return strings.TrimSuffix(run+" ends: "+word+". "+sentence+" "+words.CostWords(m.Trace.Verdict), " ")
	}
	return words.Announcement(m.Trace, m.Step)
}
