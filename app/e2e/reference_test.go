//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// besides are the pages beside the lab, with what to wait for on each.
var besides = []struct {
	at   string
	wait func(b *tab)
}{
	{"#reference", (*tab).settled},
	{"#what-stops-what", func(b *tab) { b.until("document.querySelector('#live').textContent.includes('complete')") }},
	{"#explore", (*tab).complete},
	{"#compare/signed-id-toss/none/7/vs/rotate", (*tab).settled},
	{"#claims", func(b *tab) { b.until("document.querySelector('#claims-played').textContent.includes('just now')") }},
	{"#sign", (*tab).settled},
	{"#audit", (*tab).settled},
}

// Every page looks right in every window, has 25 stops of the Tab key at most, and is
// read by all rules of axe in every scheme.
func TestReferenceLooks(t *testing.T) {
	t.Parallel()
	for i, p := range besides {
		if !thorough && i%3 != 0 {
			continue
		}
		t.Run(p.at, func(t *testing.T) {
			t.Parallel()
			b := open(t, p.at)
			p.wait(b)
			b.look(p.at, windows...)
			b.accessible()
			if thorough {
				b.media("forced-colors", "active")
				b.accessible()
			}
			b.click("#more")
			b.settled()
			b.shapes(p.at + ", menu")
			b.press(kb.Escape)
			b.is("document.querySelector('#more').getAttribute('aria-expanded') + document.activeElement.id", "falsemore")
			b.press("?")
			b.settled()
			b.shapes(p.at + ", help")
			if thorough { // it is the same on every page
				b.accessible()
			}
			b.press(kb.Escape)
			b.is("document.querySelector('#help').open", "false")
		})
	}
}

// shapes reports what is too wide or too small in any window.
func (b *tab) shapes(where string) {
	b.t.Helper()
	for _, w := range windows {
		b.size(w[0], w[1])
		var found []string
		b.eval(looks, &found)
		if len(found) > 0 {
			b.t.Errorf("%s, %v: %s", where, w, strings.Join(found, "; "))
		}
	}
	b.size(windows[0][0], windows[0][1])
}

// On paper a page is light, without controls, and no table is cut off.
func TestReferencePrinted(t *testing.T) {
	t.Parallel()
	for i, p := range besides {
		if !thorough && i%3 != 0 {
			continue
		}
		t.Run(p.at, func(t *testing.T) {
			t.Parallel()
			b := open(t, p.at)
			p.wait(b)
			b.size(1047, 700) // A4, lying
			b.run(chromedp.ActionFunc(func(ctx context.Context) error {
				return emulation.SetEmulatedMedia().WithMedia("print").WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}).Do(ctx)
			}))
			b.is("getComputedStyle(document.body).backgroundColor", "rgb(255, 255, 255)")
			b.is("getComputedStyle(document.querySelector('h1')).color", "rgb(26, 28, 32)")
			b.is("[...document.querySelectorAll('.nav, .btn, .menu, .keyhint, dialog')].filter((e) => e.checkVisibility()).map((e) => e.id || e.className).join()", "")
			b.is("document.querySelector('h1').checkVisibility()", "true")
			b.is("[...document.querySelectorAll('.box')].filter((e) => e.checkVisibility() && (e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY !== 'visible' || e.scrollWidth > e.clientWidth + 1)).map((e) => e.dataset.scrolls + ' ' + e.scrollWidth + ' in ' + e.clientWidth).join()", "")
		})
	}
}

// The bar leads everywhere, the links of before still work, and a lesson of the list is
// played.
func TestReference(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/rotate/3")
	b.click("#way-reference")
	b.settled()
	b.is("location.hash + document.title", "#referenceReference · Fixation Lab")
	b.is("document.activeElement.tagName + document.querySelectorAll('h1').length", "H11")
	b.is("document.querySelector('.entries a[href^=\"#compare/\"]').hash.startsWith('#compare/signed-id-toss/rotate/')", "true")
	for _, p := range besides[1:] {
		name, _, _ := strings.Cut(p.at, "/")
		b.click(fmt.Sprintf(".entries a[href^=%q]", name))
		b.reopened(name[1:])
		b.settled()
		b.is("document.querySelector('.nav [aria-current]').id", "way-reference")
		b.back()
		b.is("document.documentElement.dataset.page", "reference")
	}
	b.click(".group-of a[href^='#1/cve-2022-25896/']")
	b.settled()
	b.is("document.documentElement.dataset.page", "lab")
	b.is("location.hash", "#1/cve-2022-25896/none/1")
	b.is("document.querySelector('#pick-lesson').value", "cve-2022-25896")
	for _, link := range []string{"audit", "sign", "sign/flask/%7B%7D", "what-stops-what", "claims", "compare/signed-id-toss/none/1/vs/rotate", "explore/django-db/trap/alone/none"} {
		b.follow("#" + link)
		page, _, _ := strings.Cut(link, "/")
		b.is("document.documentElement.dataset.page", page)
		b.is("document.querySelector('#told').innerText", "")
	}
	// The help is the same on every page.
	for _, link := range []string{"#learn", "#1/signed-id-toss/none/1", "#reference", "#claims"} {
		b.follow(link)
		b.click("#show-help")
		b.settled()
		b.is("document.querySelector('#help').open && document.querySelector('#help').contains(document.activeElement)", "true")
		b.is("parseFloat(getComputedStyle(document.querySelector('#help .inside')).fontSize)", "15")
		b.is("['Learn', 'Play', 'Reference'].every((way) => [...document.querySelectorAll('#help strong')].some((e) => e.textContent === way))", "true")
		b.press(kb.Escape)
		b.is("document.querySelector('#help').open", "false")
	}
}

