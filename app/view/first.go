//go:build !wasm

package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// First returns the page's first view as HTML: the bet of the first lesson, which is
// in the site before the wasm has arrived.
func First() string {
	m, _ := page.Start("", page.Settings{Letters: true})
	return app.HTMLString(face(m))
}
