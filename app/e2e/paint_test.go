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
	const step, outcome = "document.documentElement.dataset.step", "document.querySelector('#verdict').dataset.outcome"
	for _, act := range []struct{ name, link, on, back, shows string }{
		{"step of a lesson", "#learn/signed-is-not-yours/act/2", "ArrowRight", "ArrowLeft", step},
		{"step of Play", "#1/signed-id-toss/none/4", "ArrowRight", "ArrowLeft", step},
		{"switch of Play", "#1/signed-id-toss/none/4", "1", "1", outcome},
	} {
		b.Run(act.name, func(b *testing.B) {
			for b.Loop() {
				p := open(b, act.link)
				p.run(emulation.SetCPUThrottlingRate(4))
				var took []float64
				for range 21 {
					for _, key := range []string{act.on, act.back} {
						took = append(took, p.toPaint(key, act.shows))
					}
				}
				b.ReportMetric(took[0], "ms-first") // the browser has yet to make code of the program
				took = took[2:]
				slices.Sort(took)
				b.ReportMetric(took[len(took)/2], "ms-median")
				b.ReportMetric(took[len(took)*95/100], "ms-p95")
				p.run(emulation.SetCPUThrottlingRate(1))
			}
		})
	}
}

// toPaint presses a key when the page is at rest, and returns the milliseconds until a
// frame with what came of it was painted: what a JavaScript expression says has changed,
// and the frame after it was drawn.
func (b *tab) toPaint(key, shows string) (ms float64) {
	b.t.Helper()
	b.run(chromedp.Evaluate(`(async (key, shows) => {
		for (let i = 0; i < 3; i++) await new Promise(requestIdleCallback);
		const was = shows();
		const painted = new Promise((done) => requestAnimationFrame(function look() {
			if (shows() === was) return requestAnimationFrame(look);
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => done(performance.now());
			port2.postMessage(0);
		}));
		const begin = performance.now();
		document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
		return await painted - begin;
	})(`+strconv.Quote(key)+`, () => `+shows+`)`, &ms, await))
	return ms
}
