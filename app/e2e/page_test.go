//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/lab/defence"
)

// press types keys, each after the page has answered the one before.
func (b *tab) press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.run(chromedp.KeyEvent(k))
		b.settled()
	}
}

// is fails unless a JavaScript expression comes to want.
func (b *tab) is(expression, want string) {
	b.t.Helper()
	var got string
	b.eval("(async () => String(await ("+expression+")))()", &got)
	if got != want {
		b.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// oneCursor fails unless every part of the page shows the same step.
func (b *tab) oneCursor(step, steps int) {
	b.t.Helper()
	n := fmt.Sprint(step)
	b.is("document.documentElement.dataset.step", n)
	b.is("document.getElementById('lab').dataset.step", n)
	b.is("document.querySelector('#slider').value", n)
	b.is("document.querySelector('#slider').getAttribute('aria-valuetext').split(':')[0]", fmt.Sprintf("Step %d of %d", step, steps))
	b.is("document.querySelector('#steps [aria-current=step] .n').textContent", n)
	b.is("document.querySelectorAll('#steps [aria-current=step]').length", "1")
	b.is("document.querySelectorAll('#steps .step.current').length", "1")
	b.is("document.querySelector('#count').textContent", fmt.Sprintf("Step %d of %d", step, steps))
	b.is("location.hash.split('/').pop()", n)
}

const outcome = "document.getElementById('verdict').dataset.outcome"

func TestAttackByKeyboardAlone(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	b.oneCursor(1, 9)
	for step := 2; step <= 9; step++ {
		b.press(kb.ArrowRight)
		b.oneCursor(step, 9)
	}
	b.press(kb.ArrowRight) // nothing behind the last
	b.oneCursor(9, 9)
	b.is(outcome, "hijacked")
	b.is("document.querySelector('[data-browser=mallory] .tab').textContent", "Hello alice")

	b.press("w", kb.Escape)
	b.oneCursor(7, 9)
	b.is("document.querySelector('.servercard .code .lit code').textContent.trim()", `if key != "" && s.rotates(r) {`)
	b.press("1")
	b.is(outcome, "defended")
	b.is("document.querySelector('[name=rotate]').checked", "true")
	b.oneCursor(7, 9) // the learner stays where she was
	b.press(kb.End)
	b.is("document.querySelector('[data-browser=mallory] .tab').textContent", "Unauthorized")
	b.press("1")
	b.is(outcome, "hijacked")
	b.press(kb.Home)
	b.oneCursor(1, 9)
	b.run(chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(input.ModifierShift)))
	b.settled()
	b.oneCursor(4, 9) // the next key moment
}

func TestReloadAndBack(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/5")
	b.press(kb.ArrowRight)
	b.click("#first-rotate")
	b.settled()
	b.is(outcome, "defended")
	b.press(kb.ArrowRight, kb.ArrowRight)
	b.is("location.hash", "#1/signed-id-toss/rotate/8")

	b.run(chromedp.Reload())
	b.ready()
	b.oneCursor(8, 9)
	b.is(outcome, "defended")
	b.is("document.querySelector('[name=rotate]').checked", "true")

	for _, want := range []string{"rotate/7", "rotate/6", "none/6", "none/5"} {
		b.back()
		b.is("location.hash", "#1/signed-id-toss/"+want)
		b.is("document.documentElement.dataset.step", want[strings.Index(want, "/")+1:])
		b.is("document.querySelector('[name=rotate]').checked", fmt.Sprint(strings.HasPrefix(want, "rotate")))
	}
	b.is(outcome, "hijacked")
	b.oneCursor(5, 9)
	b.forward()
	b.oneCursor(6, 9)
}

func TestSliderListAndLinks(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	var length int
	b.eval("history.length", &length)
	// A thumb that is dragged: many inputs, one place to come back to.
	for v := 2; v <= 6; v++ {
		b.eval(fmt.Sprintf(`(() => {
			const s = document.querySelector('#slider');
			s.value = %d;
			s.dispatchEvent(new Event('input', {bubbles: true}));
		})()`, v), nil)
		b.settled()
	}
	b.eval("document.querySelector('#slider').dispatchEvent(new Event('change', {bubbles: true}))", nil)
	b.settled()
	b.oneCursor(6, 9)
	b.is("history.length", fmt.Sprint(length+1))

	b.click("#steps li:nth-child(3) button")
	b.settled()
	b.oneCursor(3, 9)
	b.is("document.querySelectorAll('#steps button[tabindex=\"0\"]').length", "1")
	b.press(kb.ArrowDown)
	b.oneCursor(4, 9)
	b.is("document.activeElement.getAttribute('aria-current')", "step") // the focus goes along
	b.press(kb.ArrowUp, kb.ArrowUp)
	b.oneCursor(2, 9)

	b.click("#deciding")
	b.settled()
	b.oneCursor(7, 9)
	b.click("#show-result")
	b.settled()
	b.is("document.activeElement.id", "sheet-title")
	b.click(".because li:last-child a")
	b.settled()
	b.oneCursor(9, 9)
	b.is("document.querySelector('.stage').checkVisibility()", "true") // the step is shown
	b.click("#show-mallory")
	b.settled()
	b.click("#knows a")
	b.settled()
	b.oneCursor(1, 9)
	// A link back to where the page was opened works too.
	b.click("#deciding")
	b.settled()
	b.click("#knows a")
	b.settled()
	b.oneCursor(1, 9)
}

func TestTransport(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.stopClock()
	b.visit("#1/rotated-but-alive/none/1")
	b.ready()
	b.click("#forward")
	b.settled()
	b.oneCursor(2, 7)
	b.click("#last")
	b.settled()
	b.oneCursor(7, 7)
	b.click("#back")
	b.settled()
	b.oneCursor(6, 7)
	b.click("#first")
	b.settled()
	b.oneCursor(1, 7)

	// At this speed a word has an eighth of a second, and a step no more than ten.
	played := func(step int) {
		b.t.Helper()
		words, now := 0, step-1
		b.eval("document.querySelector('#caption').innerText.split(/\\s+/).length", &words)
		least, waited := time.Duration(words)*time.Second/8, time.Duration(0)
		for now == step-1 && waited < 10*time.Second {
			b.advance(time.Second / 4)
			waited += time.Second / 4
			b.eval("Number(document.documentElement.dataset.step)", &now)
		}
		b.oneCursor(step, 7)
		if waited < least {
			t.Errorf("step %d: %d words stood for %v, want %v", step-1, words, waited, least)
		}
	}
	b.choose("#speed", "1")
	b.eval("document.activeElement.blur()", nil)
	b.press(" ")
	b.is("document.querySelector('#play').innerText.trim()", "Pause")
	for step := 2; step <= 3; step++ {
		played(step)
	}
	b.press(" ")
	b.is("document.querySelector('#play').innerText.trim()", "Play")
	b.advance(time.Minute)
	b.oneCursor(3, 7)
	b.press(kb.End, " ") // from the end it starts again, and stops there
	for step := 2; step <= 7; step++ {
		played(step)
	}
	b.is("document.querySelector('#play').innerText.trim()", "Play")
}

// What an act leads to is seen to after the paint, but before anything else happens: who
// closes the tab, or goes on, in that moment loses nothing.
func TestBeforeThePaint(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/rotated-but-alive/none/1")
	for i, event := range []string{"Event('pagehide')", "Event('visibilitychange')", "Event('popstate')", "MouseEvent('click')", "KeyboardEvent('keydown', {key: 'Shift'})"} {
		var before, after string
		b.run(chromedp.Evaluate(fmt.Sprintf(`new Promise((done) => {
			new MutationObserver((_, o) => {
				o.disconnect();
				const before = location.hash;
				dispatchEvent(new %s);
				done([before, location.hash].join(" "));
			}).observe(document.documentElement, {attributeFilter: ["data-step"]});
			document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
		})`, event), &before, await))
		before, after, _ = strings.Cut(before, " ")
		link := func(step int) string { return fmt.Sprintf("#1/rotated-but-alive/none/%d", step) }
		if after != link(i+2) {
			t.Errorf("%s: the address was %s and is %s, want %s", event, before, after, link(i+2))
		}
		b.settled()
	}
}

func TestBrokenLink(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-tos/rotat/99")
	b.is(outcome, "defended")
	b.oneCursor(9, 9)
	text := b.text("#told")
	for _, want := range []string{"This link is broken", `no lesson "signed-id-tos"`, `no switch "rotat"`, `no step "99"`, "Shown instead"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page says %q, want %q in it", text, want)
		}
	}
	b.is("location.hash", "#1/signed-id-toss/rotate/9")
	b.click("#dismiss")
	b.settled()
	b.is("document.querySelector('#told').innerText", "")
	b.is("document.activeElement.id", "page-title") // the button that had the focus is gone

	for n, fragment := range some([]string{"#%zz", "#1/%/%2/%", "#1/<img src=x onerror=document.title='x'>/none/1", "#////", "#9/9/9/9"}, 2) {
		b.visit(fmt.Sprintf("?%d%s", n, fragment)) // the query makes it a start and not a move
		b.ready()
		if text := b.text("#told"); !strings.Contains(text, "This link is broken") {
			t.Errorf("%s: the page says %q", fragment, text)
		}
		b.is(outcome, "hijacked")
		b.is("document.querySelectorAll('#told img').length", "0")
		// The same in a page that is open.
		b.follow("#1/flask-oracle/none/4")
		b.is("document.documentElement.dataset.step", "4")
		b.follow(fragment)
		b.is("document.querySelector('#told').innerText.includes('This link is broken')", "true")
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	var names string
	b.eval("[...document.querySelectorAll('#defences input')].map((e) => e.name).filter((n) => !n.endsWith('-none')).sort().join(' ')", &names)
	if want := slices.Sorted(slices.Values(defence.Names())); names != strings.Join(want, " ") {
		t.Errorf("switches %q, want %q", names, want)
	}
	b.is("document.querySelectorAll('ol#steps > li > button').length", "9")
	b.is("document.querySelectorAll('[style]').length", "0")
	b.is("document.querySelectorAll('h1').length", "1")
	for n, name := range strings.Fields("rotate flush strict host-prefix httponly secure lax rotate-secret secret-fallback keep-old-record") {
		b.press(fmt.Sprint((n + 1) % 10))
		b.is("document.querySelector('[name="+name+"]').checked", "true")
	}
	b.is("location.hash", "#1/signed-id-toss/rotate+flush+strict+host-prefix+httponly+secure+lax+rotate-secret+secret-fallback+keep-old-record/1")
	b.choose("#pick-lesson", "link-plants-nothing")
	b.is("location.hash.startsWith('#1/link-plants-nothing/')", "true")
	b.is("document.querySelectorAll('ol#steps > li').length", "6")
}

func TestMessagesAndChips(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/rotate/7")
	b.is("document.querySelector('#http')", "null")
	b.press("i")
	b.is("document.activeElement.id", "sheet-title")
	b.is("document.querySelectorAll('#http pre').length", "2")
	raw := b.text("#http pre")
	for _, want := range []string{"POST /login HTTP/1.1\n", "Host: shop.example\n", "Cookie: sid=9f9265bf4b9e185396420f58eebb5a2a.0754df8dc7799a7cfb2013807e760540c2386ee97ec6ad368cb7c6a114c115b8; sid=", "\n\nuser=alice&password=correct-horse"} {
		if !strings.Contains(raw, want) {
			t.Errorf("the message is %q, want %q in it", raw, want)
		}
	}
	b.is("document.querySelector('#http pre mark').textContent.split(':')[0]", "Cookie")
	b.press(kb.Escape)
	b.is("document.querySelector('#http')", "null")
	b.is("document.activeElement.id", "show-http")

	// K1 was deleted and K2 is new, by shape, label and border.
	b.is("[...document.querySelectorAll('#store .chip')].map((e) => e.textContent).join(' ')", "K1 K2")
	b.is("new Set([...document.querySelectorAll('#store .chip path')].map((e) => e.getAttribute('d'))).size", "2")
	b.is("[...document.querySelectorAll('#store .tag')].map((e) => e.textContent).join(' ')", "deleted new")
	b.is("getComputedStyle(document.querySelector('.chip.k2')).borderTopStyle", "dashed")
	b.is("[...document.querySelectorAll('.chip')].every((e) => /K[0-9]/.test(e.textContent))", "true")
	// No key is written out anywhere but in the messages and the bench's disclosure.
	b.is("document.querySelector('#lab').innerText.includes('9f9265bf4b9e1853')", "false")
	// The bench says what a signature does not prove.
	b.click("#show-server")
	b.settled()
	if text := b.text("#bench"); !strings.Contains(text, "Does not prove:") || !strings.Contains(text, "equal: accepted") {
		t.Errorf("the bench says %q", text)
	}
	b.is("document.querySelector('.reveal').open", "false")
	b.follow("#1/signed-id-toss/host-prefix/4")
	b.press(kb.Escape)
	b.click("#show-alice")
	b.settled()
	if text := b.text("#jar-alice .cookie.refused"); !strings.Contains(strings.ToLower(text), "not stored") || !strings.Contains(text, "__Host-") {
		t.Errorf("the refused cookie: %q", text)
	}
	if text := b.text("#jar-alice .reasons"); !strings.Contains(text, "Domain") || !strings.Contains(text, "6265bis-22") || !strings.Contains(text, "InvalidPrefix") {
		t.Errorf("the refused cookie's reason: %q", text)
	}
}

// Ten quick steps are told once, and the last of them.
func TestLiveRegion(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.stopClock()
	b.visit("#1/signed-id-toss/none/1")
	b.ready()
	b.eval(`(() => {
		window.told = [];
		const live = document.getElementById('live');
		new MutationObserver(() => live.textContent && window.told.push(live.textContent)).observe(live, {childList: true, characterData: true, subtree: true});
	})()`, nil)
	for range 10 {
		b.run(chromedp.KeyEvent(kb.ArrowRight))
	}
	b.settled()
	b.is("window.told.length", "0")
	b.advance(time.Second)
	b.is("window.told.length", "1")
	var told string
	b.eval("window.told[0]", &told)
	if !strings.HasPrefix(told, "Step 9 of 9: Mallory reloads a page") || !strings.Contains(told, "This run ends: hijacked") {
		t.Errorf("told: %q", told)
	}
	b.is("document.querySelectorAll('#lab [aria-live]').length", "1")
	b.press("1")
	b.advance(time.Second)
	b.is("window.told.length", "2")
	b.is("window.told[1].startsWith('“Rotate the session key at login” on. This run ends: defended')", "true")
	b.is("window.told.some((s) => /[0-9a-f]{16}/.test(s))", "false")
	b.advance(time.Hour)
	b.is("window.told.length", "2")
}

// What Alice paid stands in the verdict and is said, and so is what a switch did.
func TestCostsAreShown(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/what-a-defence-costs/none/12")
	b.click("#show-result")
	b.settled()
	b.is("document.querySelectorAll('#ending .costs').length", "0")
	b.press("2")
	b.settled()
	b.is("document.querySelector('#verdict').textContent.includes('Alice paid in steps 6, 10.')", "true")
	b.is("document.querySelector('#verdict').dataset.outcome", "defended")
	b.is("[...document.querySelectorAll('#ending .costs li a')].map((a) => a.textContent).join()", "Alice paid, step 6,Alice paid, step 10")
	b.is("document.querySelector('#ending .costs').textContent.includes('pear')", "true")
	b.is("document.querySelector('#ending .sentence').textContent.includes('“Flush the session at login” off it ends hijacked, and costs Alice nothing.')", "true")
	b.accessible()
	b.fits(1366, 1024, 390, 320)
	b.press("2")
	b.press("1")
	b.settled()
	b.is("document.querySelectorAll('#ending .costs').length", "0")
	b.is("document.querySelector('#verdict').dataset.outcome", "defended")
}

func TestShortcutsOff(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/3")
	b.press("?")
	b.is("document.querySelector('#help').open", "true")
	b.press(kb.ArrowRight) // nothing behind an open dialog
	b.is("document.documentElement.dataset.step", "3")
	b.click("#shortcuts")
	b.settled()
	b.press(kb.Escape)
	b.is("document.querySelector('#help').open", "false")
	for _, k := range []string{"1", "0", "w", "v", "i", "p", "r", "b", ".", "?"} {
		b.press(k)
	}
	b.is("location.hash", "#1/signed-id-toss/none/3")
	b.is("document.querySelector('#help').open", "false")
	b.press(kb.ArrowRight)
	b.is("document.documentElement.dataset.step", "4")

	b.run(chromedp.Reload()) // remembered
	b.ready()
	b.press("1")
	b.is("document.querySelector('[name=rotate]').checked", "false")
	b.click("#show-help")
	b.click("#shortcuts")
	b.settled()
	b.press(kb.Escape, "1")
	b.is("document.querySelector('[name=rotate]').checked", "true")
}

func TestStorageForbidden(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("forbidden", "SecurityError"); }})`)
	b.visit("#1/signed-id-toss/none/3")
	b.ready()
	b.press("?")
	b.click("#shortcuts")
	b.press(kb.Escape, "1")
	b.is("document.querySelector('[name=rotate]').checked", "false")
	b.press(kb.ArrowRight)
	b.oneCursor(4, 9)
}

// What other sites of the origin keep stays, although go-app takes it for an expired
// state of its own; and what stands in the lab's own place may be anything.
func TestStorageOfOthers(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`localStorage.setItem("theirs", '{"value": "x", "expiresAt": "2001-02-03T04:05:06.000Z"}');
		localStorage.setItem("fixlab/1/shortcuts", "\u0000{\u202e");
		sessionStorage.setItem("fixlab/1/present", "<img src=x>");
		sessionStorage.setItem("fixlab/1/listing", "x".repeat(1 << 20));`)
	b.visit("#1/signed-id-toss/none/3")
	b.ready()
	b.is("localStorage.getItem('theirs') !== null", "true")
	b.press("1")
	b.is("document.querySelector('[name=rotate]').checked", "true")
	b.is("document.querySelectorAll('img[src=x]').length", "0")
}

func TestReset(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/rotate/8")
	b.press("r")
	b.is("location.hash", "#1/signed-id-toss/none/1")
	b.eval("("+moved+")('popstate', () => document.querySelector('#notice-undo').click())", nil)
	b.settled()
	b.is("location.hash", "#1/signed-id-toss/rotate/8")
	b.is("document.documentElement.dataset.step", "8")
	b.is(outcome, "defended")
}

func TestShare(t *testing.T) {
	t.Parallel()
	for _, clipboard := range []string{"undefined", "{writeText: (text) => { window.copied = text; return Promise.resolve(); }}", "{writeText: () => Promise.reject(new Error('no'))}"} {
		b := serve(t, hosting{}).tab(t)
		b.before("Object.defineProperty(navigator, 'clipboard', {value: " + clipboard + "})")
		b.visit("#1/signed-id-toss/rotate/8")
		b.ready()
		b.click("#more")
		b.click("#share")
		b.until("document.querySelector('#told').innerText.includes('link to this step')")
		b.is("(window.copied ?? location.href) === location.href", "true")
		b.is("document.querySelector('#told').innerText.includes('is copied')", fmt.Sprint(strings.Contains(clipboard, "resolve")))
	}
}
