package page

import (
	"slices"
	"strings"

	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/lab/cookie"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// from returns e as it begins: at what the lab shows.
func (e Exploration) from(lab Run) Exploration {
	e.Setup = survey.Lesson().Setup
	e.Setup.Profile = lab.Scenario.Profile
	if lab.Scenario.Opens("token") {
		e.Setup.Token, e.Setup.Visited = lab.Scenario.Token, lab.Scenario.Visited
	}
	e.Setup.Browser = lab.Scenario.Browser
	e.Present = lab.Defences
	return e
}

// link writes the link: server, source, mode, the present set, and the jar, the
// browser and the order of the rows where they are not the usual ones.
func (e Exploration) link() string {
	parts := []string{e.Setup.Profile, e.Setup.Token, survey.Modes[e.Mode].Name, e.Present.String()}
	var words []string
	if e.Setup.Visited {
		words = append(words, "visited")
	}
	if e.Setup.Browser != 0 {
		words = append(words, script.Browsers[e.Setup.Browser])
	}
	if e.Sorted {
		words = append(words, "sorted")
	}
	if words != nil {
		parts = append(parts, strings.Join(words, "+"))
	}
	return strings.Join(parts, "/")
}

// read is the inverse of link. What the link leaves open is as in the lab.
func (e Exploration) read(lab Run, parts []string, wrong *scenarios.Faults) Exploration {
	was := e
	e = e.from(lab)
	e.Sorted, e.Found = false, nil
	for i, part := range parts[:min(5, len(parts))] {
		e = e.readPart(i, part, wrong)
	}
	if len(parts) > 5 {
		wrong.Add(text.T("fault.parts-six"))
	}
	if len(parts) == 4 {
		e.Setup.Visited, e.Setup.Browser = false, 0
	}
	if was.Found != nil && was.question() == e.question() {
		e.Found, e.Stopped, e.Wide = was.Found, was.Stopped, was.Wide
	}
	return e
}

// readPart reads the i-th part of the link.
func (e Exploration) readPart(i int, part string, wrong *scenarios.Faults) Exploration {
	switch i {
	case 0:
		if _, ok := server.ByID(part); !ok {
			wrong.Add(text.T("fault.no-server", "server", quote(part)))
			break
		}
		e.Setup.Profile = part
	case 1:
		if TokenNamed(part) == nil {
			wrong.Add(text.T("fault.no-token", "token", quote(part)))
			break
		}
		e.Setup.Token = part
	case 2:
		at := slices.IndexFunc(survey.Modes[:], func(o struct{ Name, Title, Base string }) bool { return o.Name == part })
		if at < 0 {
			at = 0
			wrong.Add(text.T("fault.no-table", "table", quote(part)))
		}
		e.Mode = survey.Mode(at)
	case 3:
		e.Present = scenarios.Mend(scenarios.First, part, "", wrong).On
	case 4:
		return e.readWords(part, wrong)
	}
	return e
}

// readWords reads the jar, the browser and the order of the rows.
func (e Exploration) readWords(setup string, wrong *scenarios.Faults) Exploration {
	e.Setup.Visited, e.Setup.Browser = false, 0
	for word := range strings.SplitSeq(setup, "+") {
		n := slices.Index(script.Browsers, word)
		switch {
		case n >= 0:
			e.Setup.Browser = cookie.Rules(n)
		case word == "visited":
			e.Setup.Visited = true
		case word == "sorted":
			e.Sorted = true
		default:
			wrong.Add(text.T("fault.no-word", "word", quote(word)))
		}
	}
	return e
}
