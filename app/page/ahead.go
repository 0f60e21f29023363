package page

import (
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/scenarios"
)

// A long script that nobody has played yet takes longer than a page may stand still. It is
// played ahead, bit by bit, and only then is done what the learner asked for.

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
	if !a.done || a.trace.Scenario.Text != written || a.trace.Defences != d&^a.trace.Scenario.Fixed() {
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
		parts := strings.SplitN(string(msg), "/", 4)
		name := scenarios.Packed(strings.TrimPrefix(parts[min(1, len(parts)-1)], "~"))
		if len(parts) < 2 || tooLong(string(msg)) != "" || parts[0] != ScriptPage && !strings.HasPrefix(string(msg), "1/~") || !m.Hand.known[sum(name)] || name == m.Scenario.Name {
			return "", 0, false
		}
		written, _ = scenarios.Text(name)
		if len(parts) > 2 {
			switches = parts[2]
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

// instead returns m where the learner does something else than wait for what is played
// ahead: that is not to be shown any more.
func (m Model) instead(msg Msg) Model {
	switch msg.(type) {
	case Speak, Answers, Observed, ClaimPlayed, Copied, Elsewhere, GoalRests, Tick: // nobody did anything
		return m
	}
	if a := m.Run.ahead; a.trace != nil && !a.done {
		m.Run.ahead = ahead{}
		m.resuming++
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
	if err != nil { // whoever plays it says so
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
