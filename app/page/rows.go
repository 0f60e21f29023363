package page

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// RowRun returns what plays a lesson of the course as a row of a want table has it.
func RowRun(s *script.Scenario) ask.Rows {
	return func(row string) (*lab.Trace, error) {
		on, with, err := scenarios.ParseRow(row)
		if err != nil {
			return nil, err
		}
		return scenarios.Play{Lesson: s.Name, On: on, With: with}.Run()
	}
}

// RowLink returns the lab's link to a step, from 0, of a row's run.
func RowLink(s *script.Scenario, row string, step int) string {
	on, with, _ := scenarios.ParseRow(row)
	return LinkTo(scenarios.Play{Lesson: s.Name, On: on, With: with}, step)
}

// played is RowRun for a row that the tests have played.
func played(s *script.Scenario, row string) *lab.Trace {
	t, err := RowRun(s)(row)
	if err != nil {
		panic("the page: " + s.Name + ", " + row + ": " + err.Error())
	}
	return t
}

// A memo remembers what was found by playing: a page is drawn often.
type memo[T any] struct {
	sync.Mutex
	of map[string]T
}

// get returns what find finds, which is asked once for each key.
func (m *memo[T]) get(key string, find func() T) T {
	m.Lock()
	defer m.Unlock()
	found, ok := m.of[key]
	if !ok {
		found = find()
		if m.of == nil {
			m.of = map[string]T{}
		}
		m.of[key] = found
	}
	return found
}

// An ending is what is kept of a row's run.
type ending struct {
	verdict event.Verdict
	asked   defence.Set
	ok      bool
}

var endings memo[ending] // by lesson and row

// Outcome returns the verdict of a row's run, and the switches that it asked for; ok is
// false where the lesson cannot be played so. What was played once is remembered.
func Outcome(s *script.Scenario, row string) (v event.Verdict, asked defence.Set, ok bool) {
	e := endings.get(s.Name+" "+row, func() ending {
		t, err := RowRun(s)(row)
		if err != nil {
			return ending{}
		}
		return ending{t.Verdict, t.Asked, true}
	})
	return e.verdict, e.asked, e.ok
}

// OwnLogin returns how a lesson ends on a server with its framework's own login; ok is
// false where there is none beside the login written by hand.
func OwnLogin(s *script.Scenario, profile string) (v event.Verdict, ok bool) {
	v, asked, ok := Outcome(s, script.Row(defence.FrameworkLogin, profile))
	return v, ok && asked.Has(defence.FrameworkLogin)
}

var holding memo[int] // by lesson and the bet's line

// Holding returns the option of a bet that holds, found by playing, once.
func Holding(s *script.Scenario, b script.Bet) string {
	return b.Options[holding.get(s.Name+" "+strconv.Itoa(b.Line), func() int {
		i, err := ask.Holding(b, RowRun(s))
		if err != nil {
			panic("the page: " + s.Name + ": " + err.Error()) // our own lessons hold; their tests say so
		}
		return i
	})].Text
}

// latest is the run of another server that was shown last; nil where the lesson cannot be
// played on it.
var latest struct {
	sync.Mutex
	of    string // lesson and row
	trace *lab.Trace
}

// InFramework returns the stage's run on the server that the learner picked, and the
// frame that stands there for frame; the run as it is where she picked none, or where
// the lesson cannot be played on it. The run that was asked for last is remembered.
func (l Learn) InFramework(frame int) (t *lab.Trace, at int, row string) {
	row = l.At().Row
	f := l.Progress.Framework
	if f == "" || f == l.Trace.Scenario.Profile {
		return l.Trace, frame, row
	}
	on, with, _ := script.ParseRow(row)
	words := slices.DeleteFunc(strings.Split(with, "+"), func(w string) bool { _, is := server.ByID(w); return is || w == "" })
	theirs := script.Row(on, strings.Join(append(words, f), "+"))
	latest.Lock()
	defer latest.Unlock()
	if of := l.Lesson.Name + " " + theirs; of != latest.of {
		latest.of, latest.trace = of, nil
		if other, err := RowRun(l.Lesson)(theirs); err == nil && other.Cut == "" {
			latest.trace = other
		}
	}
	if latest.trace != nil {
		step := l.Trace.Frames[frame].Step
		same := func(f lab.Frame) bool { return f.Step.File == step.File && f.Step.Line == step.Line }
		if at := slices.IndexFunc(latest.trace.Frames, same); at >= 0 {
			return latest.trace, at, theirs
		}
	}
	return l.Trace, frame, row
}
