//go:build !wasm

package view

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// The picture of a bet has a session id in it where its run has.
func TestPlanOfABet(t *testing.T) {
	without := 0
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		for m.Learn.At().Kind != page.AtCard {
			if m.Learn.At().Kind == page.AtBet {
				drawn := strings.Contains(app.HTMLString(plan(m.Learn)), "K1")
				m, _ = m.Update(page.PickOption(1))
				m, _ = m.Update(page.Commit(true))
				if ids := len(m.Learn.Trace.Keys) > 0; drawn != ids {
					t.Errorf("%s: K1 is drawn: %v, and there are ids: %v", m.Fragment(), drawn, ids)
				} else if !ids {
					without++
				}
				continue
			}
			m, _ = m.Update(page.Onward{})
		}
	}
	if without == 0 {
		t.Error("every run has ids")
	}
}
