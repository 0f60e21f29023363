package scenarios

import (
	"fmt"
	"strings"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// A Play is a run by its words: everything that lab.Run needs, as links, want
// tables, claims, jobs and the command line write it.
type Play struct {
	Lesson string      // its name
	On     defence.Set // the switches
	With   string      // how the setup differs from the lesson's own: words as With reads them, joined by "+"; "" when it does not
}

// Of returns the words of the run of s, a lesson whose own setup is own, under d.
func Of(s *script.Scenario, own script.Setup, d defence.Set) Play {
	return Play{s.Name, d, Words(s, s.Setup, own)}
}

// ParsePlay reads "lesson", "lesson/switches" or "lesson/switches@words". The
// error says which lesson, switch or word there is not, or that the lesson does
// not leave open what a word changes.
func ParsePlay(text string) (Play, error) {
	lesson, row, ok := strings.Cut(text, "/")
	p := Play{Lesson: lesson}
	var err error
	if ok {
		if p.On, p.With, err = script.ParseRow(row); err != nil {
			return Play{}, err
		}
	}
	_, err = p.Scenario()
	return p, err
}

// String returns the text that ParsePlay reads back as p.
func (p Play) String() string { return p.Lesson + "/" + script.Row(p.On, p.With) }

// Scenario returns the lesson as p plays it. The errors are those of ParsePlay.
func (p Play) Scenario() (*script.Scenario, error) {
	s, err := Get(p.Lesson)
	if err != nil {
		return nil, err
	}
	return p.Arrange(s)
}

// Arrange returns s, which need not be a lesson of ours, as p plays it.
func (p Play) Arrange(s *script.Scenario) (*script.Scenario, error) {
	if p.With == "" {
		return s, nil
	}
	setup, err := With(s.Setup, p.With)
	if err != nil {
		return nil, err
	}
	played, err := Arrange(s, setup)
	if err != nil {
		return nil, err
	}
	if played.Setup != setup {
		return nil, fmt.Errorf("%s does not leave all of %q open", s.Name, p.With)
	}
	return played, nil
}

// Run plays p. The errors are those of ParsePlay and of lab.Run.
func (p Play) Run() (*lab.Trace, error) {
	s, err := p.Scenario()
	if err != nil {
		return nil, err
	}
	return lab.Run(s, p.On)
}
