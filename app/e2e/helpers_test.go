//go:build e2e

// Package e2e tests the built site in Chromium.
//
// FIXLAB_SITE names the built site to test; without it the tests build one.
// CHROMIUM names the browser; without it, it is Debian's. A missing browser is a
// failure, never a skip.
package e2e

import (
	"cmp"
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

var (
	siteDir string          // the built site
	browser context.Context // one for all tests; every tab has a profile of its own
)

func TestMain(m *testing.M) {
	code, err := testMain(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func testMain(m *testing.M) (int, error) {
	if siteDir = os.Getenv("FIXLAB_SITE"); siteDir == "" {
		tmp, err := os.MkdirTemp("", "fixlab-e2e-")
		if err != nil {
			return 0, err
		}
		defer os.RemoveAll(tmp)
		siteDir = filepath.Join(tmp, "_site")
		cmd := exec.Command("go", "run", "./app", "build", "-out", siteDir)
		cmd.Dir = "../.."
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("building the site: %w\n%s", err, out)
		}
	}
	chromium, err := exec.LookPath(cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	if err != nil {
		return 0, fmt.Errorf("no Chromium: %w; apt-get install chromium, or set CHROMIUM", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-gpu", true),
		// Nothing but the tests' own hosts can be reached.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(allocator)
	defer cancel()
	browser = ctx
	if err := chromedp.Run(browser); err != nil {
		return 0, fmt.Errorf("starting %s: %w", chromium, err)
	}
	return m.Run(), nil
}

// open opens the built site, served under a sub-path, at a path below it, such
// as "#1/signed-id-toss/none/3", and waits until the page is in charge.
func open(t *testing.T, path string) *tab {
	t.Helper()
	b := serve(t, hosting{}).tab(t)
	b.visit(path)
	b.ready()
	return b
}

// A hosting says how a static host behaves. The zero value is a plain host of
// the built site that, like GitHub Pages, lets everything be cached for ten minutes.
type hosting struct {
	Dir           string // what it serves; the built site when empty
	Prefix        string // the path the site lies under; "/sub/lab/" when empty
	Cache         string // its Cache-Control; "max-age=600" when empty
	RedirectIndex bool   // it redirects index.html to the folder
	Inflate       bool   // it labels *.gz.bin with Content-Encoding: gzip, so that the browser inflates it
	Fallback      bool   // it answers missing addresses with index.html and 200

	// Intercept, if set, may answer in the host's place, and then returns true.
	Intercept func(w http.ResponseWriter, r *http.Request, name string) bool
}

// A host is a static web server on loopback.
type host struct {
	hosting
	URL string // of the site's folder, with a slash at its end

	mu   sync.Mutex
	dir  string
	down bool
	hits []hit
}

// A hit is a request that a host has answered.
type hit struct {
	Method, Name string // the name in the site's folder, with the query
	Status       int
	Bytes        int
}

func serve(t *testing.T, how hosting) *host {
	t.Helper()
	how.Dir = cmp.Or(how.Dir, siteDir)
	how.Prefix = cmp.Or(how.Prefix, "/sub/lab/")
	how.Cache = cmp.Or(how.Cache, "max-age=600")
	h := &host{hosting: how, dir: how.Dir}
	server := httptest.NewServer(h)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	h.URL = server.URL + how.Prefix
	return h
}

// cut takes the host off the network: every connection breaks.
func (h *host) cut() { h.mu.Lock(); h.down = true; h.mu.Unlock() }

// deploy makes the host serve another folder.
func (h *host) deploy(dir string) { h.mu.Lock(); h.dir = dir; h.mu.Unlock() }

// answered returns what the host has answered for names for which match is true.
func (h *host) answered(match func(name string) bool) []hit {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []hit
	for _, x := range h.hits {
		if match(x.Name) {
			out = append(out, x)
		}
	}
	return out
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	dir, down := h.dir, h.down
	h.mu.Unlock()
	if down {
		panic(http.ErrAbortHandler)
	}
	name, ok := strings.CutPrefix(r.URL.Path, h.Prefix)
	count := &counter{ResponseWriter: w}
	defer func() {
		if r.URL.RawQuery != "" {
			name += "?" + r.URL.RawQuery
		}
		h.mu.Lock()
		h.hits = append(h.hits, hit{r.Method, name, cmp.Or(count.status, 200), count.bytes})
		h.mu.Unlock()
	}()
	if !ok {
		http.Error(count, "not this site", http.StatusNotFound)
		return
	}
	if h.Intercept != nil && h.Intercept(count, r, name) {
		return
	}
	count.Header().Set("Cache-Control", h.Cache)
	if name == "index.html" && h.RedirectIndex {
		http.Redirect(count, r, "./", http.StatusMovedPermanently)
		return
	}
	status, file := http.StatusOK, cmp.Or(name, "index.html")
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path.Clean("/"+file))))
	if err != nil {
		status, file = http.StatusNotFound, "404.html"
		if h.Fallback {
			status, file = http.StatusOK, "index.html"
		}
		b, _ = os.ReadFile(filepath.Join(dir, file))
	}
	if kind := mime.TypeByExtension(path.Ext(file)); kind != "" {
		count.Header().Set("Content-Type", kind)
	}
	if h.Inflate && strings.HasSuffix(file, ".gz.bin") {
		count.Header().Set("Content-Encoding", "gzip")
	}
	count.WriteHeader(status)
	if r.Method != http.MethodHead {
		count.Write(b)
	}
}

type counter struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counter) WriteHeader(status int) { c.status = status; c.ResponseWriter.WriteHeader(status) }

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController flush.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// A tab is a browser tab with a profile of its own: no cache, no storage and no
// service worker but its own. When the test ends it fails the test for every
// exception, console.error, browser error and request to another origin that
// the test has not allowed.
type tab struct {
	t       *testing.T
	host    *host
	ctx     context.Context
	profile cdp.BrowserContextID

	mu      sync.Mutex
	errors  []string
	urls    []string
	allowed []string

	elsewhere bool // the test goes to other origins itself
}

// tab opens an empty tab.
func (h *host) tab(t *testing.T) *tab {
	t.Helper()
	at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	profile, err := target.CreateBrowserContext().Do(at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = target.DisposeBrowserContext(profile).Do(at) })
	return h.newTab(t, profile)
}

