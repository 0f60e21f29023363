package paper

import (
	"fmt"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A lesson is one of the course, with its answers.
type lesson struct {
	N int // from 1
	*script.Scenario
	Bets  []bet
	Asks  []pointed
	Cards []card
	Steps []step // of the run of the first bet
}

// A bet has the option that holds.
type bet struct {
	script.Bet
	About  string // the run that it is about; "" for the lesson as it stands
	Holds  script.Option
	Points *place // nil where it asks for none
}

// A pointed question has its right place.
type pointed struct {
	script.Ask
	About string // as of a bet
	At    place
}

// A card has the result of its run.
type card struct {
	script.Card
	Came string // "Hijacked"
}

// A step is one of a run.
type step struct {
	N       int
	Caption string
}

// lessons works out the answers of the course.
func lessons() (all []lesson, err error) {
	for i, s := range page.Course() {
		l := lesson{N: i + 1, Scenario: s}
		if err := l.answer(scenarios.Rows(s)); err != nil {
			return nil, fmt.Errorf("lesson %s: %w", s.Name, err)
		}
		all = append(all, l)
	}
	return all, nil
}

func (l *lesson) answer(rows ask.Rows) error {
	for _, b := range l.Course.Bets {
		holds, err := ask.Holding(b, rows)
		if err != nil {
			return err
		}
		t, err := rows(b.Row())
		if err != nil {
			return err
		}
		if l.Steps == nil {
			l.Steps = steps(t)
		}
		out := bet{Bet: b, About: page.RowWords(b.Row()), Holds: b.Options[holds]}
		if b.Where != nil {
			at, err := placed(t, script.Thing{Event: *b.Where})
			if err != nil {
				return err
			}
			out.Points = &at
		}
		l.Bets = append(l.Bets, out)
	}
	var err error
	if l.Asks, err = answered(l.Course.Asks, rows); err != nil {
		return err
	}
	for _, stop := range l.Course.Stops {
		for _, c := range stop.Cards {
			t, err := rows(c.Row)
			if err != nil {
				return err
			}
			word, _ := words.Ending(t.Verdict)
			l.Cards = append(l.Cards, card{c, word})
		}
	}
	return nil
}

// answered finds the places that questions ask for.
func answered(asks []script.Ask, rows ask.Rows) (all []pointed, err error) {
	for _, a := range asks {
		t, err := rows(a.Row())
		if err != nil {
			return nil, err
		}
		at, err := placed(t, a.Point)
		if err != nil {
			return nil, err
		}
		all = append(all, pointed{a, page.RowWords(a.Row()), at})
	}
	return all, nil
}

// steps are those of a run, as its captions tell them.
func steps(t *lab.Trace) (all []step) {
	for i := range t.Frames {
		all = append(all, stepAt(t, i))
	}
	return all
}

// stepAt is the step of a frame: its caption, or what it is called to take it.
func stepAt(t *lab.Trace, i int) step {
	caption := t.Frames[i].Step.Caption
	if caption == "" {
		caption = words.Act(t, i)
	}
	return step{i + 1, caption}
}
