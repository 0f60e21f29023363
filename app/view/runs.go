package view

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// runsOf lists the runs that a lesson is about, the rows of its want table, as
// links: each is played when it is followed.
func runsOf(s *script.Scenario) app.UI {
	return el("div", "runs", txt("h3", "", text.T("result.runs")),
		el("ul", "", each(len(s.Wants), func(i int) app.UI {
			w := s.Wants[i]
			run := scenarios.Play{Lesson: s.Name, On: w.On, With: w.With}
			firefox := inFirefox(s, w)
			return elem("li").Body(
				node("a", "href=#"+page.LinkTo(run, 0)).Text(titlesOf(w)), app.Text(": "), txt("span", "quiet", words.Spaced(w.Outcome)),
				when(firefox >= 0, func() app.UI {
					other := run
					other.With = s.Wants[firefox].With
					return el("span", "", app.Text(". "), node("a", "href=#"+page.BesideLink(run, other), "aria-label="+titlesOf(w)+": "+text.T("runs.beside")).
						Text(text.T("runs.beside")))
				}))
		})...),
	)
}

// inFirefox returns the index of the row that is w in Firefox, -1 if the table has
// none.
func inFirefox(s *script.Scenario, w script.Want) int {
	with := strings.TrimPrefix(w.With+"+"+script.Browsers[cookie.Firefox], "+")
	return slices.IndexFunc(s.Wants, func(o script.Want) bool { return o.On == w.On && o.With == with })
}

// titlesOf says in words what is different in a row of a want table.
func titlesOf(w script.Want) string {
	var on []string
	for _, d := range defence.All {
		if w.On.Has(d.Set) {
			on = append(on, d.Title)
		}
	}
	says := strings.Join(on, ", ")
	if on == nil {
		says = text.T("runs.none")
	}
	if w.With != "" {
		says += ", " + page.SetupWords(w.With, w.On)
	}
	return says
}
