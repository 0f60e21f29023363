package main

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab"
	"fixlab/lab/defence"
)

// runsOf lists the runs that a lesson is about, the rows of its want table, as
// links: each is played when it is followed.
func runsOf(s *lab.Scenario) app.UI {
	return el("details", "story runs", txt("summary", "", "Runs of this lesson"),
		el("ul", "", each(len(s.Wants), func(i int) app.UI {
			w := s.Wants[i]
			link := linkTo(s.Name, w.Defences.String(), 0, strings.Join(w.With, "+"))
			word, _ := outcomeWords(w.Outcome)
			return elem("li").Body(
				node("a", "href=#"+link).Text(titlesOf(w)), app.Text(": "+strings.ToLower(word)))
		})...),
	)
}

// titlesOf says in words what is different in a row of a want table.
func titlesOf(w lab.Want) string {
	var on []string
	for _, d := range defence.All {
		if w.Defences.Has(d.Set) {
			on = append(on, d.Title)
		}
	}
	text := strings.Join(on, ", ")
	if on == nil {
		text = "No switch on"
	}
	if len(w.With) > 0 {
		text += ", with " + strings.Join(w.With, ", ")
	}
	return text
}
