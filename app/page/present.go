package page

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/script"
)

// A Present is a lesson, or a run, as it is shown to a class: a slide, and what is shown
// of it.
type Present struct {
	Lesson *script.Scenario // of the course; nil for a run
	Run    Run              // of the lab, where there is no lesson
	Slides []Slide          // none before its page was turned to
	Waits  string           // for a long script to be played: its link, while there are no slides
	At     int              // an index of Slides
	Trace  *lab.Trace       // of the slide's row
	Zoom   Zoom
	Blank  bool
	Clock  Clock
	Before string // what Undo brings back after it was begun anew, "" for nothing

	now    now              // in the running order
	row    string           // of Trace
	id     string           // tells this wall from others in the same browser
	tab    string           // the id that no other has
	shown  map[string]bool  // what was revealed, by slide
	counts map[string][]int // the votes, by slide
	kept   string           // what the browser kept, until it is read
	asked  int              // counts who asked what is on the wall
	rivals int              // counts how often another window took itself for this wall
	voted  int              // counts the votes that were set
	over   int              // counts how often there was nothing to go on to
}

// A Zoom is the part of a slide that is enlarged.
type Zoom int

// The parts of a slide.
const (
	ZoomNone Zoom = iota
	ZoomMallory
	ZoomServer
	ZoomAlice
)

// Slide returns the slide that is shown.
func (p Present) Slide() Slide { return p.Slides[p.At] }

// Shown reports whether what the slide hides was revealed.
func (p Present) Shown() bool { return p.shown[p.key(p.Slide())] }

// key is what shown and votes have a slide by.
func (p Present) key(s Slide) string {
	if p.Lesson == nil {
		return runKey + s.Name
	}
	return p.Lesson.Name + "/" + s.Name
}

// runKey begins the keys of a run's slides.
const runKey = "run/"

// Zooms reports whether a part of the slide can be enlarged.
func (p Present) Zooms() bool { return p.Slide().Kind == ShowsStep }

// course returns what the lesson asks; a run asks nothing.
func (p Present) course() *script.Course {
	if p.Lesson == nil {
		return &script.Course{}
	}
	return p.Lesson.Course
}

// Bet returns the bet that the slide is about.
func (p Present) Bet() script.Bet { return p.Lesson.Course.Bets[p.Slide().N] }

// Stop returns the set of cards that the slide's is one of, and the card.
func (p Present) Stop() (script.Stop, script.Card) {
	s := p.Slide()
	stop := p.Lesson.Course.Stops[s.N]
	return stop, stop.Cards[s.Card]
}

// CardAsk is what the class votes on.
func (p Present) CardAsk() string {
	stop, _ := p.Stop()
	return cmp.Or(stop.Ask, text.T("stop.ask"))
}

// Learn is Learn at the slide's stage.
func (p Present) Learn(progress Progress) Learn {
	return Learn{Lesson: p.Lesson, Stage: p.Slide().Stage, Trace: p.Trace, Progress: progress}
}

// Right returns what is right to point at in the question of the slide. What looks the same
// is among the places once.
func (p Present) Right() ask.Place {
	a := p.Lesson.Course.Asks[p.Slide().N]
	found, _ := ask.Find(p.Trace, a.Point.Event)
	if a.Point.Kind == script.PointStep {
		found.Seq = -1
	}
	places := ask.Candidates(p.Trace, a.Point.Kind)
	if slices.Contains(places, found) {
		return found
	}
	return places[slices.IndexFunc(places, func(at ask.Place) bool { right, _ := ask.Judge(p.Trace, a, at); return right })]
}

// Options are what the class votes on.
func (p Present) Options() (out []string) {
	switch s := p.Slide(); s.Kind {
	case ShowsCard:
		if stop, _ := p.Stop(); stop.Ask == "" {
			return []string{text.T("present.stops"), text.T("present.stops-not")}
		}
		return []string{text.T("present.gets-in"), text.T("present.gets-in-not")}
	case ShowsStep:
		if p.Lesson == nil || !s.Last {
			return nil
		}
	case ShowsBet, ShowsAgain, ShowsAnswer:
	default:
		return nil
	}
	for _, o := range p.Bet().Options {
		out = append(out, o.Text)
	}
	return out
}

// Holds returns the option that holds, from 0; -1 where the slide does not tell, or does not
// yet.
func (p Present) Holds() int {
	s := p.Slide()
	if !p.Shown() || p.Lesson == nil {
		return -1
	}
	switch s.Kind {
	case ShowsCard:
		stop, _ := p.Stop()
		if p.Trace.Verdict.Outcome.Harm() == (stop.Ask == "") {
			return 1
		}
		return 0
	case ShowsStep:
		if !s.Last || !p.Bet().OfOneRun() {
			return -1
		}
	case ShowsAnswer, ShowsAgain:
	default:
		return -1
	}
	return slices.Index(p.Options(), Holding(p.Lesson, p.Bet()))
}

// Counts returns the votes of the class on the slide's options, and those of its first vote
// where it votes again; nil for no vote.
func (p Present) Counts() (now, first []int) {
	switch s := p.Slide(); {
	case p.Lesson == nil:
		return nil, nil
	case s.Kind == ShowsAgain:
		return p.counted(s), p.counted(p.Slides[0])
	case s.Votes():
		return p.counted(s), nil
	case s.Kind == ShowsStep && s.Last || s.Kind == ShowsAnswer:
		i := slices.IndexFunc(p.Slides, func(o Slide) bool { return o.Kind == ShowsBet && o.N == s.N })
		return p.counted(p.Slides[i]), nil
	}
	return nil, nil
}