// sibling opens an empty tab in the same profile.
func (b *tab) sibling() *tab {
	b.t.Helper()
	return b.host.newTab(b.t, b.profile)
}

func (h *host) newTab(t *testing.T, profile cdp.BrowserContextID) *tab {
	t.Helper()
	at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	// A new profile has no window yet, which chromedp does not think of.
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(at)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	ctx, stop := context.WithTimeout(ctx, 90*time.Second)
	b := &tab{t: t, host: h, ctx: ctx, profile: profile}
	chromedp.ListenTarget(ctx, b.collect)
	b.run(chromedp.EmulateViewport(1366, 768))
	t.Cleanup(func() {
		t.Helper()
		b.check()
		stop()
		cancel()
	})
	return b
}

func (b *tab) collect(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, "exception: "+e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeAssert {
			text := "console.error:"
			for _, arg := range e.Args {
				text += " " + cmp.Or(arg.Description, string(arg.Value))
			}
			b.errors = append(b.errors, text)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError {
			b.errors = append(b.errors, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		b.urls = append(b.urls, e.Request.URL)
	}
}

// allow says that errors with this text in them are what the test is about.
func (b *tab) allow(text string) { b.mu.Lock(); b.allowed = append(b.allowed, text); b.mu.Unlock() }

func (b *tab) check() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
next:
	for _, e := range b.errors {
		for _, text := range b.allowed {
			if strings.Contains(e, text) {
				continue next
			}
		}
		b.t.Errorf("in the browser: %s", e)
	}
	if b.elsewhere {
		return
	}
	home, err := url.Parse(b.host.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, raw := range b.urls {
		u, err := url.Parse(raw)
		if err != nil || (u.Host != home.Host && u.Scheme != "data" && u.Scheme != "blob" && u.Scheme != "about") {
			b.t.Errorf("a request to another origin: %s", raw)
		}
	}
}

// requests returns the addresses that the tab has asked for, in order.
func (b *tab) requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.urls...)
}

