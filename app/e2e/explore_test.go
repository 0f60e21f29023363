//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// complete waits until the page of every combination has played all of what it
// was asked last, and shows it.
func (b *tab) complete() {
	b.t.Helper()
	b.settled() // what it says now is about the question in the address
	b.until("document.querySelector('#explore-says')?.innerText.startsWith('Complete') && !document.querySelector('.cells[aria-busy=true]')")
}

func TestExploreTables(t *testing.T) {
	t.Parallel()
	b := open(t, "#explore")
	b.complete()
	b.is("document.querySelector('#what-if caption').innerText.length > 0", "true")
	b.is("[...document.querySelectorAll('#what-if thead th')].every((th) => th.scope === 'col')", "true")
	b.is("[...document.querySelectorAll('#what-if tbody tr')].every((tr) => tr.querySelectorAll('th[scope=row]').length === 1)", "true")
	// As many cells in each row as the head has columns, and a link in each.
	b.is(`[...document.querySelectorAll('#what-if tbody tr')].every((tr) =>
		tr.children.length === document.querySelectorAll('#what-if thead th').length &&
		tr.querySelectorAll('td a[href^="#1/any-route/"]').length === tr.children.length - 2)`, "true")
	b.is("document.querySelectorAll('#what-if tbody tr').length", "31")
	b.is("document.querySelectorAll('#servers tbody tr').length > 20", "true")
	b.is("document.querySelector('[data-row=rotate] td a').innerText", "stopped")
	b.is("document.querySelector('#what-if tbody tr td a').innerText", "hijacked")
	b.is("document.querySelectorAll('#explore-bar').length === 1 && document.querySelector('#explore-bar').value === document.querySelector('#explore-bar').max", "true")
	for _, text := range []string{"also keeps Alice working", "Each of these alone", "In this model", "Combinations covered"} {
		if !strings.Contains(b.text("#main"), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	b.is("document.querySelector('#space-figures').dataset.sets / document.querySelector('#space-figures').dataset.runs > 10", "true")

	// The rows that stop most come first; the one to compare with stays on top.
	b.click("#explore-sort")
	b.complete()
	b.is("/^1[34] of/.test(document.querySelector('#what-if tbody tr:nth-child(2) td').innerText)", "true")
	b.is(`(() => { const n = [...document.querySelectorAll('#what-if tbody tr')].slice(1).map((tr) => parseInt(tr.querySelector('td').innerText));
		return n.every((x, i) => i === 0 || n[i - 1] >= x) })()`, "true")
	b.is("location.hash", "#explore/signed-id/trap/alone/none/sorted")

	// A cell leads to its run at the step that decides, and Back comes back.
	b.click("[data-row=rotate] td a")
	b.settled()
	b.is("document.documentElement.dataset.page", "lab")
	b.is(outcome, "defended")
	b.is("document.querySelector('#deciding').innerText", fmt.Sprintf("step %s", b.text("#count")[len("Step "):strings.Index(b.text("#count"), " of")]))
	b.back()
	b.complete()

	b.fits(1366, 320)
	b.accessible()

	// Another server.
	if !thorough {
		return
	}
	b.choose("#explore-server", "flask")
	b.is("location.hash.startsWith('#explore/flask/')", "true")
	b.complete()
	b.is("[...document.querySelectorAll('#what-if tbody td a')].filter((a) => a.innerText === 'no key').length > 10", "true")
}

// A table with nothing to remove comes and goes while others are being drawn.
func TestNothingToRemove(t *testing.T) {
	t.Parallel()
	b := open(t, "#explore")
	b.until("document.querySelectorAll('#what-if tbody tr').length > 1")
	b.choose("#explore-mode", "2")
	b.is("location.hash", "#explore/signed-id/trap/removed/none")
	b.choose("#explore-mode", "0")
	b.choose("#explore-mode", "2")
	b.complete()
	b.is("document.querySelectorAll('#what-if tbody tr').length", "1")
	b.is("document.querySelector('#what-if-title + p').innerText.startsWith('There is nothing to remove')", "true")
}

// heldWorkers is a script for a document whose workers tell the page nothing of
// what they found but what the test lets pass.
const heldWorkers = `(() => {
	const Real = Worker;
	window.workers = [];
	window.Worker = class {
		held = [];
		constructor(url) {
			this.real = new Real(url);
			this.real.onmessage = (e) => e.data === "" ? this.onmessage(e) : this.held.push(e);
			this.real.onerror = (e) => this.onerror(e);
			workers.push(this);
		}
		postMessage(message) { this.real.postMessage(message) }
		terminate() { this.ended = true; this.held = []; this.real.terminate() }
	};
	// pass lets all pass that is there, and says how much that was.
	window.pass = () => {
		let n = 0;
		for (const w of workers) for (const e of w.held.splice(0)) { w.onmessage(e); n++ }
		return n;
	};
})()`

// The page answers while workers run, however long they take, and Cancel ends
// them at once.
func TestExploreStaysResponsive(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(heldWorkers)
	b.visit("#explore/signed-id/trap/alone/none")
	b.ready()
	b.until("workers.some((w) => w.held.length > 0)")
	b.settled()
	b.is("document.querySelector('#explore-says').innerText", "Starting.")
	b.choose("#explore-server", "django-db")
	b.is("location.hash.startsWith('#explore/django-db/')", "true")
	b.is("document.querySelectorAll('#what-if tbody tr').length", "0")
	b.is("workers[0].ended", "true") // it was at another question
	b.click("#explore-sort")
	b.settled()
	b.is("location.hash.endsWith('/sorted')", "true")
	b.until("pass(), document.querySelector('#explore-says').innerText.startsWith('Complete')")
	b.complete()

	// Every server; it is cancelled when something has come in, and not all.
	b.click("#explore-wide")
	b.settled()
	b.until("workers.some((w) => w.held.length > 0)")
	b.eval("(() => { const w = workers.find((w) => w.held.length > 0); w.onmessage(w.held.shift()) })()", nil)
	b.until("parseInt(document.querySelector('#wide-figures').dataset.runs) > 0")
	var runs string
	b.eval("document.querySelector('#wide-figures').dataset.runs", &runs)
	b.is("document.querySelector('#explore-cancel').innerText", "Cancel")
	b.click("#explore-cancel")
	b.settled()
	b.is("document.querySelector('#explore-says').innerText.startsWith('Cancelled.')", "true")
	b.is("workers.every((w) => w.ended)", "true")
	b.is("pass()", "0") // nothing more can come in
	b.is("document.querySelector('#wide-figures').dataset.runs", runs)
	b.is("document.querySelector('#explore-cancel').innerText", "Go on")
	b.click("#explore-cancel")
	b.settled()
	if !thorough {
		b.until("pass(), document.querySelector('#wide-figures').dataset.runs !== '" + runs + "'")
		return
	}
	b.until("pass(), document.querySelector('#explore-says').innerText.startsWith('Complete')")
	b.complete()
}

// Where there is no worker the page plays the runs itself, and says so.
func TestExploreWithoutWorker(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before("delete window.Worker")
	b.visit("#explore/signed-id/trap/alone/none")
	b.ready()
	b.until("document.querySelectorAll('#what-if tbody tr').length > 3")
	b.until("document.querySelector('#explore-says').innerText.includes('has no worker')")
	b.complete()
	// It is cancelled in the midst of it, in the very task that shows the first runs.
	b.eval(`new Promise((done) => {
		const figures = document.querySelector('#wide-figures');
		new MutationObserver((_, observer) => {
			if (figures.dataset.runs === "0") return;
			observer.disconnect();
			document.querySelector('#explore-cancel').click();
			done();
		}).observe(figures, {attributeFilter: ["data-runs"]});
		document.querySelector('#explore-wide').click();
	}).then(() => 0)`, nil)
	b.settled()
	b.is("document.querySelector('#explore-says').innerText.startsWith('Cancelled.')", "true")
	b.is("document.querySelector('#wide-figures').dataset.ended", "false")
}

// Where no worker can start the page plays the runs itself, and says so.
func TestExploreWorkerFails(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before("window.Worker = class { set onerror(f) { queueMicrotask(() => f(new Event('error', {cancelable: true}))) } postMessage() {} terminate() {} }")
	b.visit("#explore")
	b.ready()
	b.until("document.querySelector('#explore-says').innerText.includes('has no worker')")
	b.until("document.querySelectorAll('#what-if tbody tr').length > 3")
}

// The question of a worker that could not start is answered on the page, and the
// next one by another worker.
func TestWhyWorkerFails(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`(() => {
		const Real = Worker;
		window.Worker = class {
			constructor() { window.Worker = Real }
			set onerror(f) { queueMicrotask(() => f(new Event('error', {cancelable: true}))) }
			postMessage() {}
			terminate() {}
		};
	})()`)
	b.visit("#1/signed-id-toss/none/1")
	b.ready()
	b.press("w")
	b.until("document.querySelector('#but-for').dataset.ready === 'true'")
	b.press(kb.Escape)
	b.settled()
	b.press("w")
	b.until("document.querySelector('#but-for').dataset.ready === 'true'")
}

// A worker that does one job after the other is listened to once.
func TestWhyListensOnce(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`(() => {
		const Real = Worker;
		window.heard = [];
		window.Worker = class extends Real {
			set onmessage(f) { heard.push("onmessage"); super.onmessage = f }
			set onerror(f) { heard.push("onerror"); super.onerror = f }
		};
	})()`)
	b.visit("#1/signed-id-toss/none/1")
	b.ready()
	b.press("w")
	b.until("document.querySelector('#but-for').dataset.ready === 'true'")
	b.press(kb.Escape)
	b.follow("#1/signed-id-toss/rotate/1")
	b.press("w")
	b.until("document.querySelector('#but-for').dataset.ready === 'true'")
	b.is("heard.join()", "onmessage,onerror")
}

