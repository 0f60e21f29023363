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
		kinds := map[script.Kind]bool{}
		for _, a := range c.Asks {
			kinds[a.Point.Kind] = true
			if len(a.Wrong) == 0 {
				t.Errorf("%s.txt:%d: no likely mistake is answered", s.Name, a.Line)
			}
			atMost(t, fmt.Sprintf("%s.txt:%d", s.Name, a.Line), a.Ask, 40)
		}
		if len(c.Bets) == 0 || !kinds[script.PointStep] || !kinds[script.PointCode] || len(c.Stops) == 0 || c.Notes == (script.Notes{}) {
			t.Errorf("%s.txt: want a bet, questions about a step and about a line of code, cards and notes", s.Name)
		}
		for _, b := range c.Bets {
			atMost(t, fmt.Sprintf("%s.txt:%d", s.Name, b.Line), b.Ask, 40)
		}
		atMost(t, s.Name+".txt: take", c.Take, 20)
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
				atMost(t, where, f.Step.Caption, 20)
				if g := grade(f.Step.Caption); g > 9 {
					t.Errorf("%s: grade %.1f: %s", where, g, f.Step.Caption)
				}
			}
		}
	}
	for _, s := range all(t) {
		if s.Course != nil && !inCourse[s.Name] {
			t.Errorf("%s.txt has a card and is not in the group of the course", s.Name)
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

// mine is a file with a course in which everything holds.
const mine = `title: Mine
profile: signed-id
on: domain-cookie
route: sibling-https

mallory get /
mallory copy loot
mallory route
alice post /login user=alice password=correct-horse
mallory get /profile

-- card --
goal: G.
minutes: 1
take: T.

-- bet --
ask: A?
option: Yes | ends hijacked, key $loot, keeps domain-cookie, switches <= 0
option: No | with rotate: ends hijacked
where: does alice post

-- ask --
ask: A?
point: row shop.example save alice's session
right: R.
wrong row shop.example save an anonymous session: W.
wrong: E.

-- ask --
ask: A?
run: rotate
point: code shop.example ask rotate is on
right: R.
wrong code shop.example unsign is valid: W.
wrong: E.

-- stop --
card: strict | S | S.
card: rotate | R | R.
`

// TestMistakes breaks one thing at a time of what a course says.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"", "", ""},
		{"option: No | with", "option: No | not with", `17: 2 options hold, "Yes" and "No" among them`},
		{"keeps domain-cookie", "keeps strict", "17: no option holds: the run ends hijacked at step 5"},
		{"switches <= 0", "moves mallory <= 3", "17: no option holds"},
		{"switches <= 0", "moves mallory <= 4", ""},
		{"key $loot", "key $lot", "17: no option holds"},
		{"ends hijacked, key", "decides does alice get, key", "17: no option holds"},
		{"ends hijacked, key", "decides does alice post, has alice stored sid=, key", ""},
		{"with rotate: ends", "with none@cross-site: ends", ""},
		{"where: does alice post", "where: does alice submit", `17: the run of none has nothing for "does alice submit"`},
		{"save alice's session\nright", "save bob's session\nright", `23: the run of none has nothing for "row shop.example save bob's session"`},
		{"wrong row shop.example save an anonymous", "wrong row shop.example save alice's", `23: "row shop.example save alice's session" is right as well`},
		{"wrong code shop.example unsign is valid: W.", "wrong code shop.example unsign is valid: W.\nwrong code last shop.example unsign is valid: V.", ""},
		{"wrong code shop.example unsign is valid: W.", "wrong code shop.example unsign is valid: W.\nwrong code shop.example unsign is: V.", `30: "code shop.example unsign is" is the same as a mistake before it`},
		{"run: rotate\n", "run: strict\n", `30: the run of strict has nothing for "code shop.example ask rotate is on"`},
		{"card: rotate | R", "card: secure | R", "39: every card comes to hijacked: there is nothing to compare"},
	} {
		text := strings.Replace(mine, test.old, test.new, 1)
		s, err := Parse("mine", text)
		if err != nil {
			t.Errorf("%q: %v", test.new, err)
			continue
		}
		var says []string
		for _, m := range Mistakes(s) {
			says = append(says, fmt.Sprintf("%d: %s", m.Line, m.Says))
		}
		if got := strings.Join(says, "; "); test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%q: %q, want %q", test.new, got, test.want)
		}
	}
	for old, want := range map[string]string{
		"run: rotate\n":      `mine.txt:30: "rotten" is no server, route, source, jar or browser`,
		"card: rotate | R |": `mine.txt:40: "rotten" is no server, route, source, jar or browser`,
	} {
		_, err := Parse("mine", strings.Replace(mine, old, strings.Replace(old, "rotate", "rotate@rotten", 1), 1))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", old, err, want)
		}
	}
}

