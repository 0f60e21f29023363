package page

import (
	"slices"
	"strings"
)

// rare are the pages that few need, by name: those of trainers, the signer bench, and the page
// that looks at a recording of a login. The
// program that a first visit loads is built with the tag slim and has none of them; the
// whole one, which the loader takes for their links, has every page.
var rare = []string{"present", "teach", "notes", "sign", AuditPage}

// AuditPage is the name of the page that looks at a recording of a login. What it does is in
// the whole program only, with all of package lab/audit.
const AuditPage = "audit"

// An AuditMsg is a message to that page.
type AuditMsg interface{ audit(Model) Model }

// Reopen loads the page anew at a fragment: it is that of a page which this program has not,
// or in another language.
type Reopen string

func (Reopen) effect() {}

// reopens reports whether a fragment is that of a page which this program has not.
func reopens(fragment string) bool {
	name, _, _ := strings.Cut(fragment, "/")
	return slices.Contains(rare, name) && PageOf(name) == nil
}
