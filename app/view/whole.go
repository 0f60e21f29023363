//go:build !slim

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// The whole program draws the pages that few need.
func init() {
	faces = map[string]func(page.Model) app.UI{page.PresentPage: presentView, page.NotesPage: notesView, "teach": teachFace}
	bodies = map[string]func(page.Model) app.UI{"sign": func(m page.Model) app.UI { return benchView(m.Bench.Ready()) }}
}
