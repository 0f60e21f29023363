package view

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/survey"
	"fixlab/app/text"
	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/scenarios"
)

// A frame has a piece of the page drawn without a browser.
type frame struct {
	app.Compo
	body app.UI
}

func (f *frame) Render() app.UI { return app.Div().Body(f.body) }

// spoken returns what somebody reads or hears of a page: its texts and labels.
func spoken(t *testing.T, m page.Model) (list []string) {
	p := &root{model: m, workers: workers{}}
	sheet := p.beside()
	e := app.NewTestEngine()
	if err := e.Load(&frame{body: sheet}); err != nil {
		t.Fatal(err)
	}
	e.ConsumeAll()
	for _, found := range regexp.MustCompile(`>([^<]+)<|aria-label="([^"]*)"`).FindAllStringSubmatch(app.HTMLString(sheet), -1) {
		if s := strings.TrimSpace(html.UnescapeString(found[1] + found[2])); strings.ContainsFunc(s, unicode.IsLetter) {
			list = append(list, s)
		}
	}
	return list
}

// TestPseudo draws pages in the pseudo-language: what is not in it comes from the
// lab's own tables, which are no words of the page.
func TestPseudo(t *testing.T) {
	data := []string{"Django", "Flask"}
	for _, d := range defence.All {
		data = append(data, d.Title)
	}
	for _, p := range server.Profiles {
		data = append(data, p.Title)
	}
	for _, f := range slices.Concat(scenarios.Routes, scenarios.Tokens) {
		data = append(data, f.Title)
	}
	for _, mode := range survey.Modes {
		data = append(data, mode.Title)
	}
	for _, goal := range survey.Goals {
		data = append(data, goal.Title)
	}
	for i := range page.MatrixColumns {
		data = append(data, page.MatrixColumns[i].Written)
	}
	for _, c := range scenarios.Claims() {
		data = append(data, c.Text, c.Truth, c.Verdict)
	}
	t.Cleanup(func() { text.Use(text.English) })
	for _, link := range []string{"what-stops-what", "claims", "explore"} {
		text.Use(text.English)
		m, _ := page.Start(link, page.Settings{})
		english := spoken(t, m)
		if !text.Use(text.Pseudo) {
			t.Fatal("there is no pseudo-language")
		}
		m, _ = page.Start(link, page.Settings{})
		other, seen := spoken(t, m), 0
		if len(other) != len(english) {
			t.Fatalf("%s has %d texts, in the pseudo-language %d", link, len(english), len(other))
		}
		for i, s := range other {
			switch {
			case s != english[i]:
				seen++
			case !slices.Contains(data, s):
				t.Errorf("%s: %q is the same in every language", link, s)
			}
		}
		if seen < 4 {
			t.Errorf("%s: only %d texts are in the pseudo-language", link, seen)
		}
	}
}
