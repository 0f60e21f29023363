package page

import (
	"net/url"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/script"
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
		if m.Embedded() {
			return embedWord + strings.TrimPrefix(p.fragment(m), p.Name)
		}
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
		first := readRun(nil, Run{}, &wrong)
		m.Run = first
		return m.tell(brokenRun(wrong, first))
	}
	if fragment == "" {
		fragment = "learn"
	}
	if link, is := unembedded(fragment); is {
		fragment, m.embedded = link, true
	}
	if id, ok := challengeLink(fragment); ok {
		m.Run = firstRun().played()
		return OpenGoal(id).goal(m)
	}
	if link, ok := classLink(fragment); ok {
		m.Run = firstRun()
		return m.join(link)
	}
	p, parts := pageNamed(fragment)
	if p != nil {
		if m.Run = firstRun(); p.Name != "learn" {
			m.Run = m.Run.played()
		}
		return m.turn(p, parts)
	}
	parts = unescape(parts, &wrong)
	if parts[0] == "1" && len(parts) > 1 && scenarios.IsOwn(parts[1]) { // a script, whatever the link begins with
		return m.turn(PageOf(ScriptPage), append([]string{ScriptPage, strings.TrimPrefix(parts[1], "~")}, parts[2:]...))
	}
	switch {
	case parts[0] == "1":
		parts = parts[1:]
	case isNumber(parts[0]):
		wrong.Add(text.T("fault.version", "version", quote(parts[0])))
		parts = parts[1:]
	default:
		wrong.Add(text.T("fault.no-page", "page", quote(parts[0])))
	}
	m.Run = readRun(parts, Run{}, &wrong)
	if id := m.byScript(); id != "" {
		return OpenGoal(id).goal(m)
	}
	return m.tell(brokenRun(wrong, m.Run))
}

// byScript returns the goal of the lesson that is shown, if it is a challenge that is
// answered by a script only: it begins as one.
func (m Model) byScript() string {
	name, n := m.challenge()
	if name == "" || m.ByHand() || m.Scenario.Course.Goals[n].May.Kind != script.MayScript {
		return ""
	}
	return Task{Challenge: m.Scenario, N: n}.ID()
}

// A Follow leads to a link, given by its fragment, which is in the address already.
type Follow string

// A Lead is Follow by a key: the address does not say it yet.
type Lead string

func (f Follow) lab(m Model) Model {
	if m.alone && reopens(string(f)) { // nothing else can be loaded
		return m.tell(text.T("notice.not-here"))
	}
	m.View.Playing, m.View.Why, m.View.Menu = false, false, false
	if m.View.Sheet == Ending { // its links lead to steps
		m.View.Sheet = NoSheet
	}
	if tooLong(string(f)) == "" {
		if f == "" {
			f = "learn"
		}
		if link, is := unembedded(string(f)); is {
			f, m.embedded = Follow(link), true
		}
		if id, ok := challengeLink(string(f)); ok {
			return OpenGoal(id).goal(m)
		}
		if link, ok := classLink(string(f)); ok {
			return m.join(link)
		}
		if p, parts := pageNamed(string(f)); p != nil {
			return m.turn(p, parts)
		}
	}
	if rest, ok := strings.CutPrefix(string(f), "1/~"); ok {
		return Follow(ScriptPage + "/" + rest).lab(m)
	}
	next := ParseFragment(string(f))
	if next.ByHand() { // the link to a challenge that is answered by a script
		return OpenGoal(next.Scenario.Challenge).goal(m)
	}
	if next.Scenario.Name == m.Scenario.Name && next.Scenario.Setup == m.Scenario.Setup && next.Defences == m.Defences {
		next.Scenario, next.Own, next.Trace = m.Scenario, m.Own, m.Trace
	}
	m.Hand = m.left()
	m.Run, m.Page = next.Run, ""
	m.Explore, m.Compare = Exploration{}, Comparison{} // they begin anew at what the lab shows
	for _, p := range Pages {
		if p.carries != nil && next.Notice == "" {
			return m.tell(p.carries(m, string(f)))
		}
	}
	return m.tell(next.Notice)
}

// turn returns m at the page that parts, a link's as they are written, name.
// Everything that the link does not say stays as it is.
func (m Model) turn(p *Page, parts []string) Model {
	var unwritten, wrong scenarios.Faults
	parts = unescape(parts, &unwritten)
	m.Page = p.Name
	m = p.read(m, parts[1:], &wrong)
	if m.Page == "" || m.Page == ScriptPage { // a script, which says itself what is wrong with it
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

// LinkToGoal returns the link that opens a goal of a challenge, by its ID, as it begins.
func LinkToGoal(id string) string { return "challenge/" + id }

// challengeLink is the inverse of LinkToGoal.
func challengeLink(fragment string) (id string, ok bool) {
	id, ok = strings.CutPrefix(fragment, "challenge/")
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	return id, ok
}
