//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/app/page"
)

// walls are the screens that a class looks at.
var walls = [][2]int64{{1920, 1080}, {1280, 720}, {1024, 768}}

const (
	slideOf = "document.querySelector('#lab').dataset.slide"
	shownOf = "document.querySelector('#lab').dataset.shown"
)

// legible is what cannot be read from the last row, or is cut off, or lies over something
// else. A text is as high as its capitals (ISO 9241-303 measures those), as the browser draws
// them in the text's own font. On a screen of 2 m, at 8 m, they have
//
//	2 * atan(h/2 / 8 m), h = pixels * 2 m / width of the window
//
// in arc minutes: 12 at least, and the caption 18. What is read aloud only does not count.
const legible = `(() => {
	const out = [], seen = new Set(), pen = document.createElement("canvas").getContext("2d");
	const shown = (e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".vh, dialog, option");
	const minutes = (e) => {
		const s = getComputedStyle(e);
		pen.font = [s.fontStyle, s.fontWeight, s.fontSize, s.fontFamily].join(" ");
		const h = pen.measureText("H").actualBoundingBoxAscent * 2 / innerWidth;
		return 2 * Math.atan(h / 2 / 8) * 180 / Math.PI * 60;
	};
	const name = (e) => e.localName + "." + e.className + " " + e.textContent.slice(0, 30);
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement;
		if (!texts.currentNode.data.trim() || !shown(e) || seen.has(e)) continue;
		seen.add(e);
		const least = e.closest("h1") ? 18 : 12, has = minutes(e);
		if (has < least) out.push(has.toFixed(1) + " arc minutes: " + name(e));
		const short = (p) => p !== document.body && (getComputedStyle(p).textOverflow === "ellipsis" || short(p.parentElement));
		if (short(e)) continue; // it says itself that there is more of it
		const range = document.createRange();
		range.selectNodeContents(texts.currentNode);
		const r = range.getBoundingClientRect();
		if (r.bottom > innerHeight + 1 || r.right > innerWidth + 1 || r.top < -1 || r.left < -1) out.push("beyond the edge: " + name(e));
		for (let p = e; p && p !== document.body; p = p.parentElement) {
			const s = getComputedStyle(p), box = p.getBoundingClientRect();
			if (/hidden|clip|auto|scroll/.test(s.overflowY + s.overflowX) && (r.bottom > box.bottom + 2 || r.right > box.right + 2 || r.top < box.top - 2)) { out.push("cut: " + name(e) + " by " + p.className); break; }
		}
	}
	for (const e of document.querySelectorAll("input")) if (shown(e) && minutes(e) < 12) out.push("small: #" + e.id);
	const caption = document.querySelector("h1"), size = parseFloat(getComputedStyle(caption).fontSize);
	if (size < innerHeight / 14 - 0.5 && innerWidth / innerHeight > 1.34) out.push("the caption is " + size + " of " + innerHeight);
	const parts = [...document.querySelector("#main").children, document.querySelector(".cues")].map((e) => [e, e.getBoundingClientRect()]);
	for (let i = 1; i < parts.length; i++) if (parts[i][1].top < parts[i - 1][1].bottom - 1) out.push(name(parts[i][0]) + " lies over " + name(parts[i - 1][0]));
	for (const e of document.querySelectorAll("#main, .pstage, .votes, .points, .pcode, .rest, .win, .top")) if (shown(e) && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)) out.push("no room: " + e.className + " " + [e.scrollHeight, e.clientHeight, e.scrollWidth, e.clientWidth]);
	if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) out.push("the page scrolls");
	return out;
})()`

// stepThrough is a JavaScript function that goes through a lesson with PageDown, and returns
// what of each slide cannot be read.
const stepThrough = `async (lesson, settle, legible) => {
	const out = [], html = document.documentElement;
	for (let n = 0; html.dataset.lesson === lesson && n < 100; n++) {
		const where = () => location.hash + ", shown " + document.querySelector("#lab").dataset.shown, was = where();
		for (const fault of legible()) out.push(was + ": " + fault);
		document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "PageDown", bubbles: true, cancelable: true}));
		await settle("wall " + lesson + n);
		if (where() === was) break; // the end of the course
	}
	return out;
}`

// Every slide of a lesson can be read from the last row, on every wall, and nothing of it is
// cut off; in the normal run one lesson on each wall.
func TestWallIsLegible(t *testing.T) {
	t.Parallel()
	b := open(t, "#present")
	for n, size := range walls {
		b.size(size[0], size[1])
		for i, s := range page.Course() {
			if !thorough && i != []int{6, 3, 0}[n] {
				continue
			}
			if b.value("location.hash") != "#present/"+s.Name { // where the last lesson led on to
				b.follow("#present/" + s.Name)
			}
			var found []string
			b.eval(fmt.Sprintf("(%s)(%q, %s, () => %s)", stepThrough, s.Name, settle, legible), &found)
			for _, fault := range found {
				b.t.Errorf("%v, %s", size, fault)
			}
		}
		b.follow("#present") // the next wall begins with nothing revealed
		b.click("#cue-anew")
		b.settled()
	}
}

