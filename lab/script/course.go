package script

import (
	"fmt"
	"slices"
	"strings"
)

// A Course is what a lesson asks a learner. No answer is stored: package ask plays the
// lesson and works it out.
type Course struct {
	Goal    string
	Minutes int
	Take    string   // the takeaway, one line
	Terms   []string // words of the glossary
	Own     bool     // it ends with what a login does in one's own framework
	Bets    []Bet
	Asks    []Ask
	Stops   []Stop
	Goals   []Goal   // of a challenge: its parts, in order
	Scripts []Script // worked solutions
	Notes   Notes

	termLines []int // of Terms
}

// A Bet is a question before the run.
type Bet struct {
	Line    int
	Ask     string
	Run     string   // the ROW it is about, "" for the lesson as it stands
	Options []Option // two or three, of which one holds
	Where   *Event   // a step to point at besides; nil for none
}

// An Option is one answer to a bet.
type Option struct {
	Text  string
	Holds Predicate
}

// An Ask is a question that is answered by pointing.
type Ask struct {
	Line  int
	Ask   string
	Run   string // as of a Bet
	Point Thing  // the right thing
	Right string
	Wrong []Reply // what is said of likely mistakes
	Else  string  // of everything else
}

// A Reply is what is said of one wrong answer.
type Reply struct {
	Thing Thing
	Text  string
}

// Notes are for whoever teaches the lesson. Each is one sentence or a few.
type Notes struct {
	Goal, Believe, Say, Ask, Expect, Trap string
	Minutes                               int
}

// TermsAt are the terms with the lines that they stand on.
func (c *Course) TermsAt(yield func(line int, term string) bool) {
	for i, term := range c.Terms {
		if !yield(c.termLines[i], term) {
			return
		}
	}
}

// Row is the row of the run that b is about: "none" for the lesson as it stands.
func (b Bet) Row() string { return rowOf(b.Run) }

// Row is the row of the run that a is about, as of a Bet.
func (a Ask) Row() string { return rowOf(a.Run) }

func rowOf(run string) string {
	if run == "" {
		return "none"
	}
	return run
}

// Rows are the rows of the course, with the lines that they stand on: those that bets
// and asks are about, those of cards and goals, and those that predicates compare with. The
// lesson as it stands is "none".
func (c *Course) Rows(yield func(line int, row string) bool) {
	for _, b := range c.Bets {
		if !yield(b.Line, b.Row()) {
			return
		}
		for _, o := range b.Options {
			for row := range o.Holds.rows {
				if !yield(b.Line, row) {
					return
				}
			}
		}
	}
	for _, a := range c.Asks {
		if !yield(a.Line, a.Row()) {
			return
		}
	}
	for _, s := range c.Stops {
		for _, card := range s.Cards {
			if !yield(card.Line, card.Row) {
				return
			}
		}
	}
	for _, g := range c.Goals {
		for _, at := range g.rows {
			if !yield(at.line, at.row) {
				return
			}
		}
	}
}

// betsOn reports whether a bet is about a row.
func (c *Course) betsOn(row string) bool {
	return slices.ContainsFunc(c.Bets, func(b Bet) bool { return b.Row() == row })
}

// free checks that no row throws a switch of the lesson's own server.
func (p *parser) free() error {
	for _, w := range p.s.Wants {
		if err := p.s.leaves(w.On); err != nil {
			p.line = w.Line
			return err
		}
	}
	if p.s.Course == nil {
		return nil
	}
	for line, row := range p.s.Course.Rows {
		on, _, err := ParseRow(row)
		if err == nil {
			err = p.s.leaves(on)
		}
		if err != nil {
			p.line = line
			return err
		}
	}
	return nil
}

// row returns text when it is a ROW.
func row(text string) (string, error) {
	if word, rest, ok := strings.Cut(text, " "); ok {
		return "", fmt.Errorf("want a row such as rotate@xss, got %q before %q", word, rest)
	}
	_, _, err := ParseRow(text)
	return text, err
}

// complete checks what a course needs as a whole.
func (p *parser) complete() error {
	c := &p.course
	switch {
	case p.opened == nil && c.Scripts == nil, p.wrong(p.first, p.line):
		return nil
	case !p.carded:
		return fmt.Errorf("a course begins with a section \"card\", and there is none")
	}
	if err := p.goals(); err != nil {
		return err
	}
	for _, s := range c.Stops {
		if n := len(s.Cards); n < 2 || n > 6 {
			p.line = s.Line
			return fmt.Errorf("want from two to six cards side by side, got %d", n)
		}
		if s.Run != "" && !c.betsOn(s.Run) {
			p.line = s.Line
			return fmt.Errorf("cards follow the run of %s, and no bet is about it", s.Run)
		}
	}
	for _, b := range c.Bets {
		if n := len(b.Options); n < 2 || n > 3 {
			p.line = b.Line
			return fmt.Errorf("a bet has two or three options, not %d", n)
		}
	}
	p.s.Course = c
	return nil
}

// OfOneRun reports whether all options of b are about its own run, and so its outcome
// says which one holds.
func (b Bet) OfOneRun() bool {
	return !slices.ContainsFunc(b.Options, func(o Option) bool {
		return slices.ContainsFunc(o.Holds, func(t Term) bool { return t.Word == TermWith })
	})
}
