package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/ask"
	"fixlab/lab/script"
)

// blankID is the blank's own element: it has the focus while nothing else is there.
const blankID = "blank"

// presentNews is what the live region says of the wall.
func presentNews(m, was Model) (says string, is bool) {
	p, old := m.Present, was.Present
	switch {
	case len(p.Slides) == 0:
		return "", false
	case p.Blank != old.Blank:
		if p.Blank {
			return text.T("say.blank.on"), true
		}
		return text.T("say.blank.off") + " " + p.says(), true
	case !p.sameSlide(old):
		says = p.says()
		if p.Lesson != nil && len(old.Slides) > 0 && p.Lesson != old.Lesson && p.Lesson != Course()[0] { // the first one's title would hint
			says = p.Lesson.Title + ": " + says
		}
		return says, true
	case p.over != old.over:
		return text.T("present.over"), true
	case p.Before != old.Before && p.voted == old.voted:
		if p.Before != "" {
			return text.T("present.begun-anew"), true
		}
		return text.T("present.undone"), true
	case p.Shown() != old.Shown():
		return p.saysShown(), true
	case p.Zoom != old.Zoom:
		return text.T("present.zoom." + [...]string{"all", "mallory", "server", "alice"}[p.Zoom]), true
	case p.voted != old.voted:
		return p.saysVote(old), true
	case m.Learn.Progress.Framework != was.Learn.Progress.Framework && p.Slide().Kind == ShowsOwn:
		return p.Learn(m.Learn.Progress).owned(), true
	}
	return "", false
}

func (p Present) sameSlide(o Present) bool {
	return len(o.Slides) > 0 && p.Lesson == o.Lesson && p.At == o.At && p.Run.Trace == o.Run.Trace
}

// says is what is said of a slide as it comes up.
func (p Present) says() string {
	s := p.Slide()
	out := []string{p.Caption()}
	switch {
	case s.Kind == ShowsStep && (!s.Last || p.Shown()):
		out = append(out, changesAt(p.Trace, s.Step-1)...)
	case s.Kind == ShowsCard:
		_, card := p.Stop()
		out = []string{p.CardAsk(), card.Title + ".", card.Does}
	case s.Kind == ShowsTake:
		out = append(out, cmp.Or(p.Next(), text.T("present.over")))
	}
	if s.Votes() {
		out = append(out, text.T("present.vote")+": "+strings.Join(p.Options(), "; ")+".")
	}
	switch {
	case p.Shown():
		out = append(out, p.saysShown())
	case s.Hides():
		out = append(out, text.T("present.hidden"))
	}
	return strings.Join(out, " ")
}

// saysShown is what is said of what was revealed, or hidden again.
func (p Present) saysShown() string {
	if !p.Shown() {
		return text.T("present.hidden")
	}
	s := p.Slide()
	var out []string
	switch s.Kind {
	case ShowsStep:
		word, because := words.Ending(p.Trace.Verdict)
		out = append(out, word+".", because)
	case ShowsAsk:
		a := p.Lesson.Course.Asks[s.N]
		out = append(out, a.Right)
		if a.Point.Kind != script.PointCode { // a class calls the number that stands before it
			out = append(out, text.T("present.so", "option", 1+slices.Index(ask.Candidates(p.Trace, a.Point.Kind), p.Right())))
		}
	case ShowsCard:
		_, card := p.Stop()
		word, why := CardEnds(card, p.Trace)
		out = append(out, word+".", why)
	}
	if at := p.Holds(); at >= 0 && s.Kind != ShowsCard {
		out = append(out, text.T("present.so", "option", p.Options()[at]))
	}
	if counts := p.saysCounts(); counts != "" {
		out = append(out, counts)
	}
	if len(out) == 0 {
		return text.T("present.no-votes")
	}
	return strings.Join(out, " ")
}

// saysCounts tells the votes, "" where nobody voted.
func (p Present) saysCounts() string {
	now, first := p.Counts()
	if !Voted(now) {
		return ""
	}
	var out []string
	for i, option := range p.Options() {
		if Voted(first) {
			out = append(out, text.T("present.count-again", "option", option, "n", now[i], "first", first[i], "difference", Difference(first[i], now[i])))
		} else {
			out = append(out, text.T("present.count", "option", option, "n", now[i]))
		}
	}
	return text.T("present.votes") + ": " + strings.Join(out, "; ") + "."
}

