//go:build e2e

package e2e

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/lab/defence"
)

func TestPhone(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	for _, width := range []int64{390, 320} {
		b.size(width, 640)
		for _, step := range []int{1, 3, 4, 7, 9} {
			b.follow(fmt.Sprintf("#1/signed-id-toss/host-prefix/%d", step))
			b.is("document.documentElement.dataset.step", fmt.Sprint(step))
			b.is("document.documentElement.scrollWidth <= document.documentElement.clientWidth", "true")
		}
		// Also with the text spacing of WCAG 1.4.12.
		b.spaced()
		b.is("document.documentElement.scrollWidth <= document.documentElement.clientWidth", "true")
		b.eval("document.adoptedStyleSheets = []", nil)
		for _, s := range handStates {
			s.open(b)
			b.is(fmt.Sprintf("%q + (document.documentElement.scrollWidth - document.documentElement.clientWidth)", s.name+" "), s.name+" 0")
		}
	}
	b.size(390, 844)
	// The browser that acts is shown whole, of the other one its cookies; Next is at the
	// thumb, and the result is in view.
	const pages = "[...document.querySelectorAll('.win')].map((e) => e.dataset.browser + ' ' + e.querySelector('.page').checkVisibility() + ' ' + e.querySelector('.cookie').checkVisibility()).join()"
	b.follow("#1/signed-id-toss/host-prefix/8")
	b.is(pages, "mallory false true,alice true true")
	b.follow("#1/signed-id-toss/host-prefix/9")
	b.is(pages, "mallory true true,alice false true")
	b.is("innerHeight - document.querySelector('#forward').getBoundingClientRect().bottom < 24", "true")
	b.is("document.querySelector('#verdict').getBoundingClientRect().bottom < innerHeight / 2", "true")
	b.is("document.querySelector('[name=rotate]').checkVisibility()", "false")
	b.is("document.querySelector('#show-defences').innerText.trim()", fmt.Sprintf("All %d, 1 on", len(defence.All)))
	b.click("#show-defences")
	b.settled()
	b.is("document.querySelector('[name=rotate]').checkVisibility()", "true")
	b.is("document.querySelector('.stage').checkVisibility()", "false")
	for _, shown := range []string{"true", "false"} {
		b.click("#show-setup")
		b.settled()
		b.is("document.querySelector('#pick-route').checkVisibility()", shown)
	}
}

// Wherever the focus goes, it can be seen, and no bar lies over it.
func TestFocusIsSeen(t *testing.T) {
	t.Parallel()
	for _, size := range some([][2]int64{{1366, 625}, {1366, 768}, {390, 844}, {320, 640}}, 3) {
		b := open(t, "#1/signed-id-toss/none/8")
		b.size(size[0], size[1])
		b.settled()
		seen := map[string]bool{}
		stops := 0
		for range 60 {
			b.run(chromedp.KeyEvent(kb.Tab))
			var at struct{ Name, Cover, Outline string }
			b.eval(`(() => {
				const e = document.activeElement, r = e.getBoundingClientRect();
				const x = Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 2), y = Math.min(Math.max(r.top + Math.min(r.height / 2, 20), 1), innerHeight - 2);
				const top = document.elementFromPoint(x, y);
				const s = getComputedStyle(e);
				return {Name: (e.closest("[data-browser]")?.dataset.browser ?? "") + " " + (e.id || e.name || e.className + " " + (e.dataset.scrolls ?? "") + e.textContent.slice(0, 40)),
					Cover: e === document.body || !top || e.contains(top) || top.contains(e) ? "" : top.id + "." + top.className,
					Outline: e === document.body || s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 ? "" : "none"};
			})()`, &at)
			if seen[at.Name] {
				break
			}
			seen[at.Name] = true
			stops++
			if at.Cover != "" {
				t.Errorf("%d px: %q is under %q", size[0], at.Name, at.Cover)
			}
			if at.Outline != "" {
				t.Errorf("%d px: the focus on %q cannot be seen", size[0], at.Name)
			}
		}
		t.Logf("%d px: %d tab stops: %v", size[0], stops, slices.Collect(maps.Keys(seen)))
		if stops < 15 || stops > 45 { // links and fields in both browsers are stops; the last is the document's
			t.Errorf("%d px: %d tab stops", size[0], stops)
		}
	}
}

// Nothing moves, and targets are large enough.
func TestTargetsAndMotion(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/8")
	b.media("prefers-reduced-motion", "reduce")
	b.press(kb.ArrowLeft)
	b.is("document.getAnimations().length", "0")
	for _, size := range [][2]int64{{1366, 768}, {390, 844}} {
		b.size(size[0], size[1])
		b.settled()
		for _, s := range b.small("button, select, input[type=range], summary") {
			t.Errorf("%d px: too small: %s", size[0], s)
		}
	}
}

