//go:build !wasm

package view

import (
	"html"
	"slices"
	"strings"
	"testing"

	"fixlab/app/page"
	"fixlab/lab/script"
)

// Whatever a lesson says, the first view is the same HTML around it.
func TestFirstIsEscaped(t *testing.T) {
	first := func(says string) string {
		m, _ := page.Start("", page.Settings{})
		lesson := *m.Learn.Lesson
		course := *lesson.Course
		course.Bets = slices.Clone(course.Bets)
		bet := &course.Bets[0]
		bet.Ask, bet.Options = says, []script.Option{{Text: says}, {Text: says}}
		lesson.Title, course.Goal, course.Take, lesson.Course = says, says, says, &course
		m.Learn.Lesson = &lesson
		m, _ = m.Update(page.PickOption(1))
		made, _ := m.Update(page.Commit(true))
		m.Learn.Progress = made.Learn.Progress // at the bet, which is made
		return written(face(m))
	}
	plain := first("x")
	if n := strings.Count(plain, `="x"`); n == 0 {
		t.Error("no attribute bears what the lesson says")
	}
	for _, hostile := range []string{`"><script>alert(1)</script>`, `\`, `\"`, `'`, "&quot;", "\u202e\x01", "é", "`"} {
		hostile = "zq" + hostile // which nothing else says
		got := strings.ReplaceAll(first(hostile), html.EscapeString(hostile), "x")
		if got != plain {
			t.Errorf("%q makes of the first view\n%s", hostile, got)
		}
	}
	for _, want := range []string{`aria-hidden="true"`, `aria-checked="true"`} {
		if !strings.Contains(plain, want) {
			t.Errorf("no %s in the first view", want)
		}
	}
}

// The site is the same bytes every time it is built.
func TestFirstIsReproducible(t *testing.T) {
	first := First()
	for range 20 {
		if again := First(); again != first {
			t.Fatalf("the first view is\n%s\nand then\n%s", first, again)
		}
	}
}
