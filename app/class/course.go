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

// A wager is a bet of a lesson.
type wager struct {
	lesson *script.Scenario
	n      int
}

func (w wager) bet() script.Bet { return w.lesson.Course.Bets[w.n] }

// course is what there is to do.
var course = sync.OnceValue(func() (c struct {
	lessons    []*script.Scenario
	challenges []*script.Scenario
	goals      []item
	bets       []wager
	content    [4]byte
}) {
	sum := sha256.New()
	for _, name := range scenarios.Groups()[0].Names {
		s, err := scenarios.Get(name)
		if err != nil {
			panic("class: " + err.Error()) // our own lessons parse; their tests say so
		}
		if s.Course == nil {
			continue
		}
		c.lessons = append(c.lessons, s)
		for n := range s.Course.Bets {
			c.bets = append(c.bets, wager{s, n})
		}
		sum.Write([]byte(s.Text))
	}
	all, err := scenarios.Challenges()
	if err != nil {
		panic("class: " + err.Error())
	}
	c.challenges = all
	for _, s := range all {
		for n := range s.Course.Goals {
			id := s.Name
			if len(s.Course.Goals) > 1 {
				id += "/" + strconv.Itoa(n+1)
			}
			c.goals = append(c.goals, item{id, s, n})
		}
		sum.Write([]byte(s.Text))
	}
	copy(c.content[:], sum.Sum(nil))
	return c
})

// Content names the lessons and challenges of this page: another text, another name.
func Content() string { return hex4(course().content) }

// Challenges are the challenges, in order.
func Challenges() []*script.Scenario { return course().challenges }

// Goals are the IDs of all goals, in order.
func Goals() (ids []string) {
	for _, x := range course().goals {
		ids = append(ids, x.id)
	}
	return ids
}

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
