package page

import (
	"slices"
	"strings"

	"fixlab/lab/script"
)

func (TakeBack) hand(m Model) Model {
	h := &m.Hand
	switch {
	case !m.ByHand():
		return m
	case h.Drafting:
		h.redo = append(slices.Clip(h.redo), between(m.Scenario.Text, h.Draft))
		h.Drafting, h.Draft, h.Faults, h.fault = false, "", nil, ""
		return m
	case len(h.undo) > 0:
		last := h.undo[len(h.undo)-1]
		if before, ok := last.back(m.Scenario.Text); ok {
			next := m.rewritten(before)
			if next.Scenario == m.Scenario { // it cannot be played any more: the notice says why
				return next
			}
			next.Hand.undo, next.Hand.redo = h.undo[:len(h.undo)-1], append(slices.Clip(h.redo), last)
			return next
		}
		h.undo = nil // Back has led to another script since
	}
	if len(m.Scenario.Steps) == 0 {
		return m
	}
	before := script.Cut(m.Scenario.Text, m.Scenario, len(m.Scenario.Steps)-1)
	next := m.rewritten(before)
	next.Hand.redo = append(slices.Clip(h.redo), between(before, m.Scenario.Text))
	return next
}

func (Again) hand(m Model) Model {
	h := m.Hand
	if !m.ByHand() || h.Drafting || len(h.redo) == 0 {
		return m
	}
	last := h.redo[len(h.redo)-1]
	after, ok := last.forth(m.Scenario.Text)
	if !ok {
		m.Hand.redo = nil
		return m
	}
	next := m.rewritten(after)
	if next.Scenario == m.Scenario { // a draft that cannot be played yet: it is no act so far
		next = m.draft(after)
		next.Hand.redo = h.redo[:len(h.redo)-1]
		return next
	}
	next.Hand.undo, next.Hand.redo = append(slices.Clip(h.undo), last), h.redo[:len(h.redo)-1]
	return next
}

// rewritten is script, where Mallory's site stays open.
func (m Model) rewritten(text string) Model {
	next := m.script(text)
	next.Hand.Site.Open = m.Hand.Site.Open
	return next
}

// CanTakeBack reports whether there is an act to take back.
func (m Model) CanTakeBack() bool {
	return m.ByHand() && (m.Hand.Drafting || len(m.Hand.undo) > 0 || len(m.Scenario.Steps) > 0)
}

// CanDoAgain reports whether something was taken back.
func (m Model) CanDoAgain() bool { return m.ByHand() && len(m.Hand.redo) > 0 && !m.Hand.Drafting }

// did returns h after one more act. What was taken back before is gone.
func (h Hand) did(c change) Hand {
	if len(h.undo) >= mostUndone {
		h.undo = h.undo[1:]
	}
	h.undo, h.redo = append(slices.Clip(h.undo), c), nil
	return h
}

// mostUndone bounds the acts that can be taken back.
const mostUndone = 1000

// A change is what an act did to the script's text: at a byte of it is stands in place of
// was. It is little, however long the script.
type change struct {
	at      int
	was, is string
}

// between returns the change from one text to another.
func between(a, b string) change {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	m := 0
	for m < len(a)-n && m < len(b)-n && a[len(a)-1-m] == b[len(b)-1-m] {
		m++
	}
	return change{n, strings.Clone(a[n : len(a)-m]), strings.Clone(b[n : len(b)-m])}
}

// forth returns the text after the change; it is not ok for another text.
func (c change) forth(text string) (string, bool) {
	if c.at > len(text) || !strings.HasPrefix(text[c.at:], c.was) {
		return "", false
	}
	return text[:c.at] + c.is + text[c.at+len(c.was):], true
}

// back is the inverse of forth.
func (c change) back(text string) (string, bool) { return change{c.at, c.is, c.was}.forth(text) }
