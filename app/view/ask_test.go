//go:build !wasm

package view

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/lab/ask"
	"fixlab/lab/script"
)

// A line of code that can be pointed at is the one that an answer is judged by.
func TestPlacesInCode(t *testing.T) {
	own, lines := 0, 0
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		for m.Learn.At().Kind != page.AtCard {
			if l := m.Learn; l.At().Kind == page.AtAsk && lesson.Course.Asks[l.At().N].Point.Kind == script.PointCode {
				for i, p := range l.Places() {
					line, _ := ask.Line(l.Trace, p)
					html := app.HTMLString(placeView(l, script.PointCode, i, p))
					if lines++; !strings.Contains(html, ">"+line.String()+"<") {
						t.Errorf("%s, place %d: no %s in %s", m.Fragment(), i+1, line, html)
					}
					if innermost, _ := ask.EventAt(l.Trace, p).Spot(""); innermost != line {
						own++
					}
				}
			}
			m, _ = m.Update(page.PickOption(1))
			m, _ = m.Update(page.Commit(true))
			m, _ = m.Update(page.Onward{})
		}
	}
	if own == 0 {
		t.Errorf("in none of %d lines is the server's own another than the innermost", lines)
	}
}
