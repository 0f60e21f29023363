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
	"fixlab/app/words"
	"fixlab/scenarios"
)

// Reference leads to every page beside the lab and to every lesson outside the course,
// each with a sentence of a length to read, and explains every word of the glossary.
func TestReferenceGathers(t *testing.T) {
	lessons, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	m, _ := page.Start("1/signed-id-toss/rotate/3", page.Settings{})
	m, _ = m.Update(page.Follow("reference"))
	text := app.HTMLString(referenceView(m, lessons))
	var links []string
	for _, found := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(text, -1) {
		link := html.UnescapeString(found[1])
		if there := page.ParseFragment(link); there.Notice != "" {
			t.Errorf("#%s: %s", link, there.Notice)
		}
		links = append(links, link)
	}
	for _, p := range page.Pages {
		leads := func(link string) bool { return link == p.Name || strings.HasPrefix(link, p.Name+"/") }
		if !slices.Contains([]string{"reference", page.ScriptPage, "code", page.PresentPage, page.NotesPage}, p.Name) && !slices.ContainsFunc(links, leads) {
			t.Errorf("nothing leads to %s", p.Name)
		}
	}
	if want := page.LinkToPage(m, "compare"); !slices.Contains(links, want) || !strings.Contains(want, "rotate") {
		t.Errorf("Compare is not linked as the lab stands: %s", want)
	}
	course := scenarios.Groups()[0].Names
	for _, l := range lessons {
		if there := slices.Contains(links, page.RowLink(l, "none", 0)); there == slices.Contains(course, l.Name) {
			t.Errorf("%s: in the list of more lessons: %v", l.Name, there)
		}
		if s := words.FirstSentence(l.Story); !slices.Contains(course, l.Name) && (len(s) < 20 || len(s) > 240 || strings.Count(s, "`")%2 != 0) {
			t.Errorf("%s: the sentence is %q", l.Name, s)
		}
	}
	for _, id := range class.Goals() {
		if !slices.Contains(links, page.LinkToGoal(id)) {
			t.Errorf("nothing leads to the challenge %s", id)
		}
	}
	for _, s := range class.Challenges() {
		for _, g := range s.Course.Goals {
			if !strings.Contains(html.UnescapeString(text), html.UnescapeString(app.HTMLString(el("p", "quiet", spans(g.Say)...)))) {
				t.Errorf("what %s asks for is not said: %s", s.Name, g.Say)
			}
		}
	}
	if n := strings.Count(app.HTMLString(&reference{Lessons: lessons, Solved: class.Goals()[:2]}), ">solved<"); n != 2 || strings.Contains(text, ">solved<") {
		t.Errorf("%d of 2 challenges are solved", n)
	}
	for _, term := range scenarios.Glossary() {
		if !strings.Contains(text, html.EscapeString(term.Meaning)) {
			t.Errorf("the glossary does not say what %q means", term.Word)
		}
	}
}

// TestPickerTellsApart: no two entries of Play's list begin with the same number.
func TestPickerTellsApart(t *testing.T) {
	lessons, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, found := range regexp.MustCompile(`<option[^>]*>([^<]*)</option>`).FindAllStringSubmatch(app.HTMLString(picker{All: lessons}.ui()), -1) {
		title := html.UnescapeString(found[1])
		number := regexp.MustCompile(`^(Challenge )?\d+(, part \d+)?[.:]`).FindString(title)
		if number != "" && seen[number] != "" {
			t.Errorf("%q and %q", seen[number], title)
		}
		seen[number] = title
	}
	if seen["1."] == "" || seen["Challenge 1:"] == "" || seen["Challenge 8, part 3:"] == "" {
		t.Errorf("%q", seen)
	}
}

// TestCompareNames: the switches of a run are called by their titles.
func TestCompareNames(t *testing.T) {
	m, _ := page.Start("compare/what-a-defence-costs/none/vs/secure-prefix+user-first", page.Settings{})
	text := html.UnescapeString(app.HTMLString(compareView(m.Run, m.Compare)))
	for _, want := range []string{"With “__Secure- cookie name”, “Write the user before rotating”", "With no switch on", "“__Secure- cookie name” on"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Contains(text, "secure-prefix is") || strings.Contains(text, "user-first is") {
		t.Errorf("the name of a switch is shown in %s", text)
	}
}
