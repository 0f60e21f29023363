//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// go-app's default does not work offline under a sub-path at all, and at the
// root not on any other address than the one precached.
func TestOffline(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"/", "/sub/lab/"} {
		t.Run(prefix, func(t *testing.T) {
			t.Parallel()
			// Precaching index.html would fail on a host that redirects it.
			how := hosting{Prefix: prefix, RedirectIndex: true}
			if prefix == "/" && !thorough {
				how.Dir = write(t, tiny(t))
			}
			b := serve(t, how).tab(t)
			b.visit(deep)
			b.ready()
			b.offlineReady()
			b.host.cut()
			b.allow("net::ERR_") // the address that does not exist is asked for
			for _, test := range []struct{ path, at string }{
				{"", ""},
				{"?x=1" + deep, "?x=1" + deep},
				{"index.html" + deep, "index.html" + deep},
				{"no/such/page?x=1" + deep, "?x=1" + deep},
				{"?y=2", "?y=2"},
			} {
				b.visit("icon.svg") // so that the next visit is a load, not a move within the page
				b.visit(test.path)
				b.until(fmt.Sprintf("location.href === %q", b.host.URL+test.at))
				b.ready()
			}
			b.run(chromedp.Reload())
			b.ready()
		})
	}
}

// The badge follows the browser's word.
func TestOfflineBadge(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{Dir: write(t, tiny(t))}).tab(t)
	b.visit("")
	b.ready()
	if got := b.text("#offline"); got != "" {
		t.Errorf("online, the badge says %q", got)
	}
	b.eval(`Object.defineProperty(navigator, "onLine", {get: () => window.line, configurable: true})`, nil)
	b.eval(`window.line = false, dispatchEvent(new Event("offline")), 1`, nil)
	if got := b.text("#offline[role=status]"); !strings.HasPrefix(got, "Offline.") {
		t.Errorf("offline, the badge says %q", got)
	}
	b.eval(`window.line = true, dispatchEvent(new Event("online")), 1`, nil)
	if got := b.text("#offline"); got != "" {
		t.Errorf("online again, the badge says %q", got)
	}
}

// With max-age=600 go-app's new worker fills its cache with old files, for
// ever; and it swaps an open page unasked.
func TestUpdate(t *testing.T) {
	t.Parallel()
	old, fresh := editions(t)
	h := serve(t, hosting{Dir: old, Cache: "max-age=600"})
	b := h.tab(t)
	b.before(`window.told = [];
		const real = ServiceWorker.prototype.postMessage;
		ServiceWorker.prototype.postMessage = function (message, ...more) { told.push(message); return real.call(this, message, ...more) };`)
	b.visit("#kept")
	b.ready()
	b.offlineReady()
	was := b.version()

	h.deploy(fresh)
	b.run(chromedp.Reload())
	b.ready()
	b.until(`document.querySelector("#notice[role=status] button")`)
	if got := b.text("#notice"); !strings.Contains(got, "new version") {
		t.Errorf("the notice says %q", got)
	}
	if b.version() != was {
		t.Fatal("the lesson was swapped before the learner confirmed")
	}

	// Later: nothing changes, and the focus stays in the page.
	b.click("#notice button:last-of-type") // Later
	b.until(`document.querySelector("#notice").childElementCount === 0 && document.activeElement.matches("main")`)
	// Nobody has told the new worker to take over, so it never will.
	b.is("navigator.serviceWorker.getRegistration().then((r) => r.waiting.state)", "installed")
	b.is(`told.includes("activate")`, "false")
	if b.version() != was {
		t.Fatal("the lesson was swapped although the learner said later")
	}

	// A second tab asks again; the first one is left alone when it confirms.
	other := b.sibling()
	other.visit("#other")
	other.ready()
	other.until(`document.querySelector("#notice button")`)
	b.run(chromedp.Reload())
	b.ready()
	b.until(`document.querySelector("#notice button")`)
	other.eval("window.mark = 'still here'", nil)
	b.update()
	b.ready()
	b.until("location.hash === '#kept'")
	if v := b.version(); v == was {
		t.Errorf("after the update the version is %s still", v)
	}
	var mark string
	other.eval("window.mark", &mark)
	if mark != "still here" {
		t.Error("the other tab was reloaded unasked")
	}
	// Its own button works also now that there is nothing left to activate.
	other.click("#notice button")
	other.until(fmt.Sprintf("document.documentElement.dataset.version !== %q", was))
	other.ready()

	// What is stored is the new version, whole.
	h.cut()
	b.run(chromedp.Reload())
	b.ready()
	if v := b.version(); v == was {
		t.Errorf("offline the version is %s again", v)
	}
}

