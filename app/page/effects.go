package page

import (
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/app/words"
)

// sayAfter is how long the live region waits for something newer to say.
const sayAfter = 400 * time.Millisecond

// The player waits for a look at the stage and for the words of the step, at the
// pace of silent reading (Brysbaert 2019: 238 words a minute).
const (
	aLook = time.Second
	aWord = time.Minute / 238
)

// pause is how long the player stays at the current step.
func (m Model) pause() time.Duration {
	said := m.Trace.Frames[m.Step].Step.Caption
	if happened := words.Happened(m.Trace, m.Step); len(happened) > 0 {
		said += " " + happened[0]
	}
	wait := (aLook + time.Duration(len(strings.Fields(said)))*aWord).Round(time.Millisecond)
	switch m.View.Speed {
	case Half:
		return 2 * wait
	case Double:
		return wait / 2
	}
	return wait
}

// effects returns what going from was to m by msg has the browser do, with m's
// counters of the player's clocks and of what was said.
func (m Model) effects(was Model, msg Msg) (Model, []Effect) {
	var out []Effect
	if v, ok := m.visit(was, msg); ok {
		out = append(out, v)
	}
	out = append(out, m.settings(was)...)
	out = append(out, m.Learn.keepClass(was.Learn)...)
	if m.Learn.Progress.changes != was.Learn.Progress.changes {
		out = append(out, StoreProgress(m.Learn.Progress.String()))
	}
	m, out = m.clock(was, msg, out)
	if _, forget := msg.(Forget); forget && was.Learn.Forgets {
		out = append(out, Store{unreadSetting, ""})
	}
	if _, save := msg.(SaveProgress); save {
		out = append(out, Download{"fixation-lab.json", m.Learn.Progress.String()})
	}
	m, more := m.handEffects(was, msg)
	out = append(out, more...)
	if id := m.learnFocus(was, msg); id != "" {
		out = append(out, Focus{ID: id})
	}
	if _, asked := msg.(Preview); asked {
		out = append(out, InView(previewID))
	}
	if m.Page == "learn" && m.Learn.Told != was.Learn.Told && m.Learn.Told.Text != "" {
		out = append(out, InView(toldID))
	}
	if text, is := m.news(was, msg); is {
		m.Live, m.unsaid = "", text
		m.saying++
		if text != "" {
			out = append(out, After{sayAfter, Speak{m.saying, text}})
		}
	}
	if m.documentTitle() != was.documentTitle() {
		out = append(out, Title(m.documentTitle()))
	}
	if m.Page != was.Page {
		out = append(out, Focus{headingID, true})
	}
	if _, left := msg.(MenuLeft); !left {
		if id := m.sheetFocus(was); id != "" {
			out = append(out, Focus{ID: id})
		}
	}
	if m.View.Help != was.View.Help {
		out = append(out, Dialog{helpID, m.View.Help})
	}
	if m.WhyOpen() != was.WhyOpen() {
		out = append(out, Dialog{whyID, m.WhyOpen()})
	}
	// These two change nothing about what is in view.
	was.View.Gliding, was.View.Groups = m.View.Gliding, m.View.Groups
	if m.Page == "" && (m.Trace != was.Trace || m.Step != was.Step || m.Page != was.Page || m.View != was.View) {
		out = append(out, Reveal(stepsID), Reveal(codeID))
		if m.ByHand() && !writing(msg) {
			out = append(out, Reveal(paperID))
		}
	}
	switch p := PageOf(m.Page); {
	case p == nil:
	case m.Page != was.Page && p.turned != nil:
		out = append(out, p.turned(m)...)
	case m.Page == was.Page && p.effects != nil:
		out = append(out, p.effects(m, was, msg)...)
	}
	m, more = m.work(was)
	return m, append(out, more...)
}

// visit says what becomes of the address: each deliberate act is a place to come
// back to, a run of the player or of the slider's thumb is one. What a link or
// Back led to is in the address already, if it was well written.
func (m Model) visit(was Model, msg Msg) (v Visit, ok bool) {
	v = Visit{Fragment: m.Fragment()}
	if link, followed := msg.(Follow); followed {
		v.Replace = true
		return v, string(link) != v.Fragment
	}
	_, elsewhere := msg.(Elsewhere)
	p := PageOf(m.Page)
	v.Replace = elsewhere || was.View.Gliding && m.View.Gliding || p != nil && p.stays != nil && m.Page == was.Page && p.stays(m, was)
	return v, v.Fragment != was.Fragment()
}

// settings stores what the browser is to remember.
func (m Model) settings(was Model) []Effect {
	var out []Effect
	if m.View.Letters != was.View.Letters {
		out = append(out, Keep{LocalStorage, LettersSetting, m.View.Letters})
	}
	if m.View.Listing != was.View.Listing {
		out = append(out, Keep{SessionStorage, ListingSetting, m.View.Listing})
	}
	return out
}

// clock has the player go on. The ticks of an older clock count for nothing.
func (m Model) clock(was Model, msg Msg, out []Effect) (Model, []Effect) {
	tick, ticked := msg.(Tick)
	started := !was.View.Playing || m.View.Speed != was.View.Speed || ticked && int(tick) == m.beat
	if !m.View.Playing || !started {
		return m, out
	}
	m.beat++
	return m, append(out, After{m.pause(), Tick(m.beat)})
}

// documentTitle says where in the lab m is.
func (m Model) documentTitle() string {
	if p := PageOf(m.Page); p != nil && p.title != nil {
		return text.T("title.page", "page", p.title(m))
	}
	if m.ByHand() {
		return text.T("title.page", "page", words.Visible(m.Scenario.Title))
	}
	if m.Page == "" {
		return text.T("title.step", "n", m.Step+1, "lesson", m.Scenario.Title)
	}
	return text.T("title.page", "page", PageTitle(m))
}
