package page

import (
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// A LabMsg is a message to the lab, or to the page as a whole.
type LabMsg interface{ lab(Model) Model }

// The lab's cursor and its player.
type (
	Go        int      // to that frame
	By        int      // that many frames further
	Key       int      // to the next (1) or the previous (-1) key moment
	ToVerdict struct{} // to the step that decides, and the focus to the verdict
	Drag      int      // the slider's thumb is at that frame
	Rest      struct{} // the slider's thumb was let go, or a field was left
	Play      struct{} // play or pause
	Tick      int      // the player's next frame is due, by the clock of that number
	Pace      Speed    // the player's speed
)

func (g Go) lab(m Model) Model {
	m.Step = max(0, min(int(g), len(m.Trace.Frames)-1))
	m.View.Playing = false
	return m
}

func (b By) lab(m Model) Model { return Go(m.Step + int(b)).lab(m) }

func (k Key) lab(m Model) Model {
	last := len(m.Trace.Frames) - 1
	for i := m.Step + int(k); i >= 0 && i <= last; i += int(k) {
		if i == 0 || i == last || words.KeyMoment(m.Trace, i) {
			return Go(i).lab(m)
		}
	}
	m.View.Playing = false
	return m
}

func (ToVerdict) lab(m Model) Model { return Go(m.Trace.Verdict.Frame).lab(m) }
func (d Drag) lab(m Model) Model    { return Go(d).lab(m) }
func (Rest) lab(m Model) Model      { return m }

func (Play) lab(m Model) Model {
	if len(m.Trace.Frames) == 0 {
		return m
	}
	m.View.Playing = !m.View.Playing
	if m.View.Playing && m.Step == len(m.Trace.Frames)-1 {
		m.Step = 0
	}
	return m
}

func (t Tick) lab(m Model) Model {
	if !m.View.Playing || int(t) != m.beat {
		return m
	}
	m.Step = min(m.Step+1, len(m.Trace.Frames)-1)
	m.View.Playing = m.Step < len(m.Trace.Frames)-1
	return m
}

func (p Pace) lab(m Model) Model {
	m.View.Speed = max(Half, min(Speed(p), Double))
	return m
}

// What is played.
type (
	Open      string      // a lesson by name
	Flip      defence.Set // one switch
	SetRoute  string      // a route by name
	SetToken  string      // a source of the value by name
	SetJar    bool        // alice has been to the shop before
	SetServer string      // a profile's ID
	SetRules  cookie.Rules
	Reset     struct{} // the first step, as the lesson begins
)

func (o Open) lab(m Model) Model {
	s, err := scenarios.Get(string(o))
	if err != nil {
		return m.tell(err.Error() + ".")
	}
	m.Step, m.View.Playing = 0, false
	m.Hand = m.left()
	return m.play(s, m.Defences)
}

func (f Flip) lab(m Model) Model {
	if m.Locked() {
		return m.tell(text.T("goal.locked"))
	}
	return m.play(m.Scenario, m.Defences.Flip(defence.Set(f)))
}

func (r SetRoute) lab(m Model) Model {
	return m.arrange(func(s *script.Setup) { s.Route = string(r) })
}

func (t SetToken) lab(m Model) Model {
	return m.arrange(func(s *script.Setup) { s.Token = string(t) })
}

func (v SetJar) lab(m Model) Model {
	return m.arrange(func(s *script.Setup) { s.Visited = bool(v) })
}

func (p SetServer) lab(m Model) Model {
	if _, ok := server.ByID(string(p)); !ok {
		return m
	}
	return m.arrange(func(s *script.Setup) { s.Profile = string(p) })
}

func (r SetRules) lab(m Model) Model {
	if r < 0 || int(r) >= len(script.Browsers) {
		return m
	}
	return m.arrange(func(s *script.Setup) { s.Browser = cookie.Rules(r) })
}

func (Reset) lab(m Model) Model {
	m.View.Menu = false
	if m.Step == 0 && m.Defences == 0 && m.Scenario.Setup == m.Own {
		return m.tell(text.T("notice.at-start"))
	}
	m.Step, m.View.Playing = 0, false
	says := text.T("notice.reset")
	if m.Scenario.Setup != m.Own {
		says = text.T("notice.reset-own-way")
	}
	if s, err := scenarios.Arrange(m.Scenario, m.Own); err == nil {
		m = m.play(s, 0)
	}
	m.Step = 0
	m = m.tell(says)
	m.Undo = true
	return m
}

// play runs s under d and stays at the line of the script that was shown.
func (m Model) play(s *script.Scenario, d defence.Set) Model {
	r, err := m.Run.play(s, d)
	if err != nil {
		return m.tell(text.T("notice.lesson-unplayable", "why", err.Error()))
	}
	m.Run = r
	return m
}

func (m Model) arrange(change func(*script.Setup)) Model {
	if m.ByHand() {
		return m.rearrange(change)
	}
	r, err := m.Run.arrange(change)
	if err != nil {
		return m.tell(text.T("notice.setup-unplayable", "why", err.Error()))
	}
	m.Run = r
	return m
}

// How it is looked at.
type (
	Why         bool     // open or close what stands behind the verdict, at the step that decides
	Help        bool     // open or close the help
	ShowListing bool     // the server's source in the framework's own language
	Letters     bool     // single letters and digits are shortcuts
	Dismiss     struct{} // the notice
	Escape      struct{} // close, then stop
)

func (w Why) lab(m Model) Model {
	if m.View.Why == bool(w) {
		return m
	}
	if w {
		m = ToVerdict{}.lab(m)
		m.Because = m.Because.again()
	}
	m.View.Why = bool(w)
	return m
}

func (h Help) lab(m Model) Model        { m.View.Help = bool(h); return m }
func (l ShowListing) lab(m Model) Model { m.View.Listing = bool(l); return m }
func (l Letters) lab(m Model) Model     { m.View.Letters = bool(l); return m }
func (Dismiss) lab(m Model) Model       { return m.tell("") }

func (Escape) lab(m Model) Model {
	switch v := &m.View; {
	case v.Menu:
		v.Menu = false
	case m.Page == "" && m.Hand.Menu != "":
		m.Hand.Menu = ""
	case m.Page == "" && m.Hand.Cookie.Browser != "":
		m.Hand.Cookie = CookieForm{}
	case m.Page == "learn" && m.Learn.Menu:
		m.Learn.Menu = false
	case m.Page == "learn" && m.Learn.Term != "":
		m.Learn.Term = ""
	case m.Page != "":
		return m.tell("")
	case v.Sheet != NoSheet:
		v.Sheet = NoSheet
	case v.Playing:
		v.Playing = false
	case m.Notice != "":
		return m.tell("")
	}
	return m
}
