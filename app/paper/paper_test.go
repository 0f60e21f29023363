package paper

import (
	"regexp"
	"strings"
	"testing"
)

// Every page has a name, a title, one heading of the first rank and no hole where a value
// should be; every table a caption, and every head of a column or a row its scope.
func TestSheets(t *testing.T) {
	all, err := Sheets()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
		body := string(s.Body)
		if s.Title == "" || s.Says == "" || strings.Count(body, "<h1>") != 1 {
			t.Errorf("%s: title %q, says %q, %d first headings", s.Name, s.Title, s.Says, strings.Count(body, "<h1>"))
		}
		for _, hole := range []string{"no value", "<nil>", "%!", "<dd></dd>", "<td></td>", "<li></li>", "<p></p>", "<caption></caption>", "style=", "<script"} {
			if i := strings.Index(body, hole); i >= 0 {
				t.Errorf("%s has %q: …%s", s.Name, hole, body[max(0, i-80):i])
			}
		}
		if tables, captions := strings.Count(body, "<table"), strings.Count(body, "<caption>"); tables != captions {
			t.Errorf("%s: %d tables with %d captions", s.Name, tables, captions)
		}
		if head := regexp.MustCompile(`<th(>| [^s])`).FindString(body); head != "" {
			t.Errorf("%s: a head without a scope", s.Name)
		}
	}
	if got := strings.Join(names, " "); got != "handout glossary questions key notes" {
		t.Errorf("the pages are %s", got)
	}
}

// The words of the handout that the glossary explains are its own.
func TestMeaning(t *testing.T) {
	if _, err := meaning("session id"); err != nil {
		t.Error(err)
	}
	if says, err := meaning("no such word"); err == nil {
		t.Errorf("no such word = %q", says)
	}
}
