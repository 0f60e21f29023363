//go:build !wasm

package view

import (
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/event"
)

// spoilers are words and marks that say how a run ends.
func spoilers() *regexp.Regexp {
	list := []string{`data-outcome`, `class="result`, `class="outcome`, "decide", "never looks at"}
	for _, o := range append([]event.Outcome{"no-verdict"}, event.Outcomes...) {
		word, _ := words.OutcomeWords(o)
		list = append(list, regexp.QuoteMeta(word), regexp.QuoteMeta(strings.ReplaceAll(string(o), "-", " ")))
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(list, "|") + `)`)
}

// No lesson tells how it ends before the bet is made, or the last step is seen.
func TestNothingIsToldBefore(t *testing.T) {
	told := spoilers()
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		look := func(where string) {
			t.Helper()
			html := visible(app.HTMLString(face(m)))
			html = strings.Replace(html, ">"+text.T("bet.here")+"<", "><", 1) // what she says of any step
			if found := told.FindString(html); found != "" {
				t.Errorf("%s, %s: the page says %q: …%s…", lesson.Name, where, found, around(html, found))
			}
		}
		look("at the bet")
		m, _ = m.Update(page.PickOption(1))
		look("with an option picked")
		m, _ = m.Update(page.Commit(true))
		for !m.Learn.Ended() {
			look("after " + m.Fragment())
			m, _ = m.Update(page.Onward{})
		}
		if html := app.HTMLString(face(m)); !strings.Contains(html, `id="verdict"`) || !strings.Contains(html, "data-outcome=") {
			t.Errorf("%s: no result at the end", lesson.Name)
		}
	}
}

// visible is html without the dialogs, which are about every run.
func visible(html string) string {
	return regexp.MustCompile(`(?s)<dialog.*?</dialog>`).ReplaceAllString(html, "")
}

func around(s, what string) string {
	i := strings.Index(s, what)
	return s[max(0, i-60):min(len(s), i+60)]
}

// The first view asks one question: few words, few controls.
func TestFirstView(t *testing.T) {
	html := visible(First())
	body := regexp.MustCompile(`(?s)<(style|script|title|svg)\b.*?</(style|script|title|svg)>|<[^>]*(class="[^"]*\bvh\b|hidden)[^>]*>[^<]*`).ReplaceAllString(html, " ")
	if n := len(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " "))); n > 60 || n < 30 {
		t.Errorf("the first view has %d words", n)
	}
	if n := len(regexp.MustCompile(`<(a|button|input|select)\b`).FindAllString(html, -1)); n > 12 || n < 5 {
		t.Errorf("the first view has %d controls", n)
	}
}

// A term is found at the beginning of a word, to whose end the button reaches, and once.
func TestTermsInText(t *testing.T) {
	m, _ := page.Start("learn/signed-is-not-yours", page.Settings{})
	for text, want := range map[string]string{
		"Sessions end.":                     "[Sessions] end.",
		"It obsesses, then a session's id.": "It obsesses, then a [session]'s id.",
		"A preset; a set, a set.":           "A preset; a [set], a set.",
		"The cookies of SameSite=Strict.":   "The [cookies] of SameSite=Strict.",
		"none":                              "none",
	} {
		l := m.Learn
		lesson := *l.Lesson
		lesson.Course.Terms = []string{"session", "set", "cookie"}
		l.Lesson = &lesson
		html := app.HTMLString(app.P().Body(withTerms(l, text)...))
		html = regexp.MustCompile(`(?s)\n *<button[^>]*>(.*?)</button>`).ReplaceAllString(html, "[$1]")
		got := regexp.MustCompile(`\n(?:    |  )*|<[^>]*>`).ReplaceAllString(html, "")
		if got = strings.ReplaceAll(got, "&#39;", "'"); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}
