//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// choose picks an option of a native list.
func (b *tab) choose(selector, value string) {
	b.t.Helper()
	// In one go: the list may be drawn anew between
	// two commands.
	b.eval(fmt.Sprintf(`((list) => {
		list.value = %[2]q;
		if (list.value !== %[2]q) throw new Error("no option " + %[2]q);
		list.dispatchEvent(new Event("change", {bubbles: true}));
	})(document.querySelector(%[1]q))`, selector, value), nil)
	b.settled()
}

func TestPickRoute(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/any-route/none/3")
	b.is(outcome, "hijacked")
	b.is("document.querySelector('#pick-route').checkVisibility()", "false")
	b.is("[...document.querySelectorAll('#show-setup span')].map((e) => e.innerText).join('; ')", "Server: Signed key, server store; Route: HTTPS sibling, by a header")
	b.click("#show-setup")
	b.settled()
	if text := b.text("#needs"); !strings.Contains(text, "has https there") {
		t.Errorf("what Mallory needs: %q", text)
	}
	b.choose("#pick-route", "cross-site") // the control
	b.is("location.hash", "#1/any-route/none/3/cross-site")
	b.is(outcome, "defended")
	b.is("document.querySelector('#needs').children.length", "1")
	b.choose("#pick-route", "shared-cache") // it brings its own value
	b.is("document.querySelector('#pick-token').disabled", "true")
	if text := b.text("#token-does"); !strings.Contains(text, "brings its own") {
		t.Errorf("the source says %q", text)
	}
	b.choose("#pick-route", "xss")
	b.is("document.querySelector('#pick-token').disabled", "false")
	b.is(outcome, "hijacked")
	b.choose("#pick-token", "forged")
	b.is(outcome, "defended")
	b.choose("#pick-token", "trap")
	b.click("#visited")
	b.settled()
	b.is("location.hash.endsWith('/xss+visited')", "true")
	b.choose("#pick-browser", "2")
	b.is("location.hash.endsWith('/xss+visited+tomorrow')", "true")

	b.run(chromedp.Reload()) // the link says it all
	b.ready()
	b.is("document.querySelector('#pick-route').value", "xss")
	b.is("document.querySelector('#pick-browser').value", "2")
	b.is("document.querySelector('#visited').checked", "true")
	b.back() // one change, one place to come back to
	b.is("location.hash.endsWith('/xss+visited')", "true")
	b.is("document.querySelector('#pick-browser').value", "0")

	// A lesson that leaves nothing open has a browser to pick and no more.
	b.follow("#1/flask-oracle/none/4/xss")
	b.is("document.querySelector('#told').innerText.includes('does not leave')", "true")
	b.is("location.hash", "#1/flask-oracle/none/4")
	b.is("[...document.querySelectorAll('#setup select, #setup input')].map((e) => e.id).join()", "pick-browser")
}

func TestPrefixByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/4")
	b.click("#show-defences")
	b.settled()
	b.eval("document.querySelector('[data-group=Cookie] summary').focus()", nil)
	b.run(chromedp.KeyEvent(kb.Enter))
	b.until("document.querySelector('[data-group=Cookie]').open")
	b.press(kb.Tab)
	b.is("document.activeElement.name", "prefix-none")
	for _, want := range []string{"secure-prefix", "host-prefix", "host-http-prefix"} {
		b.press(kb.ArrowDown)
		b.is("document.activeElement.name", want)
		b.is("document.activeElement.checked", "true")
		b.is("location.hash.split('/')[2]", want)
		b.is("document.querySelectorAll('[role=radiogroup]:first-of-type input:checked').length >= 1", "true")
		b.is("[...document.activeElement.closest('[role=radiogroup]').querySelectorAll('input')].filter((e) => e.checked).length", "1")
		b.is("[...document.activeElement.closest('[role=radiogroup]').querySelectorAll('[tabindex=\"0\"]')].length", "1")
	}
	b.is(outcome, "defended")
	b.press(kb.ArrowDown) // round and back to none
	b.is("document.activeElement.name", "prefix-none")
	b.is("location.hash", "#1/signed-id-toss/none/4") // the arrows did not step
	b.press(kb.ArrowUp)
	b.is("location.hash.split('/')[2]", "host-http-prefix")
	b.press(kb.Tab) // the whole group is one stop
	b.is("document.activeElement.closest('[role=radiogroup]') === null", "true")
	b.press("4") // the digit of another in the group
	b.is("location.hash.split('/')[2]", "host-prefix")
	b.is("document.querySelector('[name=host-prefix]').checked", "true")
	b.is("document.querySelector('[name=host-http-prefix]').checked", "false")
}

