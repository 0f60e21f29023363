//go:build !wasm

package cli

import (
	"errors"
	"fmt"
	"io"

	"fixlab/lab/script"
	"fixlab/scenarios"
)

// check plays every row of the want tables of files, and every bet, question and card.
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
	rows, bets, asks, cards := 0, 0, 0, 0
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
		if len(s.Wants) == 0 {
			failures = append(failures, fmt.Errorf("%s: there is no want row to check", file))
		}
		for _, w := range s.Wants {
			rows++
			if _, err := scenarios.Check(s, w); err != nil {
				failures = append(failures, failure(file, w, err))
			}
		}
		if c := s.Course; c != nil {
			bets, asks = bets+len(c.Bets), asks+len(c.Asks)
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
	what := plural(rows, "want row")
	if bets+asks+cards > 0 {
		what += fmt.Sprintf(", %s, %s and %s", plural(bets, "bet"), plural(asks, "question"), plural(cards, "card"))
	}
	_, err = fmt.Fprintf(out, "%s of %s: every one holds\n", what, plural(len(files), "file"))
	return err
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
