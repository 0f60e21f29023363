package page

import (
	"testing"

	"fixlab/lab/ask"
	"fixlab/lab/defence"
	"fixlab/lab/script"
)

// What was played once is not played again when the page is drawn once more, and is
// what playing it says.
func TestPlayedOnce(t *testing.T) {
	again := func(what string, f func()) {
		t.Helper()
		if n := testing.AllocsPerRun(5, f); n > 60 { // a run takes thousands
			t.Errorf("%s: %v allocations once more", what, n)
		}
	}
	for _, lesson := range Course() {
		for _, b := range lesson.Course.Bets {
			again(lesson.Name+", the bet", func() { Holding(lesson, b) })
			if i, err := ask.Holding(b, RowRun(lesson)); err != nil || Holding(lesson, b) != b.Options[i].Text {
				t.Errorf("%s: %q holds, want %d: %v", lesson.Name, Holding(lesson, b), i, err)
			}
		}
		row := script.Row(defence.Rotate, "flask")
		again(lesson.Name+", an outcome", func() { Outcome(lesson, row) })
		run, err := RowRun(lesson)(row)
		if v, asked, ok := Outcome(lesson, row); ok != (err == nil) || ok && (v.Outcome != run.Verdict.Outcome || asked != run.Asked) {
			t.Errorf("%s: %v, %v, %v", lesson.Name, v, asked, ok)
		}
		l := Learn{}.open(lesson).at(1)
		for _, id := range []string{"flask", "django-db", "flask"} {
			l.Progress.Framework = id
			again(lesson.Name+", on "+id, func() { l.InFramework(0) })
			if run, _, row := l.InFramework(0); run != l.Trace && (run.Scenario.Profile != id || run.Scenario.Name != lesson.Name || row != l.At().Row+"@"+id) {
				t.Errorf("%s on %s: the run of %s on %s, %s", lesson.Name, id, run.Scenario.Name, run.Scenario.Profile, row)
			}
		}
	}
}