func TestExploreOffline(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	b.offlineReady()
	b.host.cut()
	b.visit("#explore")
	b.ready()
	b.until("document.querySelectorAll('#what-if tbody tr').length > 3")
}

func TestWhyByKeyboard(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	b.press("w")
	b.is("document.querySelector('#why').open", "true")
	b.until("document.querySelector('#but-for').dataset.ready === 'true'")
	b.is("document.querySelector('#why').contains(document.activeElement)", "true")
	b.fits(1366, 320)
	b.is("document.querySelector('#why .inside').scrollWidth <= document.querySelector('#why .inside').clientWidth", "true")
	b.accessible()
	b.size(1366, 768)
	b.settled()
	if text := b.text("#but-for"); !strings.Contains(text, "Rotate the session key at login” on: stopped") {
		t.Errorf("the reasons are %q", text)
	}
	b.is("document.querySelectorAll('#why ol a[href^=\"#1/signed-id-toss/none/\"]').length", "3")
	b.press(kb.Escape)
	b.is("document.querySelector('#why').open", "false")
	b.press(kb.Home, kb.ArrowRight) // and the keys are the lab's again
	b.is("document.documentElement.dataset.step", "2")

	// A link in it leads there, and it closes.
	b.click("#ask-why")
	b.until("document.querySelector('#but-for')?.dataset.ready === 'true'")
	b.click("#but-for a")
	b.settled()
	b.is("document.documentElement.dataset.page", "compare")
	b.is("location.hash.includes('/vs/rotate')", "true")
	b.is("document.querySelectorAll('dialog[open]').length", "0")

	// Two switches that would each do, and an attack with steps to spare.
	b.follow("#1/signed-id-toss/rotate+bind-device/1")
	b.press("w")
	b.until("document.querySelector('#but-for')?.innerText.includes('each of these 2 alone would do')")
	b.press(kb.Escape)
}

