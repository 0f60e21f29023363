package scenarios

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/near"
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

// ParsePlay reads "lesson", "lesson/switches" or "lesson/switches@words", or a
// link to a step of such a run, see Link. The error says which lesson, switch or
// word there is not, or that the lesson does not leave open what a word changes.
func ParsePlay(text string) (Play, error) {
	p, err := readPlay(text)
	if err == nil || p.Lesson != "" { // what is wrong with the lesson is said first
		if _, unknown := Get(p.Lesson); unknown != nil {
			return Play{}, unknown
		}
	}
	if err == nil {
		_, err = p.Scenario()
	}
	if err != nil {
		return Play{}, err
	}
	return p, nil
}

// readPlay is ParsePlay without a look at the lesson, which it returns even when
// the rest is wrong.
func readPlay(text string) (p Play, err error) {
	if at := strings.LastIndexByte(text, '#'); at >= 0 {
		text = text[at+1:]
	}
	lesson, row, ok := strings.Cut(text, "/")
	if (lesson == linkVersion || lesson == scriptLinks) && ok {
		own := lesson == scriptLinks
		if lesson, row, err = readLink(row); err != nil {
			return Play{}, err
		}
		if own {
			lesson = Packed(lesson)
		}
	} else if name, words, at := strings.Cut(lesson, "@"); at {
		return Play{}, fmt.Errorf("%q says no switches: write %s/none@%s", text, name, words)
	}
	if p.Lesson = lesson; ok {
		p.On, p.With, err = ParseRow(row)
	}
	return p, err
}

// ParseRow reads "switches" or "switches@words" as script.ParseRow does. A word
// before the @ is said in the error; With says it of a switch behind it.
func ParseRow(row string) (on defence.Set, with string, err error) {
	on, with, err = script.ParseRow(row)
	if err != nil {
		switches, _, _ := strings.Cut(row, "@")
		for word := range strings.SplitSeq(switches, "+") {
			if slices.Contains(AllWords(), word) {
				return 0, "", fmt.Errorf("%q is no switch: it stands behind an @, as in none@%s", word, word)
			}
		}
		return 0, "", err
	}
	return on, with, nil
}

// linkVersion begins the links that Link writes.
const linkVersion = "1"

// Link returns the page's link to a step, from 0, of the run:
// "1/lesson/switches/step", and "/words" where its setup is not the lesson's own; "2/text/…" for one that a learner
// has written.
func (p Play) Link(step int) string {
	lesson := linkVersion + "/" + p.Lesson
	if IsOwn(p.Lesson) {
		lesson = scriptLinks + "/" + strings.TrimPrefix(p.Lesson, mark)
	}
	link := lesson + "/" + p.On.String() + "/" + strconv.Itoa(step+1)
	if p.With != "" {
		link += "/" + p.With
	}
	return link
}

