//go:build e2e

package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/app/site"
)

// holdWASM keeps the wasm back until hold is closed.
func holdWASM(hold <-chan struct{}) func(http.ResponseWriter, *http.Request, string) bool {
	return func(_ http.ResponseWriter, r *http.Request, name string) bool {
		if isWASM(name) {
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		return false
	}
}

func isWASM(name string) bool {
	return strings.HasSuffix(name, ".gz.bin") || strings.HasSuffix(name, ".gz.js") || strings.HasSuffix(name, ".wasm")
}

// go-app's progress reaches 361 % on a host that compresses.
func TestProgress(t *testing.T) {
	t.Parallel()
	wasm, packed := float64(len(read(t, glob(t, "app-*.wasm")))), float64(len(read(t, glob(t, "app-*.gz.bin"))))
	for _, test := range []struct {
		name string
		how  hosting
		want float64
	}{
		{"plain host", hosting{}, packed},
		{"host inflates", hosting{Inflate: true}, wasm},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, test.how).tab(t)
			b.before(`window.seen = [];
				new MutationObserver(() => {
					const bar = document.getElementById("boot-bar");
					if (bar && bar.value) seen.push([bar.value, bar.max]);
				}).observe(document, {subtree: true, childList: true, attributes: true});`)
			b.visit("")
			b.ready()
			var seen [][2]float64
			b.eval("seen", &seen)
			if len(seen) == 0 {
				t.Fatal("no progress was shown")
			}
			last := 0.0
			for _, s := range seen {
				if s[0] < last || s[0] > s[1] || s[1] != test.want {
					t.Fatalf("progress %v of %v after %v; the whole is %v", s[0], s[1], last, test.want)
				}
				last = s[0]
			}
			if last != test.want {
				t.Errorf("the progress ends at %v of %v", last, test.want)
			}
			b.until(`document.querySelector("section#boot").hidden`)
		})
	}
}

// Before the wasm arrives the first view is there whole, and the first lesson can be
// read as text on a page of its own.
func TestBeforeTheWASM(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	b := serve(t, hosting{Intercept: holdWASM(hold)}).tab(t)
	b.visit("lesson.html")
	if n := b.count("#lesson .lesson-steps > li"); n < 5 {
		t.Errorf("the lesson has %d steps", n)
	}
	b.is("document.querySelector('[data-lesson-outcome]').dataset.lessonOutcome", "hijacked")
	b.is("document.querySelector('#lesson header a').href === location.href.replace('lesson.html', '')", "true")
	for _, width := range []int64{1366, 320} {
		b.size(width, 768)
		b.is("document.documentElement.scrollWidth <= innerWidth", "true")
	}
	b.accessible()
	b.size(1366, 768)

	b.start("")
	b.until(`document.querySelector("#bet") && !document.querySelector("#boot")?.hidden`)
	b.is("document.querySelector('h1').textContent", "Lesson 1: Your bet")
	b.is("document.documentElement.dataset.ready === undefined", "true")
	b.unspoiled("before the wasm")
	b.firstView()
	b.accessible()
	b.size(1366, 640)
	b.eval("document.body.style.minHeight = '2000px', scrollTo(0, 120), 1", nil)
	close(hold)
	b.ready()
	b.until("scrollY === 120")
	b.is("document.querySelectorAll('#bet').length", "1")
	for _, id := range []string{"boot-error", "notice", "offline"} {
		if n := b.count("#" + id); n != 1 {
			t.Errorf("the page has %d #%s", n, id)
		}
	}
}

// go-app replaces the body's first element: focus, typed text and scroll would
// be lost.
func TestTakeover(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	for _, test := range []struct {
		name, do, want string
	}{
		{"a field that both have",
			`const i = document.createElement("input"); i.id = "field"; main.append(i); i.focus(); i.value = "typed"; i.setSelectionRange(1, 3);`,
			`const f = document.activeElement; return f.id === "field" && f.value === "typed" && f.selectionStart === 1 && f.selectionEnd === 3 && window.heard === "typed";`},
		{"a box that both have",
			`const i = document.createElement("input"); i.type = "checkbox"; i.id = "box"; i.checked = true; main.append(i);`,
			`return document.getElementById("box").checked;`},
		{"an element that is gone",
			`const i = document.createElement("button"); i.id = "gone"; main.append(i); i.focus();`,
			`return document.activeElement.matches("main");`},
		{"nothing had the focus", ``, `return document.activeElement === document.body;`},
		{"scrolled", `scrollTo(0, 900);`, `return scrollY === 900;`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			hold := make(chan struct{})
			b := serve(t, hosting{Dir: dir, Intercept: holdWASM(hold)}).tab(t)
			b.start("")
			b.until(`document.querySelector("#boot") && !document.querySelector("#boot").hidden`)
			b.eval(`(() => { document.body.style.minHeight = "4000px"; const main = document.querySelector("main"); `+test.do+` })()`, nil)
			close(hold)
			b.ready()
			b.until(`(() => { ` + test.want + ` })()`)
		})
	}
}