// A whole lesson by clicker, after a mouse click on every control of each slide (in the normal
// run, of each kind of slide): PageDown leads on all the same, and no result is in the page
// before it is revealed.
func TestLessonByClicker(t *testing.T) {
	t.Parallel()
	b := open(t, "#present/signed-is-not-yours")
	b.size(1280, 720)
	last, clicked := len(page.Stages(page.Course()[0])), map[string]bool{}
	for n := 0; n < 60 && b.value("document.documentElement.dataset.lesson") == "signed-is-not-yours"; n++ {
		where := b.value("location.hash")
		if b.value(shownOf) == "false" {
			b.unspoiled(where)
		}
		// What does not lead away is clicked, then the key of a clicker pressed.
		var ids []string
		if kind := b.value(slideOf + " + " + shownOf); thorough || !clicked[kind] {
			clicked[kind] = true
			b.eval(`[...document.querySelectorAll("#main button, #main input")].filter((e) => !/cue-(on|back|anew|reveal|notes|blank|zoom)/.test(e.id)).map((e) => "#" + e.id)`, &ids)
		}
		for _, id := range ids {
			b.click(id)
			b.settled()
			b.is("location.hash", where)
		}
		if len(ids) > 0 {
			b.is("document.activeElement.tagName === 'BODY'", "false")
		}
		key := []string{kb.PageDown, kb.ArrowRight, kb.ArrowDown}[n%3]
		b.press(key)
		if b.value("document.activeElement.tagName") == "BODY" {
			t.Errorf("%s: after %v and %q nothing has the focus", where, ids, key)
		}
		if b.value("location.hash") == where && b.value(shownOf) != "true" {
			t.Fatalf("%s: the clicker leads nowhere", where)
		}
		if n < 2 || n == last { // and on the buttons that change the slide
			for _, id := range []string{"#cue-on", "#cue-back"} {
				b.click(id)
				b.settled()
			}
			here := b.value("location.hash + " + shownOf)
			b.press(kb.PageDown, kb.PageUp)
			b.is("location.hash + "+shownOf, here)
		}
	}
	b.is("location.hash", "#present/which-moment")
	b.press(kb.PageUp)
	b.is("location.hash", "#present/signed-is-not-yours/card")
}

// Blank, reveal, zoom and votes: each is heard, the focus is never lost, and a reload keeps
// them.
func TestWallIsHeard(t *testing.T) {
	t.Parallel()
	b := open(t, "#present/signed-is-not-yours")
	heard := func(want string) {
		t.Helper()
		b.until(fmt.Sprintf("document.querySelector('#live').textContent.includes(%q)", want))
		b.is("document.activeElement.tagName === 'BODY'", "false")
	}
	b.press(kb.Tab, kb.Tab)
	b.click("#more-1")
	heard("Yes: 1")
	b.press("+", "+", "-")
	heard("Yes: 2")
	b.eval("document.querySelector('#vote-2').focus(), document.querySelector('#vote-2').select()", nil)
	b.press("1", "7")
	heard("No: 17")
	b.is("document.querySelector('#vote-2').value", "17")
	b.is("getComputedStyle(document.querySelector('#vote-2')).textIndent.startsWith('-')", "true") // not on the wall
	b.is("document.querySelectorAll('.counted').length", "2")
	b.accessible("votes")
	b.press(kb.PageDown)
	heard("Mallory opens the shop")
	b.press("1")
	heard("Mallory’s browser is enlarged")
	b.is("document.querySelectorAll('.win').length", "1")
	b.press("2")
	heard("The server is enlarged")
	b.is("document.querySelectorAll('.servercard').length", "1")
	b.press("0")
	heard("All is shown")
	if thorough {
		b.accessible("a step")
	}
	b.press("b")
	heard("The screen is blank")
	b.is("document.body.innerText.includes('Mallory')", "false")
	b.press(kb.PageDown, "v", "1")
	b.run(chromedp.Reload())
	b.ready()
	b.is(slideOf, "blank")
	if thorough {
		b.accessible("blank")
	}
	b.press(".")
	heard("The screen is back")
	b.is("location.hash", "#present/signed-is-not-yours/act/1")
	b.follow("#present/signed-is-not-yours/act/6")
	heard("Hidden")
	b.press("v")
	heard("Hijacked. ")
	heard("Yes: 2; No: 17")
	b.is("document.querySelector('.tally').innerText.replace(/\\s+/g, ' ')", "Yes This is so. 2 No 17")
	b.accessible("the result")
	b.run(chromedp.Reload())
	b.ready()
	b.is(outcome, "hijacked")
	b.press("v")
	b.is("document.querySelector('#verdict')", "null")
	b.click("#cue-anew")
	heard("All votes are gone")
	b.click("#cue-undo")
	heard("The votes are back")
	b.press("p")
	b.is("location.hash", "#learn/signed-is-not-yours/act/6")
}

