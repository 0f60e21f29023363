package view

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixlab/lab/defence"
)

// The help calls the switches that have a digit what they are labelled.
func TestHelpNamesLabels(t *testing.T) {
	for _, digit := range defence.Numbered() {
		if says := keyTable()[5][1]; !strings.Contains(says, digit.Title) {
			t.Errorf("the help says %q of the digits, and nothing of %q", says, digit.Title)
		}
	}
}

// What comes from a link, a cookie or a page is shown as text: nothing in the
// page's code can read it as HTML, and nothing sets a style.
func TestTextStaysText(t *testing.T) {
	view, _ := filepath.Glob("*.go")
	dom, _ := filepath.Glob("../dom/*.go")
	seen := 0
	for _, name := range append(view, dom...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		seen++
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"app.Raw", "innerHTML", "outerHTML", ".Style(", "style=", "insertAdjacent", "document.write", `"srcdoc`, `"onclick=`} {
			if strings.Contains(string(text), bad) {
				t.Errorf("%s: %s", name, bad)
			}
		}
	}
	if seen < 7 {
		t.Errorf("only %d files looked at", seen)
	}
}
