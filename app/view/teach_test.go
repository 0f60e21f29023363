package view

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/class"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/scenarios/plans"
)

// What a trainer or a link has written is text, and leads nowhere but into the lab.
func TestTeachHostile(t *testing.T) {
	const hostile = `<img src=x onerror=alert(1)>"'`
	shared := plans.Plan{Name: hostile, Title: hostile, Minutes: 1, Items: []plans.Item{{What: hostile, How: hostile, Link: "//evil.example/ handout.html present/x"}}}
	lab := page.Settings{Here: "https://lab.example.org/"}
	m, _ := page.Start("teach/plan/"+shared.Pack(), lab)
	if m.Notice != "" {
		t.Fatal(m.Notice)
	}
	m.Teach.Class = class.Link{Class: hostile, Phrase: hostile, Lang: hostile}
	m.Teach.Owner = hostile
	m.Teach.Unread = []string{hostile}
	own, _ := m.Update(page.TakePlan{})
	own, _ = own.Update(page.EditPlan(true))
	for _, at := range []page.Model{m, own} {
		for _, sheet := range []string{"", page.ShowSheet, page.LinkSheet, page.CardSheet} {
			at.Teach.Sheet = sheet
			got := app.HTMLString(teachFace(at))
			if tags := regexp.MustCompile(`"(\\.|[^"\\])*"`).ReplaceAllString(got, ""); strings.Contains(tags, "<img") {
				t.Errorf("%q: a text is HTML", sheet)
			}
			for _, found := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(got, -1) {
				if link := html.UnescapeString(found[1]); !strings.HasPrefix(link, "#") && !slices.Contains(append([]string{"licences.txt"}, plans.Files...), link) {
					t.Errorf("%q: a link to %s", sheet, link)
				}
			}
		}
	}
}

// Each sheet says what it is for, and the page of a lab that only this computer reaches
// has no link to give away.
func TestTeachSheets(t *testing.T) {
	for sheet, want := range map[string][]string{
		"show":  {`class="qr"`, "https://lab.example.org/", "#class/AQ", "7a"},
		"links": {"https://lab.example.org/#learn/signed-is-not-yours", "https://lab.example.org/#challenge/one-switch"},
		"card":  {"7a", "0 of", "It is no proof of who did it."},
		"45":    {`class="qr"`, "https://lab.example.org/#class/", `id="copy-class"`, "handout.html", "Before you begin"},
	} {
		for here, reaches := range map[string]bool{"https://lab.example.org/": true, "file:///lab.html": false} {
			m, _ := page.Start("teach/"+sheet, page.Settings{Here: here})
			m.Teach.Class.Class, m.Teach.Class.Phrase = "7a", "blue kettle"
			got := app.HTMLString(teachFace(m))
			for _, w := range want {
				is := strings.Contains(got, w)
				if needs := strings.Contains(w, "https://") || strings.Contains(w, "qr") || strings.Contains(w, "copy-class") || w == "#class/" || sheet == "show"; is != (reaches || !needs) {
					t.Errorf("%s at %s: %q is there: %v", sheet, here, w, is)
				}
			}
			if sheet != "card" && strings.Contains(got, "works on this computer only") == reaches {
				t.Errorf("%s at %s: what is said of the address", sheet, here)
			}
		}
	}
	for _, name := range text.Languages() {
		if title := text.T("language." + name); title == "language."+name {
			t.Errorf("nothing says what the language %s calls itself", name)
		}
	}
}

// What is to be tried before a class is in the running order.
func TestTeachBefore(t *testing.T) {
	for order, want := range map[string]bool{"20": true, "45": false, "90": true} {
		m, _ := page.Start("teach/"+order, page.Settings{})
		if got := strings.Contains(app.HTMLString(teachFace(m)), "Open lesson 6"); got != want {
			t.Errorf("lesson 6 before %s minutes: %v", order, got)
		}
	}
}