func TestCompare(t *testing.T) {
	t.Parallel()
	b := open(t, "#compare/signed-id-toss/none/1/vs/rotate")
	b.is("document.querySelectorAll('#compare-rows .tag').length > 1", "true")
	b.is("[...document.querySelectorAll('#compare-rows .tag')].filter((e) => e.innerText.toLowerCase() === 'first difference').length", "1")
	b.is("[...document.querySelectorAll('.compare [data-side]')].map((e) => e.dataset.outcome).join(' ')", "hijacked defended")
	b.click("#first-difference")
	b.settled()
	var hash string
	b.eval("location.hash", &hash)
	b.is("document.querySelector('#compare-rows [aria-current=step] .tag').innerText.toLowerCase()", "first difference")
	b.is("document.querySelectorAll('#compare-detail .differs').length", "2")
	b.is("[...document.querySelectorAll('#compare-detail .differs')].map((e) => e.innerText.includes('Rotate the session key at login')).join()", "true,true")
	b.run(chromedp.Reload()) // the link carries both runs and the cursor
	b.ready()
	b.settled()
	b.is("location.hash", hash)
	b.is("document.querySelector('#compare-rows [aria-current=step] .tag').innerText.toLowerCase()", "first difference")
	b.press(kb.Home)
	b.is("document.querySelector('#compare-rows [aria-current=step]').dataset.n", "1")
	b.press(kb.ArrowRight, kb.ArrowRight)
	b.is("document.querySelector('#compare-rows [aria-current=step]').dataset.n", "3")
	b.is("location.hash", "#compare/signed-id-toss/none/3/vs/rotate")

	// Without a step it opens at the first difference.
	b.follow("#compare/signed-id-toss/none/vs/rotate")
	b.is("document.querySelector('#compare-rows [aria-current=step] .tag').innerText.toLowerCase()", "first difference")
	b.follow("#compare/signed-id-toss/none/3/vs/rotate")

	// A switch of one run; the other stays.
	b.eval("(() => { const s = document.querySelector('#flip-left'); s.value = [...s.options].find((o) => o.text.startsWith('Rotate the session key')).value; s.dispatchEvent(new Event('change', {bubbles: true})) })()", nil)
	b.settled()
	b.is("location.hash", "#compare/signed-id-toss/rotate/3/vs/rotate")
	b.is("document.querySelector('.compare .lead').innerText.includes('do not differ')", "true")

	b.follow("#compare/any-route/none/6/xss/vs/rotate/url-id")
	b.fits(1366, 320)
	b.accessible()
	b.follow("#compare/signed-id-toss/none/1/vs/magic")
	b.is("document.querySelector('#told').innerText.includes('This link is broken: there is no switch \"magic\"')", "true")
}
