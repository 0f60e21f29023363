package scenarios

import (
	"strings"
	"testing"
	"unicode"

	"fixlab/lab"
	"fixlab/lab/event"
)

// TestPagesHaveWords: whatever page a browser shows has a heading, and words below
// it: after every step of every lesson, under every row of its want table, and by
// every route from every source.
func TestPagesHaveWords(t *testing.T) {
	plays := map[Play]bool{}
	for _, s := range all(t) {
		plays[Play{Lesson: s.Name}] = true
		for _, want := range s.Wants {
			plays[Play{Lesson: s.Name, On: want.On, With: want.With}] = true
		}
	}
	for _, route := range Routes {
		plays[Play{Lesson: "any-route", With: route.Name}] = true
		plays[Play{Lesson: "any-route", With: route.Name + "+visited"}] = true
	}
	for _, source := range Tokens {
		plays[Play{Lesson: "any-route", With: source.Name}] = true
	}
	steps := 0
	for p := range plays {
		trace, err := p.Run()
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		for i, f := range trace.Frames {
			for _, b := range f.State.Browsers {
				if steps++; b.URL != "" && !hasWords(b) {
					t.Errorf("%s, step %d, %s: nothing to read on %s: %+v", p, i+1, b.Name, b.URL, b.Page)
				}
			}
		}
	}
	if steps < 2000 {
		t.Errorf("only %d pages were looked at", steps)
	}
}

// hasWords reports whether a heading and something else with words is on the page.
func hasWords(b event.Browser) bool {
	heading, words := false, false
	for _, block := range b.Page {
		if strings.ContainsFunc(block.Text, unicode.IsLetter) {
			heading = heading || block.Tag == "h1"
			words = words || block.Tag != "h1"
		}
	}
	return heading && words
}

// TestAccountIsSeen: what is stolen can be seen, and of whom it is.
func TestAccountIsSeen(t *testing.T) {
	trace, err := Play{Lesson: "signed-id-toss"}.Run()
	if err != nil {
		t.Fatal(err)
	}
	page := shownTo(trace, event.Mallory)
	for _, want := range []string{"Alice Moreau", "12 Mill Lane, Bristol", "1042, Kettle, €24", "•••• 4242"} {
		if !strings.Contains(page, "dd "+want+"\n") {
			t.Errorf("Mallory does not see %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, "Quill") {
		t.Errorf("her own account stands there:\n%s", page)
	}
}

// shownTo returns the last page that a person sees, a line a block.
func shownTo(t *lab.Trace, who string) string {
	var b strings.Builder
	for _, block := range t.Frames[len(t.Frames)-1].State.Browser(who).Page {
		b.WriteString(block.Tag + " " + block.Text + "\n")
	}
	return b.String()
}