// Who goes to Present before the first program is there, by the link or by P, does not wait
// for that one; a bet that was made meanwhile is kept.
func TestPresentAtOnce(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	host := serve(t, hosting{Intercept: func(w http.ResponseWriter, r *http.Request, name string) bool {
		return strings.HasPrefix(name, "app-") && holdWASM(hold)(w, r, name)
	}})
	loading := "document.querySelector('#boot')?.hidden === false"
	for _, path := range []string{"#learn", ""} {
		b := host.tab(t)
		b.start(path)
		b.until(loading)
		if path == "" {
			b.run(chromedp.KeyEvent("p"))
		} else {
			b.eval("document.querySelector('#way-present').click()", nil)
		}
		b.until(slideOf + " === 'bet'")
		b.is("location.hash", "#present/signed-is-not-yours")
		if !thorough {
			break
		}
	}
	b := host.tab(t)
	b.start("")
	b.until(loading)
	b.click("#bet-2")
	b.click("#sure")
	b.run(chromedp.KeyEvent("p"))
	b.is("location.hash.startsWith('#present/')", "true")
	close(hold)
	b.until("document.querySelector('#lab').dataset.slide === 'bet'")
	b.press("p")
	b.until("document.documentElement.dataset.mode === 'learn'")
	b.follow("#learn/signed-is-not-yours/act/1")
	b.is("document.querySelector('.yourbet b').textContent", "No, sure")
}

// A learner's script is shown to a class as Teach links to it, however long it is and whatever
// its title says; P leads to it in Play and back.
func TestPresentScripts(t *testing.T) {
	t.Parallel()
	b := open(t, "#present/"+longScript(t, 400)+"/2")
	b.until(slideOf + " === 'step'")
	b.is("location.hash.endsWith('/none/2')", "true")
	b.is("document.documentElement.dataset.step", "2")
	b.press(kb.PageDown)
	b.is("document.documentElement.dataset.step", "3")
	b.press("p")
	b.is("location.hash.startsWith('#2/') && location.hash.endsWith('/none/3')", "true")
	b.is("document.documentElement.dataset.mode + document.documentElement.dataset.step", "play3")
	b.press("p")
	b.is(slideOf+" + document.documentElement.dataset.step", "step3")

	title := `<img src=x onerror=window.owned=1>‮` + strings.Repeat("W", 150) + `</title><script>window.owned=1</script>`
	text := "title: " + title + "\nprofile: signed-id\nseed: 1\n\nmallory get /search?q=" + strings.Repeat("%3Cimg%20src=x%20onerror=window.owned=1%3E", 20) +
		"\nalice paste " + strings.Repeat("a", 300) + "=" + strings.Repeat("b", 300) + "\nalice get /login\n"
	b.follow("#present/" + scriptLink(text) + "/none/1")
	b.size(1024, 768)
	for range 3 {
		b.is("window.owned", "undefined")
		b.is("document.querySelectorAll('main img[src=x], main script').length", "0")
		b.is("document.documentElement.scrollWidth <= innerWidth", "true")
		b.is("document.querySelector('#main h1').getBoundingClientRect().bottom < innerHeight && document.querySelector('#cue-on').getBoundingClientRect().bottom <= innerHeight", "true")
		b.press(kb.PageDown)
	}
	b.press(kb.PageDown)
	b.is(shownOf, "true")
	b.press("p")
	b.is("location.hash.startsWith('#2/') && document.documentElement.dataset.mode === 'play'", "true")
	b.is("window.owned", "undefined")
}

// In Firefox a clicker leads through a lesson, with votes, the curtain and the result.
func firefoxPresent(t *testing.T, f *firefox) {
	f.open(t, serve(t, hosting{}), "#present/signed-is-not-yours")
	f.click("#more-2")
	f.types("+") // on the focused button
	f.is("document.querySelector('#vote-2').value", "2")
	f.press(pageDown)
	f.is("location.hash", "#present/signed-is-not-yours/act/1")
	f.click("#cue-on")
	f.press(upKey)
	f.is("location.hash", "#present/signed-is-not-yours/act/1")
	for range 5 {
		f.press(pageDown)
	}
	f.is("location.hash", "#present/signed-is-not-yours/act/6")
	f.is("document.querySelectorAll('.curtain').length", "1")
	f.press("b")
	f.press(pageDown)
	f.is(slideOf, "blank")
	f.press(escapeKey)
	f.is("document.querySelector('#verdict')", "null")
	f.press(pageDown)
	f.is(outcome, "hijacked")
	f.is("document.querySelector('.tally').innerText.replace(/\\s+/g, ' ')", "Yes This is so. 0 No 2")
	f.press(pageDown)
	f.is("location.hash", "#present/signed-is-not-yours/ask")
	f.press("p")
	f.is("location.hash.startsWith('#learn/signed-is-not-yours')", "true")
}
