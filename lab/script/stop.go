package script

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/event"
)

// A Stop is a screen of cards side by side: what would stop the attack, or, with a
// question of its own, what becomes of it otherwise.
type Stop struct {
	Line  int
	Ask   string // "" for what would stop it
	Run   string // it follows the bets and questions about this ROW; "" for the lesson's end
	Cards []Card // from two to six
}

// A Card is one run of several, side by side.
type Card struct {
	Line  int
	Row   string // as the lesson is played with it
	Title string
	Does  string        // one sentence, for before the run
	Ends  event.Outcome // the outcome that Why explains
	Why   string        // one sentence, for after the run; "" for none
}

var stopSection = Section{"stop", "shows from two to six runs side by side", []SectionKey{
	{"ask", "TEXT", "is the question, if not what would stop the attack", false, false, func(c *Course, _, value string) error {
		last(c.Stops).Ask = value
		return nil
	}},
	{"run", "ROW", "has it follow what is asked about that run, if it is not for the end", false, false, func(c *Course, _, value string) (err error) {
		last(c.Stops).Run, err = row(value)
		return err
	}},
	{"card", "ROW | TITLE | SENTENCE", "is one of them, and what it does", true, true, func(c *Course, _, value string) (err error) {
		parts := strings.SplitN(value, " | ", 3)
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) < 3 || slices.Contains(parts, "") {
			return fmt.Errorf("want \"card: ROW | TITLE | SENTENCE\", got %q", value)
		}
		card, s := Card{Title: parts[1], Does: parts[2]}, last(c.Stops)
		card.Row, err = row(parts[0])
		if slices.ContainsFunc(s.Cards, func(o Card) bool { return o.Row == card.Row }) {
			return fmt.Errorf("a second card for %s", card.Row)
		}
		s.Cards = append(s.Cards, card)
		return err
	}},
	{"why", "SENTENCE", "\"why OUTCOME: SENTENCE\" says after the run why the card above it ended so", true, false, func(c *Course, rest, value string) (err error) {
		s := last(c.Stops)
		if len(s.Cards) == 0 {
			return fmt.Errorf("\"why\" stands below the card that it is about")
		}
		card := last(s.Cards)
		if card.Why != "" {
			return fmt.Errorf("a second \"why\" for %s", card.Row)
		}
		card.Why = value
		card.Ends, err = outcome(rest)
		return err
	}},
}}
