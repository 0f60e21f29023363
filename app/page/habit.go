package page

import (
	"strings"

	"fixlab/app/text"
	"fixlab/lab/script"
)

// A Habit is what Alice does when the learner asks her to.
type Habit struct {
	Title string
	Lines []string
}

// Habits are what Alice does: what the challenge says, or what she does in any script.
func (m Model) Habits() (all []Habit) {
	if m.Task.ByScript() {
		for _, h := range m.Task.Goal().Habits {
			all = append(all, Habit{h.Name, linesOf(h.Steps)})
		}
		return all
	}
	return []Habit{
		{text.T("habit.shop"), []string{"alice get /"}},
		{text.T("habit.blog"), []string{"alice get https://blog.shop.example/"}},
		{text.T("habit.login"), []string{"alice post /login user=alice password=correct-horse"}},
		{text.T("habit.profile"), []string{"alice get /profile"}},
		{text.T("habit.basket"), []string{"alice post /basket item=ring"}},
		{text.T("habit.logout"), []string{"alice post /logout"}},
	}
}

func linesOf(steps []script.Step) (lines []string) {
	for _, s := range steps {
		lines = append(lines, s.String())
	}
	return lines
}

// A SendLink sends Alice a link: she does with it what the challenge says, or opens it. What
// stands on Mallory's open site is published first.
type SendLink string

func (s SendLink) hand(m Model) Model {
	at := script.Rest(strings.Join(strings.Fields(string(s)), "%20"), m.named)
	if at == "" {
		return m
	}
	var lines []string
	if site := m.Hand.Site; site.Open && site.Headers+site.HTML != "" {
		if name := m.unnamed(); name != "" {
			return m.tell(text.T("site.unnamed", "name", name))
		}
		lines = m.publishes()
	}
	if m.Task.ByScript() && m.Task.Goal().Sent != nil {
		return Act(append(lines, linesOf(m.Task.Goal().Sends(at))...)).hand(m)
	}
	return Act(append(lines, "alice get "+at)).hand(m)
}

// The lists that can be open in Play.
const (
	HabitMenu  = "habits"
	ScriptMenu = "script"
)

// An OpenMenu opens one of them, or closes it when it is open.
type OpenMenu string

func (o OpenMenu) hand(m Model) Model {
	if m.Hand.Menu == string(o) {
		o = ""
	}
	m.Hand.Menu = string(o)
	return m
}

// A Do is one line of whoever sits at a browser.
type Do struct{ Browser, Line string }

func (d Do) hand(m Model) Model { return Act{m.Hand.sitter(d.Browser) + " " + d.Line}.hand(m) }
