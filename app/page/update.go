// Package page is the page without a browser: a model, what its messages make of
// it, and what the browser is to do for them.
package page

import (
	"fmt"

	"fixlab/lab/defence"
)

// Update returns the model after msg, and what the browser is to do for it, in
// that order. It is pure.
func (m Model) Update(msg Msg) (Model, []Effect) {
	if link, is := m.leaves(msg); is {
		return m, []Effect{Visit{m.Fragment(), true}, link}
	}
	told := msg
	if to, is := msg.(Lead); is {
		msg = Follow(to)
	}
	if f, is := msg.(Follow); is && !m.alone && (reopens(string(f)) || rewords(string(f))) {
		return m, []Effect{Reopen(f)}
	}
	if resume, is := msg.(Resume); is {
		if resume.n != m.resuming {
			return m, nil
		}
		msg = resume.For
	}
	switch msg.(type) {
	case LearnMsg, Speak, Elsewhere: // the course has runs of its own
	default:
		m.Run = m.Run.played()
	}
	m, wait := m.playAhead(msg)
	if wait != nil {
		return m, wait
	}
	next, out := m.after(msg).instead(m).effects(m, told)
	if d, ok := msg.(doer); ok {
		out = append(out, d.does()...)
	}
	return next, out
}

// after returns the model after msg.
func (m Model) after(msg Msg) Model {
	before := m
	switch msg.(type) {
	case LearnMsg, Uploaded, Forget: // are about a lesson
		m.Learn = m.Learn.begun()
	}
	switch msg := msg.(type) {
	case LabMsg:
		m = msg.lab(m)
	case HandMsg:
		m = msg.hand(m)
	case GoalMsg:
		m = msg.goal(m)
	case LearnMsg:
		m.Learn = msg.learn(m.Learn)
	case BenchMsg:
		m.Bench = m.Bench.Update(msg)
	case MatrixMsg:
		m.Matrix = m.Matrix.Update(msg)
	case ClaimsMsg:
		m.Claims = m.Claims.Update(msg)
	case ExploreMsg:
		m.Explore = m.Explore.Update(msg)
	case TeachMsg:
		m = msg.teach(m)
	case AuditMsg:
		m = msg.audit(m)
	case CompareMsg:
		m.Compare, m.Run = m.Compare.Update(msg, m.Run)
	default:
		panic(fmt.Sprintf("page: %T is no message", msg))
	}
	switch msg.(type) {
	case Tick, Drag, Write, Edit, EditRests:
		m.View.Gliding = true
	case Speak, Answers, Observed, ClaimPlayed, Copied, Unkept, Group, Elsewhere, Heard, Beat, ReadCode: // nobody did anything here
	default:
		m.View.Gliding = false
		if before.Learn.Forgets {
			m.Learn.Forgets = false
		}
		if before.Teach.Ends {
			m.Teach.Ends = false
		}
	}
	if m.Step != before.Step && m.Trace == before.Trace { // another page may stand there
		m.Hand.Typed = before.stillTyped(m.Run)
	}
	m.Task = m.task()
	if t := &m.Task; t.ByRun() && (t.judged.Scenario != m.Scenario || t.judged.Defences != m.Defences) && (before.Scenario != m.Scenario || before.Defences != m.Defences || !before.Task.On()) {
		m.judging++
	}
	if m.Defences != before.Defences {
		m.View = m.View.opened(before.Defences, m.Defences)
	}
	if m.Fragment() == before.Fragment() {
		return m
	}
	switch msg.(type) {
	case Follow, Reset, Uploaded, Forget, Elsewhere, HandMsg, OpenGoal, TeachMsg: // say themselves what came of it
	default:
		m = m.tell("")
	}
	return m
}

