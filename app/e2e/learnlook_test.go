//go:build e2e

package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"fixlab/app/page"
)

// Windows of a laptop, a phone, a phone on its side, the narrowest, and a laptop at
// 200 %.
var windows = func() [][2]int64 {
	few := [][2]int64{{1366, 625}, {320, 640}}
	if thorough {
		return append(few, [][2]int64{{390, 844}, {844, 390}, {683, 312}}...)
	}
	return few
}()

// firstView fails where the page as it opens has more than 60 words or 12 controls.
func (b *tab) firstView() {
	b.t.Helper()
	for _, w := range windows {
		b.size(w[0], w[1])
		var n [2]int
		b.eval(`(() => {
			let words = 0;
			const all = document.createTreeWalker(document.querySelector("#lab"), NodeFilter.SHOW_TEXT);
			while (all.nextNode()) {
				const e = all.currentNode.parentElement;
				if (e.checkVisibility({visibilityProperty: true}) && !e.closest(".vh")) words += all.currentNode.data.split(/\s+/).filter(Boolean).length;
			}
			return [words, [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((e) => e.checkVisibility({visibilityProperty: true})).length];
		})()`, &n)
		if n[0] > 60 || n[1] > 12 || n[1] == 0 {
			b.t.Errorf("%v: the first view has %d words and %d controls", w, n[0], n[1])
		}
	}
	b.size(1366, 768)
}

// looks is what can be wrong with how a page looks in the window as it is: wider than
// it, a target smaller than 24 pixels or cut off by what it is in, letters smaller than 13
// (of none is a name that has no room). Links and terms in the
// middle of a sentence may be smaller.
const looks = `(() => {
	const out = [], html = document.documentElement, name = (e) => e.id ? "#" + e.id : e.localName + "." + e.className + " in " + (e.parentElement.id || e.parentElement.className);
	const shown = (e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".vh");
	if (html.scrollWidth > html.clientWidth) {
		const wide = [...document.body.querySelectorAll("*")].filter((e) => shown(e) && e.getBoundingClientRect().right > html.clientWidth + 1).at(-1);
		out.push("too wide: " + html.scrollWidth + " in " + html.clientWidth + ", " + (wide ? name(wide) : "nobody"));
	}
	for (const e of document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")) {
		const r = e.getBoundingClientRect();
		if (shown(e) && (r.width < 24 || r.height < 24) && !e.closest("p")) out.push("small: " + name(e) + " " + r.width + "x" + r.height);
	}
	for (const e of document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")) {
		const r = e.getBoundingClientRect(), cuts = (p) => /hidden|clip/.test(getComputedStyle(p).overflowY) && r.bottom > p.getBoundingClientRect().bottom + 1;
		for (let p = e.parentElement; p && p !== document.body && shown(e) && getComputedStyle(e).position !== "fixed"; p = p.parentElement) if (cuts(p)) { out.push("cut: " + name(e) + " by " + name(p)); break; }
	}
	const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = new Set();
	while (all.nextNode()) {
		const e = all.currentNode.parentElement, size = parseFloat(getComputedStyle(e).fontSize);
		if (all.currentNode.data.trim() && size < 13 && size > 0 && shown(e) && !seen.has(e.className)) out.push(seen.add(e.className) && "letters of " + size + " px: " + name(e));
	}
	return out;
})()`

// looksSpaced is looks, and what is too wide with the text spacing of WCAG 1.4.12.
const looksSpaced = `(() => {
	const out = ` + looks + `;
	` + spacing + `;
	out.push(...` + looks + `.filter((s) => s.startsWith("too wide")).map((s) => "spaced, " + s));
	document.adoptedStyleSheets = [];
	return out;
})()`

