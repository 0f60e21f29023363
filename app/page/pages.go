package page

import "strings"

// A Page stands beside the lab. Its links begin with its name.
type Page struct {
	Name  string // the first word of its links
	Title string
	Short string // the title in the bar on top, "" for the title itself

	// Optional, for a page whose links say more than its name.
	Link func(Model) string                                       // what follows the name and a slash, "" for nothing
	Read func(m Model, parts []string) (next Model, wrong string) // undoes Link; parts are unescaped

	Say func(Model) string // optional: what the live region says when it has changed
}

// Pages are the pages beside the lab, in the order of the bar on top.
var Pages = []Page{
	{Name: "sign", Title: "Signer bench", Link: benchLink, Read: readBench, Say: benchSays},
	{Name: "what-stops-what", Title: "What stops what", Say: matrixSays},
	{Name: "claims", Title: "Test the article", Short: "Articles"},
	{Name: "compare", Title: "Compare", Link: CompareRest, Read: readCompare, Say: compareSays},
	{Name: "explore", Title: "Explore", Link: exploreRest, Read: readExplore, Say: exploreSays},
}

// PageOf returns the page with that name, nil for the lab's own and for an unknown name.
func PageOf(name string) *Page {
	for i := range Pages {
		if Pages[i].Name == name {
			return &Pages[i]
		}
	}
	return nil
}

// PageTitle is what the live region says when the page has been turned, and
// with the lab's name the document's title.
func PageTitle(m Model) string {
	if p := PageOf(m.Page); p != nil {
		return p.Title
	}
	return "Lab"
}

// turn returns m at the page that parts, a link's, name. Everything that the
// link does not say stays as it is.
func (m Model) turn(p *Page, parts []string) Model {
	m.Page, m.Notice, m.Undo = p.Name, "", false
	wrong := ""
	switch rest := parts[1:]; {
	case p.Read != nil:
		m, wrong = p.Read(m, rest)
	case len(rest) > 0:
		wrong = "it has more parts than one"
	}
	if wrong != "" {
		m.Notice = "This link is broken: " + wrong + ". Shown instead: “" + p.Title + "”."
	}
	return m
}

// link returns the fragment of m's page.
func (p *Page) link(m Model) string {
	if p.Link != nil {
		if rest := p.Link(m); rest != "" {
			return p.Name + "/" + rest
		}
	}
	return p.Name
}

// PageLinks returns the link to each of the pages as m has it.
func PageLinks(m Model) []string {
	var list []string
	for i := range Pages {
		list = append(list, Pages[i].link(m))
	}
	return list
}

// pageNamed returns the page whose link fragment is, nil for the lab's, with
// the fragment's raw parts.
func pageNamed(fragment string) (*Page, []string) {
	parts := strings.Split(fragment, "/")
	return PageOf(parts[0]), parts
}
