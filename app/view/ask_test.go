//go:build !wasm

package view

import (
	"strconv"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab/ask"
	"fixlab/lab/script"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
)

// frameworks are what a learner can pick to read code in, and none.
func frameworks() []string {
	out := []string{page.NoFramework}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok {
			out = append(out, p.ID)
		}
	}
	return out
}

// codeQuestions calls do with every question of the course about a line of code, in the
// language of every framework.
func codeQuestions(do func(where, framework string, l page.Learn)) {
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		for m.Learn.At().Kind != page.AtCard {
			if l := m.Learn; l.At().Kind == page.AtAsk && lesson.Course.Asks[l.At().N].Point.Kind == script.PointCode {
				for _, f := range frameworks() {
					l.Progress.Framework = strings.TrimPrefix(f, page.NoFramework)
					do(m.Fragment()+", "+f, f, l)
				}
			}
			m, _ = m.Update(page.PickOption(1))
			m, _ = m.Update(page.Commit(true))
			m, _ = m.Update(page.Onward{})
		}
	}
}

// linesThatRun are those of the learner's listing that stand for what happens in the step
// that a question is about, such as "django.py:30".
func linesThatRun(l page.Learn) map[string]bool {
	t, frame, _ := l.InFramework(l.Places()[0].Frame)
	runs := map[string]bool{}
	if code, ok := listing.For(t.Scenario.Profile); ok {
		for _, e := range t.Frames[frame].Events {
			if len(e.Code) > 0 {
				runs[code.File+":"+strconv.Itoa(words.InListing(code, t, frame, e))] = true
			}
		}
	}
	return runs
}

// A line of code that can be pointed at is the one that an answer is judged by: it is
// shown itself, or beside what stands for it in the learner's language. What that says is
// not written does not run.
func TestPlacesInCode(t *testing.T) {
	absents, own := 0, 0
	codeQuestions(func(where, _ string, l page.Learn) {
		places, runs := l.Places(), linesThatRun(l)
		theirs := l.InTheirs(places)
		for i, p := range places {
			line, _ := ask.Line(l.Trace, p)
			shown := app.HTMLString(placeView(l, script.PointCode, i, places, theirs))
			if theirLine, ok := l.TheirLine(p); ok && theirs {
				if !strings.Contains(shown, theirLine.At()+"<") {
					t.Errorf("%s, place %d: no %s in %s", where, i+1, theirLine.At(), shown)
				}
				if theirLine.Absent {
					absents++
				}
				if theirLine.Absent == runs[theirLine.At()] {
					t.Errorf("%s, place %d: %+v", where, i+1, theirLine)
				}
				shown = app.HTMLString(ranAt(l, p))
			}
			if !strings.Contains(shown, line.String()+"<") {
				t.Errorf("%s, place %d: no %s in %s", where, i+1, line, shown)
			}
			if innermost, _ := ask.EventAt(l.Trace, p).Spot(""); innermost != line {
				own++
			}
		}
	})
	if own == 0 || absents == 0 {
		t.Errorf("%d lines where the server's own is another than the innermost, %d that are not written", own, absents)
	}
}

// Lines to point at differ, in the learner's language too, which has enough of them but
// for passport: its login is one call.
func TestPlacesDiffer(t *testing.T) {
	seen := map[string]int{}
	codeQuestions(func(where, f string, l page.Learn) {
		places := l.Places()
		theirs := l.InTheirs(places)
		if theirs {
			seen[f] += len(places)
		}
		shown := map[string]int{}
		for i := range places {
			html := app.HTMLString(codePlace(l, places[i], theirs))
			if other := shown[html]; other > 0 {
				t.Errorf("%s: places %d and %d read alike: %s", where, other, i+1, html)
			}
			shown[html] = i + 1
		}
	})
	for _, f := range frameworks()[1:] {
		if seen[f] == 0 && !strings.HasPrefix(f, "express-passport-0.7") {
			t.Errorf("no line of %s can be pointed at", f)
		}
	}
}
