package view

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

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
		if p.Name != "reference" && p.Name != page.ScriptPage && !slices.ContainsFunc(links, leads) {
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
	for _, term := range scenarios.Glossary() {
		if !strings.Contains(text, html.EscapeString(term.Meaning)) {
			t.Errorf("the glossary does not say what %q means", term.Word)
		}
	}
}
