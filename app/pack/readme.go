package pack

import (
	_ "embed"
	"strings"
)

//go:embed readme.html
var readmeText string

// readme returns the page for trainers: what is in the pack, and how it is used.
func readme() []byte {
	return []byte(strings.NewReplacer("{{PAPERS}}", "", "{{PASS}}", strings.TrimPrefix(dataFromLMS, "pass=")).Replace(readmeText))
}
