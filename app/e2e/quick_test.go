//go:build e2e

package e2e

import (
	"strconv"
	"testing"
)

// What a press changes is drawn before the press returns: it waits for no clock.
func TestDrawnAtOnce(t *testing.T) {
	t.Parallel()
	for _, act := range []struct{ name, link, key, shows string }{
		{"step of a lesson", "#learn/signed-is-not-yours/act/2", "ArrowRight", "document.documentElement.dataset.step"},
		{"step of Play", "#1/signed-id-toss/none/4", "ArrowRight", "document.documentElement.dataset.step"},
		{"switch of Play", "#1/signed-id-toss/none/4", "1", "document.querySelector('[name=rotate]').checked"},
	} {
		t.Run(act.name, func(t *testing.T) {
			b := serve(t, hosting{}).tab(t)
			b.stopClock()
			b.visit(act.link)
			b.ready()
			b.settled()
			b.is(`(() => {
				const was = `+act.shows+`;
				document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "`+act.key+`", bubbles: true, cancelable: true }));
				return `+act.shows+` !== was;
			})()`, "true")
		})
	}
}

// The second click of a double click on the way on leads nowhere, once the first has led to
// another stage, wherever its way on is.
func TestDoubleClickSkipsNothing(t *testing.T) {
	t.Parallel()
	b := open(t, "#learn/signed-is-not-yours/act/2")
	b.settled()
	b.follow("#learn/signed-is-not-yours/act/" + strconv.Itoa(b.count("#steps button")))
	click := func(n int) string {
		b.eval("document.querySelector('#next').dispatchEvent(new PointerEvent('click', { pointerType: 'mouse', detail: "+strconv.Itoa(n)+", bubbles: true, cancelable: true }))", nil)
		b.settled()
		return b.value("location.hash")
	}
	result := b.value("location.hash")
	question := click(1)
	if question == result {
		t.Errorf("a click leads from %s to %s", result, question)
	}
	if again := click(2); again != question {
		t.Errorf("the click after it leads from %s to %s", question, again)
	}
	if later := click(1); later == question {
		t.Errorf("a click of its own leads from %s to %s", question, later)
	}
}
