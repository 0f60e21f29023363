//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// asksNothing fails if the tab has asked for anything but the document at url and what lies
// within it.
func (b *tab) asksNothing(urls ...string) {
	b.t.Helper()
	for _, u := range b.requests() {
		at, _, _ := strings.Cut(u, "#")
		fine := strings.HasPrefix(u, "data:") || strings.HasPrefix(u, "blob:") || strings.HasPrefix(u, "about:")
		for _, url := range urls {
			fine = fine || at == url
		}
		if !fine {
			b.t.Errorf("the file asks for %s", u)
		}
	}
}

// The one file works from a disk: the course, the lab, workers, the other pages, and what a
// link to it is worth.
func TestLabFile(t *testing.T) {
	t.Parallel()
	url := "file://" + filepath.Join(packDir(t, nil), "lab.html")
	b := serve(t, hosting{}).tab(t)
	b.elsewhere = true
	b.run(chromedp.Navigate(url))
	b.ready()
	b.is("getComputedStyle(document.querySelector('#late')).display", "none")
	b.is("document.querySelector('#offline').innerText + document.querySelector('#notice').innerText", "")
	h := b.mouse()
	h.bets(1, "#sure")
	h.acts()
	b.settled()
	b.click("#way-play")
	b.until("location.hash.startsWith('#1/')")
	b.settled()
	b.press("?")
	b.settled()
	b.click("#help a[href='licences.txt']")
	b.until("document.querySelector('.alone-page').open")
	b.is("document.querySelector('.alone-page').innerText.includes('==== Go, ')", "true")
	b.press("r") // no key of the lab's
	b.eval("document.querySelector('.alone-page button').click(), 1", nil)
	b.until("!document.querySelector('.alone-page')")
	b.is("document.querySelector('#help').open", "true")
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(url+"#explore"))
	b.ready()
	b.complete()
	b.is("document.querySelector('#explore-says').innerText.includes('has no worker')", "false")
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(url+"#audit"))
	b.ready()
	b.run(chromedp.SetUploadFiles("#audit-file", []string{recordingPath("chromium-sensitive.har")}))
	b.until("document.querySelector('#audit-answer')?.dataset.state === 'kept'")
	b.run(chromedp.Evaluate(`navigator.clipboard.writeText = () => Promise.resolve(), 1`, nil))
	b.click("#more")
	b.settled()
	b.click("#share")
	b.until("(" + told + ").includes('opens this file on this machine')")
	b.asksNothing(url)
}

// A file that is cut short, or altered, says so.
func TestLabFileDamaged(t *testing.T) {
	t.Parallel()
	whole := string(packFile(t, "lab.html"))
	at := strings.Index(whole, `id="program">`) + 100_000
	for name, text := range map[string]string{
		"cut short": whole[:at],
		"altered":   whole[:at] + "AAAAAAAA" + whole[at+8:],
		"policy":    strings.Replace(whole, `'wasm-unsafe-eval'`, "", 1),
		"styles":    strings.Replace(whole, "<style>", "<style> ", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := serve(t, hosting{Dir: packDir(t, map[string][]byte{"lab.html": []byte(text)})}).tab(t)
			b.broken()
			b.allow("Content Security Policy")
			b.visit("lab.html")
			switch name {
			case "cut short":
				b.until("!document.documentElement.dataset.alone")
				b.eval("document.querySelector('#late').getAnimations().forEach((a) => a.finish()), 1", nil) // it waits for eight seconds
				b.until("getComputedStyle(document.querySelector('#late')).visibility === 'visible'")
				b.is("document.querySelector('#late').innerText.includes('cut short')", "true")
			case "altered":
				b.until("document.querySelector('#boot-error').innerText.includes('is not as it was built')")
				b.eval("document.querySelector('#boot-error button + button').click(), 1", nil)
				b.is("document.querySelector('.alone-page .lesson-verdict') !== null", "true")
			case "policy":
				b.until("document.querySelector('#boot-error').innerText.includes('wasm-unsafe-eval')")
			case "styles":
				b.ready()
				b.until("document.querySelector('#offline').innerText.includes('lost its style sheet')")
			}
		})
	}
}

