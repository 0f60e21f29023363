package page

import (
	"slices"

	"fixlab/lab/script"
)

// A Habit is what Alice does when the learner asks her to.
type Habit struct {
	Name  string // the words' key is "habit." and it
	Lines []string
}

// Habits are what she does in any script.
func Habits() []Habit {
	return []Habit{
		{"shop", []string{"alice get /"}},
		{"blog", []string{"alice get https://blog.shop.example/"}},
		{"login", []string{"alice post /login user=alice password=correct-horse"}},
		{"profile", []string{"alice get /profile"}},
		{"basket", []string{"alice post /basket item=ring"}},
		{"logout", []string{"alice post /logout"}},
	}
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

func (d Do) hand(m Model) Model { return Act{m.Hand.Sitter(d.Browser) + " " + d.Line}.hand(m) }

// Bars returns the capabilities that are not granted for what is shown.
func (m Model) Bars() (names []string) {
	grants := m.Scenario.Grants
	if grants == nil && !m.ByHand() {
		grants = granted(m.Scenario.Steps)
	}
	if grants == nil {
		return nil
	}
	for _, c := range script.Capabilities {
		if !slices.Contains(grants, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}
