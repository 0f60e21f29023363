//go:build !slim

package page

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/audit"
)

// RecordingSteps is how a recording is made, step by step.
func RecordingSteps() []string {
	return []string{
		text.T("audit.recipe.account"), text.T("audit.recipe.window"), text.T("audit.recipe.tools"), text.T("audit.recipe.sensitive"),
		text.T("audit.recipe.login"), text.T("audit.recipe.again"), text.T("audit.recipe.logout"), text.T("audit.recipe.export"),
	}
}

// RecordingRecipe is the same as a text to hand on.
func RecordingRecipe() string {
	var b strings.Builder
	for i, s := range RecordingSteps() {
		b.WriteString(strconv.Itoa(i+1) + ". " + s + "\n")
	}
	return b.String() + text.T("audit.recipe-after") + "\n"
}

// Megabytes writes bytes as "1.2", of 1024 × 1024 bytes each, as the bound of a recording is.
func Megabytes(n int) string { return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) }

// kinds are the forms of recordings as the keys of texts have them.
var auditKinds = map[audit.Kind]string{audit.HAR: "har", audit.CURL: "curl", audit.Verbose: "verbose", audit.Raw: "raw", audit.Table: "table"}

// Kind is the form of the recording, in words.
func (a Audit) Kind() string {
	if key := auditKinds[a.rec.Kind]; key != "" {
		return text.T("audit.kind." + key)
	}
	return string(a.rec.Kind)
}

// SessionSays says which cookies carry the session, and how that is known.
func (a Audit) SessionSays() string {
	f := a.Found
	if len(f.Session) == 0 {
		return ""
	}
	names := strings.Join(f.Session, ", ")
	says := text.T("audit.session-guess", "n", len(f.Session), "names", names)
	if f.Sure {
		says = text.T("audit.session", "n", len(f.Session), "names", names)
	}
	if f.Framework != "" {
		says += " " + text.T("audit.framework", "name", f.Framework)
	}
	return says + " " + f.SureWhy
}

// PointSays says when a point of the time line was and what it is.
func PointSays(p AuditPoint) string {
	says := []string{p.At, p.Moment}
	if p.Status > 0 {
		says = append(says, strconv.Itoa(p.Status))
	}
	if p.More > 0 {
		says = append(says, text.T("audit.more", "n", p.More))
	}
	return strings.Join(slices.DeleteFunc(says, func(s string) bool { return s == "" }), ", ")
}

// LoginAt reads the value of the list of logins.
func LoginAt(value string) PickLogin {
	n, err := strconv.Atoi(value)
	if err != nil {
		return -1
	}
	return PickLogin(n)
}
