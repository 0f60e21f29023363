package scenarios

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"fixlab/lab/ask"
	"fixlab/lab/event"
	"fixlab/lab/script"
)

// grade estimates the Flesch-Kincaid grade of a text: a school year. A syllable is a
// group of vowels, but for an e at the end.
func grade(text string) float64 {
	sentences := max(1, len(regexp.MustCompile(`[.!?:](\s|$)`).FindAllString(text, -1)))
	words := regexp.MustCompile(`[A-Za-z]+`).FindAllString(text, -1)
	syllables := 0
	for _, w := range words {
		w = strings.TrimSuffix(strings.ToLower(w), "e")
		syllables += max(1, len(regexp.MustCompile(`[aeiouy]+`).FindAllString(w, -1)))
	}
	n := float64(max(1, len(words)))
	return 0.39*n/float64(sentences) + 11.8*float64(syllables)/n - 15.59
}

func TestGrade(t *testing.T) {
	for _, test := range []struct {
		text     string
		from, to float64
	}{
		{"The cat sat.", -3, 0},
		{"She copies her own cookie. She could not have signed it herself.", 1, 5},
		{"Authenticated communication necessitates cryptographically verifiable identification of participating organisations.", 25, 60},
	} {
		if g := grade(test.text); g < test.from || g > test.to {
			t.Errorf("%q: grade %.1f, want %.0f to %.0f", test.text, g, test.from, test.to)
		}
	}
}

// courses are the lessons that ask, in their order.
func courses(t *testing.T) (all []*script.Scenario) {
	t.Helper()
	for _, name := range Groups()[0].Names {
		s, err := Get(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// TestCourse plays all that the course asks, and holds its words to what a learner can read.
func TestCourse(t *testing.T) {
	inCourse := map[string]bool{}
	for _, s := range courses(t) {
		inCourse[s.Name] = true
		c := s.Course
		if c == nil {
			t.Errorf("%s.txt: a lesson of the course without a card", s.Name)
			continue
		}
		for _, m := range Mistakes(s) {
			t.Errorf("%s.txt:%d: %s", s.Name, m.Line, m.Says)
		}
		plain(t, s.Name+".txt", 20, c.Goal, c.Take)
		kinds := map[script.Kind]bool{}
		for _, a := range c.Asks {
			kinds[a.Point.Kind] = true
			if len(a.Wrong) == 0 {
				t.Errorf("%s.txt:%d: no likely mistake is answered", s.Name, a.Line)
			}
			where := fmt.Sprintf("%s.txt:%d", s.Name, a.Line)
			plain(t, where, 25, a.Ask, a.Right, a.Else)
			for _, w := range a.Wrong {
				plain(t, where, 25, w.Text)
			}
		}
		if len(c.Bets) == 0 || !kinds[script.PointStep] || !kinds[script.PointCode] || len(c.Stops) == 0 || c.Notes == (script.Notes{}) {
			t.Errorf("%s.txt: want a bet, questions about a step and about a line of code, cards and notes", s.Name)
		}
		for _, b := range c.Bets {
			plain(t, fmt.Sprintf("%s.txt:%d", s.Name, b.Line), 40, b.Ask)
		}
		for _, stop := range c.Stops {
			for _, card := range stop.Cards {
				where := fmt.Sprintf("%s.txt:%d", s.Name, card.Line)
				if plain(t, where, 20, card.Does, card.Why); card.Why == "" {
					t.Errorf("%s: it does not say why it ends so", where)
				}
			}
		}
		for _, word := range c.Terms {
			if term, ok := Meaning(word); !ok || term.Word != word {
				t.Errorf("%s.txt: the term %q is not in glossary.txt", s.Name, word)
			}
		}
		rows := Rows(s)
		for line, row := range c.Rows {
			tr, err := rows(row)
			if err != nil {
				t.Errorf("%s.txt:%d: %v", s.Name, line, err)
				continue
			}
			if len(tr.Frames) > 10 {
				t.Errorf("%s/%s: %d steps", s.Name, row, len(tr.Frames))
			}
			for _, f := range tr.Frames {
				where := fmt.Sprintf("%s/%s: %s", s.Name, row, f.Step)
				if f.Step.Caption == "" {
					t.Errorf("%s: no caption", where)
				}
				plain(t, where, 20, f.Step.Caption)
			}
		}
	}
	for _, s := range all(t) {
		if s.Course != nil && !inCourse[s.Name] {
			t.Errorf("%s.txt has a card and is not in the group of the course", s.Name)
		}
	}
}

// plain says which of the texts are longer than so many words, or hard to read.
func plain(t *testing.T, where string, words int, texts ...string) {
	t.Helper()
	for _, text := range texts {
		atMost(t, where, text, words)
		if g := grade(text); g > 9 {
			t.Errorf("%s: grade %.1f, at most 9: %s", where, g, text)
		}
	}
}

func atMost(t *testing.T, where, text string, words int) {
	t.Helper()
	if n := len(strings.Fields(text)); n > words {
		t.Errorf("%s: %d words, at most %d: %s", where, n, words, text)
	}
}

// TestFirstLesson: six clicks from the bet, one a step, to the hijack.
func TestFirstLesson(t *testing.T) {
	s := courses(t)[0]
	tr := run(t, s, 0)
	if tr.Verdict.Outcome != event.Hijacked || len(tr.Frames) > 6 {
		t.Errorf("%s in %d steps", tr.Verdict.Outcome, len(tr.Frames))
	}
}

// TestHolding names the right answers of the course, as a reader would give them.
func TestHolding(t *testing.T) {
	want := map[string][]string{
		"signed-is-not-yours":  {"Yes"},
		"which-moment":         {"Only after the login"},
		"three-defences":       {"A new id at login"},
		"how-did-it-get-there": {"The link", "A script on the shop itself"},
		"two-rotations":        {"No", "The session id"},
		"two-rows-one-ghost":   {"Yes, with the old id", "Her ring and Mallory’s gnome"},
		"no-row-at-all":        {"No", "Yes"},
		"your-framework":       {"No"},
	}
	all := courses(t)
	if len(all) != len(want) {
		t.Errorf("there are %d lessons, want %d", len(all), len(want))
	}
	for _, s := range all {
		rows := Rows(s)
		if len(s.Course.Bets) != len(want[s.Name]) {
			t.Errorf("%s: %d bets, want %q", s.Name, len(s.Course.Bets), want[s.Name])
		}
		for i, b := range s.Course.Bets {
			option, err := ask.Holding(b, rows)
			if err != nil || i >= len(want[s.Name]) || b.Options[option].Text != want[s.Name][i] {
				t.Errorf("%s.txt:%d: option %d, %v, want %q", s.Name, b.Line, option, err, want[s.Name])
			}
		}
	}
}
