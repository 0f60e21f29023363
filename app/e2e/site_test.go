//go:build e2e

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"fixlab/app/site"
)

// deep is a link to a step of a lesson.
const deep = "#1/signed-id-toss/rotate/3"

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
	return strings.HasSuffix(name, ".gz.bin") || strings.HasSuffix(name, ".wasm")
}

// Under a sub-path go-app's default shows one thing before and another after the
// wasm, and its deep links are 404s; only the fragment is the same on every host.
func TestOpens(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		how  hosting
		path string
		at   string // where it ends up, below the site's folder
	}{
		{"sub-path", hosting{}, "", ""},
		{"root", hosting{Prefix: "/"}, "", ""},
		{"deep link", hosting{}, deep, deep},
		{"query", hosting{}, "?x=1" + deep, "?x=1" + deep},
		{"stray percent sign", hosting{}, "#100%", ""},
		{"index.html", hosting{}, "index.html" + deep, "index.html" + deep},
		{"host redirects index.html", hosting{RedirectIndex: true}, "index.html" + deep, deep},
		{"host inflates", hosting{Inflate: true}, deep, deep},
		{"host caches nothing", hosting{Cache: "no-store"}, deep, deep},
		{"unknown path", hosting{}, "no/such/page?x=1" + deep, "?x=1" + deep},
		{"unknown path at the root", hosting{Prefix: "/"}, "no/such/page" + deep, deep},
		{"unknown file", hosting{Prefix: "/a/b/c/"}, "nothing.html" + deep, deep},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, test.how).tab(t)
			if strings.HasPrefix(test.name, "unknown") {
				b.allow("404 (Not Found)")
			}
			b.visit(test.path)
			b.ready() // a page that mends its link may do so now
			b.until(fmt.Sprintf("location.href.startsWith(%q)", b.host.URL+test.at))
			if strings.HasSuffix(test.at, deep) {
				b.until(`document.querySelector("[data-step='3']")`)
			}
		})
	}
}

// A build that knows its path needs no search for it, and starts even where a
// host answers every address with the shell.
func TestKnownBase(t *testing.T) {
	t.Parallel()
	src := tiny(t)
	src.Base = "/sub/lab/"
	dir := write(t, src)
	for _, test := range []struct {
		name string
		how  hosting
		at   string
	}{
		{"404.html", hosting{Dir: dir}, "?x=1#deep"},
		{"fallback to the shell", hosting{Dir: dir, Fallback: true}, "no/such/page?x=1#deep"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, test.how).tab(t)
			b.allow("404 (Not Found)")
			b.visit("no/such/page?x=1#deep")
			b.until(fmt.Sprintf("location.href === %q", b.host.URL+test.at))
			b.ready()
		})
	}
}

