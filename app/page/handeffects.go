package page

import "slices"

// handEffects are those of what is played by hand.
func (m Model) handEffects(was Model, msg Msg) (_ Model, out []Effect) {
	if !slices.Equal(m.Hand.known, was.Hand.known) {
		out = append(out, KeepScripts(m.Hand.Seen()))
	}
	if _, rests := msg.(EditRests); rests || !m.Hand.Drafting {
		if draft := m.Hand.Draft; m.Hand.kept != draft {
			m.Hand.kept = draft
			out = append(out, KeepDraft(draft))
		}
	}
	if r, rests := msg.(EditRests); rests && (r == 0 || int(r) == m.Hand.typing) {
		m.Hand.fault = m.Hand.faultSays()
	}
	if m.judging != was.judging {
		out = append(out, After{judgeAfter, GoalRests(m.judging)})
	}
	if m.Hand.typing != was.Hand.typing {
		out = append(out, After{editAfter, EditRests(m.Hand.typing)})
	}
	switch msg.(type) {
	case TakeWord:
		out = append(out, Caret{scriptID, m.Written(), m.Hand.caret}, Focus{ID: scriptID})
	case ToFault:
		out = append(out, Caret{scriptID, m.Written(), msg.(ToFault).at(m)}, Focus{ID: scriptID})
	case SaveScript:
		out = append(out, Download{"script.txt", m.Written()})
	case CopyScript:
		out = append(out, CopyAddress{scriptButton})
	case Export:
		name, body := msg.(Export).file(m)
		out = append(out, Download{name, body})
	case ChooseScript:
		out = append(out, Upload{Script: true})
	}
	if id := m.handFocus(was, msg); id != "" {
		out = append(out, Focus{ID: id})
	}
	return m, out
}
