//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The script's field is as high as its text, and the paper alone scrolls: the line with the
// caret is in view while one types, and while the list of words takes room from it.
func TestCaretInView(t *testing.T) {
	t.Parallel()
	const inView = `(() => {
		const field = document.querySelector("#script"), paper = document.querySelector("#script-paper").getBoundingClientRect();
		const n = field.value.slice(0, field.selectionStart).split("\n").length, line = document.querySelectorAll("#script-lines .l")[n - 1].getBoundingClientRect();
		return [field.scrollTop, field.scrollHeight - field.clientHeight, document.querySelector("#script-lines").offsetHeight - field.offsetHeight, line.top >= paper.top - 4, line.bottom <= paper.bottom + 4].join();
	})()`
	for _, size := range some([][2]int64{{1280, 720}, {390, 844}, {1366, 625}}, 2) {
		b := open(t, "#1/signed-id-toss/none/9")
		b.size(size[0], size[1])
		b.click("#take-over")
		b.settled()
		b.eval("document.querySelector('#script').focus(), 1", nil)
		b.run(chromedp.KeyEvent(kb.End, chromedp.KeyModifiers(input.ModifierCtrl)))
		for _, key := range []string{"\r", "a", "l", "\r", "\r", "\r", "m", "a"} {
			b.run(chromedp.KeyEvent(key))
			b.settled()
			b.until(inView + " === '0,0,0,true,true'")
		}
		b.is("document.querySelectorAll('#script-words').length", "1")
	}
}

// A list in the bar closes when the focus leaves it by Tab, and does not fetch it back.
func TestMenuIsLeft(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"#1/signed-id-toss/none/5", "#reference"} {
		b := open(t, at)
		b.click("#more")
		b.until("document.querySelector('#more-list')")
		b.eval("document.querySelector('#show-present').focus(), 1", nil)
		b.press(kb.Tab)
		b.until("!document.querySelector('#more-list')")
		b.is("document.activeElement.id", "show-help")
	}
}

// What would become of Mallory's page is said in a region that was there before, comes into
// view, and moves no button.
func TestPreviewMovesNothing(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/4")
	b.click("#take-over")
	b.click("#open-site")
	b.settled()
	for _, size := range some([][2]int64{{1366, 625}, {1366, 768}, {1024, 768}, {1920, 1080}}, 2) {
		b.size(size[0], size[1])
		b.settled()
		b.is("document.querySelector('#site-preview[role=status]').innerText", "")
		const at = "JSON.stringify([...document.querySelectorAll('#site .do button')].map((e) => e.getBoundingClientRect()))"
		before := b.value(at)
		b.click("#site [name=preview]")
		b.until("document.querySelector('#site-preview li')")
		b.settled()
		b.is(at, before)
		b.is(`(() => {
			const to = document.querySelector("#site-preview").getBoundingClientRect(), row = document.querySelector("#site .do").getBoundingClientRect();
			return to.bottom <= row.top + 1 && to.bottom > document.querySelector("[data-page=mallory]").getBoundingClientRect().top;
		})()`, "true")
		b.eval("document.querySelector('#site-url').focus(), 1", nil)
		b.run(chromedp.KeyEvent("x"))
		b.until("document.querySelector('#site-preview').innerText === ''")
	}
}
