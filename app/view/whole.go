//go:build !slim

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// The whole program draws the pages that only trainers need.
func init() {
	w := &windows{}
	forTrainers.hear, forTrainers.carryOut = w.hear, w.carryOut
	forTrainers.draws = map[string]func(page.Model) app.UI{page.PresentPage: presentView, page.NotesPage: notesView, "teach": teachFace}
}
