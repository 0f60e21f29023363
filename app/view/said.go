package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/text"
)

// wordsQuery is the parameter of the address that names the language of the page.
const wordsQuery = "words"

// speak has the page in a language, if there is such a one.
func speak(language string) {
	switch {
	case language == "" || !text.Use(language):
	case language == text.Pseudo:
		dom.SetLanguage("en-x-" + language)
	default:
		dom.SetLanguage(language)
	}
}

// said draws a text in which draw draws the pieces that have a name.
func said(pieces []text.Piece, draw func(text.Piece) []app.UI) []app.UI {
	var out []app.UI
	for _, p := range pieces {
		if p.Name == "" {
			out = append(out, app.Text(p.Text))
		} else {
			out = append(out, draw(p)...)
		}
	}
	return out
}
