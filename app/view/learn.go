package view

import (
	"slices"
	"strings"
	"unicode"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/scenarios"
)

// learnView is the course: a bar on top, and one stage of a lesson.
func learnView(l page.Learn, play string) []app.UI {
	stage := l.At()
	bar := &faceBar{Number: l.Number(), Of: len(page.Course()), Title: l.Lesson.Title, Mode: "learn", Play: play, Present: page.PresentPage + "/" + page.LinkToStage(l), Menu: l.Menu, First: l.First(), Current: l.Lesson.Name, Keeps: stage.Kind != page.AtCard, Forgets: l.Forgets, Class: l.ClassName()}
	for _, s := range page.Course() {
		if l.Progress.Lessons[s.Name].Done {
			bar.Done = append(bar.Done, s.Name)
		}
	}
	var body []app.UI
	switch stage.Kind {
	case page.AtBet:
		body = betView(l)
	case page.AtAct:
		body = actView(l)
	case page.AtAsk:
		body = askView(l)
	case page.AtStop:
		body = stopView(l)
	case page.AtOwn:
		body = ownView(l)
	case page.AtCard:
		body = cardView(l)
	}
	name := stage.Kind.String()
	if l.Shows() && stage.Kind == page.AtAct {
		name = "result"
	}
	return []app.UI{
		bar,
		node("main", "id=main", "class=learn at-"+name).Body(append([]app.UI{
			node("h1", "id=page-title", "class=vh", "tabindex=-1").Text(text.T("learn.title", "n", l.Number(), "title", l.Where())),
		}, body...)...),
	}
}

// embeddedBar is what a lesson in somebody else's page has of the bar: a way to all of the lab.
func embeddedBar(l page.Learn, link string) app.UI {
	return node("header", "class=bar").Body(
		when(!l.First(), func() app.UI { return txt("span", "quiet", l.Lesson.Title) }), // it hints at the answer
		el("span", "push"),
		node("a", "id=whole-lab", "class=brand", "href=?#"+link, "target=_blank", "rel=noopener").Body(brandMark(), txt("span", "name", text.T("app.name"))),
	)
}

// lessonList is the course, with what was done, and the progress to keep, where that is
// not on the page already. The lesson that is shown closes it.
func lessonList(name string, done []string, keeps app.UI) app.UI {
	all := page.Course()
	return node("nav", "id=lesson-list", "class=lessons", "aria-label="+text.T("learn.lessons")).Body(
		elem("ol").Body(each(len(all), func(i int) app.UI {
			s := all[i]
			a := node("a", "href=#learn/"+s.Name)
			if s.Name == name {
				a = a.Attr("aria-current", "page").OnClick(closeLessons)
			}
			return elem("li").Body(a.Body(
				txt("span", "n", text.T("learn.number", "n", i+1)),
				el("span", "grow", txt("span", "strong", s.Title), txt("span", "quiet", s.Course.Goal)),
				txt("span", "quiet nowrap", text.T("learn.minutes", "n", s.Course.Minutes)),
				when(slices.Contains(done, s.Name), func() app.UI {
					return el("span", "done", stroke("check"), txt("span", "vh", text.T("learn.done")))
				}),
			))
		})...),
		keeps,
	)
}

func closeLessons(ctx app.Context, _ app.Event) { send(ctx, page.SameLesson{}) }

// withTerms shows a text in which the first mention of each of the lesson's terms can
// be opened.
func withTerms(l page.Learn, s string) []app.UI {
	var out []app.UI
	var keys []string // there are none before the run
	if l.Trace != nil {
		keys = l.Trace.Keys
	}
	terms := slices.Clone(l.Lesson.Course.Terms) // each is explained where it stands first
	for s != "" {
		at, term := firstTerm(s, terms)
		if at < 0 {
			return append(out, inWords(keys, s)...)
		}
		out = append(out, inWords(keys, s[:at])...)
		end := at + len(term)
		end += wordEnd(s[end:])                                 // "deployed" is explained with "deploy"
		whole := end + strings.IndexAny(s[end:]+" ", " .,;:?!") // no line ends within "SameSite=Strict"
		out = append(out, el("span", "nowrap", termButton(term, s[at:end], l.Term == term), app.Text(s[end:whole])))
		s = s[whole:]
		terms = slices.DeleteFunc(terms, func(t string) bool { return t == term })
	}
	return out
}

// firstTerm returns where the first of the terms stands in s, at the beginning of a word.
func firstTerm(s string, terms []string) (at int, term string) {
	at = -1
	low := " " + strings.ToLower(s)
	for _, t := range terms {
		if i := strings.Index(low, " "+strings.ToLower(t)); i >= 0 && (at < 0 || i < at) {
			at, term = i, t
		}
	}
	return at, term
}

// wordEnd returns how many of the letters at the beginning of s belong to the word before.
func wordEnd(s string) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		return n
	}
	return len(s)
}

func termButton(term, as string, open bool) app.UI {
	return node("button", "type=button", "class=term", "data-term="+term, "aria-expanded="+yes(open), "aria-controls=explain").Text(as).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Explain(term)) }, app.EventScope(term))
}

// explained is the term that was opened.
func explained(l page.Learn) app.UI {
	term, ok := scenarios.Meaning(l.Term)
	if !ok {
		return nil
	}
	return node("p", "class=explain", "id=explain").Body(txt("b", "", l.Term+": "), app.Text(term.Meaning))
}

// face is Learn as a page: a stage, and what stands around every one.
func face(m page.Model) app.UI {
	body, class := learnView(m.Learn, m.LinkAt(m.Step)), "face app"
	if m.Embedded() {
		body[0], class = embeddedBar(m.Learn, page.LinkToPage(m, "learn")), class+" embedded"
	}
	if m.Learn.At().Kind == page.AtBet {
		class += " betting"
	}
	return node("div", "id=lab", "class="+class).Body(append(body,
		&notice{Text: m.Notice, Undo: m.Undo},
		node("p", "id=live", "class=vh", "aria-live=polite", "aria-atomic=true").Text(m.Live),
		&help{Shortcuts: m.View.Letters, Open: m.View.Help, Profile: m.Scenario.Profile, Course: true},
	)...)
}
