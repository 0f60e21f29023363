//go:build !wasm

package view

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/script"
)

// walled is what a class sees, as HTML, and what is said.
func walled(m page.Model) string {
	return visible(app.HTMLString(presentView(m)))
}

// Nothing on the wall tells how a run ends, what decides it or why, before that is revealed;
// once it is, it is there. The notes are the trainer's and may tell.
func TestWallTellsNothingBefore(t *testing.T) {
	told := spoilers()
	for _, lesson := range page.Course() {
		m, _ := page.Start("present/"+lesson.Name, page.Settings{})
		for m.Present.Lesson == lesson {
			p := m.Present
			s, html := p.Slide(), walled(m)
			where := m.Fragment()
			if s.Hides() && !p.Shown() || s.Kind == page.ShowsBet || s.Kind == page.ShowsStep && !p.Shown() {
				// What a question itself asks of no end: "decides" is a word of some.
				if found := told.FindString(strings.ReplaceAll(html, p.Caption(), "")); found != "" {
					t.Errorf("%s: the page says %q: …%s…", where, found, around(html, found))
				}
				if says := m.Present.Answer(); len(says) > 30 && strings.Contains(html, says) {
					t.Errorf("%s: the page says the answer: %s", where, says)
				}
				if s.Kind == page.ShowsAsk && (strings.Contains(html, "point right") || strings.Contains(html, text.T("present.holds"))) {
					t.Errorf("%s: the right one is marked", where)
				}
				if strings.Contains(html, `"bar-of"`) {
					t.Errorf("%s: the votes are drawn", where)
				}
			}
			if p.Shown() && (s.Kind == page.ShowsStep || s.Kind == page.ShowsCard) != strings.Contains(html, "data-outcome=") {
				t.Errorf("%s: the result is there: %v", where, strings.Contains(html, "data-outcome="))
			}
			was := m
			m, _ = m.Update(page.Cue{Do: page.CueOn})
			if m.Fragment() == was.Fragment() && m.Present.Shown() == was.Present.Shown() {
				break // the end of the course
			}
		}
	}
}

// At the last step, hidden, each browser stands as it was before; the one that acts has a
// curtain, and nothing is marked as new.
func TestCurtain(t *testing.T) {
	for _, lesson := range page.Course() {
		m, _ := page.Start("present/"+lesson.Name, page.Settings{})
		for i, s := range m.Present.Slides {
			if s.Kind != page.ShowsStep || !s.Last {
				continue
			}
			at, _ := m.Update(page.Cue{Do: page.CueGo, N: i})
			html := walled(at)
			if n := strings.Count(html, `class="curtain"`); n != 1 {
				t.Errorf("%s: %d curtains", at.Fragment(), n)
			}
			if strings.Contains(html, `class="tag"`) || len(tags(html, "acts")) != 1 {
				t.Errorf("%s: something is marked as new, or %d browsers act", at.Fragment(), len(tags(html, "acts")))
			}
			if at, _ = at.Update(page.Cue{Do: page.CueReveal}); strings.Contains(walled(at), `class="curtain"`) {
				t.Errorf("%s: there is a curtain before the result", at.Fragment())
			}
			if at, _ = at.Update(page.Cue{Do: page.CueReveal}); !strings.Contains(walled(at), `class="curtain"`) {
				t.Errorf("%s: hidden again, there is no curtain", at.Fragment())
			}
		}
	}
}

// The notes of every lesson are shown whole, with the answer to what is hidden.
func TestNotesAreShown(t *testing.T) {
	for _, lesson := range page.Course() {
		m, _ := page.Start("present/"+lesson.Name, page.Settings{})
		n := lesson.Course.Notes
		for i := range m.Present.Slides {
			at, _ := m.Update(page.Cue{Do: page.CueGo, N: i})
			at.Page = page.NotesPage
			says := plainText(app.HTMLString(notesView(at)))
			for _, want := range []string{n.Goal, n.Believe, n.Say, n.Ask, n.Expect, n.Trap, plainWords(at.Present.Answer()), plainWords(at.Present.Next()), plainWords(at.Present.Caption())} {
				if !strings.Contains(says, strings.Join(strings.Fields(want), " ")) {
					t.Errorf("%s: the notes do not say %q", at.Present.Slide().Name, want)
				}
			}
		}
	}
}

func plainText(html string) string {
	s := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, " ")
	s = strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

func plainWords(s string) string { return strings.ReplaceAll(s, "`", " ") }

