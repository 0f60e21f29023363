package page

import (
	"slices"

	"fixlab/app/class"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/script"
)

// A Learn is where a learner stands in the course.
type Learn struct {
	Lesson   *script.Scenario // of the course; nil before its page was turned to
	Stage    int              // an index of Stages(Lesson)
	Step     int              // how many steps of the stage's run have been taken
	Picked   int              // the option, card or place that is picked, from 1; 0 for none
	Told     Told             // what was said of the place that was picked
	Trace    *lab.Trace       // the stage's run; nil at a stage that has none
	Stops    []*lab.Trace     // the cards' runs, once they were asked for
	Term     string           // the term that is explained, "" for none
	Menu     bool             // the list of lessons is open
	Due      []Due            // questions from before that are asked first; the one that is shown is not among them
	Asked    bool             // such a question is shown
	Early    int              // how often the bet was to be made before an option was picked
	Forgets  bool             // all progress is forgotten when that is asked for once more
	Progress Progress
	Class    class.Link // that she has opened the link of; the zero Link is none
	Invited  class.Link // to another class, whose link was opened while she was in one
	Name     string     // that she goes by in it, as she types it

	today string // "2026-01-31"; "" when it is not known
}

// A Told is what was said of an answer.
type Told struct {
	Right bool
	Text  string // "" before an answer
}

// A Kind is what is done at a stage.
type Kind int

// The kinds of stages.
const (
	AtBet  Kind = iota // say what will happen
	AtAct              // act, step by step, to the result
	AtAsk              // answer by pointing
	AtStop             // what would stop it, side by side
	AtOwn              // what login does in her own framework
	AtCard             // what to take along
)

var stageNames = [...]string{"bet", "act", "ask", "stop", "own", "card"}

// String returns the name of such a stage in links.
func (k Kind) String() string { return stageNames[k] }

// A Stage is one screen of a lesson.
type Stage struct {
	Kind Kind
	N    int    // which bet, question or set of cards it is, from 0; at AtAct the bet that it belongs to
	Row  string // the run that it is about, as rows of a want table have it
}

// Stages returns the screens of a lesson, in order: each bet with its run, the questions
// about that run and the cards that follow it, the other questions and cards, and what to
// take along.
func Stages(s *script.Scenario) []Stage {
	c := s.Course
	var out []Stage
	asked := make([]bool, len(c.Asks))
	ask := func(of func(row string) bool) {
		for i, a := range c.Asks {
			if row := a.Row(); !asked[i] && of(row) {
				asked[i] = true
				out = append(out, Stage{AtAsk, i, row})
			}
		}
	}
	dealt := make([]bool, len(c.Stops))
	cards := func(run string) {
		for i, s := range c.Stops {
			if s.Run == run && !dealt[i] {
				dealt[i] = true
				out = append(out, Stage{AtStop, i, run})
			}
		}
	}
	for i, b := range c.Bets {
		row := b.Row()
		out = append(out, Stage{AtBet, i, row}, Stage{AtAct, i, row})
		ask(func(r string) bool { return r == row })
		cards(row)
	}
	ask(func(string) bool { return true })
	cards("")
	if c.Own {
		out = append(out, Stage{Kind: AtOwn})
	}
	return append(out, Stage{Kind: AtCard})
}

// At returns the stage that is shown.
func (l Learn) At() Stage { return Stages(l.Lesson)[l.Stage] }

// Course returns the lessons of the course, in order.
func Course() []*script.Scenario { return class.Lessons() }

// Number returns the place of the lesson in the course, from 1.
func (l Learn) Number() int {
	return 1 + slices.IndexFunc(Course(), func(s *script.Scenario) bool { return s.Name == l.Lesson.Name })
}

// First reports whether this is the first view of all: the bet of the first lesson.
func (l Learn) First() bool { return l.Stage == 0 && l.Number() == 1 }

// Next returns the lesson after this one, nil after the last.
func (l Learn) Next() *script.Scenario {
	all := Course()
	if n := l.Number(); n < len(all) {
		return all[n]
	}
	return nil
}

// at returns l at a stage, before its first step; nothing is picked there.
func (l Learn) at(stage int) Learn {
	l.Stage = max(0, min(stage, len(Stages(l.Lesson))-1))
	l.Step, l.Picked, l.Told, l.Trace, l.Stops, l.Term, l.Menu = 0, 0, Told{}, nil, nil, "", false
	l.Early, l.Forgets = 0, false
	switch s := l.At(); s.Kind {
	case AtAct, AtAsk:
		l.Trace = played(l.Lesson, s.Row)
	case AtBet:
		if made := l.Made(s.N); made.Option != "" {
			l.Picked = 1 + slices.IndexFunc(l.Lesson.Course.Bets[s.N].Options, func(o script.Option) bool { return o.Text == made.Option })
		}
	case AtCard:
		l = l.keep(func(r *Record) { r.Done = true })
	}
	return l
}

// open returns l at the first stage of a lesson.
func (l Learn) open(s *script.Scenario) Learn {
	l.Lesson = s
	return l.at(0)
}

// begun returns l at the first lesson where it is at none.
func (l Learn) begun() Learn {
	if l.Lesson == nil {
		return l.open(Course()[0])
	}
	return l
}

// Made returns the bet that was made; one that was not has no Option.
func (l Learn) Made(n int) Made {
	if bets := l.Progress.Lessons[l.Lesson.Name].Bets; n < len(bets) {
		return bets[n]
	}
	return Made{}
}

// Points reports whether the bet that was made goes with a step to point at, and its
// run is not over.
func (l Learn) Points() bool {
	s := l.At()
	return s.Kind == AtAct && !l.Ended() && l.Made(s.N).Option != "" && l.Lesson.Course.Bets[s.N].Where != nil
}

// Decides returns the step, from 1, that a bet's pointing is about; 0 for none.
func Decides(s *script.Scenario, b script.Bet) int {
	if b.Where == nil {
		return 0
	}
	p, ok := ask.Find(played(s, b.Row()), *b.Where)
	if !ok {
		return 0
	}
	return p.Frame + 1
}

// Ended reports whether the stage's run has been followed to its last step.
func (l Learn) Ended() bool { return l.Trace != nil && l.Step == len(l.Trace.Frames) }

// Shows reports whether the result of the stage's run may be shown.
func (l Learn) Shows() bool {
	s := l.At()
	return s.Kind == AtAct && l.Ended() || s.Kind == AtAsk
}

// may reports whether a learner may go to a stage: what comes after a bet says how it
// ended, and is there once the bet was made or its run was seen to its end.
func (l Learn) may(stage int) bool {
	for i, s := range Stages(l.Lesson) {
		if i >= stage {
			break
		}
		seen := slices.Contains(l.Progress.Lessons[l.Lesson.Name].Seen, s.N)
		if s.Kind == AtBet && l.Made(s.N).Option == "" && !seen && stage > i+1 {
			return false
		}
	}
	return true
}

// Places returns what can be pointed at in the question that is asked.
func (l Learn) Places() []ask.Place {
	s := l.At()
	if s.Kind != AtAsk {
		return nil
	}
	a := l.Lesson.Course.Asks[s.N]
	places := ask.Candidates(l.Trace, a.Point.Kind)
	if a.Point.Kind != script.PointCode {
		return places
	}
	// A line is looked for among those that ran in the same step.
	right, _ := ask.Find(l.Trace, a.Point.Event)
	return l.inTheirs(a, slices.DeleteFunc(places, func(p ask.Place) bool { return p.Frame != right.Frame }))
}
