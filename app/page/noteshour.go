package page

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/scenarios/plans"
)

// An Hour is where the class is in the running order that Teach shows. Times are in seconds.
type Hour struct {
	Plan  Plan
	N     int   // the item that is now, from 0
	Spent int64 // by the clock
	Left  int64 // of the hour; less than 0 when it is over
	Item  int64 // that are left of the item, as it began; less than 0 when that takes longer
	Late  int64 // at the end of the item, if it takes as long as it should; less than 0 for early
}

// now is the item of the running order that a class is at: the wall keeps what the notes say.
type now struct {
	item  int
	since int64  // what the clock showed
	on    string // the lesson that was on the wall then, "" before there was any item
}

// noLesson is in the place of a lesson's name while a run is shown.
const noLesson = "-"

// on names what is on the wall.
func (p Present) on() string {
	if p.Lesson == nil {
		return noLesson
	}
	return p.Lesson.Name
}

// Hour returns where the class is: at the item that the trainer chose, until another lesson
// comes up that the running order has.
func (m Model) Hour() Hour {
	h := Hour{Plan: m.Teach.Plan(), Spent: m.Present.Clock.At(m.Notes.Now)}
	at := m.Present.now
	at.item = min(at.item, len(h.Plan.Items)-1)
	if on := m.Present.on(); on != at.on {
		if n := itemOf(h.Plan, on, at.item); n != at.item {
			at.item, at.since = n, h.Spent
		}
	}
	h.N = at.item
	takes := 60 * int64(h.Plan.Items[h.N].Minutes)
	h.Left = 60*int64(h.Plan.Minutes) - h.Spent
	h.Item = at.since + takes - h.Spent
	h.Late = max(h.Spent, at.since+takes) - 60*int64(h.Plan.From(h.N)) - takes
	return h
}

// itemOf returns the item that opens a lesson: the one that is now, or else the next, or the
// last before; if there is none, the one that is now.
func itemOf(p Plan, lesson string, now int) int {
	opens := func(i plans.Item) bool { return opensLesson(i, lesson) }
	if i := slices.IndexFunc(p.Items[now:], opens); i >= 0 {
		return now + i
	}
	for i := now - 1; i >= 0; i-- {
		if opens(p.Items[i]) {
			return i
		}
	}
	return now
}

// opensLesson reports whether an item opens a lesson, for a class or for a learner.
func opensLesson(i plans.Item, lesson string) bool {
	return slices.ContainsFunc(i.Links(), func(link string) bool {
		name, ok := strings.CutPrefix(link, presentWord)
		if !ok {
			name, ok = strings.CutPrefix(link, "learn/")
		}
		name, _, _ = strings.Cut(name, "/")
		return ok && name == lesson
	})
}

// A TurnItem turns to another item of the running order, so many further.
type TurnItem int

func (TurnItem) lab(m Model) Model { return m }

// to returns the cue that makes an item the one that is now.
func (h Hour) to(n int) Cue {
	return Cue{CueItem, max(0, min(n, len(h.Plan.Items)-1)), int(h.Spent)}
}

// Spare returns what is still to come and may be left out.
func (h Hour) Spare() (out []plans.Item) {
	for _, i := range h.Plan.Items[h.N+1:] {
		if i.Optional {
			out = append(out, i)
		}
	}
	return out
}

// LateWords says how the class is in time.
func (h Hour) LateWords() string {
	switch n := wholeMinutes(max(h.Late, -h.Late)); {
	case n == 0:
		return text.T("notes.in-time")
	case h.Late > 0:
		return text.T("notes.late", "n", n)
	default:
		return text.T("notes.early", "n", n)
	}
}

// wholeMinutes returns how many minutes a trainer counts in so many seconds.
func wholeMinutes(seconds int64) int { return int((seconds + 30) / 60) }

// tellsItem tells the wall which item is now, where it does not know: it has no clock.
func (m Model) tellsItem() []Effect {
	if len(m.Present.Slides) == 0 || m.Notes.Now == 0 || m.Notes.Lost() {
		return nil
	}
	if h := m.Hour(); h.N != m.Present.now.item {
		return []Effect{Post(m.Notes.Wall + " cue\n" + h.to(h.N).String())}
	}
	return nil
}
