package page

import "strings"

// embedWord begins the link to a lesson that stands in somebody else's page, without what
// frames it here: "embed/LESSON/STAGE/STEP", as the course has it.
const embedWord = "embed"

// OpenTab opens the whole lab at a fragment, in a tab of its own.
type OpenTab string

func (OpenTab) effect() {}

// unembedded returns the link that a fragment is without its frame; is tells whether it is
// the link to an embedded lesson.
func unembedded(fragment string) (link string, is bool) {
	rest, is := strings.CutPrefix(fragment, embedWord)
	if !is || rest != "" && rest[0] != '/' {
		return fragment, false
	}
	return "learn" + rest, true
}

// Embedded reports whether m is a lesson in somebody else's page.
func (m Model) Embedded() bool { return m.embedded && m.Page == "learn" }

// leaves returns the link that an embedded lesson does not follow itself.
func (m Model) leaves(msg Msg) (OpenTab, bool) {
	f, is := msg.(Follow)
	if !is || !m.Embedded() || f == "" {
		return "", false
	}
	link, _ := unembedded(string(f))
	p, _ := pageNamed(link)
	return OpenTab(link), p == nil || p.Name != m.Page
}
