//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"fixlab/lab/codec"
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

// BenchmarkByHand tells the same of Play by hand at the longest script that there can be,
// at the processor's full speed: an act, a step back and forth in the text, a letter in
// the editor.
func BenchmarkByHand(b *testing.B) {
	link := "#" + longScript(b, 398)
	for b.Loop() {
		p := open(b, link)
		p.click("#play-offer")
		p.settled()
		if n := p.value(`document.querySelectorAll("#script-lines .l").length`); n != "404" {
			b.Fatal(n, " lines")
		}
		text := `document.querySelector("#script").value.length`
		for _, act := range []struct{ name, does, back, shows string }{
			{"act", `document.querySelector(".win.a [name=reload]").click()`, `document.querySelector("#undo").click()`, text},
			{"step", `document.querySelector("#back").click()`, `document.querySelector("#forward").click()`, "document.documentElement.dataset.step"},
			{"letter", letter("#script", "m"), letter("#script", ""), `document.querySelector("#script-faults").childElementCount + "/" + document.querySelector("#script-words")?.childElementCount`},
		} {
			var did, undid []float64
			for range 12 {
				did = append(did, p.paints(act.does, act.shows))
				undid = append(undid, p.paints(act.back, act.shows))
			}
			for _, one := range []struct {
				name string
				took []float64
			}{{act.name, did[2:]}, {act.name + "-back", undid[2:]}} {
				slices.Sort(one.took)
				b.ReportMetric(one.took[len(one.took)/2], one.name+"-ms-median")
				b.ReportMetric(one.took[len(one.took)*95/100], one.name+"-ms-p95")
			}
		}
	}
}

// BenchmarkMemory tells how much memory the page has after a few acts and undos by hand,
// and after a thousand.
func BenchmarkMemory(b *testing.B) {
	link := "#" + longScript(b, 60)
	for b.Loop() {
		p := serve(b, hosting{}).tab(b)
		p.before(`for (const way of ["instantiate", "instantiateStreaming"]) {
			const was = WebAssembly[way];
			WebAssembly[way] = async (...all) => {
				const made = await was.apply(WebAssembly, all);
				window.wasm = (made.instance ?? made).exports?.mem ?? window.wasm;
				return made;
			};
		}`)
		p.visit(link)
		p.ready()
		p.click("#play-offer")
		p.settled()
		for _, n := range []int{50, 950} {
			p.eval(fmt.Sprintf(`(async () => {
				const length = () => document.querySelector("#script").value.length;
				const changed = async (what) => {
					const was = length();
					document.querySelector(what).click();
					while (length() === was) await new Promise(requestAnimationFrame);
				};
				for (let i = 0; i < %d; i += 2) {
					await changed(".win.a [name=reload]");
					await changed("#undo");
				}
			})()`, n), nil)
			p.settled()
			for name, bytes := range map[string]string{"wasm": "window.wasm.buffer.byteLength", "script": "performance.memory.usedJSHeapSize"} {
				size, err := strconv.ParseFloat(p.value(bytes), 64)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(size/(1<<20), fmt.Sprintf("%s-MiB-after-%d", name, n))
			}
		}
	}
}

// letter has a script append text to a field's value, or take one letter away.
func letter(field, text string) string {
	return `(() => { const e = document.querySelector(` + strconv.Quote(field) + `), put = ` + strconv.Quote(text) + `; e.focus();
		e.value = put ? e.value + put : e.value.slice(0, -1); e.setSelectionRange(e.value.length, e.value.length);
		e.dispatchEvent(new InputEvent("input", {bubbles: true})) })()`
}

// longScript returns the link to a script of n steps that does many different things.
func longScript(t testing.TB, n int) string {
	t.Helper()
	round := []string{
		"mallory get /", "mallory copy loot%d",
		"mallory serve https://blog.shop.example/ Set-Cookie: $cookie=$loot%d; Domain=shop.example; Path=/; Secure",
		"alice get https://blog.shop.example/", "alice get /login", "alice submit user=alice password=correct-horse",
		"alice post /basket item=kettle%d", "mallory get /profile", "alice get /profile", "mallory get /basket",
		"mallory post /login user=mallory password=hunter2", "alice post /logout", "mallory post /logout", "server deploy",
	}
	text := "title: Many\nprofile: signed-id\nseed: 1\non: rotate-secret+strict+httponly\n\n"
	for i := range n {
		line := round[i%len(round)]
		if strings.Contains(line, "%d") {
			line = fmt.Sprintf(line, i/len(round))
		}
		text += line + "\n"
	}
	return "2/" + codec.Pack(text, &codec.Deflater{}) + "/none"
}

// paints is toPaint for what a JavaScript expression does.
func (b *tab) paints(does, shows string) (ms float64) {
	b.t.Helper()
	b.run(chromedp.Evaluate(`(async (does, shows) => {
		for (let i = 0; i < 3; i++) await new Promise(requestIdleCallback);
		const was = shows();
		const painted = new Promise((done) => requestAnimationFrame(function look() {
			if (shows() === was) return requestAnimationFrame(look);
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => done(performance.now());
			port2.postMessage(0);
		}));
		const begin = performance.now();
		does();
		return await painted - begin;
	})(() => `+does+`, () => `+shows+`)`, &ms, await))
	return ms
}