// run carries out actions; a failure ends the test.
func (b *tab) run(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.t.Fatalf("%v\nthe browser said: %q", err, b.errors)
	}
}

// visit goes to a path below the site's folder and waits for its load event.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.host.URL + path))
}

// start goes to a path below the site's folder and does not wait: the load event
// waits for the preloaded wasm.
func (b *tab) start(path string) {
	b.t.Helper()
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, _, _, _, err := page.Navigate(b.host.URL + path).Do(ctx)
		return err
	}))
}

// ready waits until the page is in charge.
func (b *tab) ready() {
	b.t.Helper()
	b.until(`document.documentElement.dataset.ready === "true"`)
}

// until waits until a JavaScript expression is true, also across navigations.
func (b *tab) until(expression string) {
	b.t.Helper()
	b.within(30*time.Second, expression)
}

func (b *tab) within(limit time.Duration, expression string) {
	b.t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		var ok bool
		err := chromedp.Run(b.ctx, chromedp.Evaluate("!!("+expression+")", &ok, await))
		if ok {
			return
		}
		if time.Now().After(end) || b.ctx.Err() != nil {
			var where, text string
			_ = chromedp.Run(b.ctx, chromedp.Evaluate("location.href", &where), chromedp.Evaluate("document.body.innerText.slice(0, 400)", &text))
			b.t.Fatalf("still not: %s (%v)\nat %s\nthe page: %s\nthe browser said: %q", expression, err, where, text, b.errors)
		}
	}
}

// eval sets out, if it is not nil, to what a JavaScript expression, or the
// promise that it is, comes to.
func (b *tab) eval(expression string, out any) {
	b.t.Helper()
	b.run(chromedp.Evaluate(expression, out, await))
}

func await(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// text returns the text of the first element that matches a CSS selector.
func (b *tab) text(selector string) string {
	b.t.Helper()
	var text *string
	b.eval(fmt.Sprintf("document.querySelector(%q)?.innerText ?? null", selector), &text)
	if text == nil {
		b.t.Fatalf("no %s in the page", selector)
	}
	return *text
}

// count returns how many elements match a CSS selector.
func (b *tab) count(selector string) (n int) {
	b.t.Helper()
	b.eval(fmt.Sprintf("document.querySelectorAll(%q).length", selector), &n)
	return n
}

// click clicks the first element that matches a CSS selector.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.run(chromedp.Click(selector, chromedp.ByQuery))
}

// before runs a script in every document of the tab before its own.
func (b *tab) before(script string) {
	b.t.Helper()
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

// offlineReady waits until the service worker has stored what it needs and
// controls the page.
func (b *tab) offlineReady() {
	b.t.Helper()
	b.until("navigator.serviceWorker.controller && navigator.serviceWorker.controller.state === 'activated'")
}

// size sets the size of the window, in CSS pixels.
func (b *tab) size(width, height int64) {
	b.t.Helper()
	b.run(chromedp.EmulateViewport(width, height))
}

// accessible runs axe-core on the page as it stands and reports what it finds.
// `make tools` fetches axe-core.
func (b *tab) accessible() {
	b.t.Helper()
	source, err := os.ReadFile("../../.cache/axe.min.js")
	if err != nil {
		b.t.Fatalf("no axe-core: %v; run `make tools`", err)
	}
	var found []string
	b.run(chromedp.Evaluate(string(source)+"; 0", nil))
	b.eval(`axe.run().then((r) => r.violations.map((v) =>
		v.id + ": " + v.help + ": " + v.nodes.map((n) => n.target.join(" ") + " " + n.html.slice(0, 120)).join("; ")))`, &found)
	for _, v := range found {
		b.t.Errorf("axe: %s", v)
	}
}
