package class

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fixlab/lab/defence"
	"fixlab/lab/goal"
)

// Work is what a learner has done, as her code says it.
type Work struct {
	Name  string
	Day   string           // "2026-01-31"
	Goals map[string]Goal  // by ID
	Bets  map[string][]Bet // by the lesson's name
}

// A Goal is what was done for a goal.
type Goal struct {
	Solved bool
	Hints  int // that were shown, at most three
	Tries  int
	Win    Win
}

// A Win is what solved a goal: of these what its kind asks for, and nothing where it was
// not kept.
type Win struct {
	Script  string // the whole text
	On      *defence.Set
	Points  []int // for each question, which of its candidates, from 1
	Patch   string
	Seed    string // of the incident
	Revoked []string
	Claims  []goal.Claimed
}

// A Bet is a bet that was made.
type Bet struct {
	Option string // its text; "" for none
	Sure   bool
}

// What a code may have at most.
const (
	LongestLearner = 24      // bytes of a name
	longestScripts = 8 << 10 // bytes of all scripts together
	mostTries      = 255
	mostSessions   = 31
)

// Learner returns a name as a code has it: in one line, visible, cut to LongestLearner bytes
// at a letter.
func Learner(name string) string {
	name = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case !unicode.IsPrint(c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if len(name) <= LongestLearner {
		return name
	}
	n := LongestLearner
	for !utf8.RuneStart(name[n]) {
		n--
	}
	return strings.TrimSpace(name[:n])
}

// Seed returns the seed of a learner's own incident: four hexadecimal digits, so that her
// code has room for it. own is a random text of her device, and again how often she has
// begun anew. In a class with variants it is of this class alone; in one without, everybody
// has the same.
//
// Only the incident differs from learner to learner. The other challenges are won by
// whatever brings about what they ask for, so another seed would change what the keys look
// like and nothing that there is to find.
func (l Link) Seed(own string, again int) string {
	if l.On() && !l.Variants {
		own = ""
	}
	k := l.key()
	sum := mac(k.mac[:], []byte("incident "+own+strings.Repeat("+", again)))
	return hex.EncodeToString(sum[:2])
}

// IsSeed reports whether Seed can have returned s.
func IsSeed(s string) bool {
	_, err := strconv.ParseUint(s, 16, 16)
	return err == nil && len(s) == 4 && strings.ToLower(s) == s
}

// firstDay is that of day 0.
var firstDay = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func dayNumber(day string) uint64 {
	t, err := time.Parse(time.DateOnly, day)
	if n := t.Sub(firstDay) / (24 * time.Hour); err == nil && n > 0 && n < 1<<15 {
		return uint64(n)
	}
	return 0
}

// dayOf returns the day of a number; "" for 0, none.
func dayOf(n uint64) string {
	if n == 0 {
		return ""
	}
	return firstDay.AddDate(0, 0, int(n)).Format(time.DateOnly)
}
