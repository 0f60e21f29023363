//go:build !slim

package page

import "fixlab/scenarios"

// The whole program has the pages that few need; see rare.
func init() {
	Pages = append(Pages, []Page{
		{
			Name:    PresentPage,
			link:    func(m Model) string { return m.Present.link() },
			read:    func(m Model, parts []string, wrong *scenarios.Faults) Model { return m.readPresent(parts, wrong) },
			news:    presentNews,
			title:   presentTitle,
			stays:   func(m, was Model) bool { return m.Present.Lesson == was.Present.Lesson },
			start:   startPresent,
			hears:   hears,
			turned:  presentTurned,
			effects: presentEffects,
			keys:    presentKey,
			inputs:  presentInputs,
		},
		{
			Name: NotesPage,
			link: func(m Model) string { return m.Notes.Wall },
			read: readNotes, news: notesNews, stays: func(m, was Model) bool { return true },
			hears: hears, turned: notesTurned, effects: notesEffects, work: notesWork, keys: presentKey, inputs: presentInputs,
		},
	}...)
	Pages = append(Pages, teachPage, benchPage, auditPage)
}
