package page

import (
	"os"
	"strings"
	"testing"
)

// The loader takes the whole program for the pages that the first one has not, and the first
// one has it loaded for them.
func TestRarePages(t *testing.T) {
	shell, err := os.ReadFile("../../web/index.html")
	if err != nil {
		t.Fatal(err)
	}
	if want := `data-whole-at="` + strings.Join(rare, " ") + `"`; !strings.Contains(string(shell), want) {
		t.Errorf("the shell has no %s", want)
	}
	for _, name := range rare {
		if PageOf(name) == nil {
			t.Errorf("the whole program has no page %s", name)
		}
	}
}
