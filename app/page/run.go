package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A Run is a lesson as it is played, and the step that is looked at. Scenario
// with its setup, Defences and Step are in its link; Trace follows from the
// first two.
type Run struct {
	Scenario *script.Scenario // as it is played
	Own      script.Setup     // the lesson's, when nothing else is picked
	Defences defence.Set
	Trace    *lab.Trace // nil while only the course was shown: the first run is not played before it is looked at
	Step     int        // an index of Trace.Frames

	before *lab.Trace // the run before this one: a switch is often turned back at once
	ahead  ahead
}

// firstRun is the first lesson as it stands, before it is played.
func firstRun() Run {
	s, err := scenarios.Get(scenarios.First)
	if err != nil {
		panic("the page: " + err.Error()) // our own lessons parse; their tests say so
	}
	return Run{Scenario: s, Own: s.Setup}
}

// played returns r with its trace.
func (r Run) played() Run {
	if r.Trace != nil {
		return r
	}
	p, err := r.play(r.Scenario, r.Defences)
	if err != nil {
		panic("the page: " + r.Scenario.Name + ": " + err.Error()) // our own lessons play; their tests say so
	}
	return p
}

// play returns the run of s under d, at the line of the script that r is at.
func (r Run) play(s *script.Scenario, d defence.Set) (Run, error) {
	t := r.before
	if ahead := r.ahead.plays(s.Text, d); ahead != nil {
		t, s = ahead, ahead.Scenario
	} else if t == nil || t.Scenario != s || t.Defences != d&^s.Fixed() {
		var err error
		if t, err = lab.RunOn(cmp.Or(r.ahead.trace, r.Trace, r.before), s, d); err != nil {
			return r, err
		}
	}
	own, step := r.Own, max(0, min(r.Step, len(t.Frames)-1))
	if r.Scenario == nil || r.Scenario.Name != s.Name {
		own = s.Setup
	} else if r.Trace != nil && len(r.Trace.Frames) > 0 {
		step = corresponding(r.Trace.Frames[r.Step].Step, t, r.Step)
	}
	return Run{Scenario: s, Own: own, Defences: t.Defences, Trace: t, Step: step, before: r.Trace}, nil
}

// arrange plays the lesson again with another setup. What the lesson does not
// leave open stays as it is.
func (r Run) arrange(change func(*script.Setup)) (Run, error) {
	setup := r.Scenario.Setup
	change(&setup)
	s, err := scenarios.Arrange(r.Scenario, setup)
	if err != nil {
		return r, err
	}
	return r.play(s, r.Defences)
}

// corresponding returns the step of t that stands where old, the step with that
// index, stood in another run of the lesson: the same line of the same file; or,
// since another route has lines of its own, the first of that route; or the same
// place in order; or where the verdict points.
func corresponding(old script.Step, t *lab.Trace, index int) int {
	find := func(same func(script.Step) bool) int {
		return slices.IndexFunc(t.Frames, func(f lab.Frame) bool { return same(f.Step) })
	}
	if i := find(func(s script.Step) bool { return s.File == old.File && s.Line == old.Line }); i >= 0 {
		return i
	}
	if folder, _, ok := strings.Cut(old.File, "/"); ok {
		if i := find(func(s script.Step) bool { return strings.HasPrefix(s.File, folder+"/") }); i >= 0 {
			return i
		}
	}
	if index < len(t.Frames) {
		return index
	}
	return t.Verdict.Frame
}

// Play returns the words of the run.
func (r Run) Play() scenarios.Play { return scenarios.Of(r.Scenario, r.Own, r.Defences) }

// Words returns those of its setup that are not the lesson's own.
func (r Run) Words() string { return scenarios.Words(r.Scenario, r.Scenario.Setup, r.Own) }

// LinkAt returns the lab's link to a step, from 0, of the run.
func (r Run) LinkAt(step int) string { return LinkTo(r.Play(), step) }

// LinkTo writes the lab's link to a step, from 0, of a run.
func LinkTo(p scenarios.Play, step int) string { return p.Link(step) }

// StepOf replaces the step of a link to the lab.
func StepOf(link string, frame int) string {
	parts := strings.SplitN(link, "/", 5)
	parts[3] = strconv.Itoa(frame + 1)
	return strings.Join(parts, "/")
}

// Played returns the words of the run of lesson with another setup.
func Played(lesson *script.Scenario, with script.Setup, on defence.Set) scenarios.Play {
	return scenarios.Play{Lesson: lesson.Name, On: on, With: scenarios.Words(lesson, with, lesson.Setup)}
}