func (p Present) counted(s Slide) []int {
	counts := make([]int, max(len(p.Options()), len(p.counts[p.key(s)])))
	copy(counts, p.counts[p.key(s)])
	return counts[:len(p.Options())]
}

// at returns p at a slide.
func (p Present) at(i int) Present {
	i = max(0, min(i, len(p.Slides)-1))
	p.At, p.Zoom = i, ZoomNone
	s := p.Slide()
	switch {
	case p.Lesson == nil:
		p.Trace = p.Run.Trace
	case s.Row != "" && s.Row != p.row:
		p.Trace, p.row = played(p.Lesson, s.Row), s.Row
	}
	return p
}

// open returns p at the first slide of a lesson of the course.
func (p Present) open(s *script.Scenario) Present {
	if p.Lesson != s || len(p.Slides) == 0 {
		p.Lesson, p.Run, p.Trace, p.row, p.Slides = s, Run{}, nil, "", deckOf(s)
	}
	return p.at(0)
}

// openRun returns p at the step of a run that it is at.
func (p Present) openRun(r Run) Present {
	if p.Lesson != nil || p.Run.Trace != r.Trace {
		p.shown = maps.Clone(p.shown)
		maps.DeleteFunc(p.shown, func(key string, _ bool) bool { return strings.HasPrefix(key, runKey) })
	}
	p.Lesson, p.Run, p.Trace, p.row, p.Slides = nil, r, r.Trace, "", deckOfRun(r.Trace)
	return p.at(r.Step)
}

// onward returns p after what the slide hides, else at the next one, and behind the last at
// the next lesson; over when there is none.
func (p Present) onward() (_ Present, over bool) {
	switch {
	case p.Slide().Hides() && !p.Shown():
		return p.reveal(true), false
	case p.At < len(p.Slides)-1:
		return p.at(p.At + 1), false
	}
	if next := p.beside(1); next != nil {
		return p.open(next), false
	}
	return p, true
}

// backward returns p at the slide before, and before the first at the end of the lesson
// before.
func (p Present) backward() (_ Present, over bool) {
	if p.At > 0 {
		return p.at(p.At - 1), false
	}
	if last := p.beside(-1); last != nil {
		p = p.open(last)
		return p.at(len(p.Slides) - 1), false
	}
	return p, true
}

// beside returns the lesson so many further in the course, nil if there is none.
func (p Present) beside(by int) *script.Scenario {
	all := Course()
	i := slices.Index(all, p.Lesson)
	if i < 0 || i+by < 0 || i+by >= len(all) {
		return nil
	}
	return all[i+by]
}

// reveal returns p with what the slide hides shown, or hidden again.
func (p Present) reveal(on bool) Present {
	s := p.Slide()
	if !s.Hides() && !s.Votes() {
		return p
	}
	p.shown = maps.Clone(p.shown)
	if p.shown == nil {
		p.shown = map[string]bool{}
	}
	p.shown[p.key(s)] = on
	return p
}

// Caption is what stands on top of the slide.
func (p Present) Caption() string { return p.captionOf(p.Slide()) }

// Next is the caption of the next slide, "" behind the last.
func (p Present) Next() string {
	if p.At+1 < len(p.Slides) {
		next := p
		next.At++
		return next.captionOf(next.Slide())
	}
	if next := p.beside(1); next != nil {
		return text.T("present.next-lesson", "title", next.Title)
	}
	return ""
}

func (p Present) captionOf(s Slide) string {
	c := p.course()
	switch s.Kind {
	case ShowsBet:
		return c.Bets[s.N].Ask
	case ShowsStep:
		t := p.Trace
		if p.Lesson != nil && p.row != s.Row {
			t = played(p.Lesson, s.Row)
		}
		return stepCaption(t, s.Step-1)
	case ShowsAsk:
		return c.Asks[s.N].Ask
	case ShowsCode:
		return text.T("present.decided", "n", s.Step)
	case ShowsCard:
		return c.Stops[s.N].Cards[s.Card].Title
	case ShowsAnswer:
		_, question := SplitAsk(c.Bets[s.N].Ask)
		return question
	case ShowsOwn:
		return text.T("own.ask")
	case ShowsAgain:
		return text.T("present.again", "ask", c.Bets[s.N].Ask)
	}
	return c.Take
}

// Answer is what the slide hides, for the trainer alone; "" for nothing.
func (p Present) Answer() string {
	s := p.Slide()
	switch s.Kind {
	case ShowsBet, ShowsAnswer, ShowsAgain:
		return Holding(p.Lesson, p.Bet())
	case ShowsAsk:
		return p.Lesson.Course.Asks[s.N].Right
	case ShowsCard:
		_, c := p.Stop()
		word, why := CardEnds(c, p.Trace)
		return word + ". " + why
	case ShowsStep:
		if s.Last {
			word, because := words.Ending(p.Trace.Verdict)
			return word + ". " + because
		}
	}
	return ""
}

// stepCaption is what is said of a step.
func stepCaption(t *lab.Trace, i int) string {
	f := t.Frames[i]
	return cmp.Or(f.Step.Caption, text.T("act.as", "who", words.Person(f.Step.Who), "act", words.Act(t, i)))
}
