//go:build e2e

package e2e

import (
	"context"
	"fmt"

	"github.com/chromedp/chromedp"
)

// ready waits until the page is in charge.
func (b *tab) ready() {
	b.t.Helper()
	b.until(`document.documentElement.dataset.ready === "true"`)
}

// reopened waits until the page has loaded anew, as the whole program, which has the page
// of that name.
func (b *tab) reopened(name string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`document.documentElement.dataset.page === %q`, name))
	b.ready()
}

// until waits until a JavaScript expression, or the promise that it is, comes
// true, also across navigations. It looks at every frame that the page draws.
func (b *tab) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, deadline/2)
	defer cancel()
	look := fmt.Sprintf(`(async () => { while (!(await (%s))) await new Promise(requestAnimationFrame); return true })()`, expression)
	var fault error // of the expression itself: it may never come true
	for {
		var ok bool
		// In a document that is going away, or is not yet all there, it fails.
		err := chromedp.Run(ctx, chromedp.Evaluate(look, &ok, await))
		if ok {
			return
		}
		if ctx.Err() == nil {
			fault = err
		} else {
			var where, text string
			_ = chromedp.Run(b.ctx, chromedp.Evaluate("location.href", &where), chromedp.Evaluate("document.body.innerText.slice(0, 400)", &text))
			b.t.Fatalf("still not: %s (%v; before that: %v)\nat %s\nthe page: %s\nthe browser said: %q", expression, err, fault, where, text, b.said())
		}
	}
}

// settled waits until the page has drawn all that it was told before: the page
// answers an event with a mark that bears the event's number.
func (b *tab) settled() {
	b.t.Helper()
	b.asked++
	b.eval(fmt.Sprintf("("+settle+")('%d')", b.asked), nil)
}

// settle is a JavaScript function whose promise is kept once the page bears the
// mark of that number. What the browser itself had still to do it does before
// the frame.
const settle = `(id) => new Promise((done) => {
	const html = document.documentElement;
	new MutationObserver((_, observer) => {
		if (html.dataset.settled !== id) return;
		observer.disconnect();
		done();
	}).observe(html, {attributeFilter: ["data-settled"]});
	requestAnimationFrame(() => dispatchEvent(new CustomEvent("fixlab-settle", {detail: id})));
})`

// follow makes a link's fragment that of the open page, and waits until the page
// is there.
func (b *tab) follow(fragment string) {
	b.t.Helper()
	b.eval(fmt.Sprintf("("+moved+")('hashchange', () => location.hash = %q)", fragment), nil)
	b.settled()
}

// back goes back in the history of the open page.
func (b *tab) back() {
	b.t.Helper()
	b.eval("("+moved+")('popstate', () => history.back())", nil)
	b.settled()
}

// forward goes forward in the history of the open page.
func (b *tab) forward() {
	b.t.Helper()
	b.eval("("+moved+")('popstate', () => history.forward())", nil)
	b.settled()
}

// moved is a JavaScript function that does something and waits for the event in
// which the browser says that it has brought about another address.
const moved = `(event, act) => new Promise((done) => {
	addEventListener(event, done, {once: true});
	act();
}).then(() => 0)`

// offlineReady waits until the service worker has stored what it needs and
// controls the page.
func (b *tab) offlineReady() {
	b.t.Helper()
	b.until("navigator.serviceWorker.controller && navigator.serviceWorker.controller.state === 'activated'")
}

// version returns the version of the shell that the tab shows.
func (b *tab) version() (v string) {
	b.t.Helper()
	b.eval("document.documentElement.dataset.version", &v)
	return v
}

// update waits until a new version is offered, takes it, and waits until it is shown.
func (b *tab) update() {
	b.t.Helper()
	was := b.version()
	b.until(`document.querySelector("#notice button")`)
	b.click("#notice button")
	b.until(fmt.Sprintf("document.documentElement.dataset.version !== %q", was))
}
