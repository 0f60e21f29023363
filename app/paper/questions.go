package paper

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"fixlab/app/page"
	"fixlab/lab/ask"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A question is asked before and after a class, with one right option.
type question struct {
	script.Bet
	N       int // from 1
	Lesson  *script.Scenario
	Number  int      // of the lesson in the course; 0 when it is not in it
	Beliefs []string // behind each option; "" behind the right one
	Right   int      // an index of Options
	Printed []int    // the order in which options are printed: indexes of Options
}

// On returns the letter of the ith option on the printed page.
func (q question) On(i int) string { return letter(slices.Index(q.Printed, i)) }

// questionsFile holds the questions.
const questionsFile = "en/questions.txt"

// questions reads the questions and plays which options are right. The error names the file
// and the line.
func questions() ([]question, error) {
	text, err := files.ReadFile(questionsFile)
	if err != nil {
		return nil, err
	}
	return parseQuestions(string(text))
}

// parseQuestions reads questions: lines "ask", "lesson", of which the runs are, and then
// "option: TEXT | PREDICATE", each with a line "belief" but for the one that is right.
func parseQuestions(text string) (all []question, err error) {
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, ": ")
		if name == "ask" {
			all = append(all, question{Bet: script.Bet{Line: i + 1, Ask: value}, N: len(all) + 1})
		}
		if err = fmt.Errorf("want \"ask\", \"lesson\", \"option\" or \"belief\", got %q", line); ok && len(all) > 0 {
			err = all[len(all)-1].read(name, value)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", questionsFile, i+1, err)
		}
	}
	for i := range all {
		if err := all[i].play(); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", questionsFile, all[i].Line, err)
		}
	}
	shuffle(all)
	return all, nil
}

// read takes a line of q.
func (q *question) read(name, value string) (err error) {
	switch name {
	case "ask":
	case "lesson":
		q.Lesson, err = scenarios.Get(value)
	case "option":
		text, holds, ok := strings.Cut(value, " | ")
		if !ok {
			return fmt.Errorf("want \"option: TEXT | PREDICATE\", got %q", value)
		}
		o := script.Option{Text: strings.TrimSpace(text)}
		o.Holds, err = script.ParsePredicate(strings.TrimSpace(holds))
		q.Options, q.Beliefs = append(q.Options, o), append(q.Beliefs, "")
	case "belief":
		if len(q.Beliefs) == 0 {
			return fmt.Errorf("a belief stands behind an option, and there is none")
		}
		q.Beliefs[len(q.Beliefs)-1] = value
	default:
		err = fmt.Errorf("unknown %q", name)
	}
	return err
}

// play works out which option is right.
func (q *question) play() (err error) {
	if q.Lesson == nil || len(q.Options) < 3 {
		return fmt.Errorf("a question has a lesson and three options or more")
	}
	if q.Right, err = ask.Holding(q.Bet, scenarios.Rows(q.Lesson)); err != nil {
		return err
	}
	for i, belief := range q.Beliefs {
		if (belief == "") != (i == q.Right) {
			return fmt.Errorf("option %q: a wrong option has a belief, and the right one has none", q.Options[i].Text)
		}
	}
	q.Number = 1 + slices.IndexFunc(page.Course(), func(s *script.Scenario) bool { return s.Name == q.Lesson.Name })
	return nil
}

// shuffle puts the options of each question into an order for paper: not that of the file,
// and such that no letter is right more often than it must be. Equal questions come out
// equal.
func shuffle(all []question) {
	if len(all) == 0 {
		return
	}
	dice := rand.New(rand.NewChaCha8(sha256.Sum256([]byte(all[0].Ask))))
	for {
		right := map[string]int{}
		for i := range all {
			q := &all[i]
			for q.Printed = dice.Perm(len(q.Options)); slices.IsSorted(q.Printed); {
				q.Printed = dice.Perm(len(q.Options))
			}
			right[q.On(q.Right)]++
		}
		least := len(all[0].Options)
		if slices.Max(slices.Collect(maps.Values(right))) <= (len(all)+least-1)/least {
			return
		}
	}
}
