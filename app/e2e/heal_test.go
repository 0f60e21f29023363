//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// What is stored goes bad: an ordinary reload brings the lab, and the store is
// mended.
func TestStoreGoesBad(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	for name, bad := range map[string]string{
		"cut short": "whole.slice(0, whole.byteLength / 2)",
		"empty":     "''",
		"a page":    "'<!doctype html><title>Log in</title>'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, hosting{Dir: dir}).tab(t)
			b.broken()
			b.visit("")
			b.ready()
			b.offlineReady()
			b.eval(`(async () => {
				const cache = await caches.open((await caches.keys())[0]);
				for (const request of await cache.keys()) {
					const answer = await cache.match(request), whole = await answer.arrayBuffer();
					await cache.put(request, new Response(`+bad+`, {headers: answer.headers}));
				}
			})()`, nil)
			b.run(chromedp.Reload())
			b.whole()
		})
	}
}

// A version before this one kept whatever came with a 200. When it has kept
// something broken the new one does not wait to be asked for.
func TestOldStoreIsBad(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	const worker = `addEventListener("install", (e) => e.waitUntil(caches.open("fixlab /sub/lab/ 0123456789ab").then(async (cache) => {
			await cache.put("./", new Response("<!doctype html><title>Old</title><script src=boot-0123456789ab.js></script>", {headers: {"Content-Type": "text/html"}}));
			await cache.put("boot-0123456789ab.js", new Response("(() => {", {headers: {"Content-Type": "text/javascript"}}));
		})));
		addEventListener("fetch", (e) => e.respondWith(caches.match(e.request, {ignoreSearch: true}).then((kept) => kept || fetch(e.request))));`
	var old atomic.Bool
	old.Store(true)
	b := serve(t, hosting{Dir: dir, Intercept: func(w http.ResponseWriter, _ *http.Request, name string) bool {
		if old.Load() && name == "sw.js" {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, worker)
			return true
		}
		return false
	}}).tab(t)
	b.broken()
	b.allow("favicon.ico")
	b.allow("SyntaxError")
	b.visit("icon.svg")
	b.eval(`navigator.serviceWorker.register("sw.js", {updateViaCache: "none"}).then(() => navigator.serviceWorker.ready).then(() => 0)`, nil)
	b.visit("")
	b.until("document.title === 'Old'")
	old.Store(false)
	b.eval(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 0)`, nil) // as a browser does after each visit
	b.until("caches.keys().then((names) => names.length === 2)")
	b.until("navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting && r.active.state === 'activated')")
	b.run(chromedp.Reload())
	b.whole()
}

// Two tabs across an update: the one that stays at the old version has its worker
// still, the other one the new.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	old, fresh := editions(t)
	h := serve(t, hosting{Dir: old, Cache: "no-store"})
	b := h.tab(t)
	b.broken()
	b.visit("")
	b.ready()
	b.offlineReady()
	other := b.sibling()
	other.broken()
	other.visit("")
	other.ready()
	h.deploy(fresh)
	was := b.version()
	b.run(chromedp.Reload())
	b.update()
	b.ready()
	other.is("document.documentElement.dataset.version", was)
	h.cut()
	const starts = `new Promise((done) => {
		const worker = fixlabWorker();
		worker.onmessage = () => done("it answers");
		worker.onerror = () => done("it does not load");
	})`
	other.is(starts, "it answers")
	b.is(starts, "it answers")
	other.run(chromedp.Reload())
	other.whole()
	other.is("document.documentElement.dataset.version !== '"+was+"'", "true")
}

// The host's headers, such as its policies, outlive the store.
func TestHeadersAreKept(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{Dir: write(t, tiny(t)), Intercept: headers("X-Frame-Options", "DENY", "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Embedder-Policy", "require-corp", "Vary", "Accept-Encoding")}).tab(t)
	b.visit("")
	b.ready()
	b.offlineReady()
	for range 2 {
		b.is("crossOriginIsolated", "true")
		b.is("fetch('./').then((answer) => answer.headers.get('X-Frame-Options'))", "DENY")
		b.is("document.querySelector('#notice').childElementCount", "0") // the first version is no update
		b.host.cut()
		b.run(chromedp.Reload())
		b.ready()
	}
}

// What a browser denies, the lab does without, and says in one place what is missing.
func TestDenied(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	for _, test := range []struct{ name, before, path, says string }{
		{"no service worker", "delete Navigator.prototype.serviceWorker", "", "this browser forbids it"},
		{"touching it throws", "Object.defineProperty(Navigator.prototype, 'serviceWorker', {get() { throw new DOMException('no', 'SecurityError') }})", "", "refuses sw.js"},
		{"registering rejects", "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('no'))", "", "refuses sw.js"},
		{"no storage", "for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB']) Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError') }})", "", ""},
		{"no crypto.subtle", "Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})", "", ""},
		{"replaceState throws", "History.prototype.replaceState = () => { throw new DOMException('no', 'SecurityError') }", "#100%", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, hosting{Dir: dir}).tab(t)
			b.before(test.before)
			b.visit(test.path)
			b.ready()
			if test.says != "" {
				b.until("document.querySelector('#offline p')")
				if got := b.text("#offline"); !strings.Contains(got, "works online only") || !strings.Contains(got, test.says) {
					t.Errorf("it says %q, want %q", got, test.says)
				}
			}
			if n := b.count("#boot-error p"); n != 0 {
				t.Errorf("it says %q", b.text("#boot-error"))
			}
		})
	}
}

// A store that the service worker may not open is said to be missing, too.
func TestStoreRefused(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	b := serve(t, hosting{Dir: dir, Intercept: func(w http.ResponseWriter, _ *http.Request, name string) bool {
		if name != "sw.js" {
			return false
		}
		whole, err := os.ReadFile(dir + "/sw.js")
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprintf(w, "caches.open = () => Promise.reject(new DOMException('no', 'SecurityError'));\n%s", whole)
		return true
	}}).tab(t)
	b.visit("")
	b.ready()
	b.until("document.querySelector('#offline p')")
	if got := b.text("#offline"); !strings.Contains(got, "this browser forbids storage") {
		t.Errorf("it says %q", got)
	}
}

// What one lab of an origin lacks is not said in another.
func TestNeighbour(t *testing.T) {
	t.Parallel()
	dir := write(t, tiny(t))
	h := serve(t, hosting{Dir: dir, Prefix: "/a/", Intercept: func(w http.ResponseWriter, r *http.Request, name string) bool {
		if theirs, ok := strings.CutPrefix(name, "b/"); ok {
			http.ServeFile(w, r, dir+"/"+theirs)
			return true
		}
		if name != "sw.js" {
			return false
		}
		whole, err := os.ReadFile(dir + "/sw.js")
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/javascript")
		io.WriteString(w, strings.ReplaceAll(string(whole), `:"sha256-`, `:"sha256-x`)) // no file is right
		return true
	}})
	there := h.tab(t)
	there.visit("b/")
	there.ready()
	there.offlineReady()
	there.eval(`window.told = [], navigator.serviceWorker.addEventListener("message", (e) => told.push(e.data)), 1`, nil)
	b := there.sibling()
	b.visit("?x=1")
	b.ready()
	b.until("document.querySelector('#offline p')?.innerText.includes('does not arrive as it was built')")
	there.eval("new Promise(requestAnimationFrame).then(() => 1)", nil)
	there.is("told.length", "0")
	there.is("document.querySelectorAll('#offline p').length", "0")
}