// Settings are what the browser remembers of an earlier visit, and what it can do.
type Settings struct {
	Letters, Listing bool
	Workers          int                      // that can run side by side
	Day              string                   // today, "2026-01-31"
	Progress         string                   // as the browser kept it, "" for none
	Script           string                   // what the browser kept of the scripts that were seen, see Hand.Seen
	Draft            string                   // what was being written into the script
	Seed             string                   // of the learner's own incident
	Alone            bool                     // nothing else can be loaded: the page holds all there is
	Home             Home                     // what its address leads to
	Reopened         bool                     // a link has led to a page that the program before had not, see Reopen
	Embed            bool                     // its address asks for a lesson without what frames it
	Bet              string                   // what was bet before the page ran, "option" or "option/sure"; "" for nothing
	Here             string                   // the page's address, without its query and fragment
	Kept             func(name string) string // returns what it keeps for good under a name; nil for nothing
	Present          string                   // what the browser kept of a class, see PresentSetting
	Tab              string                   // a name of the tab's own, as digits and hyphens
}

// Start returns the model of the page as it comes up with that fragment in the
// address, and what the browser is to do at first.
func Start(fragment string, s Settings) (Model, []Effect) {
	m, out := Model{}, []Effect(nil)
	m.Learn.Progress, out = recall(s.Progress)
	m.Hand = m.Hand.sawBefore(s.Script)
	for _, p := range Pages {
		if p.start != nil {
			var more []Effect
			m, more = p.start(m, s)
			out = append(out, more...)
		}
	}
	m.embedded = s.Embed
	if s.Kept != nil {
		m = m.recallClass(s.Kept)
	}
	if !s.Alone && reopens(fragment) {
		m, more := Start("", s)
		return m, append(more, Reopen(fragment))
	}
	kept := m.Learn
	m, wait := m.startAhead(fragment)
	if wait == nil {
		m = m.parse(fragment)
	}
	out = append(append(out, wait...), m.Learn.keepClass(kept)...)
	m.Learn.today = s.Day
	var bet []LearnMsg
	if fragment == "" {
		bet = firstBet(s.Bet)
		m.Learn = m.Learn.resume(bet == nil)
	}
	m.Seed = s.Seed
	m.alone, m.home = s.Alone, s.Home
	if m.ByHand() && s.Draft != "" {
		m.Hand.kept = s.Draft
		m = m.draft(s.Draft)
	}
	m.Task = m.task()
	before := m.Fragment()
	for _, msg := range bet {
		m.Learn = msg.learn(m.Learn)
	}
	if m.Learn.Progress.changes > 0 {
		out = append(out, StoreProgress(m.Learn.Progress.String()))
	}
	m.workers = s.Workers
	m.View.Letters, m.View.Listing = s.Letters, s.Listing
	m.View.Groups = defence.All[0].Layer.Set()
	m.View = m.View.opened(0, m.Defences)
	if m.Notice != "" {
		m.saying++
		out = append(out, Visit{before, true}, After{sayAfter, Speak{m.saying, m.Notice}})
	}
	if m.Fragment() != before { // the bet was made, and Back comes back to it
		m.saying++
		out = append(out, Visit{m.Fragment(), false}, After{sayAfter, Speak{m.saying, m.Learn.says()}})
	}
	if m.Task.ByRun() {
		m.judging++
		out = append(out, After{judgeAfter, GoalRests(m.judging)})
	}
	out = append(out, Title(m.documentTitle()))
	if m.Page == "" {
		out = append(out, Reveal(stepsID), Reveal(codeID))
		if m.ByHand() {
			out = append(out, Reveal(paperID))
		}
	}
	if p := PageOf(m.Page); p != nil && p.turned != nil {
		out = append(out, p.turned(m)...)
	}
	if s.Reopened && m.Page != "" { // as where the page is turned and not loaded anew
		out = append(out, Focus{headingID, true})
		if m.Notice == "" {
			m.saying++
			out = append(out, After{sayAfter, Speak{m.saying, PageTitle(m)}})
		}
	}
	m, more := m.work(m)
	return m, append(out, more...)
}
