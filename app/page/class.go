package page

import (
	"cmp"
	"strings"

	"fixlab/app/class"
	"fixlab/app/text"
	"fixlab/lab/script"
)

// The names under which the browser keeps the class that a learner is in, as its link has it,
// and the name that she goes by.
const (
	joinedSetting = "fixlab/1/class"
	nameSetting   = "fixlab/1/name"
)

// CodeButton is the id of the button that copies a completion code.
const CodeButton = "copy-code"

// classWord begins the fragment of a class link.
const classWord = "class/"

// classLink returns what a class link says behind that word.
func classLink(fragment string) (link string, ok bool) {
	return strings.CutPrefix(strings.TrimPrefix(fragment, "#"), classWord)
}

type (
	// SetName is the learner's name as she types it.
	SetName string
	// LeaveClass forgets the class, and the name in it.
	LeaveClass struct{}
	// ChangeClass goes into the class whose link was opened.
	ChangeClass struct{}
)

func (n SetName) lab(m Model) Model { m.Learn.Name = class.Clean(string(n)); return m }

func (LeaveClass) lab(m Model) Model {
	left := m.Learn.ClassName()
	m.Learn.Class, m.Learn.Invited, m.Learn.Name, m.Task = class.Link{}, class.Link{}, "", Task{}
	return m.tell(text.T("class.left", "class", left))
}

func (LeaveClass) does() []Effect { return []Effect{Focus{ID: headingID}} }

func (ChangeClass) lab(m Model) Model {
	was := m.Learn
	m.Learn.Class, m.Learn.Invited, m.Task = was.Invited, class.Link{}, Task{}
	return m.tell(text.T("class.instead", "class", m.Learn.ClassName(), "was", was.ClassName()))
}

func (ChangeClass) does() []Effect { return []Effect{Focus{ID: headingID}} }

// ClassName is the name of the class, and words for one that has none; "" in no class.
func (l Learn) ClassName() string {
	if !l.Class.On() {
		return ""
	}
	return NameOfClass(l.Class)
}

// NameOfClass is the name of the class of a link, and words for one that has none.
func NameOfClass(l class.Link) string {
	return cmp.Or(l.Class, text.T("class.unnamed"))
}

// join returns m in the class of a link, at the lesson where its learner goes on. A link that
// is broken leads there too, and leaves her class as it is. Who is in another class is asked
// first: anybody can make a link, and have somebody else open it.
func (m Model) join(link string) Model {
	was := m.Learn
	m.Page, m.Task = "learn", Task{}
	m.Learn = m.Learn.read(nil, nil)
	l, err := class.Parse(link)
	if err != nil {
		says := text.T("class.broken", "why", err.Error())
		if was.Class.On() {
			says += " " + text.T("class.stays", "class", was.ClassName())
		}
		return m.tell(says)
	}
	if was.Class.On() && was.Class != l {
		m.Page, m.Learn.Invited = "code", l
		return m.tell(text.T("class.asks", "class", NameOfClass(l), "was", was.ClassName()))
	}
	m.Learn.Class = l
	says := text.T("class.joined", "class", m.Learn.ClassName()) + " " + text.T("class.keeps")
	if l.Lang != "" && !text.Known(l.Lang) {
		says += " " + text.T("class.no-language", "language", l.Lang)
	}
	return m.tell(says)
}

// LanguageOf is the language of the class that the page comes up in, "" for none: that of
// the link in its address, or that of the class that the browser keeps.
func LanguageOf(fragment string, recall func(name string) string) string {
	for _, link := range []string{strings.TrimPrefix(fragment, classWord), recall(joinedSetting)} {
		if l, err := class.Parse(link); err == nil {
			return l.Lang
		}
	}
	return ""
}

// rewords reports whether a fragment is a class link with another language than the page's:
// what is drawn already stays as it is, so the page comes up anew.
func rewords(fragment string) bool {
	link, ok := classLink(fragment)
	l, err := class.Parse(link)
	return ok && err == nil && l.Lang != "" && l.Lang != text.Language() && text.Known(l.Lang)
}

// recallClass returns m in the class that the browser keeps. What cannot be read is none.
func (m Model) recallClass(recall func(name string) string) Model {
	if l, err := class.Parse(recall(joinedSetting)); err == nil {
		m.Learn.Class = l
	}
	m.Learn.Name = class.Clean(recall(nameSetting))
	return m
}

// keepClass returns what keeps the class and the name, where they have changed.
func (l Learn) keepClass(was Learn) (out []Effect) {
	if l.Class != was.Class {
		link, _ := l.Class.Fragment() // of none it is ""
		out = append(out, Store{joinedSetting, link})
	}
	if l.Name != was.Name {
		out = append(out, Store{nameSetting, l.Name})
	}
	return out
}

// HintsOf is how many hints a goal offers: the last one says what to do, and a class may be
// without solutions.
func (m Model) HintsOf(g *script.Goal) int {
	if n := len(g.Hints); !m.Learn.Class.Hide || n == 0 {
		return n
	}
	return len(g.Hints) - 1
}

// Work is what was done, as a completion code says it.
func (l Learn) Work() class.Work {
	w := class.Work{Name: l.Name, Day: l.Progress.Day, Goals: map[string]class.Goal{}, Bets: map[string][]class.Bet{}}
	for name, r := range l.Progress.Lessons {
		for _, b := range r.Bets {
			w.Bets[name] = append(w.Bets[name], class.Bet{Option: b.Option, Sure: b.Sure})
		}
	}
	for _, s := range class.Challenges() {
		for n := range s.Course.Goals {
			t := Task{Challenge: s, N: n}
			if d, ok := l.Progress.Challenges[t.ID()]; ok {
				w.Goals[t.ID()] = class.Goal{Solved: d.Solved, Hints: d.Hints, Tries: d.Tries, Win: t.Win(d.Answer)}
			}
		}
	}
	return w
}

// Code is the completion code of what was done, in groups of five characters; "" for who has
// no name yet.
func (l Learn) Code() string {
	if class.Learner(l.Name) == "" {
		return ""
	}
	return class.Make(l.Work(), l.Class)
}