// stops is every stop of the Tab key. Each is given the focus, and what is wrong with
// it is told: the focus is not seen, or something lies over the middle of the element.
// Where both browsers are live there may be more: see mostInPlay.
const stops = `(() => {
	const out = [], all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
		.filter((e) => e.tabIndex >= 0 && !e.matches(":disabled") && e.checkVisibility({visibilityProperty: true}));
	for (const e of all) {
		e.focus({focusVisible: true});
		if (e.getClientRects().length === 0) continue; // a list that the focus has left is gone
		const r = e.getClientRects()[0], x = r.x + r.width / 2, y = Math.max(r.y + Math.min(r.height / 2, 24), e.closest(".paper")?.getBoundingClientRect().y + 8 || 0, e.id === "script" ? 8 : 0), top = document.elementFromPoint(x, y);
		const name = (e.id ? "#" + e.id : e.localName + "." + e.className) + " at " + [r.x, r.y, r.width, r.height].map(Math.round);
		if (document.activeElement !== e) out.push("no focus: " + name);
		else if (!e.contains(top) && !top?.contains(e)) out.push("hidden: " + name + " under " + (top ? top.id + "." + top.className : "the edge"));
		const s = getComputedStyle(e);
		if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) out.push("the focus is not seen: " + name);
	}
	document.activeElement.blur();
	scrollTo(0, 0);
	if (all.length > (document.querySelector("[data-page]") ? 45 + document.querySelectorAll("#cookie-form :is(input, select, button), #site :is(input, select, textarea, button)").length : 25)) out.push(all.length + " stops");
	return out;
})()`

// look reports what is wrong with how the page looks in those windows, with the text
// spacing of WCAG 1.4.12 too, and what is wrong with its stops in the wide ones and in
// those of a phone. The window keeps the last.
func (b *tab) look(where string, sizes ...[2]int64) {
	b.t.Helper()
	for _, w := range sizes {
		b.size(w[0], w[1])
		script := looksSpaced
		if w == windows[0] || w == windows[1] {
			script = "[..." + looksSpaced + ", ..." + stops + "]"
		}
		var found []string
		b.eval(script, &found)
		if len(found) > 0 {
			b.t.Errorf("%s, %v: %s", where, w, strings.Join(found, "; "))
		}
	}
}

// Every stage of lesson 1, in light and dark, in every window, by keyboard, and
// without motion.
func TestCourseLooks(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.media("prefers-reduced-motion", "reduce")
	b.visit("")
	b.ready()
	b.firstView()
	at := func(where string) {
		t.Helper()
		b.media("prefers-reduced-motion", "reduce")
		b.size(1366, 768)
		b.is("document.getAnimations().filter((a) => a.playState === 'running').length", "0")
		b.look(where, windows...)
		b.accessible()
	}
	push := func(selector string) {
		t.Helper()
		b.click(selector)
		b.settled()
	}
	at("the bet")
	push("#bet-1")
	at("a bet picked")
	push("#guess")
	for n := 0; b.count("#verdict") == 0; n++ {
		if n == 1 { // a caption with terms
			push(".term")
			at("a term explained")
		}
		if thorough || n < 2 { // a step is like another
			at(fmt.Sprintf("step %d", n))
		}
		push("#act, #next")
	}
	at("the result")
	push("#next")
	s := page.Course()[0]
	for i, stage := range page.Stages(s) {
		if stage.Kind != page.AtAsk {
			continue
		}
		right, wrong := answers(t, s, stage)
		where := fmt.Sprintf("question %d", stage.N+1)
		looks := thorough || stage.N == 0
		if i%2 == 0 || looks {
			push(fmt.Sprintf("[data-place='%d']", wrong))
			if looks {
				at(where + " answered wrong")
			}
		}
		push(fmt.Sprintf("[data-place='%d']", right))
		if looks {
			at(where + " answered right")
		}
		push("#next")
	}
	at("the cards")
	push("[data-stop='1']")
	push("#next")
	at("the cards played")
	push("#next")
	at("the card")
	// The list of lessons lies over the page, and goes with the focus.
	push("#lessons")
	b.accessible()
	b.is("document.querySelectorAll('#lesson-list a').length", strconv.Itoa(len(page.Course())))
	b.eval("document.querySelector('#way-play').focus(), 1", nil)
	b.until("!document.querySelector('#lesson-list')")
	b.is("document.activeElement.id", "way-play")
}
