package page

import (
	"slices"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/lab/server"
)

// A LearnMsg is a message to the course.
type LearnMsg interface{ learn(Learn) Learn }

type (
	PickOption int      // an option, a card or a place, from 1
	Commit     bool     // the bet on the picked option; it says whether she is sure
	Onward     struct { // the next step, or the next stage after the last
		Twice bool // by the second click of a double click, which leaves no stage
	}
	Backward      struct{} // the step before, or the stage before
	ToStep        int      // that many steps of the run have been taken
	ToDot         int      // likewise, from 1, by the keys of the dots: the focus stays among them
	HereDecided   bool     // she says that the step that is shown decides, or no longer does
	LessonsLeft   struct{} // the focus has left the list of lessons
	SameLesson    struct{} // the link to the lesson that is shown was followed from the list: its heading gets the focus
	Lessons       bool     // open or close the list of lessons
	Explain       string   // a term; the one that is explained already is closed
	PickFramework string   // a profile's ID
)

func (p PickOption) learn(l Learn) Learn {
	l.Picked, l.Term, l.Early = int(p), "", 0
	if s := l.At(); s.Kind == AtAsk {
		if places := l.Places(); l.Picked >= 1 && l.Picked <= len(places) {
			l.Told = l.toldOf(l.Lesson.Course.Asks[s.N], places[l.Picked-1])
			l.Step = places[l.Picked-1].Frame + 1
		}
	}
	return l
}

func (c Commit) learn(l Learn) Learn {
	s := l.At()
	if s.Kind != AtBet || l.Picked < 1 || l.Picked > len(l.Lesson.Course.Bets[s.N].Options) {
		if s.Kind == AtBet {
			l.Early++
		}
		return l
	}
	made := Made{Option: l.Lesson.Course.Bets[s.N].Options[l.Picked-1].Text, Sure: bool(c)}
	l = l.keep(func(r *Record) {
		for len(r.Bets) <= s.N {
			r.Bets = append(r.Bets, Made{})
		}
		r.Bets[s.N] = made
	})
	return l.at(l.Stage + 1)
}

func (o Onward) learn(l Learn) Learn {
	switch s := l.At(); {
	case o.Twice && (s.Kind != AtAct || l.Ended()):
		return l
	case l.Asked:
		return l.due()
	case s.Kind == AtBet && l.Made(s.N).Option == "":
		return l
	case s.Kind == AtAct && !l.Ended():
		return ToStep(l.Step + 1).learn(l)
	case s.Kind == AtCard:
		if next := l.Next(); next != nil {
			return l.open(next)
		}
		return l
	case s.Kind == AtStop && l.Stops == nil:
		return l.runStops()
	}
	return l.at(l.Stage + 1)
}

func (Backward) learn(l Learn) Learn {
	if l.Asked {
		return l
	}
	if l.At().Kind == AtAct && l.Step > 0 {
		return ToStep(l.Step - 1).learn(l)
	}
	l = l.at(l.Stage - 1)
	if s := l.At(); s.Kind == AtAct && slices.Contains(l.Progress.Lessons[l.Lesson.Name].Seen, s.N) {
		l.Step = len(l.Trace.Frames) // the result that she comes from
	}
	return l
}

func (n ToStep) learn(l Learn) Learn {
	if l.Trace == nil {
		return l
	}
	l.Step, l.Term = max(0, min(int(n), len(l.Trace.Frames))), ""
	if s := l.At(); s.Kind == AtAct && l.Ended() && !slices.Contains(l.Progress.Lessons[l.Lesson.Name].Seen, s.N) {
		l = l.keep(func(r *Record) { r.Seen = append(r.Seen, s.N) })
	}
	return l
}

func (d ToDot) learn(l Learn) Learn { return ToStep(max(1, int(d))).learn(l) }

func (h HereDecided) learn(l Learn) Learn {
	s := l.At()
	if !l.Points() || l.Step == 0 {
		return l
	}
	return l.keep(func(r *Record) {
		r.Bets[s.N].Where = 0
		if h {
			r.Bets[s.N].Where = l.Step
		}
	})
}

// runStops plays the cards.
func (l Learn) runStops() Learn {
	l.Stops = nil
	for _, c := range l.Lesson.Course.Stops[l.At().N].Cards {
		l.Stops = append(l.Stops, played(l.Lesson, c.Row))
	}
	return l
}

func (m Lessons) learn(l Learn) Learn   { l.Menu = bool(m); return l }
func (LessonsLeft) learn(l Learn) Learn { return Lessons(false).learn(l) }
func (SameLesson) learn(l Learn) Learn  { return Lessons(false).learn(l) }

func (e Explain) learn(l Learn) Learn {
	if l.Term == string(e) {
		e = ""
	}
	l.Term = string(e)
	return l
}

// NoFramework is picked for the lab's own server, and for none.
const NoFramework = "none"

func (p PickFramework) learn(l Learn) Learn {
	if p == NoFramework {
		p = ""
	}
	if _, ok := server.ByID(string(p)); ok || p == "" {
		l.Progress.Framework = string(p)
		l.Progress.changes++
		return l.repointed()
	}
	return l
}

// repointed returns l after the things to point at have changed: with the right one pointed
// at where it was, else with none.
func (l Learn) repointed() Learn {
	if l.At().Kind != AtAsk || l.Picked == 0 {
		return l
	}
	right := l.Told.Right
	l.Picked, l.Told.Text, l.Told.Right = 0, "", false
	for i := range l.Places() {
		if now := PickOption(i + 1).learn(l); right && now.Told.Right {
			return now
		}
	}
	return l
}

// Of the file of progress.
type (
	SaveProgress struct{} // to a file
	LoadProgress struct{} // choose a file
	Uploaded     string   // the text of the file that was chosen
	Forget       struct{} // all progress, when it is asked for twice on end
)

func (LoadProgress) does() []Effect { return []Effect{Upload{}} }

func (SaveProgress) lab(m Model) Model { return m }
func (LoadProgress) lab(m Model) Model { return m }

func (Forget) lab(m Model) Model {
	if !m.Learn.Forgets {
		m.Learn.Forgets = true
		return m
	}
	m.Learn = m.Learn.anew(Progress{}).at(0)
	m.Learn.Class, m.Learn.Name = class.Link{}, ""
	return m.tell(text.T("progress.forgotten"))
}

func (u Uploaded) lab(m Model) Model {
	p, err := ParseProgress(string(u))
	if err != nil {
		return m.tell(text.T("progress.wrong", "why", err.Error()))
	}
	m.Learn = m.Learn.anew(p).at(0)
	return m.tell(text.T("progress.loaded"))
}

func (l Learn) sameStage(o Learn) bool {
	return l.Lesson != nil && o.Lesson != nil && l.Lesson.Name == o.Lesson.Name && l.Stage == o.Stage
}