// A table is one stop of the Tab key: the arrow keys move in it, and the stop is where
// the focus was.
func TestTableIsOneStop(t *testing.T) {
	t.Parallel()
	b := open(t, "#what-stops-what")
	besides[1].wait(b)
	const at = "(() => { const td = document.activeElement.closest('td'), tr = td?.parentElement; return td ? [...document.querySelectorAll('#matrix tbody tr')].indexOf(tr) + ' ' + [...tr.querySelectorAll('td')].indexOf(td) : document.activeElement.id || document.activeElement.className })()"
	b.is("document.querySelectorAll('#matrix [tabindex=\"0\"]').length", "1")
	b.eval("document.querySelector('.box').focus(), 0", nil)
	for _, step := range []struct{ key, want string }{
		{kb.Tab, "0 0"}, {kb.ArrowLeft, "0 0"}, {kb.ArrowRight, "0 1"}, {kb.ArrowDown, "1 1"}, {kb.ArrowDown, "2 1"},
		{kb.End, "2 6"}, {kb.ArrowRight, "2 6"}, {kb.ArrowUp, "1 6"}, {kb.Home, "1 0"}, {kb.ArrowRight, "1 1"},
	} {
		b.press(step.key)
		b.is(at, step.want)
	}
	b.is("(() => { const e = document.activeElement, r = e.getBoundingClientRect(); return e.contains(document.elementFromPoint(r.x + 10, r.y + r.height / 2)) })()", "true")
	control := chromedp.KeyModifiers(input.ModifierCtrl)
	b.run(chromedp.KeyEvent(kb.End, control))
	b.is(at, "37 6")
	b.is("(() => { const e = document.activeElement, r = e.getBoundingClientRect(); return e.contains(document.elementFromPoint(r.x + 10, r.y + r.height / 2)) })()", "true")
	b.run(chromedp.KeyEvent(kb.Home, control))
	b.is(at, "0 0")
	b.press(kb.ArrowRight, kb.ArrowDown)
	b.press(kb.Tab)
	b.is("document.querySelector('#matrix').contains(document.activeElement)", "false")
	b.eval("document.querySelector('.box').focus(), 0", nil)
	b.press(kb.Tab)
	b.is(at, "1 1")
	b.press(kb.Enter)
	b.is("document.documentElement.dataset.page", "lab")

	// A list of claims, an item of which has several links; and rows with a page's own keys.
	b.follow("#claims")
	besides[4].wait(b)
	b.eval("document.querySelector('.claim-runs a').focus(), 0", nil)
	const link = "document.activeElement.textContent + ' ' + [...document.querySelectorAll('.claim')].indexOf(document.activeElement.closest('.claim'))"
	b.press(kb.ArrowRight)
	b.is(link, "Counter-run 1 0")
	b.press(kb.ArrowDown)
	b.is(link, "Counter-run 1")
	b.press(kb.Home)
	b.is(link, "See the run 0")
	b.follow("#compare/signed-id-toss/none/7/vs/rotate")
	b.eval("document.querySelector('#compare-rows a').focus(), 0", nil)
	b.press(kb.ArrowDown)
	b.is("document.activeElement.textContent", "Step 2")
	b.is("location.hash.includes('/none/7/')", "true")
	b.press(kb.ArrowRight)
	b.is("location.hash.includes('/none/8/')", "true")
}

// On a phone a table scrolls sideways: what the arrow keys come to is in view as a whole,
// beside the column that stays.
func TestCellsComeIntoView(t *testing.T) {
	t.Parallel()
	b := open(t, "#what-stops-what")
	besides[1].wait(b)
	b.size(320, 640)
	b.eval("document.querySelector('#matrix tbody td a').focus(), 0", nil)
	const hidden = `(() => {
		const e = document.activeElement, r = e.getBoundingClientRect(), head = e.closest("tr").querySelector("th").getBoundingClientRect();
		let box = e.parentElement;
		while (box.scrollWidth <= box.clientWidth || getComputedStyle(box).overflowX == "visible") box = box.parentElement;
		return r.left < head.right - 1 || r.right > box.getBoundingClientRect().right + 1 || r.right > innerWidth;
	})()`
	for _, key := range []string{kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.End, kb.ArrowLeft, kb.ArrowLeft, kb.ArrowLeft, kb.Home} {
		b.press(key)
		b.is(hidden, "false")
	}
}
