package page

import (
	"slices"
	"strconv"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/script"
)

// A Slide is one screen of a lesson as it is shown to a class.
type Slide struct {
	Kind  SlideKind
	Stage int    // an index of Stages of the lesson: where Learn is then
	N     int    // which bet, question or set of cards it is, from 0
	Card  int    // of a set, from 0
	Step  int    // how many steps of the run have been taken
	Last  bool   // and those are all of them
	Row   string // the run that it is about, as rows of a want table have it
	Name  string // in links, behind the lesson's
}

// A SlideKind is what is on a slide.
type SlideKind int

// The kinds of slides.
const (
	ShowsBet    SlideKind = iota // what will happen? The class votes
	ShowsStep                    // a step of the run; the last one with its result
	ShowsAsk                     // a question, answered by pointing
	ShowsCode                    // the lines at which the run is decided
	ShowsCard                    // something that might stop it; the class votes
	ShowsAnswer                  // which option of a bet holds, where the cards say so
	ShowsOwn                     // what login does in one's own framework
	ShowsAgain                   // the first bet once more
	ShowsTake                    // what to take along
)

// Hides reports whether there is something on the slide that is hidden at first. The votes of
// a bet are, too, but nothing waits for them.
func (s Slide) Hides() bool {
	switch s.Kind {
	case ShowsStep:
		return s.Last
	case ShowsAsk, ShowsCard, ShowsAnswer, ShowsAgain:
		return true
	}
	return false
}

// Votes reports whether the class votes on the slide.
func (s Slide) Votes() bool {
	return s.Kind == ShowsBet || s.Kind == ShowsCard || s.Kind == ShowsAgain
}

// deckOf returns the slides of a lesson of the course, in the order of its stages. What
// decides a run comes after the questions about it, and after the cards where they answer
// the bet.
func deckOf(s *script.Scenario) []Slide {
	d := deck{lesson: s, stages: Stages(s)}
	names := stageNamesOf(s)
	for i, at := range d.stages {
		slide := Slide{Stage: i, N: at.N, Row: at.Row, Name: names[i]}
		switch at.Kind {
		case AtBet:
			slide.Kind = ShowsBet
			d.add(slide)
		case AtAct:
			d.act = slide
			slide.Kind = ShowsStep
			d.steps(slide, len(played(s, at.Row).Frames))
			d.decides(i)
		case AtAsk:
			slide.Kind = ShowsAsk
			d.add(slide)
			d.decides(i)
		case AtStop:
			slide.Kind = ShowsCard
			for n := range s.Course.Stops[at.N].Cards {
				slide.Card, slide.Name = n, names[i]+"/"+strconv.Itoa(n+1)
				slide.Row = s.Course.Stops[at.N].Cards[n].Row
				d.add(slide)
			}
		case AtOwn:
			d.answers()
			slide.Kind = ShowsOwn
			d.add(slide)
		case AtCard:
			d.answers()
			if len(s.Course.Bets) > 0 {
				d.add(Slide{Kind: ShowsAgain, Row: s.Course.Bets[0].Row(), Name: "again"})
			}
			slide.Kind = ShowsTake
			d.add(slide)
		}
	}
	return d.slides
}

// deckOfRun returns a slide for each step of a run.
func deckOfRun(t *lab.Trace) []Slide {
	var d deck
	d.steps(Slide{Kind: ShowsStep, Name: AtAct.String()}, len(t.Frames))
	return d.slides
}

// A deck is one that is being put together.
type deck struct {
	lesson *script.Scenario
	stages []Stage
	slides []Slide
	act    Slide   // the run that was shown last
	due    []Slide // runs whose bets the cards answer
}

func (d *deck) add(s Slide) { d.slides = append(d.slides, s) }

func (d *deck) steps(s Slide, n int) {
	name := s.Name
	for i := range n {
		s.Step, s.Last, s.Name = i+1, i == n-1, name+"/"+strconv.Itoa(i+1)
		d.add(s)
	}
}

// decides adds the lines that decide the run which was shown last, when stage i was the last
// about it, and no question has pointed at a line of that step.
func (d *deck) decides(i int) {
	if d.stages[i+1].Kind == AtAsk && d.stages[i+1].Row == d.act.Row {
		return
	}
	if !d.lesson.Course.Bets[d.act.N].OfOneRun() {
		if !slices.ContainsFunc(d.due, func(s Slide) bool { return s.N == d.act.N }) {
			d.due = append(d.due, d.act)
		}
		return
	}
	d.code(d.act)
}

// answers adds which options hold where the cards said so, and what decided those runs.
func (d *deck) answers() {
	for _, s := range d.due {
		bet := s
		bet.Kind, bet.Name = ShowsAnswer, numbered("answer", 1+len(d.of(ShowsAnswer)))
		d.add(bet)
		d.code(s)
	}
	d.due = nil
}

func (d *deck) of(kind SlideKind) (out []Slide) {
	for _, s := range d.slides {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// code adds the lines that decide a run, unless they have been shown.
func (d *deck) code(act Slide) {
	t := played(d.lesson, act.Row)
	if _, _, ok := words.Telltale(t, t.Verdict.Frame); !ok {
		return
	}
	for _, s := range d.slides {
		if shown := s.Row == act.Row && (s.Kind == ShowsCode || s.Kind == ShowsAsk && d.lesson.Course.Asks[s.N].Point.Kind == script.PointCode); shown {
			return
		}
	}
	act.Kind, act.Step, act.Name = ShowsCode, t.Verdict.Frame+1, numbered("code", 1+len(d.of(ShowsCode)))
	d.add(act)
}

// numbered is the name of the nth of its kind, from 1.
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return name + "-" + strconv.Itoa(n)
}
