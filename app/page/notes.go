package page

import (
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/scenarios"
)

// NotesPage is the name of the trainer's second window.
const NotesPage = "notes"

// Notes is that window: it shows what it hears from the wall, which Model.Present then is.
type Notes struct {
	Now    int64  // the second of the browser's clock
	Silent int    // how many beats ago the wall was heard
	Wall   string // the wall that it follows; "" for the first that is heard

	beats bool // the clock runs
}

// Lost reports whether no wall answers.
func (n Notes) Lost() bool { return n.Silent > lostAfter }

// beat is how often the notes look at the clock and ask for the wall; they take it for closed
// after so many that were not answered.
const (
	beat      = time.Second
	lostAfter = 3
)

// A Beat is the second of the browser's clock.
type Beat int64

func (b Beat) lab(m Model) Model {
	m.Notes.beats = false
	if m.Page == NotesPage {
		m.Notes.Now = int64(b)
		m.Notes.Silent = min(m.Notes.Silent+1, lostAfter+1)
	}
	return m
}

// Heard is what another window of the lab says. It may be anything.
type Heard string

func (h Heard) lab(m Model) Model {
	if p := PageOf(m.Page); p != nil && p.hears != nil {
		return p.hears(m, string(h))
	}
	return m
}

// hears returns the wall, or the notes, after what another window says.
func hears(m Model, h string) Model {
	head, body, _ := strings.Cut(h, "\n")
	word := strings.Fields(head)
	if len(word) != 2 || len(h) > longestScript {
		return m
	}
	switch from := word[0]; {
	case word[1] == "hello" && m.Page == PresentPage && (from == m.Present.id || from == anyWall):
		m.Present.asked++
	case word[1] == "ended" && from == anyWall && m.Page == PresentPage: // the notes hear it of their wall
		m.Present = m.Present.ended()
	case word[1] == "wall" && m.Page == PresentPage && from == m.Present.id:
		m.Present.rivals++ // a tab was duplicated, with all that it keeps
	case word[1] == "taken" && m.Page == PresentPage && from == m.Present.id:
		m.Present.id = m.Present.tab
	case word[1] == "cue" && m.Page == PresentPage && from == m.Present.id:
		if c, ok := parseCue(body); ok {
			return c.lab(m)
		}
	}
	if from, _, is := m.heardWall(h); is {
		return m.follows(from, body)
	}
	return m
}

// heardWall returns which wall the notes hear, and the link to what is on it; is tells whether
// they do, and follow that wall.
func (m Model) heardWall(h string) (id, link string, is bool) {
	head, body, _ := strings.Cut(h, "\n")
	first, _, _ := strings.Cut(body, "\n")
	id, what, _ := strings.Cut(head, " ")
	link, at := strings.CutPrefix(first, "at ")
	is = m.Page == NotesPage && what == "wall" && at && len(h) <= longestScript && isID(id) && (id == m.Notes.Wall || m.Notes.Wall == "" || m.Notes.Lost())
	return id, link, is
}

// anyWall stands for every wall: notes that know of none ask for it.
const anyWall = "any"

// follows returns m with the notes as the wall of that name says that it is.
func (m Model) follows(id, wall string) Model {
	first, rest, _ := strings.Cut(wall, "\n")
	link, ok := strings.CutPrefix(first, "at "+PresentPage+"/")
	if !ok || link == "" {
		return m
	}
	if link != m.Present.link() {
		var wrong scenarios.Faults
		next := m
		next.Present.kept = ""
		next = next.readPresent(unescape(strings.Split(link, "/"), &wrong), &wrong)
		if len(next.Present.Slides) == 0 || !wrong.None() {
			return m
		}
		m.Present = next.Present
	}
	m.Notes.Wall, m.Notes.Silent = id, 0
	m.Present = m.Present.with(rest)
	m.Present.Zoom, m.Present.Before, m.Present.voted, m.Present.over = ZoomNone, "", 0, 0
	for line := range strings.Lines(rest) {
		switch line = strings.TrimSpace(line); line {
		case "zoom 1", "zoom 2", "zoom 3":
			m.Present.Zoom = Zoom(line[5] - '0')
		case "undo":
			m.Present.Before = line
		default:
			word, count, _ := strings.Cut(line, " ")
			n, ok := numbers([]string{count}, 0, mostSeconds)
			switch {
			case ok && word == "voted":
				m.Present.voted = n[0]
			case ok && word == "over":
				m.Present.over = n[0]
			}
		}
	}
	return m
}

// readNotes reads the name of the wall that is followed.
func readNotes(m Model, parts []string, wrong *scenarios.Faults) Model {
	switch {
	case len(parts) > 1, len(parts) == 1 && !isID(parts[0]):
		wrong.Add(text.T("notes.no-wall"))
	case len(parts) == 1:
		m.Notes.Wall = parts[0]
	}
	return m
}

// notesEffects is what the notes have the browser do: ask for the wall, tell it what the
// trainer does, and look at the clock.
func notesEffects(m, was Model, msg Msg) []Effect {
	var out []Effect
	if m.Present.At != was.Present.At {
		out = append(out, Reveal(stepsID))
	}
	switch msg := msg.(type) {
	case Cue:
		out = append(out, Post(m.Notes.Wall+" cue\n"+msg.String()))
	case TurnItem:
		h := m.Hour()
		out = append(out, Post(m.Notes.Wall+" cue\n"+h.to(h.N+int(msg)).String()))
	case Beat:
		out = append(out, m.Notes.hello())
	case Heard:
		if m.Present.wall() != was.Present.wall() { // what had the focus may be gone
			out = append(out, Hold(headingID))
		}
	}
	return append(out, m.tellsItem()...)
}

// notesTurned asks for the wall.
func notesTurned(m Model) []Effect { return []Effect{m.Notes.hello()} }

func (n Notes) hello() Effect {
	if n.Wall != "" && !n.Lost() {
		return Post(n.Wall + " hello")
	}
	return Post(anyWall + " hello")
}

// notesWork has the clock looked at once a beat.
func notesWork(m Model) (Model, []Effect) {
	if m.Notes.beats {
		return m, nil
	}
	m.Notes.beats = true
	if m.Notes.Now == 0 { // it has not been looked at yet
		return m, []Effect{TellTime(0)}
	}
	return m, []Effect{TellTime(beat)}
}

// notesNews is what is said of the notes: whether a wall answers, what has become of it, as
// the trainer may have only this window before her, and which item is now.
func notesNews(m, was Model) (string, bool) {
	switch lost, before := m.Notes.Lost(), was.Notes.Lost(); {
	case lost && !before:
		return text.T("notes.lost"), true
	case len(m.Present.Slides) > 0 && (before && !lost || len(was.Present.Slides) == 0):
		return text.T("notes.found"), true
	case len(m.Present.Slides) == 0 || len(was.Present.Slides) == 0:
		return "", false
	}
	if says, is := presentNews(m, was); is {
		return says, true
	}
	if now, old := m.Hour(), was.Hour(); now.N != old.N {
		i := now.Plan.Items[now.N]
		return text.T("notes.item", "what", i.What, "n", i.Minutes), true
	}
	return "", false
}
