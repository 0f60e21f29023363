package class

import (
	"crypto/sha256"
	"strconv"
	"sync"

	"fixlab/lab/ask"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// An item is a goal of a challenge.
type item struct {
	id string // "decoys", or of several "test-the-article/2"
	s  *script.Scenario
	n  int
}

func (x item) goal() *script.Goal { return &x.s.Course.Goals[x.n] }

func (x item) byScript() bool { return x.goal().May.Kind == script.MayScript }

// A wager is a bet of a lesson.
type wager struct {
	lesson *script.Scenario
	n      int
}

func (w wager) bet() script.Bet { return w.lesson.Course.Bets[w.n] }

// Lessons are the lessons of the course, and Challenges all challenges, in order. They are
// read once, and nobody writes to them.
func Lessons() []*script.Scenario { return lessons() }

var lessons = sync.OnceValue(func() (all []*script.Scenario) {
	for _, name := range scenarios.Groups()[0].Names {
		s, err := scenarios.Get(name)
		if err != nil {
			panic("class: " + err.Error()) // our own lessons parse; their tests say so
		}
		if s.Course != nil {
			all = append(all, s)
		}
	}
	return all
})

// Challenges is like Lessons.
func Challenges() []*script.Scenario { return challenges() }

var challenges = sync.OnceValue(func() []*script.Scenario {
	all, err := scenarios.Challenges()
	if err != nil {
		panic("class: " + err.Error())
	}
	return all
})

// GoalID is the name of a goal: that of its challenge, and which of several.
func GoalID(s *script.Scenario, n int) string {
	if len(s.Course.Goals) > 1 {
		return s.Name + "/" + strconv.Itoa(n+1)
	}
	return s.Name
}

// Goals are the IDs of all goals, in order.
func Goals() (ids []string) {
	for _, s := range challenges() {
		for n := range s.Course.Goals {
			ids = append(ids, GoalID(s, n))
		}
	}
	return ids
}

// course is what there is to do.
var course = sync.OnceValue(func() (c struct {
	goals   []item
	bets    []wager
	content [4]byte
}) {
	sum := sha256.New()
	for _, s := range lessons() {
		for n := range s.Course.Bets {
			c.bets = append(c.bets, wager{s, n})
		}
		sum.Write([]byte(s.Text))
	}
	for _, s := range challenges() {
		for n := range s.Course.Goals {
			c.goals = append(c.goals, item{GoalID(s, n), s, n})
		}
		sum.Write([]byte(s.Text))
	}
	copy(c.content[:], sum.Sum(nil))
	return c
})

// Content names the lessons and challenges of this page: another text, another name.
func Content() string { return hex4(course().content) }

// rights are the options of the bets that hold, by the runs themselves.
var rights = sync.OnceValue(func() (all []int) {
	for _, w := range course().bets {
		i, err := ask.Holding(w.bet(), scenarios.Rows(w.lesson))
		if err != nil {
			panic("class: " + err.Error()) // each bet has one such option; the lessons' tests say so
		}
		all = append(all, i)
	}
	return all
})