// Every state of the lab, in both schemes: those of one width are gone through in one
// tab. Unless thorough, a state is looked at in one width.
func TestAccessible(t *testing.T) {
	t.Parallel()
	type state struct {
		name, at string
		does     func(b *tab)
		again    bool // in another width it is looked at always
	}
	press := func(key string) func(*tab) { return func(b *tab) { b.press(key) } }
	show := func(what string) func(*tab) { return func(b *tab) { b.click("#" + what); b.settled() } }
	for width, states := range map[int64][]state{
		1366: {
			{name: "first step", at: "#1/signed-id-toss/none/1"},
			{name: "refused cookie", at: "#1/signed-id-toss/host-prefix/4"},
			{name: "broken link", at: "#1/nonsense"},
			{name: "two cookies", at: "#1/any-route/none/7/xss-path+visited"},
			{name: "messages", at: "#1/signed-id-toss/flush/4", does: press("i")},
			{name: "cookies", at: "#1/any-route/none/7/xss-path+visited", does: show("show-alice")},
			{name: "what Mallory knows", at: "#1/any-route/none/7", does: show("show-mallory")},
			{name: "the server", at: "#1/django-planted-key/rotate/7", does: show("show-server")},
			{name: "the result", at: "#1/what-a-defence-costs/flush/7", does: show("show-result")},
			{name: "the setup", at: "#1/any-route/none/7", does: show("show-setup")},
			{name: "the menu", at: "#1/any-route/none/6", does: show("more")},
			{name: "the switches", at: "#1/signed-id-toss/host-prefix/4", does: show("show-defences"), again: true},
			{name: "help", at: "#1/signed-id-toss/none/4", does: press("?"), again: true},
		},
		390: {
			{name: "trapped", at: "#1/trapped-in-mallorys-account/none/6"},
			{name: "the switches", at: "#1/signed-id-toss/host-prefix/4", does: show("show-defences")},
			{name: "messages", at: "#1/signed-id-toss/flush/4", does: press("i"), again: true},
			{name: "cookies", at: "#1/signed-id-toss/host-prefix/4", does: show("show-alice"), again: true},
		},
		320: {
			{name: "defended", at: "#1/signed-id-toss/rotate/7"},
			{name: "draft browser", at: "#1/any-route/secure/5/shared-cache+tomorrow"},
			{name: "help", at: "#1/signed-id-toss/none/4", does: press("?")},
			{name: "the server", at: "#1/django-planted-key/none/7", does: show("show-server"), again: true},
		},
		1920: {{name: "large", at: "#1/signed-id-toss/host-prefix/8"}},
	} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			b := open(t, "#1/signed-id-toss/none/9")
			b.size(width, 768)
			for _, s := range states {
				if s.again && !thorough {
					continue
				}
				b.follow(s.at)
				if s.does != nil {
					s.does(b)
				}
				b.accessible(s.name)
				b.press(kb.Escape)
			}
			for i, s := range handStates {
				if !thorough && width != []int64{1366, 320, 0, 0}[i%4] {
					continue
				}
				s.open(b)
				b.accessible(s.name)
			}
		})
	}
}

// TestResize: a region that scrolls is a stop of the Tab key, and one that does
// not is none, also after the window has another size.
func TestResize(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/8")
	b.click("#show-http")
	for _, height := range []int64{900, 420, 900} {
		b.size(1366, height)
		b.until(fmt.Sprintf("innerHeight === %d", height))
		b.until(`[...document.querySelectorAll("[data-scrolls]")].every((e) =>
			(e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1) === (e.tabIndex === 0))`)
	}
}

// TestPicked: every list to pick from shows what is picked, on every page.
func TestPicked(t *testing.T) {
	t.Parallel()
	b := open(t, "#sign") // the whole program, which has all pages
	for _, fragment := range []string{"#1/any-route/none/1", "#reference", "#sign", "#audit", "#what-stops-what", "#claims", "#compare/signed-id-toss/none/1/vs/rotate", "#explore"} {
		b.follow(fragment)
		if n := b.count("select"); n == 0 && fragment != "#what-stops-what" && fragment != "#claims" && fragment != "#reference" && fragment != "#audit" {
			t.Errorf("%s has no list", fragment)
		}
		b.is(`[...document.querySelectorAll("select")].filter((e) => !e.selectedOptions[0]?.text).map((e) => e.id).join(" ")`, "")
	}
	b.follow("#compare/signed-id-toss/none/1/vs/rotate")
	b.is(`document.querySelector("#flip-left").selectedOptions[0].text`, "Flip a switch…")
}

// Everything is on one screen: the page does not scroll, and nothing that scrolls lies
// in something that does.
func TestOneScreen(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/7")
	for _, size := range some([][2]int64{{1366, 625}, {1366, 768}, {1280, 720}, {1024, 768}, {1920, 1080}}, 3) {
		b.size(size[0], size[1])
		for _, s := range handStates {
			if s.offered { // it is a page to read
				continue
			}
			s.open(b)
			b.is(fmt.Sprintf("%q + [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]", s.name+" "), s.name+" 0,0")
			b.is("[...document.querySelectorAll('#back, #forward, #verdict, #undo, #check, #save, #script-link, #show-defences, #show-setup, #cookie-form *, .srow .btn')].filter((e) => e.getBoundingClientRect().bottom > innerHeight || e.getBoundingClientRect().right > innerWidth).map((e) => e.id).join()", "")
		}
		for _, at := range []string{"#1/any-route/none/7/xss-path+visited", "#1/django-planted-key/rotate/8"} {
			b.follow(at)
			for _, sheet := range []string{"", "http", "mallory", "alice", "server", "result", "defences", "setup"} {
				if sheet != "" {
					b.press(kb.Escape)
					b.click("#show-" + sheet)
					b.settled()
				}
				b.is("document.documentElement.scrollHeight - innerHeight + document.documentElement.scrollWidth - innerWidth", "0")
				b.is("[...document.querySelectorAll('#back, #forward, #play, #slider, #verdict, #ask-why, #show-http, #show-defences, #show-setup')].filter((e) => e.getBoundingClientRect().bottom > innerHeight || e.getBoundingClientRect().right > innerWidth).map((e) => e.id).join()", "")
				b.is(`(() => {
					const scrolls = (e) => e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(e).overflowY);
					return [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && scrolls(e) && e.parentElement.closest("[data-scrolls]") && scrolls(e.parentElement.closest("[data-scrolls]"))).map((e) => e.className).join();
				})()`, "")
			}
			b.press(kb.Escape)
		}
	}
}