// readLink reads what comes after the version of a link. Its step is for the page.
func readLink(rest string) (lesson, row string, err error) {
	parts := []string{First, "none", "1", ""}
	for i, part := range strings.Split(rest, "/") {
		if i == len(parts) {
			return "", "", fmt.Errorf("the link has more parts than %s/lesson/switches/step/words", linkVersion)
		}
		if parts[i], err = url.PathUnescape(part); err != nil {
			return "", "", fmt.Errorf("the link has %s, which is not written correctly", near.Quote(part))
		}
	}
	if n, err := strconv.Atoi(parts[2]); err != nil || n < 1 {
		return "", "", fmt.Errorf("the link has %s for a step, which is no number from 1", near.Quote(parts[2]))
	}
	if row = parts[1]; parts[3] != "" {
		row += "@" + parts[3]
	}
	return parts[0], row, nil
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

// Arrange returns s, which need not be a lesson of ours, as p plays it. A switch of the
// lesson's own server may be in p.On, and one that excludes it may not. Another
// server is allowed for every script; whether its steps make sense there is for
// RunOf to say.
func (p Play) Arrange(s *script.Scenario) (*script.Scenario, error) {
	if err := s.Allows(p.On); err != nil {
		return nil, err
	}
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
	played.Profile = setup.Profile
	if played.Setup != setup {
		return nil, fmt.Errorf("%s does not leave all of %q open%s", s.Name, p.With, closed(s, p.With))
	}
	return played, nil
}

// closed says which of the words changes nothing in s, and why.
func closed(s *script.Scenario, words string) string {
	for word := range strings.SplitSeq(words, "+") {
		step, what := "", ""
		switch {
		case find(Routes, word) != nil:
			step, what = "mallory route", "a route"
		case find(Tokens, word) != nil:
			step, what = "mallory token", "a source of the value"
		case word == jars[true] || word == jars[false]:
			step, what = "alice visit", "a jar"
		}
		if _, verb, ok := strings.Cut(step, " "); ok && !s.Opens(verb) {
			return fmt.Sprintf(": %q is %s, and no step is %q", word, what, step)
		}
	}
	return ""
}

// Run plays p. The errors are those of ParsePlay and of lab.Run; whether the
// steps make sense on another server than the lesson's own is for RunOf to say.
func (p Play) Run() (*lab.Trace, error) {
	s, err := p.Scenario()
	if err != nil {
		return nil, err
	}
	return lab.Run(s, p.On)
}

// A Mended is what words come to that may be wrong.
type Mended struct {
	Own    *script.Scenario // the lesson with its own setup
	Played *script.Scenario // as the words have it
	On     defence.Set
}

// Mend reads the three parts of a Play and never fails: for a lesson or a switch
// that there is not it takes the nearest, and what cannot be is left out. It adds
// what is wrong, and looks for what was meant only as long as that is told.
func Mend(lesson, switches, words string, wrong *Faults) (m Mended) {
	var err error
	if m.Own, err = Get(lesson); err != nil && IsOwn(lesson) {
		wrong.Add(strings.TrimSuffix(err.Error(), "."))
		m.Own = nearest(First)
	} else if err != nil {
		wrong.Add("there is no lesson " + near.Quote(lesson))
		m.Own = nearest(lesson)
	}
	names := append(defence.Names(), "none")
	read := map[string]bool{}
	for name := range strings.SplitSeq(switches, "+") {
		if read[name] {
			continue // it changes nothing, and would be looked for each time
		}
		read[name] = true
		meant := name
		if !slices.Contains(names, name) {
			if meant = "none"; !wrong.full() {
				meant = meantSwitch(name)
			}
			wrong.Add("there is no switch " + near.Quote(name))
		}
		one, _ := defence.Parse(meant)
		if !(m.On | one).Valid() {
			wrong.Add("the switch " + near.Quote(name) + " excludes one before it")
			continue
		}
		m.On |= one
	}
	if err := m.Own.Allows(m.On); err != nil {
		wrong.Add(err.Error())
	}
	m.On &^= m.Own.Fixed()
	m.Played = m.Own
	if words == "" {
		return m
	}
	known := AllWords()
	for word := range strings.SplitSeq(words, "+") {
		if !slices.Contains(known, word) {
			wrong.Add("there is no server, route, source, jar or browser " + near.Quote(word))
			continue
		}
		setup, _ := With(m.Played.Setup, word)
		next, err := Arrange(m.Played, setup)
		switch {
		case err != nil:
			wrong.Add(near.Quote(word) + " cannot be played")
		case next.Setup != setup:
			wrong.Add("this lesson does not leave " + near.Quote(word) + " open")
		default:
			m.Played = next
		}
	}
	return m
}

// meantSwitch returns the switch that name may have meant, or "none".
func meantSwitch(name string) string {
	if all := near.Match(name, defence.Names()); len(all) > 0 {
		return near.Closest(name, all)
	}
	return "none"
}

// nearest returns the lesson that name may have meant, or the first.
func nearest(name string) *script.Scenario {
	guess := First
	if all := near.Match(name, Names()); len(all) > 0 {
		guess = near.Closest(name, all)
	}
	s, err := Get(guess)
	if err != nil {
		panic("scenarios: " + err.Error()) // our own lessons parse; their tests say so
	}
	return s
}
