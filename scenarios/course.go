package scenarios

import (
	"fmt"
	"slices"

	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/near"
	"fixlab/lab/script"
)

// A Mistake is something that a course says and that does not hold when it is played.
type Mistake struct {
	Line int // of the file
	Says string
}

// Mistakes plays what the course of s asks, and returns what does not hold: a term that
// the glossary lacks, a bet of which not exactly one option does, a question whose thing
// is not in its run or which is not answered as it is written, cards that all come to the
// same, a goal that is won by what must not win it, or not by what must.
func Mistakes(s *script.Scenario) (all []Mistake) {
	if s.Course == nil {
		return nil
	}
	rows := Rows(s)
	add := func(line int, format string, args ...any) {
		all = append(all, Mistake{line, fmt.Sprintf(format, args...)})
	}
	for line, term := range s.Course.TermsAt {
		if _, ok := Meaning(term); !ok {
			add(line, "the glossary has no term %q, the nearest is %q", term, near.Closest(term, glossaryWords()))
		}
	}
	for _, b := range s.Course.Bets {
		if _, err := ask.Holding(b, rows); err != nil {
			add(b.Line, "%v", err)
			continue
		}
		if t, _ := rows(b.Row()); b.Where != nil {
			if _, ok := ask.Find(t, *b.Where); !ok {
				add(b.Line, "the run of %s has nothing for %q", b.Row(), b.Where)
			}
		}
	}
	for _, a := range s.Course.Asks {
		for _, says := range answers(a, rows) {
			add(a.Line, "%s", says)
		}
	}
	for _, stop := range s.Course.Stops {
		all = append(all, compared(stop, rows)...)
	}
	at := Ground(s, AnySeed)
	for i := range s.Course.Goals {
		all = append(all, mistold(s, &s.Course.Goals[i], at)...)
	}
	return all
}

// compared returns what is wrong with cards side by side.
func compared(s script.Stop, rows ask.Rows) (wrong []Mistake) {
	var ends []event.Outcome
	for _, c := range s.Cards {
		t, err := rows(c.Row)
		switch {
		case err != nil:
			wrong = append(wrong, Mistake{c.Line, err.Error()})
			continue
		case t.Cut != "":
			wrong = append(wrong, Mistake{c.Line, "no verdict: " + t.Cut})
			continue
		case c.Why != "" && c.Ends != t.Verdict.Outcome:
			wrong = append(wrong, Mistake{c.Line, fmt.Sprintf("the card says why it ends %s, and it ends %s", c.Ends, t.Verdict.Outcome)})
		}
		ends = append(ends, t.Verdict.Outcome)
	}
	if len(ends) == len(s.Cards) && len(slices.Compact(ends)) == 1 {
		wrong = append(wrong, Mistake{s.Cards[0].Line, fmt.Sprintf("every card comes to %s: there is nothing to compare", ends[0])})
	}
	return wrong
}

// answers returns what is wrong with a question.
func answers(a script.Ask, rows ask.Rows) (wrong []string) {
	t, err := rows(a.Row())
	if err != nil {
		return []string{err.Error()}
	}
	// judged is what a learner is told who points at thing, or at what looks the same.
	judged := func(thing script.Thing) (right bool, says string, ok bool) {
		at, ok := ask.Find(t, thing.Event)
		if !ok {
			wrong = append(wrong, fmt.Sprintf("the run of %s has nothing for %q", a.Row(), thing))
			return false, "", false
		}
		right, says = ask.Judge(t, a, at)
		only := script.Ask{Point: thing, Right: "it"}
		if !slices.ContainsFunc(ask.Candidates(t, thing.Kind), func(p ask.Place) bool { ok, _ := ask.Judge(t, only, p); return ok }) {
			wrong = append(wrong, fmt.Sprintf("nobody can point at %q", thing))
		}
		return right, says, true
	}
	if right, says, ok := judged(a.Point); ok && (!right || says != a.Right) {
		wrong = append(wrong, fmt.Sprintf("%q is answered with %q", a.Point, says))
	}
	for _, w := range a.Wrong {
		switch right, says, ok := judged(w.Thing); {
		case !ok:
		case right:
			wrong = append(wrong, fmt.Sprintf("%q is right as well", w.Thing))
		case says != w.Text:
			wrong = append(wrong, fmt.Sprintf("%q is the same as a mistake before it", w.Thing))
		}
	}
	return wrong
}
