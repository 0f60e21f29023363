//go:build !wasm

package cli

import (
	"fmt"
	"net/url"
	"strings"

	"fixlab/app/audit/openapi"
	write "fixlab/app/audit/report"
	core "fixlab/lab/audit"
	"fixlab/lab/audit/contract"
)

// A reading is what came out of an OpenAPI document.
type reading struct {
	document *contract.Document // nil: there is none
	plan     contract.Plan
}

// contract reads the document, and fills in from it what neither a flag nor the
// configuration gives. What the login posts is taken only for the login that it is of.
func (a *auditing) contract(file string, given map[string]bool) error {
	d, err := openapi.Load(file)
	if err != nil {
		return fmt.Errorf("-openapi: %w", err)
	}
	if u, err := url.Parse(a.URL); err == nil && d.Base == "" {
		d.Base = strings.TrimRight(u.EscapedPath(), "/")
	}
	a.document, a.plan = &d, contract.PlanOf(d)
	fill := func(field *string, flag, value string) {
		if *field == "" && !given[flag] {
			*field = value
		}
	}
	fill(&a.Login, "login", a.plan.Login)
	fill(&a.Private, "private", a.plan.Private)
	fill(&a.Logout, "logout", a.plan.Logout)
	if a.Login == a.plan.Login && a.Form == "" && a.JSON == "" {
		fill(&a.Form, "form", a.plan.Form)
		fill(&a.JSON, "json", a.plan.JSON)
	}
	return nil
}

// notes are what the document had to say for an audit that lacks something.
func (a *auditing) notes() string {
	if a.document == nil {
		return ""
	}
	return "\n" + strings.Join(a.plan.Notes, "\n")
}

// lint is the report of a document alone. One that says nothing of sessions leaves the
// question open.
func (a *auditing) lint() core.Report {
	d := *a.document
	r := core.Report{Ending: core.OnlyRead, Document: d.File, Findings: contract.Lint(d)}
	if d.Silent() {
		r.Ending, r.Because = core.Unsettled, silent(d)
		return r
	}
	r.Because = fmt.Sprintf("%s No server was asked.", counted(r))
	return r
}

// compare adds to a report what the document leaves out, and what it says and the server
// does not do.
func (a *auditing) compare(r *core.Report) {
	if a.document == nil {
		return
	}
	d := *a.document
	if d.Silent() {
		r.Because += " " + silent(d)
		return
	}
	r.Document, r.Findings = d.File, contract.Findings(d, *r)
	r.Because += " " + counted(*r)
}

func silent(d contract.Document) string {
	return d.File + " speaks neither of a cookie nor of x-session, so nothing follows from it."
}

func counted(r core.Report) string {
	switch len(r.Findings) {
	case 0:
		return "There are no findings in " + r.Document + "."
	case 1:
		return "There is 1 finding in " + r.Document + "."
	}
	return fmt.Sprintf("There are %d findings in %s.", len(r.Findings), r.Document)
}

// places are where SARIF shows the results of checks: the operation of the document that
// a check is about or, without one, there.
func (a *auditing) places(there write.Place, root string) write.Places {
	return func(check string) write.Place {
		if a.document == nil || a.openapi != a.at {
			return there
		}
		at, ok := a.document.About(check)
		file, err := write.RepositoryFile(root, at.File)
		if !ok || err != nil {
			return there
		}
		return write.Place{File: file, Line: at.Line}
	}
}
