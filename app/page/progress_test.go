package page

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// progressOf is a file of progress with one bet of the first lesson.
func progressOf(option string) string {
	return `{"version": 1, "lessons": {"signed-is-not-yours": {"bets": [{"option": "` + option + `"}]}}}`
}

// broken are files of progress, and what is said of them.
var broken = map[string]string{
	`{"version": ` + strings.Repeat("9", 60_000) + `}`:                             "a number stands in a wrong place, before byte ",
	`{"version": 1, "lessons": {"<b>": [1]}}`:                                      "a array stands in a wrong place",
	`{"version": 1, "lessons": {"x": {"seen": [1e999]}}}`:                          "a number stands in a wrong place",
	`{"version": 1, "lessons": ` + strings.Repeat("[", 60_000):                     "it is no file of progress",
	`{"version": 1, "day": "\u202e` + "\u202e" + `", "framework": ` + "\x1b" + `}`: `invalid character '\x1b'`,
	`{"version": -1}`:                      "its version is -1",
	progressOf(`\u202eYes`):                `the option "\u202eYes" cannot be shown`,
	progressOf(`Yes\u0000`):                `the option "Yes\x00" cannot be shown`,
	progressOf(strings.Repeat("x", 10000)): `the option "xxxxxxxx`,
}

// A file of progress that is broken changes nothing, and what is said of it is short
// and can be seen.
func TestBrokenProgress(t *testing.T) {
	m := begin(t, "learn/which-moment")
	for text, want := range broken {
		after := m.then(Uploaded(text))
		if after.Learn.Progress.String() != m.Learn.Progress.String() || !strings.Contains(after.Notice, want) || badNotice(after.Notice) != "" {
			t.Errorf("%.60q: %s%.300s", text, badNotice(after.Notice), after.Notice)
		}
	}
}

// Of what a file says, that is kept which the course knows.
func TestForeignProgress(t *testing.T) {
	text := `{"version": 1, "framework": "<b>", "day": "\u202e", "lessons": {"x": {"done": true}, "which-moment": {"seen": [0, -1, 1000000000, 0], "bets": [` +
		strings.Repeat(`{"option": "<b>"}, `, 2000) + `{}]}}}`
	p, err := ParseProgress(text)
	if err != nil {
		t.Fatal(err)
	}
	if r := p.Lessons["which-moment"]; len(p.Lessons) != 1 || p.Framework != "" || p.Day != "" || len(r.Bets) == 0 || len(r.Bets) > 3 || r.Bets[0].Option != "<b>" || !reflect.DeepEqual(r.Seen, []int{0}) {
		t.Errorf("%+v", p)
	}
}

// Every option of the course can stand in a file of progress.
func TestOptionsAreKept(t *testing.T) {
	for _, lesson := range Course() {
		l := Learn{}.open(lesson).keep(func(r *Record) {
			for _, b := range lesson.Course.Bets {
				longest := Made{}
				for _, o := range b.Options {
					if len(o.Text) > len(longest.Option) {
						longest.Option = o.Text
					}
				}
				r.Bets = append(r.Bets, longest)
			}
		})
		p, err := ParseProgress(l.Progress.String())
		if err != nil || !reflect.DeepEqual(p.Lessons, l.Progress.Lessons) {
			t.Errorf("%s: %v: %+v", lesson.Name, err, p)
		}
	}
}

// FuzzProgress: what was kept or chosen is read back as it is written, and each stage
// that it opens comes up.
func FuzzProgress(f *testing.F) {
	for text := range broken {
		if len(text) < 1000 { // a long one is minimized for a minute
			f.Add(text)
		}
	}
	f.Add(progressOf("Yes"))
	f.Add(`{"version":1,"framework":"django-db","day":"2026-01-30","lessons":{"which-moment":{"seen":[0,1],"done":true},"no-row-at-all":null}}`)
	f.Fuzz(func(t *testing.T, text string) {
		m := begin(t, "learn/signed-is-not-yours").then(Uploaded(text))
		if fault := badNotice(m.Notice); fault != "" || !utf8.ValidString(m.Notice) {
			t.Fatalf("%s: %q", fault, m.Notice)
		}
		p, err := ParseProgress(text)
		if err != nil {
			return
		}
		again, err := ParseProgress(p.String())
		if err != nil || again.String() != p.String() {
			t.Fatalf("%v: %s became %s", err, p, again)
		}
		if n := len(p.String()); n > largestProgress/2 {
			t.Fatalf("what is kept has %d bytes", n)
		}
		for _, name := range stageNamesOf(m.Learn.Lesson) {
			opened, _ := Start("learn/"+m.Learn.Lesson.Name+"/"+name, Settings{Day: "2026-01-31", Progress: text})
			if opened.then(Onward{}).Fragment() == "" {
				t.Fatal("no page")
			}
		}
		Start("", Settings{Day: "2026-01-31", Progress: text, Bet: "1/sure"})
	})
}