// What cannot start says so; what was there stays, and leads to the lesson as text.
func TestFailures(t *testing.T) {
	t.Parallel()
	real := tiny(t)
	broken := tiny(t)
	broken.WASM = []byte("\x00asm\x01\x00\x00\x00 and then nonsense")
	ends := tiny(t)
	ends.WASM = compile(t, "./testdata/ends")
	answer := func(status int) func(http.ResponseWriter, *http.Request, string) bool {
		return func(w http.ResponseWriter, r *http.Request, name string) bool {
			if isWASM(name) {
				w.WriteHeader(status)
				return true
			}
			return false
		}
	}
	cutShort := func(w http.ResponseWriter, r *http.Request, name string) bool {
		if isWASM(name) {
			b, err := os.ReadFile(filepath.Join(siteDir, glob(t, "app-*.gz.bin")))
			if err != nil {
				t.Error(err)
			}
			w.Write(b[:1000])
			return true
		}
		return false
	}
	for _, test := range []struct {
		name   string
		src    site.Source
		how    hosting
		before string
		says   string
	}{
		{"no WebAssembly", real, hosting{}, "delete window.WebAssembly", "this browser has no WebAssembly"},
		{"no fetch", real, hosting{}, "delete window.fetch", "this browser is too old"},
		{"no crypto", real, hosting{}, "Object.defineProperty(window, 'crypto', {value: undefined})", "this browser is too old"},
		{"host error", real, hosting{Intercept: answer(503)}, "", "the host answered 503"},
		{"cut short", real, hosting{Intercept: cutShort}, "", ".gz.bin arrived: the connection broke"},
		{"not wasm", broken, hosting{}, "", "this browser cannot compile it"},
		{"the program ends", ends, hosting{}, "", "it ended with an error"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.how.Dir = write(t, test.src)
			b := serve(t, test.how).tab(t)
			b.allow("503")
			b.allow("globalThis.crypto is not available") // says Go's wasm_exec.js
			b.allow("the program ends: ")
			if test.before != "" {
				b.before(test.before)
			}
			// The region is there, empty, when the script runs: else it is not announced.
			b.before(`addEventListener("DOMContentLoaded", () => { window.region = !!document.querySelector("#boot-error[role=alert]"); })`)
			b.visit("")
			b.until(`document.querySelector("#boot-error[role=alert] p")`)
			if got := b.text("#boot-error p"); !strings.Contains(got, test.says) {
				t.Errorf("it says %q", got)
			}
			if got := b.text("#boot-error button"); got != "Try again" {
				t.Errorf("the button says %q", got)
			}
			b.until("window.region && document.querySelector('#boot').hidden")
			// By keyboard the buttons come after the page's link, which is not below them.
			b.size(320, 640)
			b.eval(`document.querySelector("main").style.paddingTop = "1000px", 1`, nil)
			b.until(`getComputedStyle(document.documentElement).scrollPaddingBottom === document.querySelector("#boot-error").offsetHeight + "px"`)
			b.run(chromedp.KeyEvent(kb.Tab))
			b.is("document.activeElement.textContent", "Licences")
			b.is(`document.activeElement.getBoundingClientRect().bottom <= document.querySelector("#boot-error").getBoundingClientRect().top`, "true")
			for _, button := range []string{"Try again", "Read the first lesson as text"} {
				b.run(chromedp.KeyEvent(kb.Tab))
				b.is("document.activeElement.textContent", button)
				b.is(`Math.round(document.querySelector("#boot-error").getBoundingClientRect().bottom) <= innerHeight`, "true")
			}
			b.accessible()
			b.run(chromedp.KeyEvent(kb.Enter))
			b.until("location.pathname.endsWith('/lesson.html') && document.querySelectorAll('#lesson .lesson-steps > li').length === 2")
		})
	}
}

// Without DecompressionStream the browser takes the wasm as it is.
func TestNoDecompressionStream(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before("delete window.DecompressionStream")
	b.visit(deep)
	b.ready()
	if got := b.host.answered(func(name string) bool { return strings.HasSuffix(name, ".wasm") }); len(got) != 1 {
		t.Errorf("app.wasm was fetched %d times", len(got))
	}
}

// From a file nothing can be fetched, and no service worker registered.
func TestFile(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.allow("file://")
	b.allow("CORS policy")
	b.allow("ERR_FAILED")
	b.elsewhere = true
	b.run(chromedp.Navigate("file://" + filepath.ToSlash(filepath.Join(siteDir, "index.html"))))
	b.until(`document.querySelector("#boot-error p")`)
	if got := b.text("#boot-error p"); !strings.Contains(got, "open it from a web server") {
		t.Errorf("it says %q", got)
	}
	b.click("#boot-error button:last-of-type")
	b.until("document.querySelectorAll('#lesson .lesson-steps > li').length >= 5")
}

// The marks by which loading is measured.
func TestMarks(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	var marks []string
	b.until(`performance.getEntriesByName("page-ready").length === 1`)
	b.eval(`performance.getEntriesByType("mark").map((m) => m.name)`, &marks)
	for _, want := range []string{"wasm-compiled", "page-shown", "page-ready"} {
		if !strings.Contains(strings.Join(marks, " "), want) {
			t.Errorf("no mark %q in %q", want, marks)
		}
	}
}
