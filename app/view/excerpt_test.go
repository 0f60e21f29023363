package view

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/lab/server"
	"fixlab/lab/server/listing"
)

// Whatever framework was picked, every question answered right shows lines of its
// code, one of them lit, wherever the lesson can be played on it.
func TestExcerpts(t *testing.T) {
	shown, all := map[string]int{}, 0
	for _, lesson := range page.Course() {
		m, _ := page.Start("learn/"+lesson.Name, page.Settings{})
		for m.Learn.At().Kind != page.AtCard {
			if m.Learn.At().Kind == page.AtBet {
				m, _ = m.Update(page.PickOption(1))
				m, _ = m.Update(page.Commit(true))
				continue
			}
			if m.Learn.At().Kind == page.AtAsk {
				for i := range m.Learn.Places() {
					if m, _ = m.Update(page.PickOption(i + 1)); m.Learn.Told.Right {
						break
					}
				}
				if !m.Learn.Told.Right {
					t.Fatalf("%s: no place is right", m.Fragment())
				}
				all++
				for _, p := range server.Profiles {
					l, ok := listing.For(p.ID)
					if !ok {
						continue
					}
					m, _ := m.Update(page.PickFramework(p.ID))
					html := app.HTMLString(face(m))
					if strings.Contains(html, `data-file="`+l.File+`"`) {
						shown[p.ID]++
					}
					if strings.Contains(html, `class="code"`) && strings.Count(html, `class="ln lit"`) != 1 {
						t.Errorf("%s on %s: %d lines are lit", m.Fragment(), p.ID, strings.Count(html, `class="ln lit"`))
					}
				}
			}
			m, _ = m.Update(page.Onward{})
		}
	}
	for _, p := range server.Profiles {
		if _, ok := listing.For(p.ID); ok && shown[p.ID] < all/2 {
			t.Errorf("%s: its code is shown after %d of %d answers", p.ID, shown[p.ID], all)
		}
	}
	t.Log(all, shown)
}
