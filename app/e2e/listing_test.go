//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const litLine = "document.querySelector('#code .lit code').textContent.trim()"

// head is the first line of the function that the lit line is in.
const head = `(() => {
	let li = document.querySelector('#code .lit');
	while (li.previousElementSibling && li.previousElementSibling.querySelector('code').textContent.trim() !== '') li = li.previousElementSibling;
	return li.querySelector('code').textContent;
})()`

// visible is true when the lit line is in view inside the source's box.
const visible = `(() => {
	const box = document.querySelector('#code').getBoundingClientRect();
	const line = document.querySelector('#code .lit').getBoundingClientRect();
	return line.top >= box.top - 1 && line.bottom <= box.bottom + 1;
})()`

func TestListing(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/django-planted-key/none/1")
	b.click("#show-server")
	b.settled()
	b.is("[...document.querySelectorAll('[role=tab]')].map((e) => e.textContent + ' ' + e.getAttribute('aria-selected') + ' ' + e.tabIndex).join(', ')",
		"Go that runs true 0, The same in Python false -1")
	b.is("document.querySelector('#code').dataset.file.endsWith('.go')", "true")
	b.is("document.body.innerText.includes('Not run')", "false")
	b.press("w", kb.Escape)
	b.is(outcome, "hijacked")

	b.click("#tab-same")
	b.settled()
	b.is("document.querySelector('#code').dataset.file", "django.py")
	b.is("document.body.innerText.split('Not run: what runs is the Go file.').length", "2")
	b.is("document.querySelector('[role=tabpanel]').getAttribute('aria-labelledby')", "tab-same")
	b.is(litLine, `request.session["user_id"] = user.pk`)
	b.is(head, "def login_by_hand(request, user):  # vulnerable: the key stays")
	b.is("document.querySelectorAll('#code .lit').length", "1")
	b.is("document.querySelector('#code .lit .vh').textContent.trim()", "(this line)")
	b.is("getComputedStyle(document.querySelector('#code .lit'), '::before').content.includes('▶')", "true")
	b.is(visible, "true")
	b.accessible()

	// With rotation the same moment is in the fixed function.
	b.press("1")
	b.is(outcome, "poisoned") // the key is new, and the planted basket stays
	b.is(head, "def login_rotated(request, user):  # fixed: a new key, the old record deleted")
	b.is(visible, "true")
	b.press("1", "2")
	b.is(outcome, "defended")
	b.is(litLine, "request.session.flush()")
	b.is(head, "def login_flushed(request, user):  # fixed: a new key, and the data goes")
	b.is(visible, "true")

	// By keyboard: the arrow keys are the tabs' and move no step.
	step := b.text("#count")
	b.eval("document.querySelector('#tab-same').focus()", nil)
	b.press(kb.ArrowRight)
	b.is("document.activeElement.id", "tab-runs")
	b.is("document.querySelector('#code').dataset.file.endsWith('.go')", "true")
	b.press(kb.ArrowLeft)
	b.is("document.activeElement.id", "tab-same")
	b.is("document.activeElement.getAttribute('aria-selected')", "true")
	b.is(litLine, "request.session.flush()")
	b.press(kb.Home)
	b.is("document.activeElement.id", "tab-runs")
	b.press(kb.End)
	b.is("document.activeElement.id", "tab-same")
	if now := b.text("#count"); now != step {
		t.Errorf("the tabs moved the cursor from %q to %q", step, now)
	}

	// The choice stays: over a reload, another lesson in another framework, and
	// one whose server is the lab's own.
	b.run(chromedp.Reload())
	b.ready()
	b.click("#show-server")
	b.settled()
	b.is("document.querySelector('#code').dataset.file", "django.py")
	b.follow("#1/signed-id-toss/none/3")
	b.is("document.querySelector('[role=tab]')", "null")
	b.is("document.querySelector('#code').dataset.file", "signed_id.go")
	b.is("document.querySelector('#source-panel').hasAttribute('role')", "false")
	b.follow("#1/any-route/none/5/express-session")
	b.is("document.querySelector('#code').dataset.file", "express.js")
	if tab := b.text("#tab-same"); !strings.Contains(tab, "JavaScript") {
		t.Errorf("the tab says %q", tab)
	}
	b.is(litLine, "req.session.user = user;")
	b.is(visible, "true")
	b.press("1")
	b.is(outcome, "defended")
	b.is(litLine, "await done((next) => req.session.regenerate(next));")
	b.is("document.querySelectorAll('#code .ran').length > 1", "true")
}
