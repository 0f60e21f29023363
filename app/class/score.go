package class

import (
	"slices"

	"fixlab/lab/script"
)

// PassMark is the score of who passes, and Needed are the challenges that must be solved
// besides.
const PassMark = 70

// Needed returns the names of the challenges without which nobody passes: what stops the
// attack, what keeps the basket, and what a new id does not do.
func Needed() []string {
	return []string{"one-switch", "keep-the-basket", "the-cookie-that-will-not-leave"}
}

// What a score is made of, in points of a hundred.
const (
	forBets       = 20
	forChallenges = 80

	fullGoal  = 8 // without a hint
	leastGoal = 4 // with all of them
)

// Score returns the score, from 0 to 100, of who has made so many bets; won says of a goal
// whether it was, and with how many hints. It is 20 times the share of the bets, right or
// wrong, and 80 times what the challenges are worth on average. A goal that was won is worth
// 8 eighths, one less for each hint, 4 at least; any other none. A challenge of several goals
// is worth their average.
func Score(made int, won func(id string) (hints int, is bool)) int {
	c := course()
	worth := 0.0
	for _, x := range c.goals {
		if hints, is := won(x.id); is {
			worth += float64(max(leastGoal, fullGoal-hints)) / fullGoal / float64(len(x.s.Course.Goals))
		}
	}
	score := forBets*float64(made)/float64(len(c.bets)) + forChallenges*worth/float64(len(challenges()))
	return int(score + 0.5)
}

// Score returns the score of what was won again.
func (e Evidence) Score() int {
	if len(e.Results) == 0 {
		return 0
	}
	made, _, _ := e.Predictions()
	return Score(made, func(id string) (int, bool) {
		i := slices.IndexFunc(e.Results, func(r Result) bool { return r.ID == id })
		return e.Results[i].Goal.Hints, e.Results[i].Status == Won
	})
}

// Passed reports whether the score is PassMark at least, and the challenges that are Needed
// are solved.
func (e Evidence) Passed() bool {
	return e.Score() >= PassMark && !slices.ContainsFunc(Challenges(), func(s *script.Scenario) bool {
		return slices.Contains(Needed(), s.Name) && e.Status(s) != Won
	})
}

// of returns the results of a challenge's goals.
func (e Evidence) of(s *script.Scenario) (out []Result) {
	for i, x := range course().goals {
		if x.s.Name == s.Name && i < len(e.Results) {
			out = append(out, e.Results[i])
		}
	}
	return out
}

// Status returns how far she has come with a challenge. It is solved when all its goals
// are; one that was not won again makes it lost.
func (e Evidence) Status(s *script.Scenario) Status {
	var n [Lost + 1]int
	all := e.of(s)
	for _, r := range all {
		n[r.Status]++
	}
	switch {
	case n[Lost] > 0:
		return Lost
	case n[Untouched] == len(all):
		return Untouched
	case n[Won] == len(all):
		return Won
	case n[Won]+n[Claimed] == len(all):
		return Claimed
	}
	return Tried
}

// Solved returns how many challenges are solved.
func (e Evidence) Solved() (n int) {
	for _, s := range Challenges() {
		if e.Status(s) == Won {
			n++
		}
	}
	return n
}

// Hints and Tries return how many there were of all goals.
func (e Evidence) Hints() (n int) {
	for _, r := range e.Results {
		n += r.Goal.Hints
	}
	return n
}

// Tries is like Hints.
func (e Evidence) Tries() (n int) {
	for _, r := range e.Results {
		n += r.Goal.Tries
	}
	return n
}

// Predictions returns how many bets were made, how many of them are right by the runs
// themselves, and how many are wrong though she was sure. A bet on an option that its
// lesson no longer has is neither.
func (e Evidence) Predictions() (made, right, sureWrong int) {
	for i, w := range course().bets {
		b := w.of(e.Work)
		switch options := w.bet().Options; {
		case b.Option == "":
			continue
		case b.Option == options[rights()[i]].Text:
			right++
		case b.Option != Other && b.Sure:
			sureWrong++
		}
		made++
	}
	return made, right, sureWrong
}

// of returns the bet that was made, if one was.
func (w wager) of(work Work) Bet {
	if made := work.Bets[w.lesson.Name]; w.n < len(made) {
		return made[w.n]
	}
	return Bet{}
}
