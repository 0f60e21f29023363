//go:build !slim

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// The whole program draws the pages that few need.
func init() {
	w := &windows{}
	across.hear = w.hear
	across.carryOut = func(ctx app.Context, e page.Effect, l *later, tell func(app.Context, page.Msg)) bool {
		return w.carryOut(ctx, e, l, tell) || recordings.carryOut(ctx, e, tell)
	}
	faces = map[string]func(page.Model) app.UI{page.PresentPage: presentView, page.NotesPage: notesView, "teach": teachFace, page.AuditPage: auditFace}
	bodies = map[string]func(page.Model) app.UI{"sign": func(m page.Model) app.UI { return benchView(m.Bench.Ready()) }}
}
