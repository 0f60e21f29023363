package scenarios

import (
	"slices"
	"strings"
	"testing"

	"fixlab/lab/cookie"
	"fixlab/lab/script"
)

// A lesson whose outcome depends on the browser names both browsers, and has a row
// for each in its want table.
func TestBrowsersAreNamed(t *testing.T) {
	differ := 0
	for _, name := range Names() {
		s, err := Get(name)
		if err != nil {
			t.Fatal(err)
		}
		text := s.Story
		for _, step := range s.Steps {
			text += step.Caption
		}
		var depends []string
		rows := map[string]bool{}
		for _, w := range s.Wants {
			rows[script.Row(w.On, w.With)] = true
		}
		for _, w := range s.Wants {
			if namesBrowser(w.With) {
				continue
			}
			with := strings.TrimPrefix(w.With+"+firefox", "+")
			in, err := Play{name, w.On, w.With}.Run()
			if err != nil {
				t.Fatal(err)
			}
			if in.Scenario.Browser != cookie.Chromium {
				continue
			}
			other, err := Play{name, w.On, with}.Run()
			if err != nil {
				t.Fatal(err)
			}
			if in.Verdict.Outcome == other.Verdict.Outcome {
				continue
			}
			depends = append(depends, script.Row(w.On, w.With))
			if !rows[script.Row(w.On, with)] {
				t.Errorf("%s: %s ends %s in Chromium and %s in Firefox: its want table has no row %s", name, script.Row(w.On, w.With), in.Verdict.Outcome, other.Verdict.Outcome, script.Row(w.On, with))
			}
		}
		if len(depends) == 0 {
			continue
		}
		differ++
		for _, browser := range []string{"Chromium", "Firefox"} {
			if !strings.Contains(text, browser) {
				t.Errorf("%s depends on the browser (%s) and does not name %s", name, strings.Join(depends, ", "), browser)
			}
		}
	}
	if differ == 0 {
		t.Error("no lesson depends on the browser")
	}
}

// The truth of a claim that does not hold in Firefox names both browsers.
func TestClaimsNameBrowsers(t *testing.T) {
	for _, c := range Claims() {
		for _, x := range append([]Exhibit{c.Shown}, c.Against...) {
			if namesBrowser(x.With) {
				continue
			}
			x.With = strings.TrimPrefix(x.With+"+firefox", "+")
			if err := x.Holds(); err != nil && !(strings.Contains(c.Truth, "Chromium") && strings.Contains(c.Truth, "Firefox")) {
				t.Errorf("the claim %q does not hold in Firefox and does not name both browsers: %v", c.Text, err)
			}
		}
	}
}

// namesBrowser reports whether one of the words is a browser's.
func namesBrowser(words string) bool {
	return slices.ContainsFunc(strings.Split(words, "+"), func(word string) bool { return slices.Contains(script.Browsers, word) })
}
