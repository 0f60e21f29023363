package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/scenarios"
)

// longestLink bounds a link's fragment, in bytes. The longest that the page itself
// writes holds a value of longestLinked bytes, each as %XX.
const longestLink = 4096

// longestScript bounds a link that has a script in it: more than the longest script, packed,
// needs.
const longestScript = 512 << 10

// tooLong says that a link is not read, nothing for one that is.
func tooLong(fragment string) string {
	most := longestLink
	if strings.HasPrefix(fragment, ScriptPage+"/") || strings.HasPrefix(fragment, "compare/~") {
		most = longestScript
	}
	if len(fragment) <= most {
		return ""
	}
	return text.T("fault.too-long", "n", most)
}

// Fragment returns the link to m: "1/<scenario>/<switches>/<step>", the step
// from 1, and "/<setup>" where it is not the lesson's own; and for a page beside
// the lab what that page says. ParseFragment is its inverse.
func (m Model) Fragment() string {
	if p := PageOf(m.Page); p != nil {
		return p.fragment(m)
	}
	return m.LinkAt(m.Step)
}

// ParseFragment returns the model that a link means. It never fails: where the
// link is broken it returns the nearest model, and Notice says what was wrong
// and what is shown instead. No fragment is the course.
func ParseFragment(fragment string) Model { return Model{}.parse(fragment) }

// parse is ParseFragment for a learner with some progress.
func (m Model) parse(fragment string) Model {
	fragment = strings.TrimPrefix(fragment, "#")
	var wrong scenarios.Faults
	if fault := tooLong(fragment); fault != "" {
		wrong.Add(fault)
		first := readRun(nil, nil, &wrong)
		m.Run = first
		return m.tell(brokenRun(wrong, first))
	}
	if fragment == "" {
		fragment = "learn"
	}
	p, parts := pageNamed(fragment)
	if p != nil {
		if m.Run = firstRun(); p.Name != "learn" {
			m.Run = m.Run.played()
		}
		return m.turn(p, parts)
	}
	parts = unescape(parts, &wrong)
	switch {
	case parts[0] == "1":
		parts = parts[1:]
	case isNumber(parts[0]):
		wrong.Add(text.T("fault.version", "version", quote(parts[0])))
		parts = parts[1:]
	default:
		wrong.Add(text.T("fault.no-page", "page", quote(parts[0])))
	}
	m.Run = readRun(parts, nil, &wrong)
	return m.tell(brokenRun(wrong, m.Run))
}

// A Follow leads to a link, given by its fragment.
type Follow string

func (f Follow) lab(m Model) Model {
	m.View.Playing, m.View.Why, m.View.Menu = false, false, false
	if m.View.Sheet == Ending { // its links lead to steps
		m.View.Sheet = NoSheet
	}
	if tooLong(string(f)) == "" {
		if f == "" {
			f = "learn"
		}
		if p, parts := pageNamed(string(f)); p != nil {
			return m.turn(p, parts)
		}
	}
	next := ParseFragment(string(f))
	if next.Scenario.Name == m.Scenario.Name && next.Scenario.Setup == m.Scenario.Setup && next.Defences == m.Defences {
		next.Scenario, next.Own, next.Trace = m.Scenario, m.Own, m.Trace
	}
	m.Run, m.Page = next.Run, ""
	m.Hand = m.Hand.left()
	m.Explore, m.Compare = Exploration{}, Comparison{} // they begin anew at what the lab shows
	return m.tell(next.Notice)
}

// turn returns m at the page that parts, a link's as they are written, name.
// Everything that the link does not say stays as it is.
func (m Model) turn(p *Page, parts []string) Model {
	var unwritten, wrong scenarios.Faults
	parts = unescape(parts, &unwritten)
	m.Page = p.Name
	m = p.read(m, parts[1:], &wrong)
	if m.Page == "" { // it was a script that has been seen
		return m
	}
	if !unwritten.None() { // what follows from it needs no telling
		wrong = unwritten
	}
	if wrong.None() {
		return m.tell("")
	}
	return m.tell(text.T("notice.broken-page", "faults", wrong.String(), "page", p.Title()))
}
