//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// A button that is pressed while the page takes the first view's place counts as pressed.
func TestPressedMeanwhile(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	b := serve(t, hosting{Intercept: holdWASM(hold)}).tab(t)
	b.start("")
	b.until(`document.querySelector("#bet") && document.querySelector("#boot")?.hidden === false`)
	for _, step := range []struct{ on, then string }{
		{"#bet-2", "document.querySelector('#bet [aria-checked=true]').dataset.bet === '2'"},
		{"#sure", stage + " === 'act'"},
	} {
		x, y := b.middle(step.on)
		b.run(chromedp.MouseEvent(input.MousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
		if hold != nil {
			close(hold)
			hold = nil
			b.ready()
			x, y = b.middle(step.on)
		}
		b.run(chromedp.MouseEvent(input.MouseReleased, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
		b.until(step.then)
	}
}

// What was bet before the wasm came is taken over.
func TestBetBeforeTheWASM(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		hand func(*tab) *hand
		made string
	}{
		{"picked by mouse", (*tab).mouse, ""},
		{"picked by keyboard", (*tab).keys, ""},
		{"made by mouse", (*tab).mouse, "sure"},
		{"made by keyboard", (*tab).keys, "guess"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			hold := make(chan struct{})
			b := serve(t, hosting{Intercept: holdWASM(hold)}).tab(t)
			b.start("")
			b.until(`document.querySelector("#bet") && document.querySelector("#boot")?.hidden === false`)
			h := test.hand(b)
			h.use("#bet-2")
			b.is("document.documentElement.dataset.bet", "2")
			b.is("document.querySelector('#bet-2').getAttribute('aria-checked') + document.querySelector('#bet-1').getAttribute('aria-checked')", "truefalse")
			if test.made == "" {
				close(hold)
				b.ready()
				b.is("document.querySelector('#bet-2').getAttribute('aria-checked') + document.querySelector('#bet-1').getAttribute('aria-checked')", "truefalse")
				b.is(active, "bet-2")
				b.is("document.querySelector('#sure').getAttribute('aria-disabled')", "false")
				b.is(stage, "bet")
				h.use("#sure")
				b.is(stage, "act")
				return
			}
			h.use("#" + test.made)
			b.is("document.documentElement.dataset.bet", "2/"+test.made)
			b.is("document.querySelector('#bet').dataset.committed", "No")
			b.is("document.querySelector('#bet-made').checkVisibility()", "true")
			h.use("#bet-1") // it stands
			b.is("document.documentElement.dataset.bet", "2/"+test.made)
			b.accessible()
			close(hold)
			b.ready()
			b.until(stage + " === 'act'")
			b.is("document.querySelector('.yourbet b').textContent", map[string]string{"sure": "No, sure", "guess": "No, a guess"}[test.made])
			b.is("document.querySelector('main').contains(document.activeElement)", "true")
			b.run(chromedp.Reload()) // it is kept
			b.ready()
			b.is(stage, "act")
			b.is("document.querySelector('.yourbet b').textContent.startsWith('No, ')", "true")
			b.back()
			b.is(stage, "bet")
		})
	}
}