// TestOwnSwitches: those of a lesson's own server are on in every run, and the learner's
// in none.
func TestOwnSwitches(t *testing.T) {
	s, err := Parse("mine", strings.Replace(mine, "domain-cookie\nroute", "lax+rotate\nroute", 1))
	if err == nil || !strings.Contains(err.Error(), "mine.txt:17: rotate is on in every run") {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(mine, "-- card --")
	if s, err = Parse("mine", strings.Replace(text, "domain-cookie", "lax+rotate", 1)); err != nil {
		t.Fatal(err)
	}
	for _, on := range []string{"none", "rotate", "lax+rotate+strict"} {
		d, _, _ := script.ParseRow(on)
		tr := run(t, s, d)
		if tr.Verdict.Outcome != event.Defended || tr.Defences != d&^s.On || tr.Asked&s.Fixed() != 0 {
			t.Errorf("%s: %s under %s, asked %s", on, tr.Verdict.Outcome, tr.Defences, tr.Asked)
		}
		for _, w := range tr.Verdict.Without {
			if w.Off&s.On != 0 {
				t.Errorf("%s: without %s", on, w.Off)
			}
		}
	}
	d, _, _ := script.ParseRow("samesite-strict")
	if _, err := (Play{s.Name, d, ""}).RunOf(s); err == nil || err.Error() != "this lesson's server has lax, which excludes samesite-strict" {
		t.Error(err)
	}
	var wrong Faults
	if m := Mend(courses(t)[0].Name, "domain-cookie+rotate", "", &wrong); m.On.String() != "rotate" || !wrong.None() {
		t.Errorf("mended to %s: %v", m.On, wrong)
	}
}

// TestGlossary: few words each, in one order, and found however they are written.
func TestGlossary(t *testing.T) {
	seen := map[string]bool{}
	last := ""
	for _, term := range Glossary() {
		atMost(t, "glossary.txt: "+term.Word, term.Meaning, 20)
		key := strings.TrimLeft(singular(term.Word), "_")
		if key < last {
			t.Errorf("glossary.txt: %q stands after %q", term.Word, last)
		}
		if seen[singular(term.Word)] {
			t.Errorf("glossary.txt: %q twice", term.Word)
		}
		seen[singular(term.Word)], last = true, key
	}
	for word, want := range map[string]string{
		"Session IDs": "session id", "cookies": "cookie", "httponly": "HttpOnly", "XSS": "XSS", "__host-": "__Host-", "SIBLINGS": "sibling", "way in": "ways in", "HTTPS": "", "": "", "s": "",
	} {
		if got, ok := Meaning(word); got.Word != want && !(word == "way in" && !ok) || ok != (got.Word != "") {
			t.Errorf("%q: %q, want %q", word, got.Word, want)
		}
	}
	if _, err := Get(glossary); err == nil {
		t.Error("the glossary is a lesson")
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
		"two-rows-one-ghost":   {"No, the old id still works", "Her ring and Mallory's gnome"},
		"no-row-at-all":        {"No", "Yes"},
		"your-framework":       {"No"},
	}
	for _, s := range courses(t) {
		rows := Rows(s)
		for i, b := range s.Course.Bets {
			option, err := ask.Holding(b, rows)
			if err != nil || i >= len(want[s.Name]) || b.Options[option].Text != want[s.Name][i] {
				t.Errorf("%s.txt:%d: option %d, %v, want %q", s.Name, b.Line, option, err, want[s.Name])
			}
		}
	}
}
