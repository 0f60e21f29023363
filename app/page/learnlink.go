package page

import (
	"slices"
	"strconv"

	"fixlab/lab/near"
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

// read is the inverse of link, and adds what is wrong.
func (l Learn) read(parts []string, wrong *scenarios.Faults) Learn {
	all := Course()
	name := all[0].Name
	if len(parts) > 0 {
		name = parts[0]
	}
	i := slices.IndexFunc(all, func(s *script.Scenario) bool { return s.Name == name })
	if i < 0 {
		wrong.Add("the course has no lesson " + near.Quote(name))
		i = 0
	}
	l.Due, l.Asked = nil, false
	l = l.open(all[i])
	if len(parts) < 2 {
		return l
	}
	stage := slices.Index(stageNamesOf(l.Lesson), parts[1])
	switch {
	case stage < 0:
		wrong.Add("this lesson has no stage " + near.Quote(parts[1]))
		return l
	case !l.may(stage):
		wrong.Add("the bet comes first")
		return l
	}
	l = l.at(stage)
	if len(parts) > 2 {
		n, err := strconv.Atoi(parts[2])
		if err != nil || l.Trace == nil || n < 0 || n > len(l.Trace.Frames) {
			wrong.Add("there is no step " + near.Quote(parts[2]))
			return l
		}
		l = ToStep(n).learn(l)
	}
	if len(parts) > 3 {
		wrong.Add("it has more parts than four")
	}
	return l
}
