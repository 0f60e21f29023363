//go:build !slim

package page

import (
	"errors"
	"strings"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/audit"
	"fixlab/lab/audit/contract"
	"fixlab/lab/audit/tree"
)

// A Contract is what a document of OpenAPI says of logins and their cookies.
type Contract struct {
	Name     string // of the document
	Silent   bool   // it says nothing of a session, and nothing follows from that
	Findings []audit.DocumentFinding
}

// longestDocument bounds a document, in bytes.
const longestDocument = 16 << 20

func (d DocumentText) change(a Audit) Audit {
	if d.Turn != a.n || a.Stage != AuditReading {
		return a
	}
	name := a.What()
	if len(d.Text) > longestDocument {
		return a.fail(text.T("audit.document-large", "most", longestDocument>>20))
	}
	root, err := tree.JSON(name, d.Text)
	if err != nil {
		return a.fail(words.Visible(err.Error()) + ".")
	}
	doc, err := contract.Read(root, func(string, string) (*tree.Node, error) {
		return nil, errors.New(text.T("audit.other-file"))
	})
	if err != nil {
		return a.fail(words.Visible(err.Error()) + ".")
	}
	a.Doc = &Contract{Name: name, Silent: doc.Silent(), Findings: contract.Lint(doc)}
	a.Stage, a.Again = AuditRead, false
	a.said = a.Doc.Says()
	return a
}

// Says is what the document comes to, in a sentence.
func (c Contract) Says() string {
	switch {
	case len(c.Findings) > 0:
		return text.T("audit.document-lacks", "n", len(c.Findings), "name", c.Name)
	case c.Silent:
		return text.T("audit.document-silent", "name", c.Name)
	}
	return text.T("audit.document-fine", "name", c.Name)
}

// isYAML reports whether a text is a document of OpenAPI in YAML.
func isYAML(s string) bool {
	for line := range strings.SplitSeq(s[:min(len(s), 4096)], "\n") {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "---") || line[0] == '%' {
			continue
		}
		return strings.HasPrefix(line, "openapi:") || strings.HasPrefix(line, "swagger:")
	}
	return false
}
