//go:build e2e

package e2e

import "testing"

// A browser without what the layout needs passes over the rule that asks for it,
// and says so above the page; one of today does not.
func TestOldBrowser(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	const says = `document.querySelector("#old").checkVisibility()`
	const lab = `document.querySelector("#lab").getBoundingClientRect().top`
	b.is(says, "false")
	b.is(lab, "0")
	b.eval(`(() => {
		const sheet = document.styleSheets[0];
		for (let i = sheet.cssRules.length - 1; i >= 0; i--)
			if (sheet.cssRules[i] instanceof CSSSupportsRule) sheet.deleteRule(i);
	})()`, nil)
	b.is(says, "true")
	b.is(`document.querySelector("#old").getBoundingClientRect().top`, "0")
	b.is(`document.querySelector("#old").getBoundingClientRect().bottom === `+lab, "true")
	b.is(`document.querySelector("#play").getBoundingClientRect().bottom <= innerHeight`, "true")
}