// The lines that a class sees are five, one of them lit; what a question asks for is the lit
// one.
func TestWallLines(t *testing.T) {
	seen := 0
	for _, lesson := range page.Course() {
		m, _ := page.Start("present/"+lesson.Name, page.Settings{})
		for i, s := range m.Present.Slides {
			code := s.Kind == page.ShowsAsk && lesson.Course.Asks[s.N].Point.Kind == script.PointCode
			if !code && s.Kind != page.ShowsCode {
				continue
			}
			at, _ := m.Update(page.Cue{Do: page.CueGo, N: i})
			if code {
				at, _ = at.Update(page.Cue{Do: page.CueReveal})
			}
			html := walled(at)
			if lines, lit := len(tags(html, `class="ln`)), len(tags(html, `class="ln lit"`)); lines != 5 || lit != 1 || !strings.Contains(html, text.T("present.keeps")) {
				t.Errorf("%s: %d lines, %d lit", at.Fragment(), lines, lit)
			}
			seen++
		}
	}
	if seen < 8 {
		t.Errorf("only %d slides with lines", seen)
	}
}

// Buttons come and go with the slides, but none stands where another one stood: the focus
// would come to that one, and a press do what it does.
func TestCuesStay(t *testing.T) {
	shape := func(html, from string) (out []string) {
		depth := 0
		for _, tag := range regexp.MustCompile(`</?\w[^>]*>`).FindAllString(html[strings.Index(html, from):], -1) {
			if strings.HasPrefix(tag, "</") {
				if depth--; depth == 0 {
					return out
				}
				continue
			}
			if depth == 1 {
				out = append(out, attribute(tag, "id")+"."+attribute(tag, "class"))
			}
			if !strings.HasSuffix(tag, "/>") {
				depth++
			}
		}
		return nil
	}
	m, _ := page.Start("present/two-rotations", page.Settings{})
	want, notes := []string(nil), []string(nil)
	for i := range m.Present.Slides {
		for _, voted := range []bool{false, true} {
			at, _ := m.Update(page.Cue{Do: page.CueGo, N: i})
			if voted {
				at, _ = at.Update(page.Cue{Do: page.CueAnew})
			}
			got := shape(app.HTMLString(presentView(at)), "<footer")
			beside := shape(app.HTMLString(notesView(at)), "<aside")
			if want == nil {
				want, notes = got, beside
			}
			if len(got) == 0 || !slices.Equal(got, want) {
				t.Errorf("%s: the buttons are %q, want %q", at.Fragment(), got, want)
			}
			if len(beside) == 0 || !slices.Equal(beside, notes) {
				t.Errorf("%s: beside the notes is %q, want %q", at.Fragment(), beside, notes)
			}
		}
	}
}

// A button that becomes another one does what that does: messages of no fields tell them apart.
func TestScopes(t *testing.T) {
	seen := map[string]page.Msg{}
	for _, msg := range []page.Msg{page.AddItem{}, page.BackPlan{}, page.ResetPlan{}, page.SharePlan{}, page.EditPlan(true), page.EditPlan(false), page.OpenNotes{}, page.Help(true), page.ReadCodes{}, page.ClearCodes{}} {
		name := scopeName(msg)
		if was, is := seen[name]; is {
			t.Errorf("%T has the scope of %T, %s", msg, was, name)
		}
		seen[name] = msg
	}
}

// On the wall a framework is not said to keep the id where its own login makes a new one, and
// nothing there leads away from the wall.
func TestWallOwn(t *testing.T) {
	m, _ := page.Start("present/your-framework/own", page.Settings{})
	m, _ = m.Update(page.PickFramework("django-db"))
	html := app.HTMLString(presentView(m))
	for _, want := range []string{text.T("own.hand"), text.T("own.framework"), "Defended"} {
		if !strings.Contains(html, want) {
			t.Errorf("%q is not on the wall", want)
		}
	}
	if rest := html[strings.Index(html, "logins"):strings.Index(html, "finds")]; strings.Contains(rest, "<a") {
		t.Errorf("a link on the wall: %s", rest)
	}
}

// A difference is shown between two votes, not between a vote and none.
func TestWallAgain(t *testing.T) {
	m, _ := page.Start("present/signed-is-not-yours", page.Settings{})
	m, _ = m.Update(page.Cue{Do: page.CueVote, N: 1, To: 23})
	m, _ = m.Update(page.Follow("present/signed-is-not-yours/again"))
	m, _ = m.Update(page.Cue{Do: page.CueReveal})
	if html := app.HTMLString(presentView(m)); strings.Contains(html, "23 before") {
		t.Error("nobody voted again, and there is a difference")
	}
	m, _ = m.Update(page.Cue{Do: page.CueVote, N: 1, To: 8})
	if html := app.HTMLString(presentView(m)); !strings.Contains(html, "23 before, 15 fewer") {
		t.Error("no difference between two votes")
	}
}
