package view

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/class"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// reference is where one looks things up: the pages beside the lab, the lessons
// outside the course, and the glossary.
type reference struct {
	app.Compo
	Links   [6]string // to the pages, in the order of the cards
	Lessons []*script.Scenario
	Solved  []string // the goals that were
}

// referenceView is the page that gathers the others; each link is as m has it.
func referenceView(m page.Model, lessons []*script.Scenario) app.UI {
	r := &reference{Lessons: lessons, Solved: m.SolvedGoals()}
	for i, name := range [...]string{"what-stops-what", "explore", "compare", "claims", "sign", page.AuditPage} {
		r.Links[i] = page.LinkToPage(m, name)
	}
	return r
}

func (r *reference) Render() app.UI {
	card := func(i int, symbol, title, says string) app.UI {
		return elem("li").Body(node("a", "class=card", "href=#"+r.Links[i]).Body(stroke(symbol), txt("span", "title", title), txt("span", "says", says)))
	}
	return el("div", "stack3",
		el("ul", "entries",
			card(0, "grid", text.T("page.what-stops-what"), text.T("reference.what-stops-what")),
			card(1, "compass", text.T("page.explore"), text.T("reference.explore")),
			card(2, "split", text.T("page.compare"), text.T("reference.compare")),
			card(3, "scale", text.T("page.claims"), text.T("reference.claims")),
			card(4, "code", text.T("page.sign"), text.T("reference.sign")),
			card(5, "doc", text.T("page.audit"), text.T("reference.audit")),
		),
		el("p", "quiet", said(text.Pieces("reference.new"), func(p text.Piece) []app.UI {
			return []app.UI{node("a", "href=#learn").Text(p.Text)}
		})...),
		el("p", "quiet", said(text.Pieces("reference.teach"), func(p text.Piece) []app.UI {
			return []app.UI{node("a", "href=#teach").Text(p.Text)}
		})...),
		el("p", "quiet", said(text.Pieces("reference.code"), func(p text.Piece) []app.UI {
			return []app.UI{node("a", "href=#code").Text(p.Text)}
		})...),
		node("section", "class=part", "aria-labelledby=challenges-title").Body(
			node("h2", "id=challenges-title").Text(text.T("reference.challenges")), arrows(),
			node("ul", "id=challenges", "class=groups group-of", "data-rove=list").Body(r.challenges()...),
		),
		node("section", "class=part", "aria-labelledby=more-title").Body(
			node("h2", "id=more-title").Text(text.T("reference.lessons")), arrows(),
			el("div", "groups", r.groups()...),
		),
		node("section", "class=part", "aria-labelledby=glossary-title").Body(
			node("h2", "id=glossary-title").Text(text.T("reference.glossary")),
			glossary(),
		),
	)
}

// challenges are all of them, each with what it asks for, part by part.
func (r *reference) challenges() []app.UI {
	all := class.Challenges()
	return each(len(all), func(i int) app.UI {
		s := all[i]
		var parts []app.UI
		for n, g := range s.Course.Goals {
			id, title := page.Task{Challenge: s, N: n}.ID(), s.Title
			if len(s.Course.Goals) > 1 {
				title = text.T("goal.part", "title", title, "n", n+1)
			}
			parts = append(parts,
				el("p", "row", node("a", "class=link", "href=#"+page.LinkToGoal(id)).Text(title), when(slices.Contains(r.Solved, id), func() app.UI { return txt("span", "tag n", text.T("goal.solved")) })),
				el("p", "quiet", spans(g.Say)...))
		}
		return elem("li").Body(parts...)
	})
}

// groups are the lessons outside the course. The first group is the course.
func (r *reference) groups() []app.UI {
	all := scenarios.Groups()[1:]
	return each(len(all), func(i int) app.UI {
		var list []app.UI
		for _, l := range r.Lessons {
			if slices.Contains(all[i].Names, l.Name) {
				list = append(list, elem("li").Body(
					node("a", "class=link", "href=#"+page.RowLink(l, "none", 0)).Text(l.Title),
					el("p", "quiet", spans(words.FirstSentence(l.Story))...),
				))
			}
		}
		return el("section", "group-of", txt("h3", "", all[i].Title), node("ul", "data-rove=list").Body(list...))
	})
}

// glossary are the words of the lessons, from A to Z.
func glossary() app.UI {
	all := scenarios.Glossary()
	return el("dl", "glossary", each(len(all), func(i int) app.UI {
		return el("div", "", txt("dt", "", all[i].Word), txt("dd", "", all[i].Meaning))
	})...)
}

// spans draws a line with the little Markdown that stories use.
func spans(line string) []app.UI {
	var out []app.UI
	for _, s := range words.Spans(line) {
		switch s.Mark {
		case 'c':
			out = append(out, txt("code", "", s.Text))
		case 'e':
			out = append(out, txt("em", "", s.Text))
		case 's':
			out = append(out, txt("strong", "", s.Text))
		default:
			out = append(out, app.Text(s.Text))
		}
	}
	return out
}
