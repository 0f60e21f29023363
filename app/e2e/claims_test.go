//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// The list of claims plays its runs, every one of them shows what stands beside
// it, and a link leads to the run.
func TestClaims(t *testing.T) {
	t.Parallel()
	b := open(t, "#claims")
	b.until("document.querySelector('#claims-played').textContent.includes('just now')")
	b.is("document.querySelectorAll('.claim').length", "38")
	b.is("[...document.querySelectorAll('.claim')].filter(c => !c.querySelector('.claim-runs a')).length", "0")
	if text := b.text(".claims-page"); strings.Contains(text, "does not show this") {
		t.Error("a run does not show what stands beside it")
	}
	b.fits(1366, 320)
	b.accessible()
	link := ""
	b.eval("document.querySelector('.claim-runs a').getAttribute('href')", &link)
	b.click(".claim-runs a")
	b.settled()
	b.is("document.documentElement.dataset.page", "lab")
	b.is("location.hash", link)
}
