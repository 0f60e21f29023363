package page

import (
	"slices"
	"strings"
)

// forTrainers are the pages that only trainers need, by name. The program that a first visit
// loads is built with the tag slim and has none of them; the whole one, which the loader
// takes for their links, has every page.
var forTrainers = []string{"present", "teach", "notes"}

// Reopen loads the page anew at a fragment: it is that of a page which this program has not,
// or in another language.
type Reopen string

func (Reopen) effect() {}

// reopens reports whether a fragment is that of a page which this program has not.
func reopens(fragment string) bool {
	name, _, _ := strings.Cut(fragment, "/")
	return slices.Contains(forTrainers, name) && PageOf(name) == nil
}
