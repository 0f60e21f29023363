package page

import "fixlab/app/survey"

// Answers are a worker's.
type Answers []survey.Answer

func (a Answers) lab(m Model) Model {
	m.Explore, m.Because = m.Explore.take(a), m.Because.take(a)
	return m
}

// whyJob asks what stands behind the verdict of m's run.
func (m Model) whyJob() survey.Job {
	return survey.Job{Kind: survey.Reasoning, For: m.LinkAt(0), Play: m.Play()}
}

// work asks for what m shows and has not found out yet; was was shown before.
func (m Model) work(was Model) (Model, []Effect) {
	var out, more []Effect
	if p := PageOf(m.Page); p == nil {
		if m.View.Why {
			m.Because, out = m.Because.ask(m.whyJob())
		}
	} else if p.work != nil {
		m, out = p.work(m)
	}
	if was.Page == "explore" && m.Page != was.Page {
		m.Explore.asked = survey.Job{}
		more = []Effect{Release(survey.Exploring)}
	}
	return m, append(more, out...)
}