// Two cookies of one name stand in the order in which they are sent, with a mark
// at the one that the server reads.
func TestJarOrder(t *testing.T) {
	t.Parallel()
	const rows = "[...document.querySelectorAll('#jar-alice .cookie .name')].map((e) => e.textContent)"
	b := open(t, "#1/any-route/none/7/xss-path+visited")
	b.is("[...document.querySelectorAll('[data-browser=alice] .cookie')].filter((e) => e.innerText.includes('of 2')).length", "2")
	b.click("#show-alice")
	b.settled()
	b.is(rows+".filter((x) => x.includes('at login')).length", "2")
	b.is(rows+"[0].includes('login 1 of 2') && "+rows+"[0].includes(', read')", "true")
	b.is(rows+"[1].includes('login 2 of 2') && !"+rows+"[1].includes(', read')", "true")
	b.is("[...document.querySelectorAll('#jar-alice .cookie')].map((e) => e.children[3].textContent).join()", "/login,/")
	b.is("[...document.querySelectorAll('#jar-alice thead th')].map((e) => e.textContent).join('|')",
		"Name|Value|Domain|Path|Expires / Max-Age|Size|HttpOnly|Secure|SameSite|Partition Key|Priority|Set by")
	// What is not sent says why, in its row, and nothing that is sent is said not to be.
	b.follow("#1/any-route/none/6")
	if text := b.text("#jar-alice .reasons"); !strings.Contains(strings.ToLower(text), "not sent") || !strings.Contains(text, "NotOnPath") {
		t.Errorf("the cookie that is not sent: %q", text)
	}
	b.press("i") // and beside the messages
	if text := b.text("#http .is-withheld"); !strings.Contains(text, "did not send") || !strings.Contains(text, "NotOnPath") {
		t.Errorf("beside the messages: %q", text)
	}
}

// A cookie that a request of the step carried is not said to be held back, also when
// another of the same name and value was.
func TestSentIsNotWithheld(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/8")
	b.is("[...document.querySelectorAll('[data-browser=alice] .cookie')].map((e) => e.innerText.includes('not sent') + ' ' + e.innerText.includes('set by blog.shop.example')).join()", "true true,false false")
	b.click("#show-alice")
	b.settled()
	b.is("[...document.querySelectorAll('#jar-alice tbody tr')].map((e) => e.className).join()", "cookie,reasons,cookie")
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	b := open(t, "#what-stops-what")
	b.until("document.querySelectorAll('#matrix td a:first-child').length === 19 * 2 * 7")
	b.until("document.querySelector('#live').textContent.includes('complete')")
	b.is("document.querySelectorAll('#matrix caption').length", "1")
	b.is("document.querySelectorAll('#matrix th:not([scope])').length", "0")
	cell := func(route string, visited bool, column int) string {
		return fmt.Sprintf("document.querySelectorAll('#matrix tr[data-route=%s][data-visited=%v] td')[%d].querySelector('a')", route, visited, column)
	}
	b.is(cell("xss", false, 0)+".textContent", "Mallory’s only")
	b.is(cell("xss", true, 1)+".textContent", "blocked")
	b.is(cell("xss-path", true, 1)+".textContent", "Mallory’s first")
	b.is(cell("sibling-https", false, 5)+".textContent", "blocked")
	b.is(cell("cross-site", true, 0)+".textContent", "blocked")

	b.eval(cell("xss-path", true, 1)+".click()", nil)
	b.settled()
	b.is("document.documentElement.dataset.page", "lab")
	b.is("location.hash", "#1/any-route/httponly/7/xss-path+visited")
	b.is("document.querySelector('#count').textContent", "Step 7 of 10")
	b.is("document.querySelector('#pick-route').value", "xss-path")
	b.is("document.querySelector('[name=httponly]').checked", "true")
	b.back()
	b.is("document.documentElement.dataset.page", "what-stops-what")
	b.is("document.querySelectorAll('#matrix td a:first-child').length", "266") // played once

	b.fits(1366, 390, 320)
	b.is("document.querySelector('.box').tabIndex", "0")
	b.accessible()
}
