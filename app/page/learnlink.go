package page

import (
	"slices"
	"strconv"

	"fixlab/app/text"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// link returns "LESSON/STAGE/STEP", the stage as "act", or "act-2" for the second of
// that kind. The first stage and the first step go without.
func (l Learn) link() string {
	l = l.begun()
	out := l.Lesson.Name
	if l.Stage == 0 {
		return out
	}
	out += "/" + stageNamesOf(l.Lesson)[l.Stage]
	if l.At().Kind == AtAct && l.Step > 0 {
		out += "/" + strconv.Itoa(l.Step)
	}
	return out
}

// LinkToStage returns what follows the page's name in a link to l.
func LinkToStage(l Learn) string { return l.link() }

// stageNamesOf returns the names of a lesson's stages.
func stageNamesOf(s *script.Scenario) (out []string) {
	var n [len(stageNames)]int
	for _, stage := range Stages(s) {
		name := stage.Kind.String()
		if n[stage.Kind]++; n[stage.Kind] > 1 {
			name += "-" + strconv.Itoa(n[stage.Kind])
		}
		out = append(out, name)
	}
	return out
}

// read is the inverse of link, and adds what is wrong. Without a lesson it is where the
// learner goes on: the first one that she has not gone through.
func (l Learn) read(parts []string, wrong *scenarios.Faults) Learn {
	l.Due, l.Asked = nil, false
	if len(parts) == 0 {
		return l.due()
	}
	all := Course()
	i := slices.IndexFunc(all, func(s *script.Scenario) bool { return s.Name == parts[0] })
	if i < 0 {
		wrong.Add(text.T("fault.no-lesson", "lesson", quote(parts[0])))
		return l.open(all[0])
	}
	l = l.open(all[i])
	if len(parts) < 2 {
		return l
	}
	stage := slices.Index(stageNamesOf(l.Lesson), parts[1])
	switch {
	case stage < 0:
		wrong.Add(text.T("fault.no-stage", "stage", quote(parts[1])))
		return l
	case !l.may(stage):
		wrong.Add(text.T("fault.bet-first"))
		return l
	}
	l = l.at(stage)
	if len(parts) > 2 {
		n, err := strconv.Atoi(parts[2])
		if err != nil || strconv.Itoa(n) != parts[2] || l.At().Kind != AtAct || n < 0 || n > len(l.Trace.Frames) {
			wrong.Add(text.T("fault.no-step-here", "step", quote(parts[2])))
			return l
		}
		l = ToStep(n).learn(l)
	}
	if len(parts) > 3 {
		wrong.Add(text.T("fault.parts-four"))
	}
	return l
}