// Difference is how many more votes there are than before, with its sign.
func Difference(before, now int) string {
	switch d := now - before; {
	case d > 0:
		return text.T("present.more", "n", d)
	case d < 0:
		return text.T("present.less", "n", -d)
	}
	return text.T("present.same")
}

// Voted reports whether there are any votes.
func Voted(counts []int) bool {
	return slices.ContainsFunc(counts, func(n int) bool { return n > 0 })
}

// saysVote tells the count that was set last.
func (p Present) saysVote(was Present) string {
	now, _ := p.Counts()
	before, _ := was.Counts()
	for i, n := range now {
		if i < len(before) && n != before[i] {
			return text.T("present.count", "option", p.Options()[i], "n", n)
		}
	}
	return ""
}

// presentTitle is the document's. Before a lesson's first bet its title would hint at it.
func presentTitle(m Model) string {
	p := m.Present
	if len(p.Slides) == 0 || p.Lesson == nil && p.Run.Scenario == nil {
		return text.T("page.present")
	}
	title := ""
	if p.Lesson == nil {
		title = words.Visible(p.Run.Scenario.Title)
	} else if p.At > 0 || p.Lesson != Course()[0] {
		title = p.Lesson.Title
	}
	if title == "" {
		return text.T("present.title-first", "n", p.At+1, "of", len(p.Slides))
	}
	return text.T("present.title", "n", p.At+1, "of", len(p.Slides), "title", title)
}

// presentEffects is what the wall has the browser do: keep what was voted, tell the notes,
// and give the focus to the slide where nothing else has it.
func presentEffects(m, was Model, msg Msg) []Effect {
	p, old := m.Present, was.Present
	var out []Effect
	if p.keeps() != old.keeps() {
		out = append(out, KeepTab{PresentSetting, p.keeps()})
	}
	if p.link() != old.link() || p.keeps() != old.keeps() || p.Zoom != old.Zoom || p.asked != old.asked || p.rivals != old.rivals || p.voted != old.voted || p.over != old.over {
		if p.rivals != old.rivals {
			out = append(out, Post(p.id+" taken"))
		}
		out = append(out, p.tells())
	}
	switch {
	case p.Blank != old.Blank && p.Blank:
		out = append(out, Focus{ID: blankID})
	case p.Blank != old.Blank:
		out = append(out, Focus{ID: headingID})
	default:
		out = append(out, p.holds())
	}
	if _, opens := msg.(OpenNotes); opens {
		out = append(out, OpenWindow{NotesPage + "/" + p.id})
	}
	return out
}

// presentTurned is what the wall has the browser do as it comes up: in any case its name is
// kept, by which the notes find it after it was loaded anew.
func presentTurned(m Model) []Effect {
	p := m.Present
	return []Effect{KeepTab{PresentSetting, p.keeps()}, p.tells(), p.holds()}
}

// tells tells the notes how the wall is.
func (p Present) tells() Effect { return Post(p.id + " wall\n" + p.wall()) }

// holds gives the focus to what the class sees, where nothing has it.
func (p Present) holds() Effect {
	if p.Blank {
		return Hold(blankID)
	}
	return Hold(headingID)
}

// startPresent takes over what the browser kept of a class.
func startPresent(m Model, s Settings) (Model, []Effect) {
	m.Present.kept, m.Present.id, m.Present.tab = s.Present, s.Tab, s.Tab
	return m, nil
}

// wall writes all that the notes must know of the wall.
func (p Present) wall() string {
	out := "at " + PresentPage + "/" + p.link() + "\n" + p.keeps()
	if p.Zoom != ZoomNone {
		out += "zoom " + string(rune('0'+p.Zoom)) + "\n"
	}
	if p.Before != "" {
		out += "undo\n"
	}
	for _, count := range []struct { // that they have changed is said there, too
		name string
		n    int
	}{{"voted", p.voted}, {"over", p.over}} {
		if count.n > 0 {
			out += fmt.Sprintln(count.name, count.n)
		}
	}
	return out
}

// An OpenNotes opens the window with the notes.
type OpenNotes struct{}

func (OpenNotes) lab(m Model) Model { return m }

// A NotesBlocked says that the browser opened no window.
type NotesBlocked struct{}

func (NotesBlocked) lab(m Model) Model {
	return m.tell(text.T("notes.blocked", "link", "#"+NotesPage+"/"+m.Present.id))
}
