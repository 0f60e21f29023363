package page

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/scenarios/plans"
)

// A Cue is what a trainer does at the wall, or from the window with the notes: there it goes
// to the wall.
type Cue struct {
	Do CueKind
	N  int
	To int
}

// A CueKind is what is done. Its names are those that go from window to window.
type CueKind string

// The kinds of cues.
const (
	CueOn     CueKind = "on"     // reveal, else go on
	CueBack   CueKind = "back"   // go back
	CueGo     CueKind = "go"     // to slide N
	CueReveal CueKind = "reveal" // what the slide hides, or hide it again
	CueBlank  CueKind = "blank"  // the screen, or come back
	CueZoom   CueKind = "zoom"   // enlarge part N
	CueVote   CueKind = "vote"   // option N has To votes
	CueMore   CueKind = "more"   // option N has To votes more
	CueAnew   CueKind = "anew"   // no votes, nothing revealed
	CueUndo   CueKind = "undo"   // takes that back
	CueClock  CueKind = "clock"  // start or stop at second To
	CueZero   CueKind = "zero"   // the clock and the running order are at their beginning
	CueItem   CueKind = "item"   // of the running order N is now, since the clock showed To
)

var cueKinds = []CueKind{CueOn, CueBack, CueGo, CueReveal, CueBlank, CueZoom, CueVote, CueMore, CueAnew, CueUndo, CueClock, CueZero, CueItem}

// String writes c as parseCue reads it.
func (c Cue) String() string { return fmt.Sprintln(c.Do, c.N, c.To) }

// parseCue reads what String wrote, or what anybody else did.
func parseCue(written string) (Cue, bool) {
	word := strings.Fields(written)
	if len(word) != 3 || !slices.Contains(cueKinds, CueKind(word[0])) {
		return Cue{}, false
	}
	n, ok := numbers(word[1:], -mostSeconds, mostSeconds)
	if !ok {
		return Cue{}, false
	}
	return Cue{CueKind(word[0]), n[0], n[1]}, true
}

func (c Cue) lab(m Model) Model {
	if m.Page == PresentPage && len(m.Present.Slides) > 0 {
		m.Present = m.Present.cue(c)
		m.View.Help = m.View.Help && c.Do != CueOn && c.Do != CueBack
	}
	return m
}

// cue returns p after c. Behind the blank nothing moves that the class would see.
func (p Present) cue(c Cue) Present {
	over := false
	switch c.Do {
	case CueBlank:
		p.Blank = !p.Blank
		return p
	case CueClock:
		p.Clock = p.Clock.toggled(int64(max(0, c.To)))
		return p
	case CueZero:
		p.Clock, p.now = Clock{}, now{}
		return p
	case CueItem:
		if n := max(0, min(c.N, plans.MostItems-1)); n != p.now.item || p.on() != p.now.on {
			p.now = now{n, int64(max(0, c.To)), p.on()}
		}
		return p
	case CueVote:
		return p.vote(c.N, c.To)
	case CueMore:
		if now, _ := p.Counts(); p.Slide().Votes() && c.N >= 0 && c.N < len(now) {
			return p.vote(c.N, now[c.N]+max(-1, min(c.To, 1)))
		}
		return p
	}
	if p.Blank {
		return p
	}
	switch c.Do {
	case CueOn:
		p, over = p.onward()
	case CueBack:
		p, over = p.backward()
	case CueGo:
		p = p.at(c.N)
	case CueReveal:
		p = p.reveal(!p.Shown())
	case CueZoom:
		if p.Zooms() {
			p.Zoom = Zoom(max(0, min(c.N, int(ZoomAlice))))
		}
	case CueAnew:
		p = p.anew()
	case CueUndo:
		p = p.undone()
	}
	if over {
		p.over++
	}
	return p
}

// presentKey returns what a key stands for at the wall or in the notes; nil leaves it to the
// browser. What a clicker sends counts whatever has the focus, but a list keeps its arrows.
func presentKey(m Model, k Press) Msg {
	p := m.Present
	if len(p.Slides) == 0 {
		return nil
	}
	switch on, is := clicked(k); {
	case is && (k.On != "choice" || strings.HasPrefix(k.Key, "Page")):
		if on {
			return Cue{Do: CueOn}
		}
		return Cue{Do: CueBack}
	case m.View.Help:
		return nil
	case (k.Key == " " || k.Key == "Enter") && (k.On == "" || k.On == "region"):
		return Cue{Do: CueOn}
	case k.Key == "Escape" && p.Blank:
		return Cue{Do: CueBlank}
	case k.Key == "Escape" && p.Zoom != ZoomNone:
		return Cue{Do: CueZoom}
	case k.Key == "Escape":
		return Escape{}
	case !m.View.Letters || k.On == "choice":
		return nil
	case k.On == "text" && len(k.Key) == 1 && k.Key[0] >= '0' && k.Key[0] <= '9':
		return nil // a field here holds votes: the digits are its own
	}
	return m.presentLetter(strings.ToLower(k.Key))
}

// clicked reports whether a key is one of those that clickers send, and whether it leads on.
func clicked(k Press) (on, is bool) {
	if k.Shift {
		return false, false
	}
	switch k.Key {
	case "PageDown", "ArrowRight", "ArrowDown":
		return true, true
	case "PageUp", "ArrowLeft", "ArrowUp":
		return false, true
	}
	return false, false
}

// presentLetter returns what a letter or a digit stands for.
func (m Model) presentLetter(key string) Msg {
	switch {
	case key == "b" || key == ".":
		return Cue{Do: CueBlank}
	case m.Present.Blank:
		return nil
	}
	switch key {
	case "0", "1", "2", "3":
		return Cue{Do: CueZoom, N: int(key[0] - '0')}
	case "v":
		return Cue{Do: CueReveal}
	case "n":
		if m.Page == PresentPage {
			return OpenNotes{}
		}
	case "p":
		if m.Page == PresentPage {
			return Lead(LinkFromPresent(m))
		}
	case "?":
		return Help(true)
	}
	return nil
}
