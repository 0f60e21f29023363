//go:build !wasm

package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"fixlab/lab/script"
	"fixlab/scenarios"
)

// check plays every row of the want tables of files, every bet, question and card, the
// answers that must win a goal and those that must not, and a learner's script that answers a
// challenge.
// The error has a line for each that does not hold, and for each file that cannot be
// read, is no scenario or has no row.
func check(args []string, out io.Writer) error {
	files, err := mixed(flags("check"), args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usageError{errors.New("check: which files?")}
	}
	var failures []error
	rows, bets, asks, cards, goals, answers := 0, 0, 0, 0, 0, 0
	for _, file := range files {
		s, err := open(file)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		if s.On != 0 {
			if _, err := fmt.Fprintf(out, "%s: this lesson's server has: %s\n", file, s.On); err != nil {
				return err
			}
		}
		if s.Challenge != "" {
			answers++
			if err := scenarios.Answers(s); err != nil {
				failures = append(failures, fmt.Errorf("%s: the challenge %s is not solved: %w", file, s.Challenge, err))
			}
		} else if len(s.Wants) == 0 {
			failures = append(failures, fmt.Errorf("%s: there is no want row to check", file))
		}
		for _, w := range s.Wants {
			rows++
			if _, err := scenarios.Check(s, w); err != nil {
				failures = append(failures, failure(file, w, err))
			}
		}
		if c := s.Course; c != nil {
			bets, asks, goals = bets+len(c.Bets), asks+len(c.Asks), goals+len(c.Goals)
			for _, stop := range c.Stops {
				cards += len(stop.Cards)
			}
		}
		for _, m := range scenarios.Mistakes(s) {
			failures = append(failures, fmt.Errorf("%s:%d: %s", file, m.Line, m.Says))
		}
	}
	if failures != nil {
		return errors.Join(failures...)
	}
	what := []string{plural(rows, "want row")}
	for _, x := range []struct {
		n    int
		what string
	}{{bets, "bet"}, {asks, "question"}, {cards, "card"}, {goals, "goal"}, {answers, "challenge"}} {
		if x.n > 0 {
			what = append(what, plural(x.n, x.what))
		}
	}
	_, err = fmt.Fprintf(out, "%s of %s: every one holds\n", listed(what), plural(len(files), "file"))
	return err
}

// listed joins parts as a sentence does.
func listed(parts []string) string {
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// failure says of a row of a want table what came instead.
func failure(file string, w script.Want, err error) error {
	return fmt.Errorf("%s:%d: %s: %w", file, w.Line, w.Row(), err)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