// go-app's default does not work offline under a sub-path at all, and at the
// root not on any other address than the one precached.
func TestOffline(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"/", "/sub/lab/"} {
		t.Run(prefix, func(t *testing.T) {
			t.Parallel()
			// Precaching index.html would fail on a host that redirects it.
			b := serve(t, hosting{Prefix: prefix, RedirectIndex: true}).tab(t)
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
	first, second := tiny(t), tiny(t)
	first.Lesson.Title, second.Lesson.Title = "First edition", "Second edition"
	old, fresh := write(t, first), write(t, second)
	h := serve(t, hosting{Dir: old, Cache: "max-age=600"})
	b := h.tab(t)
	b.before(`window.told = [];
		const real = ServiceWorker.prototype.postMessage;
		ServiceWorker.prototype.postMessage = function (message) { told.push(message); return real.call(this, message) };`)
	version := func() (v string) { b.eval("document.documentElement.dataset.version", &v); return v }
	b.visit("#kept")
	b.ready()
	b.offlineReady()
	was := version()

	h.deploy(fresh)
	b.run(chromedp.Reload())
	b.ready()
	b.until(`document.querySelector("#notice[role=status] button")`)
	if got := b.text("#notice"); !strings.Contains(got, "new version") {
		t.Errorf("the notice says %q", got)
	}
	if version() != was {
		t.Fatal("the lesson was swapped before the learner confirmed")
	}

	// Later: nothing changes, and the focus stays in the page.
	b.run(chromedp.Click(`//div[@id="notice"]//button[.="Later"]`, chromedp.BySearch))
	b.until(`document.querySelector("#notice").childElementCount === 0 && document.activeElement.matches("main")`)
	// Nobody has told the new worker to take over, so it never will.
	b.is("navigator.serviceWorker.getRegistration().then((r) => r.waiting.state)", "installed")
	b.is("told.length", "0")
	if version() != was {
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
	b.run(chromedp.Click(`//div[@id="notice"]//button[.="Reload now"]`, chromedp.BySearch))
	b.until(fmt.Sprintf("document.documentElement.dataset.version !== %q", was))
	b.ready()
	b.until("location.hash === '#kept'")
	if v := version(); v == was {
		t.Errorf("after the update the version is %s still", v)
	}
	var mark string
	other.eval("window.mark", &mark)
	if mark != "still here" {
		t.Error("the other tab was reloaded unasked")
	}
	// Its own button works also now that there is nothing left to activate.
	other.run(chromedp.Click(`//div[@id="notice"]//button[.="Reload now"]`, chromedp.BySearch))
	other.until(fmt.Sprintf("document.documentElement.dataset.version !== %q", was))
	other.ready()

	// What is stored is the new version, whole.
	h.cut()
	b.run(chromedp.Reload())
	b.ready()
	if v := version(); v == was {
		t.Errorf("offline the version is %s again", v)
	}
}

// A host in the middle of an update has the new worker and the old shell, or
// lacks a file: the old version goes on whole.
func TestHalfAnUpdate(t *testing.T) {
	t.Parallel()
	first, second := tiny(t), tiny(t)
	second.Lesson.Title = "Second edition"
	second.WASM = append(bytes.Clone(second.WASM), 0, 2, 1, 'x') // a custom section: other bytes, other name
	old, fresh := write(t, first), write(t, second)
	for name, half := range map[string]string{"old shell": "index.html", "missing file": "*.gz.bin"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mixed := t.TempDir()
			copyFiles(t, old, mixed, "*")
			copyFiles(t, fresh, mixed, "*")
			found, err := filepath.Glob(filepath.Join(fresh, half))
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			if err := os.Remove(filepath.Join(mixed, filepath.Base(found[0]))); err != nil {
				t.Fatal(err)
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

// go-app's default fetches icons from a third party, has an empty title and
// names a wrong address of itself. Here every link of the site is relative and
// leads to a file of it. (That no test reaches another origin is checked in all.)
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"index.html", "404.html"} {
		text := read(t, name)
		if m := regexp.MustCompile(`<title>([^<]+)</title>`).FindStringSubmatch(text); m == nil || !strings.Contains(m[1], "Fixation Lab") {
			t.Errorf("%s: title %q", name, m)
		}
		for _, never := range []string{"og:url", "canonical", "<base"} {
			if strings.Contains(text, never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
		for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			file, ok := strings.CutPrefix(html.UnescapeString(m[1]), "./")
			if !ok {
				t.Errorf("%s: the link %q is not relative", name, m[1])
			} else if _, err := os.Stat(filepath.Join(siteDir, file)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// go-app's default has scope "/" and start_url "/repo".
func TestManifest(t *testing.T) {
	t.Parallel()
	var m struct {
		ID, Name, Scope string
		StartURL        string `json:"start_url"`
		Icons           []struct{ Src, Sizes, Type, Purpose string }
	}
	if err := json.Unmarshal([]byte(read(t, "manifest.webmanifest")), &m); err != nil {
		t.Fatal(err)
	}
	if m.ID != "./" || m.Scope != "./" || m.StartURL != "./" || m.Name == "" {
		t.Errorf("id %q, scope %q, start_url %q, name %q", m.ID, m.Scope, m.StartURL, m.Name)
	}
	has := map[string]bool{}
	for _, icon := range m.Icons {
		b := read(t, icon.Src)
		has[icon.Purpose+icon.Sizes] = true
		switch icon.Type {
		case "image/png":
			img, err := png.Decode(strings.NewReader(b))
			if err != nil {
				t.Errorf("%s: %v", icon.Src, err)
			} else if size := fmt.Sprintf("%dx%d", img.Bounds().Dx(), img.Bounds().Dy()); size != icon.Sizes {
				t.Errorf("%s is %s, the manifest says %s", icon.Src, size, icon.Sizes)
			} else if _, _, _, a := img.At(0, 0).RGBA(); icon.Purpose == "maskable" && a != 0xffff {
				t.Errorf("%s: a maskable icon fills its square", icon.Src)
			}
		case "image/svg+xml":
			if !strings.HasPrefix(b, "<svg ") {
				t.Errorf("%s is no SVG", icon.Src)
			}
		default:
			t.Errorf("%s has the type %q", icon.Src, icon.Type)
		}
	}
	if !has["192x192"] || !has["512x512"] || !has["maskable512x512"] || !has["any"] {
		t.Errorf("the icons are %v", has)
	}

	b := serve(t, hosting{Dir: write(t, tiny(t))}).tab(t)
	b.visit("")
	var url, data string
	var parseErrors []*devtools.AppManifestError
	b.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		url, parseErrors, data, _, err = devtools.GetAppManifest().Do(ctx)
		return err
	}))
	if len(parseErrors) > 0 || url != b.host.URL+"manifest.webmanifest" || data == "" {
		t.Errorf("the browser reads the manifest at %s with errors %v", url, parseErrors)
	}
	var wide []float64
	b.eval(`Promise.all(["icon.svg", "icon-192.png"].map(async (src) => { const i = new Image(); i.src = src; await i.decode(); return i.naturalWidth; }))`, &wide)
	if len(wide) != 2 || wide[0] == 0 || wide[1] != 192 {
		t.Errorf("the icons are %v pixels wide", wide)
	}
}

// go-app's RawHeaders come after its scripts: a policy there arrives too late.
func TestPolicy(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"index.html", "404.html"} {
		text := read(t, name)
		m := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindStringSubmatchIndex(text)
		if m == nil {
			t.Fatalf("%s has no policy", name)
		}
		policy := html.UnescapeString(text[m[2]:m[3]])
		if strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "'unsafe-eval'") || !strings.HasPrefix(policy, "default-src 'none'; ") {
			t.Errorf("%s: %s", name, policy)
		}
		for _, tag := range []string{"<script", "<link", "<style", "<img"} {
			if i := strings.Index(text, tag); i >= 0 && i < m[0] {
				t.Errorf("%s: %s stands before the policy", name, tag)
			}
		}
	}
	b := open(t, deep)
	var blocked bool
	b.allow("Content Security Policy")
	b.eval(`new Promise((done) => {
		addEventListener("securitypolicyviolation", () => done(!window.ran));
		const s = document.createElement("script");
		s.textContent = "window.ran = true";
		document.head.append(s); // runs here, if it runs
		if (window.ran) done(false);
	})`, &blocked)
	if !blocked {
		t.Error("an inline script runs")
	}
}

// The page links its half of go-app and nothing of its server's, nor of any other.
func TestLinked(t *testing.T) {
	t.Parallel()
	wasm := read(t, glob(t, "app-*.wasm"))
	if !strings.Contains(wasm, "main.main") {
		t.Error("app.wasm has no function names to look at")
	}
	for _, never := range []string{"pkg/app.(*Handler)", "net/http.(*Server).Serve", "net/http.(*Transport).dialConn", "text/template.", "html/template.(", "chromedp", "brotli"} {
		if strings.Contains(wasm, never) {
			t.Errorf("app.wasm links %s", never)
		}
	}
}

// Before the wasm arrives the first lesson can be read and the attempt is shown.
func TestBeforeTheWASM(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	b := serve(t, hosting{Intercept: holdWASM(hold)}).tab(t)
	b.start("")
	b.until(`document.querySelector("#lesson .lesson-verdict") && !document.querySelector("#boot").hidden`)
	if n := b.count("#lesson .lesson-steps > li"); n < 5 {
		t.Errorf("the lesson has %d steps", n)
	}
	if got := b.text("#lesson h1"); got != "Fixation Lab" {
		t.Errorf("the heading is %q", got)
	}
	var outcome string
	b.eval(`document.querySelector("[data-lesson-outcome]").dataset.lessonOutcome`, &outcome)
	if outcome != "hijacked" {
		t.Errorf("the first lesson, undefended, ends %q", outcome)
	}
	var ready *string
	b.eval("document.documentElement.dataset.ready ?? null", &ready)
	if ready != nil {
		t.Errorf("data-ready is %q before there is any wasm", *ready)
	}
	// Accessible as it stands, at a phone's width too.
	for _, width := range []int64{1366, 320} {
		b.size(width, 768)
		b.is("document.documentElement.scrollWidth <= innerWidth", "true")
	}
	b.accessible()
	b.size(1366, 768)
	b.eval("scrollTo(0, 120), 1", nil)
	close(hold)
	b.ready()
	if n := b.count("#lesson"); n != 0 {
		t.Error("the lesson as text is still there")
	}
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

// What cannot start says so, and the lesson stays readable.
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
			w.Write(b[:len(b)/2])
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
		{"host error", real, hosting{Intercept: answer(503)}, "", "the host answered 503"},
		{"cut short", real, hosting{Intercept: cutShort}, "", "The lab cannot start: "},
		{"not wasm", broken, hosting{}, "", "The lab cannot start: "},
		{"the program ends", ends, hosting{}, "", "it ended with an error"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.how.Dir = write(t, test.src)
			b := serve(t, test.how).tab(t)
			b.allow("503")
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
			if n := b.count("#lesson .lesson-steps > li"); n != 2 {
				t.Errorf("the lesson has %d steps", n)
			}
			b.accessible()
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
	if n := b.count("#lesson .lesson-steps > li"); n < 5 {
		t.Errorf("the lesson has %d steps", n)
	}
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

// tiny returns a site whose page is a few lines, to try the loader and the
// worker with.
func tiny(t *testing.T) site.Source {
	t.Helper()
	exec, err := site.WASMExec("../..")
	if err != nil {
		t.Fatal(err)
	}
	return site.Source{
		Lesson: site.Lesson{Title: "A lesson", Intro: "It has two steps.", Outcome: "defended", Verdict: "Defended",
			Steps: []site.Step{{N: 1, Caption: "One.", Text: "alice get /"}, {N: 2, Text: "wait 1m", Events: []string{"time went by"}}}},
		WASM:     compile(t, "./testdata/tiny"),
		WASMExec: exec,
		Web:      os.DirFS("../../web"),
	}
}

// compiled are the wasm files that the tests try the loader with, each made once.
var compiled = map[string]func() ([]byte, error){
	"./testdata/tiny": sync.OnceValues(func() ([]byte, error) { return site.Compile(".", "./testdata/tiny") }),
	"./testdata/ends": sync.OnceValues(func() ([]byte, error) { return site.Compile(".", "./testdata/ends") }),
}

func compile(t *testing.T, pkg string) []byte {
	t.Helper()
	b, err := compiled[pkg]()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// write writes the site into a folder of its own.
func write(t *testing.T, src site.Source) string {
	t.Helper()
	files, err := src.Files()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := site.Write(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

// glob returns the name of the one file of the built site that matches.
func glob(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(siteDir, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v; want one", pattern, found, err)
	}
	return filepath.Base(found[0])
}

// read returns a file of the built site.
func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(siteDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
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
