//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A hand is one way to work the page in one browser. It counts what it does.
type hand struct {
	testing.TB
	is    func(expression, want string)
	value func(expression string) string // what a JavaScript expression comes to, as text
	push  func(selector string)          // push what matches a CSS selector, and wait for the answer
	reach func(selector string)          // give it the focus
	types func(text string)              // type into what has the focus
	press func(key string)               // press a key of handKeys, and wait for the answer

	pushes int
}

// fills puts a text into a field, in the place of what stands there.
func (h *hand) fills(selector, text string) {
	h.Helper()
	h.reach(selector)
	h.press("All")
	h.types(text)
	h.is(fmt.Sprintf("document.querySelector(%q).value", selector), text)
}

// use pushes the first element that matches a CSS selector.
func (h *hand) use(selector string) {
	h.Helper()
	h.pushes++
	h.push(selector)
}

// has reports whether something in the page matches a CSS selector.
func (h *hand) has(selector string) bool {
	h.Helper()
	return h.value(fmt.Sprintf("!!document.querySelector(%q)", selector)) == "true"
}

// mouse is a hand that moves the mouse and presses its button.
func (b *tab) mouse() *hand {
	push := func(selector string) {
		b.t.Helper()
		x, y := b.middle(selector)
		b.run(chromedp.MouseClickXY(x, y))
		b.answered()
	}
	return &hand{TB: b.t, is: b.is, value: b.value, push: push, reach: push, types: b.types, press: b.handKey}
}

// types types into what has the focus.
func (b *tab) types(text string) {
	b.t.Helper()
	b.run(chromedp.KeyEvent(text))
	b.answered()
}

// handKey presses a key and waits for the answer.
func (b *tab) handKey(key string) {
	b.t.Helper()
	k, shift := handKeys[key][0], []chromedp.KeyOption{}
	switch key {
	case "Enter": // in one go, as a keyboard does: what is prevented types nothing
		down := input.DispatchKeyEvent(input.KeyDown).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13).WithText("\r").WithUnmodifiedText("\r")
		b.run(down, input.DispatchKeyEvent(input.KeyUp).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13))
		b.answered()
		return
	case "Back":
		shift = append(shift, chromedp.KeyModifiers(input.ModifierShift))
	case "All", "Offer":
		shift = append(shift, chromedp.KeyModifiers(input.ModifierCtrl))
	}
	b.run(chromedp.KeyEvent(k, shift...))
	b.answered()
}

// handKeys are the keys of a hand, as chromedp and as WebDriver name them.
var handKeys = map[string][2]string{
	"Tab": {kb.Tab, tabKey}, "Back": {kb.Tab, tabKey}, "Enter": {kb.Enter, enterKey}, "Escape": {kb.Escape, escapeKey},
	"Down": {kb.ArrowDown, downKey}, "Up": {kb.ArrowUp, upKey}, "Left": {kb.ArrowLeft, leftKey}, "Right": {kb.ArrowRight, rightKey},
	"Home": {kb.Home, homeKey}, "End": {kb.End, endKey}, "All": {"a", "a"}, "Offer": {" ", " "},
}

// finger is a hand that touches a screen.
func (b *tab) finger() *hand {
	b.t.Helper()
	b.run(emulation.SetTouchEmulationEnabled(true))
	return &hand{TB: b.t, is: b.is, value: b.value, push: func(selector string) {
		b.t.Helper()
		x, y := b.middle(selector)
		b.eval("window.tapped = new Promise((done) => addEventListener('click', done, {once: true, capture: true})), 0", nil)
		b.run(chromedp.ActionFunc(func(ctx context.Context) error {
			if err := input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: x, Y: y}}).Do(ctx); err != nil {
				return err
			}
			return input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}).Do(ctx)
		}))
		b.eval("tapped.then(() => 0)", nil)
		b.answered()
	}}
}

// keys is a hand on the keyboard: it goes there with Tab, back with Shift+Tab, or with
// the arrow keys among radio buttons and in a row that is one stop, and presses Enter.
func (b *tab) keys() *hand {
	return byKeys(&hand{TB: b.t, is: b.is, value: b.value, types: b.types, press: b.handKey}, func(key string) {
		if key == "Back" {
			b.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift)))
			return
		}
		b.run(chromedp.KeyEvent(kb.Tab))
	})
}

// mostTabs is how often Tab may be pressed to come to a thing, and mostInPlay how often
// where both browsers are live: their links and fields are stops.
const (
	mostTabs   = 30
	mostInPlay = 45
)

// byKeys has a hand work by keyboard alone. tab presses Tab, or Shift and it for "Back",
// and waits for nothing.
func byKeys(h *hand, tab func(key string)) *hand {
	h.reach = func(selector string) {
		h.Helper()
		most := mostTabs
		if h.has("[data-page]") {
			most = mostInPlay
		}
		var way []string
		for range most {
			at := h.value(fmt.Sprintf(`(() => {
				const to = document.querySelector(%q), at = document.activeElement;
				if (!to) return "nothing";
				if (at === to) return "there";
				const behind = at.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING;
				const key = to.closest("[role=radiogroup], .places")?.contains(at) ? "Down" : to.closest("[data-rove=row]")?.contains(at) ? behind ? "Left" : "Right" : behind ? "Back" : "Tab";
				return key + " " + (at.id || at.outerHTML.slice(0, 60));
			})()`, selector))
			key, _, _ := strings.Cut(at, " ")
			way = append(way, at)
			switch key {
			case "there":
				return
			case "Tab", "Back":
				tab(key)
				continue
			case "nothing":
				h.Fatalf("there is no %s", selector)
			}
			h.press(key)
		}
		h.Fatalf("by keyboard there is no way to %s: %q", selector, way)
	}
	h.push = func(selector string) {
		h.Helper()
		h.reach(selector)
		h.press("Enter")
	}
	return h
}

// answered waits until the page has answered, or, before there is one, the loader.
func (b *tab) answered() {
	b.t.Helper()
	if b.value("document.documentElement.dataset.ready") == "true" {
		b.settled()
		return
	}
	b.eval("new Promise(requestAnimationFrame).then(() => 0)", nil)
}

// value returns the text that a JavaScript expression, or the promise that it is,
// comes to.
func (b *tab) value(expression string) (text string) {
	b.t.Helper()
	b.eval("(async () => String(await ("+expression+")))()", &text)
	return text
}

// middle scrolls to an element and returns its middle, where nothing may lie over it.
func (b *tab) middle(selector string) (x, y float64) {
	b.t.Helper()
	var at struct {
		X, Y float64
		Over string
	}
	if err := json.Unmarshal([]byte(b.value(fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		if (!e) return '{"over": "nothing: it is not there"}';
		e.scrollIntoViewIfNeeded();
		const r = e.getClientRects()[0], x = r.x + r.width / 2, y = r.y + r.height / 2, top = document.elementFromPoint(x, y);
		return JSON.stringify({x, y, over: e.contains(top) ? "" : top?.outerHTML.slice(0, 100) ?? "the edge of the window"});
	})()`, selector))), &at); err != nil {
		b.t.Fatal(err)
	}
	if at.Over != "" {
		b.t.Fatalf("over %s lies %s", selector, at.Over)
	}
	return at.X, at.Y
}
