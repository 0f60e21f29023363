package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// runsOf lists the runs that a lesson is about, the rows of its want table, as
// links: each is played when it is followed.
func runsOf(s *script.Scenario) app.UI {
	return el("details", "story runs", txt("summary", "", "Runs of this lesson"),
		el("ul", "", each(len(s.Wants), func(i int) app.UI {
			w := s.Wants[i]
			link := page.LinkTo(scenarios.Play{Lesson: s.Name, On: w.On, With: w.With}, 0)
			word, _ := words.OutcomeWords(w.Outcome)
			return elem("li").Body(
				node("a", "href=#"+link).Text(titlesOf(w)), app.Text(": "+strings.ToLower(word)))
		})...),
	)
}

// titlesOf says in words what is different in a row of a want table.
func titlesOf(w script.Want) string {
	var on []string
	for _, d := range defence.All {
		if w.On.Has(d.Set) {
			on = append(on, d.Title)
		}
	}
	text := strings.Join(on, ", ")
	if on == nil {
		text = "No switch on"
	}
	if w.With != "" {
		text += ", with " + strings.ReplaceAll(w.With, "+", ", ")
	}
	return text
}
