package page

import (
	"cmp"
	"strings"

	"fixlab/app/text"
	"fixlab/scenarios"
)

// A Page stands beside the lab. Its links begin with its name.
type Page struct {
	Name string // the first word of its links

	// Link returns what follows the name and a slash in the page's link, "" for
	// nothing. Read undoes it, and adds what is wrong; parts are unescaped.
	link func(Model) string
	read func(m Model, parts []string, wrong *scenarios.Faults) Model

	say func(Model) string // what the live region says when it has changed, where there is no news

	// What the page has none of is nil.
	news    func(m, was Model) (says string, is bool) // what the live region says, see Model.changes
	title   func(Model) string                        // of the document, where it is not the page's
	stays   func(m, was Model) bool                   // whether Back does not come back to was
	effects func(m, was Model, msg Msg) []Effect      // what the browser is to do after msg, on this page
	hears   func(m Model, says string) Model          // what another window says
	turned  func(Model) []Effect                      // what it is to do as the page comes up
	inputs  func(Model) []Input                       // see Model.Inputs
	work    func(Model) (Model, []Effect)             // see Model.work
	key     func(m Model, press Press) Msg            // what a key stands for on this page only, see Shortcut
	keys    func(m Model, press Press) Msg            // what every key stands for
	start   func(Model, Settings) (Model, []Effect)   // takes over what the browser kept
	carries func(m Model, link string) string         // what to say of what comes along to a link of the lab
	copies  func(m Model, button string) Model        // what becomes of m when a button of the page has copied
}

// Title is the page's heading, and with the lab's name the document's title.
func (p *Page) Title() string { return text.T("page." + p.Name) }

// Pages are the pages beside the lab: the course, the page that gathers what can be
// looked up, and each of these in its order.
var Pages = []Page{
	{
		Name: "learn",
		link: func(m Model) string { return m.Learn.link() },
		read: func(m Model, parts []string, wrong *scenarios.Faults) Model {
			m.Learn = m.Learn.read(parts, wrong)
			return m
		},
		news:   func(m, was Model) (string, bool) { return m.Learn.news(was.Learn) },
		title:  func(m Model) string { return m.Learn.Where() },
		stays:  func(m, was Model) bool { return was.Learn.sameStage(m.Learn) },
		inputs: func(m Model) []Input { return []Input{{"framework", cmp.Or(m.Learn.Progress.Framework, NoFramework)}} },
		key:    func(m Model, press Press) Msg { return m.Learn.key(press) },
	},
	{
		Name: ScriptPage,
		link: func(m Model) string { return strings.TrimPrefix(m.Hand.Offer.Name, "~") + "/" + m.Hand.Offer.Rest },
		read: func(m Model, parts []string, _ *scenarios.Faults) Model { return m.readScript(parts) },
		say:  nothing,
	},
	{
		Name: "code",
		link: nothing, read: readNothing, say: nothing,
		inputs: func(m Model) []Input { return []Input{{"code-name", m.Learn.Name}} },
	},
	{
		Name: "reference",
		link: nothing, read: readNothing, say: nothing,
	},
	{
		Name: "what-stops-what",
		link: nothing, read: readNothing,
		say: func(m Model) string { return m.Matrix.says() },
		work: func(m Model) (Model, []Effect) {
			var out []Effect
			m.Matrix, out = m.Matrix.observe()
			return m, out
		},
	},
	{
		Name: "explore",
		link: func(m Model) string { return m.exploration().link() },
		read: func(m Model, parts []string, wrong *scenarios.Faults) Model {
			m.Explore = m.Explore.read(m.Run, parts, wrong)
			return m
		},
		say:    func(m Model) string { return m.Explore.says() },
		inputs: func(m Model) []Input { return m.Explore.inputs() },
		work: func(m Model) (Model, []Effect) {
			var out []Effect
			m.Explore, out = m.Explore.ask(m.workers)
			return m, out
		},
	},
	{
		Name: "compare",
		link: func(m Model) string { return m.Compare.link(m.Run, m.Page == "compare") },
		read: func(m Model, parts []string, wrong *scenarios.Faults) Model {
			if len(parts) > 0 && !m.Hand.seen(parts) {
				return m.unseen(parts)
			}
			m.Compare, m.Run = m.Compare.read(m.Run, parts, wrong)
			return m
		},
		say:    func(m Model) string { return m.Compare.says(m.Run) },
		inputs: compareInputs,
		key:    func(m Model, press Press) Msg { return m.Compare.key(m.Run, press) },
	},
	{
		Name: "claims",
		link: nothing, read: readNothing, say: nothing,
		work: func(m Model) (Model, []Effect) {
			var out []Effect
			m.Claims, out = m.Claims.ask()
			return m, out
		},
	},
}

func nothing(Model) string { return "" }

func readNothing(m Model, parts []string, wrong *scenarios.Faults) Model {
	if len(parts) > 0 {
		wrong.Add(text.T("fault.parts-one"))
	}
	return m
}

// exploration returns m's exploration; one that is not looked at begins at what
// the lab shows.
func (m Model) exploration() Exploration {
	if m.Page == "explore" {
		return m.Explore
	}
	return m.Explore.from(m.Run)
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
		return p.Title()
	}
	return text.T("play.title")
}

// fragment returns the link to m's page.
func (p *Page) fragment(m Model) string {
	if rest := p.link(m); rest != "" {
		return p.Name + "/" + rest
	}
	return p.Name
}

// LinkToCourse returns the link to where the learner was in the course, or to where she
// goes on.
func LinkToCourse(m Model) string {
	if m.Learn.Lesson == nil {
		return "learn"
	}
	return LinkToPage(m, "learn")
}

// LinkToPage returns the link to a page as m has it.
func LinkToPage(m Model, name string) string {
	p := PageOf(name)
	if p == nil { // the whole program has it
		p = &Page{Name: name, link: nothing}
	}
	return p.fragment(m)
}

// pageNamed returns the page whose link fragment is, nil for the lab's, with
// the fragment's raw parts.
func pageNamed(fragment string) (*Page, []string) {
	parts := strings.Split(fragment, "/")
	return PageOf(parts[0]), parts
}
