package page

import (
	"slices"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// PresentPage is the name of the page that is shown to a class.
const PresentPage = "present"

// LinkToPresent returns the link that shows to a class what m shows: the stage of a lesson,
// the lab's run, or elsewhere the course. Where leaving the wall led to leads back to its slide.
func LinkToPresent(m Model) string {
	switch {
	case m.Page == "":
		return PresentPage + "/" + m.LinkAt(m.Step)
	case m.Learn.Lesson != nil && m.Present.Lesson == m.Learn.Lesson && LinkFromPresent(m) == "learn/"+m.Learn.link():
		return PresentPage + "/" + m.Present.link() // nobody went on in Learn since the wall was left
	case m.Learn.Lesson != nil:
		return PresentPage + "/" + m.Learn.link()
	}
	return PresentPage
}

// link returns what follows "present/": "LESSON/STAGE/STEP" as Learn's links have it, or the
// lab's link to a step of a run. The first slide goes without its name.
func (p Present) link() string {
	switch {
	case len(p.Slides) == 0:
		return p.Waits
	case p.Lesson == nil:
		return p.Run.LinkAt(p.At)
	case p.At == 0:
		return p.Lesson.Name
	}
	return p.Lesson.Name + "/" + p.Slide().Name
}

// LinkFromPresent returns the link to where Learn or Play shows what the slide does. What a
// learner may not see before a bet leads to that bet.
func LinkFromPresent(m Model) string {
	p := m.Present
	if p.Lesson == nil {
		return p.Run.LinkAt(p.At)
	}
	s := p.Slide()
	l := Learn{Lesson: p.Lesson, Progress: m.Learn.Progress}
	stage := s.Stage
	for stage > 0 && !l.may(stage) {
		stage--
	}
	l.Stage = stage
	if at := l.At(); at.Kind == AtAct && s.Kind == ShowsStep && s.Stage == stage {
		return "learn/" + p.Lesson.Name + "/" + s.Name
	}
	return "learn/" + l.link()
}

// readPresent is the inverse of link, and adds what is wrong. Without a lesson it is where the class
// was, or else where the learner is in the course.
func (m Model) readPresent(parts []string, wrong *scenarios.Faults) Model {
	m.Present = m.Present.recalled()
	p := m.Present
	switch {
	case len(parts) == 0 && len(p.Slides) > 0:
	case len(parts) == 0:
		p = p.open(m.Learn.begun().Lesson)
	case parts[0] == "1" || parts[0] == ScriptPage:
		return m.readPresentRun(parts, wrong)
	default:
		p = p.readLesson(parts, wrong)
	}
	m.Present = p
	return m
}

func (p Present) readLesson(parts []string, wrong *scenarios.Faults) Present {
	all := Course()
	i := slices.IndexFunc(all, func(s *script.Scenario) bool { return s.Name == parts[0] })
	if i < 0 {
		wrong.Add(text.T("fault.no-lesson", "lesson", quote(parts[0])))
		return p.open(all[0])
	}
	p = p.open(all[i])
	if len(parts) < 2 {
		return p
	}
	named := func(name string) int {
		return slices.IndexFunc(p.Slides, func(s Slide) bool { return s.Name == name || s.Name == name+"/1" })
	}
	name := parts[1]
	if len(parts) > 2 && parts[2] != "0" { // before its first step Learn shows nothing yet
		name += "/" + parts[2]
	}
	if at := named(name); at >= 0 && len(parts) <= 3 {
		return p.at(at)
	}
	switch at := named(parts[1]); {
	case at < 0:
		wrong.Add(text.T("fault.no-stage", "stage", quote(parts[1])))
	case len(parts) > 3:
		wrong.Add(text.T("fault.parts-four"))
		p = p.at(at)
	default:
		wrong.Add(text.T("fault.no-step-here", "step", quote(parts[2])))
		p = p.at(at)
	}
	return p
}

// readPresentRun reads the lab's link to a run, or that of a script.
func (m Model) readPresentRun(parts []string, wrong *scenarios.Faults) Model {
	rest := append([]string(nil), parts[1:]...)
	if parts[0] == ScriptPage && len(rest) > 0 {
		rest[0] = scenarios.Packed(strings.TrimPrefix(rest[0], "~"))
		if _, err := scenarios.Text(rest[0]); err != nil {
			wrong.Add(text.T("present.no-script", "why", strings.TrimSuffix(err.Error(), ".")))
			rest = nil
		}
	}
	if len(rest) == 0 && wrong.None() {
		wrong.Add(text.T("present.no-run"))
	}
	if len(rest) == 0 || len(rest) > 0 && scenarios.IsOwn(rest[0]) && !playable(rest[0]) {
		if wrong.None() {
			wrong.Add(text.T("present.unplayable"))
		}
		m.Present = m.Present.open(m.Learn.begun().Lesson)
		return m
	}
	for _, r := range []Run{m.Present.Run, m.Run} {
		if r.Scenario == nil || len(parts) < 4 || StepOf(strings.Join(parts, "/"), 0) != StepOf(r.LinkAt(0), 0) {
			continue
		}
		r = r.played()
		n, fault := readStep(parts[3], len(r.Trace.Frames))
		if r.Step = n - 1; fault != "" {
			wrong.Add(fault)
		}
		return m.presents(r)
	}
	r := readRun(rest, Run{Trace: m.Present.Run.Trace, ahead: m.Run.ahead}, wrong)
	if len(r.Trace.Frames) == 0 {
		wrong.Add(text.T("present.unplayable"))
		m.Present = m.Present.open(m.Learn.begun().Lesson)
		return m
	}
	return m.presents(r)
}

// presents returns m with a run shown to a class. A script that was shown is one that was seen:
// P leads to it in Play without a question.
func (m Model) presents(r Run) Model {
	m.Present = m.Present.openRun(r)
	if scenarios.IsOwn(r.Scenario.Name) {
		m.Hand = m.Hand.knows(r.Scenario.Name)
	}
	return m
}

// playable reports whether a script can be read: its run may still be cut.
func playable(name string) bool {
	_, err := scenarios.Get(name)
	return err == nil
}
