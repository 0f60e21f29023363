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

	pushes int
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
	return &hand{TB: b.t, is: b.is, value: b.value, push: func(selector string) {
		b.t.Helper()
		x, y := b.middle(selector)
		b.run(chromedp.MouseClickXY(x, y))
		b.answered()
	}}
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
// the arrow keys among radio buttons, and presses Enter.
func (b *tab) keys() *hand {
	return &hand{TB: b.t, is: b.is, value: b.value, push: func(selector string) {
		b.t.Helper()
		byKeys(b.t, selector, b.value, map[string]func(){
			"Tab":   func() { b.run(chromedp.KeyEvent(kb.Tab)) },
			"Back":  func() { b.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift))) },
			"Arrow": func() { b.run(chromedp.KeyEvent(kb.ArrowDown)); b.answered() },
			"Enter": func() { b.run(chromedp.KeyEvent(kb.Enter)); b.answered() },
		})
	}}
}

// mostTabs is how often Tab may be pressed to come to a thing.
const mostTabs = 30

// byKeys pushes an element by keyboard alone.
func byKeys(t testing.TB, selector string, value func(string) string, press map[string]func()) {
	t.Helper()
	var way []string
	for range mostTabs {
		at := value(fmt.Sprintf(`(() => {
			const to = document.querySelector(%q), at = document.activeElement;
			if (!to) return "nothing";
			if (at === to) return "Enter";
			const key = to.closest("[role=radiogroup], .places")?.contains(at) ? "Arrow" : at.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING ? "Back" : "Tab";
			return key + " " + (at.id || at.outerHTML.slice(0, 60));
		})()`, selector))
		key, _, _ := strings.Cut(at, " ")
		if way = append(way, at); press[key] == nil {
			break
		}
		press[key]()
		if key == "Enter" {
			return
		}
	}
	t.Fatalf("by keyboard there is no way to %s: %q", selector, way)
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
