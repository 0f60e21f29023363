//go:build e2e

package e2e

import (
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// BenchmarkToPaint tells how long it takes from an act to the picture of what came of it,
// at a quarter of the processor's speed: a step of a lesson, a step of Play, a switch to
// its result.
func BenchmarkToPaint(b *testing.B) {
	for _, act := range []struct{ name, link, on, back, mark string }{
		{"step of a lesson", "#learn/signed-is-not-yours/act/2", "ArrowRight", "ArrowLeft", "step"},
		{"step of Play", "#1/signed-id-toss/none/4", "ArrowRight", "ArrowLeft", "step"},
		{"switch of Play", "#1/signed-id-toss/none/4", "1", "1", "hash"},
	} {
		b.Run(act.name, func(b *testing.B) {
			for b.Loop() {
				p := open(b, act.link)
				p.run(emulation.SetCPUThrottlingRate(4))
				var took []float64
				for range 20 {
					for _, key := range []string{act.on, act.back} {
						took = append(took, p.toPaint(key, act.mark))
					}
				}
				slices.Sort(took)
				b.ReportMetric(took[len(took)/2], "ms-median")
				b.ReportMetric(took[len(took)*95/100], "ms-p95")
				p.run(emulation.SetCPUThrottlingRate(1))
			}
		})
	}
}

// toPaint presses a key, and returns the milliseconds until a frame with its outcome was
// painted: the mark on <html> has changed, and the frame after it was drawn.
func (b *tab) toPaint(key, mark string) (ms float64) {
	b.t.Helper()
	b.run(chromedp.Evaluate(`(async (key, mark) => {
		const root = document.documentElement, was = root.dataset[mark];
		const changed = new Promise((done) => new MutationObserver((_, o) => {
			if (root.dataset[mark] !== was) { o.disconnect(); done(); }
		}).observe(root, { attributes: true }));
		const begin = performance.now();
		document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
		await changed;
		await new Promise((done) => requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = done;
			port2.postMessage(0);
		}));
		return performance.now() - begin;
	})(`+strconv.Quote(key)+`, `+strconv.Quote(mark)+`)`, &ms, await))
	return ms
}
