//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What the page says lies over it: nothing moves when it comes, it covers nothing that has
// the focus, and Escape and its button take it away.
func TestNoticesMoveNothing(t *testing.T) {
	t.Parallel()
	const places = `JSON.stringify([...document.querySelectorAll("#lab > :not(#told, #live) :is(a[href], button, input, select, textarea)")].filter((e) => e.checkVisibility()).map((e) => [e.id || e.name, ...Object.values(e.getBoundingClientRect().toJSON()).map(Math.round)]))`
	const covers = `(() => {
		const e = document.activeElement, r = (e.closest(".paper") ?? e).getBoundingClientRect(), n = document.querySelector("#told").getBoundingClientRect();
		return r.bottom > n.top && r.top < n.bottom && r.right > n.left && r.left < n.right && !e.matches("textarea"); // of a high one a part is enough
	})()`
	b := open(t, "#1/signed-id-toss/none/5")
	b.click("#take-over")
	b.settled()
	for _, size := range some([][2]int64{{1366, 625}, {320, 640}, {390, 844}, {1024, 768}}, 2) {
		b.size(size[0], size[1])
		b.settled()
		b.is("document.querySelector('#told').innerText", "")
		b.eval("document.querySelector('#script-link').focus(), 1", nil)
		before := b.value(places)
		b.eval("document.querySelector('#script-link').click(), 1", nil)
		b.until("document.querySelector('#told').innerText.includes('clipboard')")
		b.settled()
		b.is(places, before)
		b.is("document.activeElement.id", "script-link")
		for range 60 {
			b.run(chromedp.KeyEvent(kb.Tab))
			if b.value("document.activeElement === document.body || document.activeElement.closest('#told') !== null") == "true" {
				continue
			}
			if b.value(covers) == "true" {
				t.Errorf("%v: the notice covers %s", size, b.value("document.activeElement.outerHTML.slice(0, 80)"))
			}
		}
		b.eval("document.querySelector('#dismiss').focus(), 1", nil)
		b.press(kb.Escape)
		b.until("document.querySelector('#told').innerText === ''")
	}
	b.follow("#learn/nonsense")
	b.until("document.querySelector('#told').innerText !== ''")
	before := b.value(places)
	b.click("#dismiss")
	b.until("document.querySelector('#told').innerText === ''")
	b.is(places, before)
}

// What the shell says above the lab takes its height from the lab: the whole
// transport stays in sight, and at a laptop's sizes the page does not scroll. By
// keyboard the notice is the last of the page, and gives the focus back.
func TestNoticesMakeRoom(t *testing.T) {
	t.Parallel()
	fresh := t.TempDir()
	copyFiles(t, siteDir, fresh, "*")
	copyFiles(t, siteDir, fresh, ".nojekyll")
	worker := strings.Replace(read(t, "sw.js"), `const VERSION = "`, `const VERSION = "new`, 1)
	if err := os.WriteFile(filepath.Join(fresh, "sw.js"), []byte(worker), 0o644); err != nil {
		t.Fatal(err)
	}
	h := serve(t, hosting{})
	b := h.tab(t)
	b.visit("#1/signed-id-toss/none/7")
	b.ready()
	b.offlineReady()
	h.deploy(fresh)
	b.run(chromedp.Reload())
	b.ready()
	b.until(`document.querySelector("#notice button")`)
	b.eval(`Object.defineProperty(navigator, "onLine", {get: () => false}), dispatchEvent(new Event("offline")), 1`, nil)
	fits := func(sizes ...[2]int64) {
		t.Helper()
		for _, size := range sizes {
			b.size(size[0], size[1])
			b.settled()
			b.is(`[...document.querySelectorAll("#back, #forward, #verdict")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().bottom > innerHeight).map((e) => e.id).join()`, "")
			if size[0] >= 900 {
				b.is("document.documentElement.scrollHeight - innerHeight", "0")
			}
		}
	}
	for _, shown := range []string{"#notice", "#offline"} {
		b.is(fmt.Sprintf("document.querySelector(%q).getBoundingClientRect().bottom <= document.querySelector('#lab').getBoundingClientRect().top", shown), "true")
	}
	fits([2]int64{1366, 625}, [2]int64{1366, 768}, [2]int64{1920, 1080}, [2]int64{1024, 768}, [2]int64{390, 844}, [2]int64{320, 640})
	b.accessible()

	b.eval("document.activeElement.blur()", nil)
	for _, want := range []string{"Later", "Reload now"} {
		b.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift)))
		b.is("document.activeElement.textContent", want)
	}
	b.run(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	b.is("document.querySelector('#notice').childElementCount", "0")
	b.is("document.activeElement.id", "page-title")
	fits([2]int64{1366, 625})
}