// A host in the middle of an update has the new worker and the old shell, or
// lacks the wasm in all its forms: the old version goes on whole.
func TestHalfAnUpdate(t *testing.T) {
	t.Parallel()
	old, fresh := editions(t)
	for name, half := range map[string]string{"old shell": "index.html", "missing file": "app-*.[gw]*"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mixed := t.TempDir()
			copyFiles(t, old, mixed, "*")
			copyFiles(t, fresh, mixed, "*")
			found, err := filepath.Glob(filepath.Join(fresh, half))
			if err != nil || len(found) == 0 {
				t.Fatal(found, err)
			}
			for _, name := range found {
				if err := os.Remove(filepath.Join(mixed, filepath.Base(name))); err != nil {
					t.Fatal(err)
				}
			}
			if half == "index.html" {
				copyFiles(t, old, mixed, half)
			}
			h := serve(t, hosting{Dir: old})
			b := h.tab(t)
			b.visit("")
			b.ready()
			b.offlineReady()
			h.deploy(mixed)
			b.allow("404")
			b.eval(`navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => 1, () => 0)`, nil)
			b.until(`navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)`)
			b.until(`caches.keys().then((names) => names.length === 1)`)
			h.cut()
			b.run(chromedp.Reload())
			b.ready()
		})
	}
}

// go-app's worker deletes every other cache on the origin.
func TestOtherCaches(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{Dir: write(t, tiny(t))}).tab(t)
	b.allow("favicon.ico")
	b.visit("sw.js") // a page of the origin that is not the lab
	others := []string{"other", "fixlab", "fixlab / 0123456789ab", "fixlab /sub/ 0123456789ab", "fixlab /sub/lab/x/ 0123456789ab"}
	list, err := json.Marshal(append(others, "fixlab /sub/lab/ 0123456789ab"))
	if err != nil {
		t.Fatal(err)
	}
	b.eval(fmt.Sprintf(`Promise.all(%s.map((name) => caches.open(name))).then(() => 1)`, list), nil)
	b.visit("")
	b.ready()
	b.offlineReady()
	var names []string
	b.eval("caches.keys()", &names)
	for _, name := range others {
		if !strings.Contains(strings.Join(names, "\n")+"\n", name+"\n") {
			t.Errorf("the cache %q is gone", name)
		}
	}
	if len(names) != len(others)+1 { // and an old one of ours is gone
		t.Errorf("the caches are %q", names)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "/sub/lab/ 0123456789ab") {
			t.Errorf("our old cache %q is still there", name)
		}
	}
}

// go-app's page and worker both fetch the wasm.
func TestFetchedOnce(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	b.offlineReady()
	if got := b.host.answered(isWASM); len(got) != 1 {
		t.Errorf("the wasm was fetched %d times: %v", len(got), got)
	}
	b.run(chromedp.Reload())
	b.ready()
	if got := b.host.answered(isWASM); len(got) != 1 {
		t.Errorf("after a reload the wasm was fetched %d times: %v", len(got), got)
	}
}

// A link to a page that only the whole program has loads that; it is fetched once and
// works offline from then on.
func TestWholeOffline(t *testing.T) {
	t.Parallel()
	b := open(t, "#learn")
	b.offlineReady()
	b.eval("location.hash = '#teach'", nil)
	b.reopened("teach")
	b.until(`caches.keys().then((all) => caches.open(all[0])).then((c) => c.keys()).then((list) => list.some(({ url }) => url.includes("/whole-")))`)
	b.host.cut()
	b.run(chromedp.Reload())
	b.reopened("teach")
	b.eval("location.hash = '#sign'", nil)
	b.settled()
	b.is("document.documentElement.dataset.page", "sign")
	b.visit("icon.svg")
	b.visit("#present/signed-is-not-yours")
	b.reopened("present")
	if got := b.host.answered(func(name string) bool { return strings.HasPrefix(name, "whole-") }); len(got) != 1 {
		t.Errorf("the whole program was fetched %d times: %v", len(got), got)
	}
}

// In somebody else's frame the lab registers no service worker; by itself it does
// so in the task in which the page says that it is in charge.
func TestFramed(t *testing.T) {
	t.Parallel()
	h := serve(t, hosting{Dir: write(t, tiny(t)), Intercept: func(w http.ResponseWriter, r *http.Request, name string) bool {
		if name != "frame" {
			return false
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>frame</title><iframe src="./"></iframe>`)
		return true
	}})
	b := h.tab(t)
	b.allow("favicon.ico")
	b.before(`window.asked = 0;
		const real = ServiceWorkerContainer.prototype.register;
		ServiceWorkerContainer.prototype.register = function (...all) { asked++; return real.apply(this, all) };`)
	b.visit("frame")
	b.until(`document.querySelector("iframe").contentWindow.performance.getEntriesByName("page-ready").length === 1`)
	b.is(`document.querySelector("iframe").contentWindow.asked`, "0")
	b.visit("")
	b.until(`performance.getEntriesByName("page-ready").length === 1`)
	b.is("asked", "1")
}

func copyFiles(t *testing.T, from, to, pattern string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(from, pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(name)), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
