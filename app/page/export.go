package page

import (
	"fixlab/app/export"
	"fixlab/app/text"
	"fixlab/scenarios"
)

type (
	// An Export gives the run to the learner as a file: "har", "mermaid" or "md".
	Export string
	// RememberRun keeps the run as it is, to compare another one with it.
	RememberRun struct{}
	// CompareRemembered shows the run beside the one that was kept.
	CompareRemembered struct{}
)

func (Export) hand(m Model) Model { m.Hand.Menu = ""; return m }

// file returns the name and the text of the export.
func (e Export) file(m Model) (name, body string) {
	switch e {
	case "har":
		return "run.har", export.HAR(m.Trace)
	case "mermaid":
		return "run.mmd", export.Mermaid(m.Trace)
	}
	return "run.md", export.Markdown(m.Trace)
}

func (RememberRun) hand(m Model) Model {
	m.Hand.Menu = ""
	m.Hand.Kept = m.Run.Play()
	return m.tell(text.T("script.remembered"))
}

func (CompareRemembered) hand(m Model) Model {
	m.Hand.Menu = ""
	kept := m.Hand.Kept
	if kept == (scenarios.Play{}) {
		return m.tell(text.T("script.remember-first"))
	}
	return Follow(BesideLink(m.Run.Play(), kept)).lab(m)
}
