package page

import "strings"

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
// and what is shown instead. No fragment is the first lesson.
func ParseFragment(fragment string) Model {
	fragment = strings.TrimPrefix(fragment, "#")
	p, parts := pageNamed(fragment)
	parts, wrong := unescape(parts)
	if p != nil {
		first, _ := readRun(nil)
		return Model{Run: first}.turn(p, parts, wrong)
	}
	if fragment == "" {
		parts = nil
	} else {
		switch {
		case parts[0] == "1":
			parts = parts[1:]
		case isNumber(parts[0]):
			wrong = append(wrong, "its version "+quote(parts[0])+" is not one that this page knows")
			parts = parts[1:]
		default:
			wrong = append(wrong, "it does not begin with 1/, and there is no page "+quote(parts[0]))
		}
	}
	r, more := readRun(parts)
	return Model{Run: r}.tell(brokenRun(append(wrong, more...), r))
}

// A Follow leads to a link, given by its fragment.
type Follow string

func (f Follow) lab(m Model) Model {
	m.View.Playing, m.View.Why = false, false
	if p, parts := pageNamed(string(f)); p != nil {
		parts, wrong := unescape(parts)
		return m.turn(p, parts, wrong)
	}
	next := ParseFragment(string(f))
	if next.Scenario.Name == m.Scenario.Name && next.Scenario.Setup == m.Scenario.Setup && next.Defences == m.Defences {
		next.Scenario, next.Own, next.Trace = m.Scenario, m.Own, m.Trace
	}
	m.Run, m.Page = next.Run, ""
	m.Explore, m.Compare = Exploration{}, Comparison{} // they begin anew at what the lab shows
	return m.tell(next.Notice)
}

// turn returns m at the page that parts, a link's, name; wrong is what is wrong
// with how they are written. Everything that the link does not say stays as it is.
func (m Model) turn(p *Page, parts, wrong []string) Model {
	m.Page = p.Name
	m, more := p.read(m, parts[1:])
	if wrong == nil && more != "" {
		wrong = []string{more}
	}
	if wrong == nil {
		return m.tell("")
	}
	return m.tell("This link is broken: " + strings.Join(wrong, "; ") + ". Shown instead: “" + p.Title + "”.")
}
