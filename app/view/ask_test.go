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

// A line of code that can be pointed at is the one that an answer is judged by: it is
// shown itself, or beside what stands for it in the learner's language. What that says is
// not written does not run.
func TestPlacesInCode(t *testing.T) {
	seen, absents, own := map[string]int{}, 0, 0
	frameworks := []string{page.NoFramework}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok {
			frameworks = append(frameworks, p.ID)
		}
	}
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		for m.Learn.At().Kind != page.AtCard {
			if l := m.Learn; l.At().Kind == page.AtAsk && lesson.Course.Asks[l.At().N].Point.Kind == script.PointCode {
				for _, f := range frameworks {
					l.Progress.Framework = strings.TrimPrefix(f, page.NoFramework)
					other, frame, _ := l.InFramework(l.Places()[0].Frame)
					code, _ := listing.For(other.Scenario.Profile)
					runs := map[string]bool{}
					for _, e := range other.Frames[frame].Events {
						if code.File != "" && len(e.Code) > 0 {
							n := code.Lit(words.Moment(other.Frames[frame], e), other.Scenario.Under(other.Defences))
							runs[code.File+":"+strconv.Itoa(n)] = true
						}
					}
					places := l.Places()
					theirs := l.InTheirs(places)
					for i, p := range places {
						line, _ := ask.Line(l.Trace, p)
						shown := app.HTMLString(placeView(l, script.PointCode, i, places, theirs))
						theirLine, ok := l.TheirLine(p)
						if ok = ok && theirs; ok {
							seen[f]++
							if !strings.Contains(shown, theirLine.At()+"<") {
								t.Errorf("%s, %s, place %d: no %s in %s", m.Fragment(), f, i+1, theirLine.At(), shown)
							}
							shown = app.HTMLString(ranAt(l, p))
						}
						if !strings.Contains(shown, line.String()+"<") {
							t.Errorf("%s, %s, place %d: no %s in %s", m.Fragment(), f, i+1, line, shown)
						}
						if ok && theirLine.Absent {
							absents++
						}
						if ok && theirLine.Absent == runs[theirLine.At()] {
							t.Errorf("%s, %s, place %d: %+v", m.Fragment(), f, i+1, theirLine)
						}
						if innermost, _ := ask.EventAt(l.Trace, p).Spot(""); innermost != line {
							own++
						}
					}
				}
			}
			m, _ = m.Update(page.PickOption(1))
			m, _ = m.Update(page.Commit(true))
			m, _ = m.Update(page.Onward{})
		}
	}
	if own == 0 || absents == 0 {
		t.Errorf("%d lines where the server's own is another than the innermost, %d that are not written", own, absents)
	}
	// Only passport, whose login is one call, has too few lines.
	for _, f := range frameworks[1:] {
		if seen[f] == 0 && !strings.HasPrefix(f, "express-passport-0.7") {
			t.Errorf("no line of %s can be pointed at", f)
		}
	}
}
