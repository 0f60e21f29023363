package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/goal"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// PartWords says what a part of a goal asks for.
func (t Task) PartWords(p goal.Part) string {
	switch p.Kind {
	case goal.Granted:
		return strings.Join(append([]string{text.T("part.granted")}, t.grants()...), " ")
	case goal.Known:
		return text.T("part.known")
	case goal.InTime:
		return text.T("part.in-time", "n", t.Goal().Tries)
	case goal.Pointed:
		return t.Challenge.Course.Asks[p.N].Ask
	case goal.Judged:
		return text.T("part.judged", "n", p.N+1)
	case goal.Attached:
		return text.T("part.attached", "n", p.N+1)
	case goal.Minimal:
		return text.T("part.minimal")
	}
	says := termWords(p.Term)
	switch p.Suite {
	case "":
		return says
	case script.SuiteWays:
		return text.T("part.way", "what", says, "way", wayWords(p.Run))
	case script.SuiteJourneys:
		return text.T("part.journey", "journey", text.T("journey."+p.Run))
	}
	return text.T("part.way", "what", says, "way", wayWords(strings.TrimPrefix(p.Suite, "@")))
}

// grants says what each may do, where the answer is a script.
func (t Task) grants() (out []string) {
	for _, g := range t.Goal().May.Granted {
		who, at, sits := strings.Cut(g.Who, "@")
		if who = words.Person(who); sits {
			who = text.T("did.at", "who", who, "whose", words.Person(at))
		}
		out = append(out, text.T("part.may", "who", who, "verbs", strings.Join(g.Verbs, ", ")))
	}
	return out
}

// wayWords says what a setup's words are called.
func wayWords(with string) string {
	var out []string
	for word := range strings.SplitSeq(strings.TrimPrefix(with, "@"), "+") {
		title := word
		if r := scenarios.Route(word); r != nil {
			title = r.Title
		} else if t := TokenNamed(word); t != nil {
			title = t.Title
		}
		out = append(out, title)
	}
	return strings.Join(out, ", ")
}

// termWords says what a term asks for.
func termWords(t script.Term) string {
	switch t.Word {
	case script.TermEnds:
		var ends []string
		for _, o := range t.Ends {
			ends = append(ends, words.Spaced(o))
		}
		return text.T("term.ends"+not(t), "outcomes", strings.Join(ends, " "+text.T("without.or")+" "))
	case script.TermMoves:
		return text.T("term.moves"+not(t), "who", words.Person(t.Text), "n", t.Most)
	case script.TermSwitches:
		return text.T("term.switches"+not(t), "n", t.Most)
	case script.TermKeeps:
		return text.T("term.keeps"+not(t), "switches", strings.ReplaceAll(t.On.String(), "+", ", "))
	case script.TermCosts:
		return text.T("term.costs"+not(t), "n", t.Most)
	case script.TermTyped:
		return text.T("term.typed"+not(t), "who", words.Person(t.Text), "host", t.Host)
	case script.TermGone:
		return text.T("term.gone"+not(t), "value", t.Text)
	case script.TermSigned:
		return text.T("term.signed"+not(t), "value", t.Text)
	case script.TermShown:
		return text.T("term.shown"+not(t), "what", t.Text)
	case script.TermKey:
		return text.T("term.key"+not(t), "value", t.Text)
	case script.TermDecides:
		return text.T("term.decides"+not(t), "event", t.At.String())
	case script.TermHas:
		return text.T("term.has"+not(t), "event", t.At.String())
	case script.TermRevokes:
		return text.T("term.revokes-" + t.Text)
	case script.TermWith:
		return text.T("term.with", "row", t.Text, "what", termWords(*t.In))
	case script.TermScript:
		return text.T("term.script-of", "what", termWords(*t.In))
	}
	return t.String()
}

func not(t script.Term) string {
	if t.Not {
		return ".not"
	}
	return ""
}

// Missing says what does not hold yet, the first of it and how many more; not ok when all
// holds, or nothing was tried.
func (t Task) Missing() (says string, p goal.Part, ok bool) {
	fails := t.Verdict.Fails()
	if len(fails) == 0 {
		return "", p, false
	}
	p = fails[0]
	if says = t.PartWords(p); p.Kind == goal.Pointed {
		says = p.Says
	}
	if more := len(fails) - 1; more > 0 {
		says += " " + text.T("goal.and-more", "n", more)
	}
	return says, p, true
}

// NeedWords says what the goal that is played asks for, in words.
func (t Task) NeedWords() string {
	var out []string
	for _, term := range t.Goal().Need {
		out = append(out, termWords(term))
	}
	return strings.Join(out, " ")
}

// Exact is what the goal asks for as its file has it.
func (t Task) Exact() (lines []string) {
	g := t.Goal()
	lines = append(lines, "need: "+g.Need.String(), "may: "+g.May.String())
	for _, s := range g.Suites {
		lines = append(lines, "suite: "+s)
	}
	if g.Minimal != "" {
		lines = append(lines, "minimal: "+g.Minimal)
	}
	return lines
}

// PartLink returns the link to the step that shows a part, "" for none.
func (m Model) PartLink(p goal.Part) string {
	switch {
	case (p.Kind == goal.Granted || p.Kind == goal.Known) && p.Frame >= 0:
		return m.LinkAt(p.Frame)
	case p.Trace == nil || p.Frame < 0 || p.Frame >= len(p.Trace.Frames):
		return ""
	case p.Suite == "" && m.Task.judged.Trace != nil && len(p.Trace.Frames) == len(m.Trace.Frames):
		return m.LinkAt(p.Frame)
	}
	s := p.Trace.Scenario
	base, err := scenarios.Get(s.Name)
	if err != nil {
		return ""
	}
	return LinkTo(scenarios.Of(s, base.Setup, p.Trace.Defences), p.Frame)
}
