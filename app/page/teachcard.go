package page

import "fixlab/app/class"

// A Card is what a learner takes home. What is empty is left for a pen.
type Card struct {
	Name, Class, Day string
	Solved, Of       int // goals of challenges
}

// CardName is the name on the card, as it is typed.
type CardName string

func (n CardName) teach(m Model) Model {
	m.Teach.Owner = class.Clean(string(n))
	return m
}

// OwnCard is the card for what was done on this device.
func (m Model) OwnCard() Card {
	return Card{Name: m.Teach.Owner, Class: m.Teach.Class.Class, Day: m.Learn.today, Solved: len(m.SolvedGoals()), Of: len(class.Goals())}
}
