package page

import (
	"slices"
	"strings"
	"testing"

	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/defence"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// A run's setup is said in the words of the page, not in those of links: of every
// row of every lesson, and of every browser.
func TestSetupWords(t *testing.T) {
	for row, want := range map[string]string{
		"":                          "",
		"own+firefox":               "value “Her own login”, in Firefox 153",
		"flask+url-id+fresh":        "server “Flask, its own session”, route “Session key in the URL”, Alice’s first visit",
		"draft":                     "by the draft to the letter",
		"visited+tomorrow":          "Alice has been here before, in tomorrow’s Chromium",
		"chromium":                  "in Chromium 156",
		"django-db":                 "server “Django database sessions, home-made login”",
		"framework-login@django-db": "server “Django, database sessions”",
	} {
		on, with := defence.Set(0), row
		if set, rest, ok := strings.Cut(row, "@"); ok {
			on, _ = defence.Parse(set)
			with = rest
		}
		if got := SetupWords(with, on); got != want {
			t.Errorf("%q is said as %q, want %q", row, got, want)
		}
	}
	for i, browser := range script.Browsers {
		name, does := words.Browser(cookie.Rules(i))
		for _, says := range []string{name, does, words.InBrowser(cookie.Rules(i))} {
			if strings.HasPrefix(says, "rules.") {
				t.Errorf("the browser %s has no words %s", browser, says)
			}
		}
	}
	lessons, err := scenarios.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		for _, w := range l.Wants {
			said := strings.Split(SetupWords(w.With, w.On), ", ")
			for word := range strings.SplitSeq(w.With, "+") {
				if word != "" && slices.Contains(said, word) {
					t.Errorf("%s: %q is said as it stands", l.Name, word)
				}
			}
		}
	}
}

// Another browser is told of by its name, with how the run then ends.
func TestBrowserIsAnnounced(t *testing.T) {
	was := at(t, "1/signed-id-toss/none/5")
	for browser, want := range map[cookie.Rules]string{
		cookie.Firefox: "Played in Firefox 153. This run ends: ",
		cookie.Draft:   "Played by the draft to the letter. This run ends: ",
	} {
		if got := was.then(SetRules(browser)).announcement(was); !strings.HasPrefix(got, want) {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	if got := was.then(SetRules(cookie.Firefox), Flip(defence.Rotate)).announcement(was.then(SetRules(cookie.Firefox))); !strings.HasPrefix(got, "“Rotate the session key at login” on. This run ends: ") {
		t.Errorf("in the same browser it says %q", got)
	}
}
