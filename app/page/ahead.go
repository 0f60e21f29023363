package page

import (
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// A long script that nobody has played yet takes longer than a page may stand still: one that
// was typed or pasted, that is played from where it is offered, or that a link leads back to.
// It is played ahead, bit by bit, and only then is done what the learner asked for. What
// changes a script that is shown goes on from its run, and is not waited for.

const (
	aBit      = 700              // events that are played before the browser gets its turn
	aMoment   = time.Millisecond // which it has then
	longText  = 8 << 10          // bytes of a script that may be long; lessons have a few hundred
	longSteps = 60               // or steps of it
)

// A Resume goes on with playing ahead, for that message.
type Resume struct {
	For Msg
	n   int // see Model.resuming
}

// An ahead is a script that is played ahead of being shown.
type ahead struct {
	trace *lab.Trace
	done  bool
}

// plays returns the run of that text if it was played ahead, and all of it.
func (a ahead) plays(written string, d defence.Set) *lab.Trace {
	if !a.done || len(a.trace.Frames) < len(a.trace.Scenario.Steps) && a.trace.Cut == "" || a.trace.Scenario.Text != written || a.trace.Defences != d&^a.trace.Scenario.Fixed() {
		return nil
	}
	return a.trace
}

// brings returns the text of the script that msg has the page play, and the switches with
// it; not ok when it brings none, or none that can be long.
func (m Model) brings(msg Msg) (written string, on defence.Set, ok bool) {
	switches := ""
	switch msg := msg.(type) {
	case EditRests:
		h := m.Hand
		if !h.Drafting || msg != 0 && int(msg) != h.typing || len(h.Faults) > 0 {
			return "", 0, false
		}
		written, on = h.Draft, m.Defences
	case PlayOffer:
		written, switches = m.Hand.Offer.Text, m.Hand.Offer.Rest
	case Follow:
		written, switches = m.leadsTo(string(msg))
	case Heard:
		if _, link, is := m.heardWall(string(msg)); is {
			written, switches = m.leadsTo(link)
		}
	}
	if len(written) < longText && strings.Count(written, "\n") < longSteps {
		return "", 0, false
	}
	if first, _, _ := strings.Cut(switches, "/"); first != "" {
		on, _ = defence.Parse(first)
	}
	return written, on, true
}

// leadsTo returns the script that a link would have the page play, and its switches; "" for
// none, or one that is played already. Play offers a script first that the learner has not
// seen; what a trainer shows to a class was hers to choose.
func (m Model) leadsTo(link string) (written, switches string) {
	script, present := strings.CutPrefix(link, PresentPage+"/")
	parts := strings.SplitN(script, "/", 4)
	if len(parts) < 2 || tooLong(link) != "" || parts[0] != ScriptPage && !strings.HasPrefix(script, "1/~") {
		return "", ""
	}
	name := scenarios.Packed(strings.TrimPrefix(parts[1], "~"))
	known := func(r Run) bool { return r.Scenario != nil && r.Scenario.Name == name }
	if known(m.Run) || present && (known(m.Present.Run) || PageOf(PresentPage) == nil) || !present && !m.Hand.saw(name) {
		return "", ""
	}
	if len(parts) > 2 {
		switches = parts[2]
	}
	written, _ = scenarios.Text(name)
	return written, switches
}

// instead returns m, which followed was, and waits no longer for what is played ahead where
// that is answered, or something else is shown now.
func (m Model) instead(was Model) Model {
	a := was.Run.ahead
	if a.trace == nil || !a.done && m.Scenario == was.Scenario && m.Page == was.Page && m.Defences == was.Defences && (m.Hand.Drafting || !was.Hand.Drafting) {
		return m
	}
	m.Run.ahead = ahead{}
	m.resuming++
	if m.Notice == text.T("hand.playing") {
		m = m.tell("")
	}
	return m
}

// playAhead plays a bit of the script that msg brings, if it is long. What the browser is to
// do until msg can be answered is nil when it can.
func (m Model) playAhead(msg Msg) (_ Model, wait []Effect) {
	written, on, ok := m.brings(msg)
	if !ok {
		return m, nil
	}
	was, s := m.Trace, m.Scenario
	if a := m.Run.ahead; a.trace != nil && a.trace.Scenario.Text == written {
		was, s = a.trace, a.trace.Scenario
	} else if own, err := scenarios.Own(written); err == nil {
		s = own
	} else {
		return m, nil
	}
	d := on &^ s.Fixed()
	if s.Allows(d) != nil {
		d = 0
	}
	t, done, err := lab.RunSome(was, s, d, aBit)
	if err != nil { // whoever plays it on says so
		m.Run.ahead = ahead{was, true}
		return m, nil
	}
	m.Run.ahead = ahead{t, done}
	if done {
		return m, nil
	}
	m.resuming++
	if _, typing := msg.(EditRests); !typing {
		m = m.tell(text.T("hand.playing"))
	}
	return m, []Effect{After{aMoment, Resume{msg, m.resuming}}}
}

// startAhead is playAhead for what is to be shown to a class as the page comes up.
func (m Model) startAhead(fragment string) (_ Model, wait []Effect) {
	link, is := strings.CutPrefix(fragment, PresentPage+"/")
	if !is || PageOf(PresentPage) == nil {
		return m, nil
	}
	started := m
	started.Run = firstRun().played()
	if started, wait = started.playAhead(Follow(fragment)); wait == nil {
		return m, nil
	}
	started.Page, started.Present = PresentPage, started.Present.recalled()
	started.Present.Waits = link
	return started, wait
}