// inFrame sets out to what an expression comes to in the first frame of the page, which is
// another origin: in a world of its own, which sees the document and not its variables.
func (b *tab) inFrame(expression string, out any) (err error) {
	return chromedp.Run(b.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		tree, err := page.GetFrameTree().Do(ctx)
		if err != nil {
			return err
		}
		if len(tree.ChildFrames) == 0 {
			return fmt.Errorf("there is no frame")
		}
		world, err := page.CreateIsolatedWorld(tree.ChildFrames[0].Frame.ID).Do(ctx)
		if err != nil {
			return err
		}
		return chromedp.Evaluate(expression, out, func(p *runtime.EvaluateParams) *runtime.EvaluateParams {
			return await(p).WithContextID(world)
		}).Do(ctx)
	}))
}

// frameUntil waits until an expression comes true in the frame.
func (b *tab) frameUntil(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, deadline/2)
	defer cancel()
	for ok := false; !ok; {
		err := b.inFrame(fmt.Sprintf("(async () => { for (let n = 0; n < 60; n++) { if (%s) return true; await new Promise(requestAnimationFrame); } return false })()", expression), &ok)
		if ctx.Err() != nil {
			var text string
			_ = b.inFrame("location.href.slice(0, 80) + ' ' + document.body.innerText.slice(0, 400)", &text)
			b.t.Fatalf("in the frame still not: %s (%v)\nthe frame: %s\nthe browser said: %q", expression, err, text, b.said())
		}
	}
}

// sandboxes are the pages around a sandboxed frame with the lab, by how it gets there.
func sandboxes(t testing.TB) map[string][]byte {
	frame := func(attributes, script string) []byte {
		return []byte(`<!doctype html><meta charset="utf-8"><title>Around</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" ` + attributes + ` width="1340" height="740"></iframe>` + script)
	}
	return map[string][]byte{
		"src.html":    frame(`src="lab.html"`, ""),
		"srcdoc.html": frame(`srcdoc="`+html.EscapeString(string(packFile(t, "lab.html")))+`"`, ""),
		"blob.html": frame("", `<script>fetch("lab.html").then((r) => r.blob()).then((b) => {
			document.querySelector("iframe").src = URL.createObjectURL(b) })</script>`),
	}
}

// In a frame that may run scripts and nothing else, however it gets its page, the lab runs: the
// course, its links, and the workers; and it says what no link can do there.
func TestLabSandbox(t *testing.T) {
	t.Parallel()
	pages := sandboxes(t)
	for name := range pages {
		if name == "blob.html" && !thorough {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := serve(t, hosting{Dir: packDir(t, pages), Intercept: func(w http.ResponseWriter, _ *http.Request, name string) bool {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				return false
			}})
			b := h.tab(t)
			b.allow("Clipboard API")
			b.visit(name)
			b.frameUntil(`document.documentElement.dataset.ready === "true"`)
			click := func(selector string) {
				t.Helper()
				b.frameUntil("(document.querySelector(" + fmt.Sprintf("%q", selector) + ").click(), true)")
			}
			click("#bet-1")
			b.frameUntil("document.querySelector('#bet-1').ariaChecked === 'true'")
			click("#sure")
			b.frameUntil("location.hash.endsWith('/act')")
			click("#way-play")
			b.frameUntil("document.documentElement.dataset.page === 'lab' && location.hash.startsWith('#1/')")
			click("#forward")
			b.frameUntil("location.hash.endsWith('/2')")
			click("#way-reference")
			b.frameUntil("document.querySelector('a[href^=\"#explore\"]')")
			click("#more")
			b.frameUntil("document.querySelector('#share')")
			click("#share")
			b.frameUntil("document.querySelector('#told').innerText.includes('behind the address of a lab: #reference')")
			click("a[href^='#explore']")
			b.frameUntil("document.querySelector('#explore-says')?.innerText.startsWith('Complete')")
			b.frameUntil("!document.querySelector('#explore-says').innerText.includes('has no worker')")
			b.asksNothing(h.URL+name, h.URL+"lab.html")
		})
	}
}
