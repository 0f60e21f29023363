//go:build e2e

// Package e2e tests the built site in Chromium, and what every browser must do in
// Firefox too; with the tag engines, in WebKitGTK.
//
// FIXLAB_SITE names the built site to test; without it the tests build one.
// CHROMIUM and FIREFOX name the browsers; without them, they are Debian's. A missing
// browser is a failure, never a skip.
package e2e

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	devlog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
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
		chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WSURLReadTimeout(deadline),
		chromedp.Flag("disable-component-update", true),
		// chromedp's own, frames of another process, and the pages that every new window loads for its address bar.
		chromedp.Flag("disable-features", "site-per-process,IsolateSandboxedIframes,Translate,BlinkGenPropertyTrees,WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup"),
		chromedp.Flag("disable-gpu", true),
		// Nothing but the tests' own hosts can be reached.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE 127.70.105.120"),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithBrowserOption(chromedp.WithDialTimeout(deadline)), chromedp.WithErrorf(func(format string, args ...any) {
		if !strings.HasPrefix(format, "unhandled ") { // events that chromedp does not know yet
			log.Printf(format, args...)
		}
	}))
	defer cancel()
	browser = ctx
	if err := chromedp.Run(browser); err != nil {
		return 0, fmt.Errorf("starting %s: %w", chromium, err)
	}
	return m.Run(), nil
}

// open opens the built site, served under a sub-path, at a path below it, such
// as "#1/signed-id-toss/none/3", and waits until the page is in charge.
func open(t testing.TB, path string) *tab {
	t.Helper()
	b := serve(t, hosting{}).tab(t)
	b.visit(path)
	b.ready()
	return b
}

// A tab is a browser tab with a profile of its own: no cache, no storage and no
// service worker but its own. When the test ends it fails the test for every
// exception, console.error, browser error and request to another origin that
// the test has not allowed, and for every cookie.
type tab struct {
	t       testing.TB
	host    *host
	ctx     context.Context
	profile cdp.BrowserContextID

	mu      sync.Mutex
	errors  []string
	urls    []string
	allowed []string
	ended   bool // the program says that it panics

	elsewhere bool // the test goes to other origins itself
	asked     int  // how often the page was asked to settle
}

// deadline ends a test that hangs, and nothing else: no test is to wait for it.
const deadline = 5 * time.Minute

// tab opens an empty tab.
func (h *host) tab(t testing.TB) *tab {
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

func (h *host) newTab(t testing.TB, profile cdp.BrowserContextID) *tab {
	t.Helper()
	at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	// A new profile has no window yet, which chromedp does not think of.
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(at)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	ctx, stop := context.WithTimeout(ctx, deadline)
	b := &tab{t: t, host: h, ctx: ctx, profile: profile}
	chromedp.ListenTarget(ctx, b.collect)
	// Tabs work side by side, and each believes that it is the one in front.
	b.run(emulation.SetFocusEmulationEnabled(true), chromedp.EmulateViewport(1366, 768))
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
		text := ""
		for _, arg := range e.Args {
			text += " " + cmp.Or(arg.Description, string(arg.Value))
		}
		// What Go says as it ends, and it alone, is logged line by line.
		b.ended = b.ended || strings.HasPrefix(text, ` "panic: `) || strings.HasPrefix(text, ` "fatal error: `)
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeAssert {
			b.errors = append(b.errors, "console.error:"+text)
		} else if b.ended && e.Type == runtime.APITypeLog {
			b.errors = append(b.errors, "the program ends:"+text)
		}
	case *devlog.EventEntryAdded:
		if e.Entry.Level == devlog.LevelError {
			b.errors = append(b.errors, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		b.urls = append(b.urls, e.Request.URL)
	}
}

// said returns the errors that the browser has told of so far.
func (b *tab) said() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.errors...)
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
	// The lab keeps no real cookie.
	at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	cookies, err := storage.GetCookies().WithBrowserContextID(b.profile).Do(at)
	if err != nil || len(cookies) > 0 {
		b.t.Errorf("the browser keeps %d cookies, %v", len(cookies), err)
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
		b.t.Fatalf("%v\nthe browser said: %q", err, b.said())
	}
}

// visit goes to a path below the site's folder and waits for its load event.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.host.URL + path))
}

// start goes to a path below the site's folder and does not wait.
func (b *tab) start(path string) {
	b.t.Helper()
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, _, _, _, err := page.Navigate(b.host.URL + path).Do(ctx)
		return err
	}))
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

// click clicks the first element that matches a CSS selector as soon as one can:
// once it is drawn, works, and nothing lies over its middle.
func (b *tab) click(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, deadline/2)
	defer cancel()
	gesture := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return await(p).WithUserGesture(true) }
	if err := chromedp.Run(ctx, chromedp.Evaluate(fmt.Sprintf("("+strike+")(%q)", selector), nil, gesture)); err != nil {
		b.t.Fatalf("clicking %s: %v\nthe browser said: %q", selector, err, b.said())
	}
}

// strike is a JavaScript function that clicks what lies at the middle of an element,
// and sets the focus as a mouse does. It finds and clicks in one go: between two
// commands the page may be drawn anew.
const strike = `async (selector) => {
	for (;; await new Promise(requestAnimationFrame)) {
		const e = document.querySelector(selector);
		e?.scrollIntoViewIfNeeded();
		const box = e?.getClientRects()[0];
		const at = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
		if (!at || !e.contains(at) || !e.checkVisibility({visibilityProperty: true}) || at.closest(":disabled")) continue;
		const holder = at.closest("a[href], button, input, select, textarea, summary, [tabindex]");
		holder ? holder.focus({preventScroll: true}) : document.activeElement.blur();
		at.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, composed: true, detail: 1, view: window}));
		return 0;
	}
}`

// before runs a script in every document of the tab before its own.
func (b *tab) before(script string) {
	b.t.Helper()
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := page.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}
