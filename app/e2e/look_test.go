//go:build e2e

package e2e

import (
	"fmt"
	"os"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// media emulates media features, as "prefers-color-scheme", "dark".
func (b *tab) media(pairs ...string) {
	b.t.Helper()
	var list []*emulation.MediaFeature
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	b.run(emulation.SetEmulatedMedia().WithFeatures(list))
}

// size sets the size of the window, in CSS pixels.
func (b *tab) size(width, height int64) {
	b.t.Helper()
	b.run(chromedp.EmulateViewport(width, height))
}

// fits fails where the page has to be scrolled sideways in a window of one of
// those widths. The window keeps the last.
func (b *tab) fits(widths ...int64) {
	b.t.Helper()
	for _, width := range widths {
		b.size(width, 640)
		b.settled()
		var over string
		b.eval("document.documentElement.scrollWidth > document.documentElement.clientWidth ? document.documentElement.scrollWidth + ' in ' + document.documentElement.clientWidth : ''", &over)
		if over != "" {
			b.t.Errorf("at %d px the page is too wide: %s", width, over)
		}
	}
}

// small lists those of the elements that are shown smaller than 24 by 24 pixels.
func (b *tab) small(selector string) (list []string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
		.filter(([e, r]) => r.height < 24 || r.width < 24).map(([e, r]) => (e.id || e.className) + " " + r.width + "x" + r.height)`, selector), &list)
	return list
}

// spacing gives the page the text spacing of WCAG 1.4.12.
const spacing = `(() => { const s = new CSSStyleSheet(); s.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'); document.adoptedStyleSheets = [s]; })()`

// spaced gives the page that spacing.
func (b *tab) spaced() {
	b.t.Helper()
	b.eval(spacing, nil)
}

// accessible reports what axe-core finds on the page as it stands: in light by all
// of its rules, in dark by those about colours. `make tools` fetches axe-core.
func (b *tab) accessible(where ...string) {
	b.t.Helper()
	source, err := os.ReadFile("../../.cache/axe.min.js")
	if err != nil {
		b.t.Fatalf("no axe-core: %v; run `make tools`", err)
	}
	b.run(chromedp.Evaluate("if (!window.axe) {"+string(source)+"} 0", nil))
	for scheme, options := range map[string]string{"light": "{}", "dark": "{runOnly: ['color-contrast', 'link-in-text-block']}"} {
		b.media("prefers-color-scheme", scheme)
		var found []string
		b.eval(fmt.Sprintf(`new Promise(requestAnimationFrame).then(() => axe.run(%s)).then((r) => r.violations.map((v) =>
			v.id + ": " + v.help + ": " + v.nodes.map((n) => n.target.join(" ") + " " + n.html.slice(0, 120)).join("; ")))`, options), &found)
		for _, v := range found {
			b.t.Errorf("axe, %s %s: %s", scheme, where, v)
		}
	}
	b.media()
}
