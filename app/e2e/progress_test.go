//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	downloads "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"fixlab/app/page"
)

// Progress outlives a reload, and goes through a file to another device.
func TestProgressIsKept(t *testing.T) {
	t.Parallel()
	const lesson = "#learn/signed-is-not-yours"
	b := open(t, "")
	h := b.mouse()
	h.bets(1, "#guess")
	h.acts()
	b.run(chromedp.Reload())
	b.ready()
	b.is("location.hash", lesson+"/act/6")
	b.is("document.querySelector('#verdict .said').innerText.replaceAll(/\\s+/g, ' ')", "You said Yes, a guess You were right.")
	b.follow(lesson + "/card")
	h.use("#lessons")
	b.is("document.querySelectorAll('#lesson-list [aria-current] .done').length + document.querySelectorAll('#lesson-list .done').length", "2")
	h.use("#lessons")

	dir := t.TempDir()
	saved := filepath.Join(dir, "fixation-lab.json")
	b.download(dir, func() { h.use("#save-progress") })
	text, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := page.ParseProgress(string(text)); err != nil || !p.Lessons["signed-is-not-yours"].Done || p.Lessons["signed-is-not-yours"].Bets[0] != (page.Made{Option: "Yes"}) {
		t.Errorf("saved is %s: %v", text, err)
	}

	h.use("#forget")
	b.is("document.querySelector('#forget').innerText", "Press once more to forget everything")
	b.is(stage, "card")
	h.use("#forget")
	b.is(stage, "bet")
	b.is("document.querySelector('#told').innerText.split('\\n')[0]", "All progress on this device is forgotten.")
	b.is("document.querySelectorAll('#bet [aria-checked=true]').length", "0")
	b.is("localStorage.getItem('fixlab/progress').includes('signed')", "false")
	b.run(chromedp.Reload())
	b.ready()
	b.follow(lesson + "/card")
	b.is(stage, "bet")

	h.bets(2, "#sure")
	b.follow(lesson + "/card")
	wrong := filepath.Join(dir, "wrong.json")
	if err := os.WriteFile(wrong, []byte(`{"version": 9}`), 0o600); err != nil {
		t.Fatal(err)
	}
	b.upload(wrong, func() { h.use("#load-progress") })
	b.until("document.querySelector('#told').innerText.includes('was not loaded')")
	b.is("document.querySelector('.bets').innerText.includes('You said No, sure')", "true")
	b.upload(saved, func() { h.use("#load-progress") })
	b.until("document.querySelector('#told').innerText.includes('Progress loaded')")
	b.until(`location.hash === "` + lesson + `"`) // which comes after what is told
	b.follow(lesson + "/card")
	b.is("document.querySelector('.bets').innerText.includes('You said Yes, a guess')", "true")
}

// Who comes back on another day is asked a question from before, and then goes on with
// the first lesson that she has not been through.
func TestAnotherDay(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.allow("favicon.ico")
	done := page.Course()[0].Name
	b.visit("icon.svg") // of the same origin, without the page
	b.eval(fmt.Sprintf(`localStorage.setItem("fixlab/progress", '{"version": 1, "day": "2020-01-31", "lessons": {%q: {"done": true}}}'), 0`, done), nil)
	b.visit("")
	b.ready()
	b.is("document.documentElement.dataset.lesson + ' ' + document.querySelectorAll('[data-ask]').length", done+" 1")
	b.accessible()
	h := b.mouse()
	h.use("#next")
	b.is("document.documentElement.dataset.lesson + ' ' + document.querySelectorAll('#bet').length", page.Course()[1].Name+" 1")
	b.is("/\"day\": \"20(2[1-9]|[3-9]\\d)/.test(localStorage.getItem('fixlab/progress'))", "true")
	b.visit("?again") // today she has been asked
	b.ready()
	b.is("document.documentElement.dataset.lesson + ' ' + document.querySelectorAll('#bet').length", page.Course()[1].Name+" 1")
}

// Where nothing may be kept the course works all the same.
func TestCourseWithoutStorage(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("forbidden", "SecurityError"); }})`)
	b.visit("")
	b.ready()
	b.mouse().lessonOne(true)
	b.run(chromedp.Reload())
	b.ready()
	b.is("location.hash", "#learn/which-moment")
}

// download does something and waits until the file that comes of it is in dir.
func (b *tab) download(dir string, does func()) {
	b.t.Helper()
	done := make(chan struct{}, 1)
	chromedp.ListenBrowser(b.ctx, func(event any) {
		if e, ok := event.(*downloads.EventDownloadProgress); ok && e.State == downloads.DownloadProgressStateCompleted {
			select {
			case done <- struct{}{}:
			default:
			}
		}
	})
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		return downloads.SetDownloadBehavior(downloads.SetDownloadBehaviorBehaviorAllow).WithBrowserContextID(b.profile).
			WithDownloadPath(dir).WithEventsEnabled(true).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
	}))
	does()
	select {
	case <-done:
	case <-b.ctx.Done():
		b.t.Fatal("nothing was downloaded")
	}
}

// upload does something and chooses a file where the page then asks for one.
func (b *tab) upload(file string, does func()) {
	b.t.Helper()
	asked := make(chan cdp.BackendNodeID, 1)
	ctx, stop := context.WithCancel(b.ctx)
	defer stop()
	chromedp.ListenTarget(ctx, func(event any) {
		if e, ok := event.(*devtools.EventFileChooserOpened); ok {
			asked <- e.BackendNodeID
		}
	})
	b.run(devtools.SetInterceptFileChooserDialog(true))
	does()
	select {
	case id := <-asked:
		b.run(dom.SetFileInputFiles([]string{file}).WithBackendNodeID(id))
	case <-b.ctx.Done():
		b.t.Fatal("no file was asked for")
	}
}

// Two tabs keep one progress: each has what was done in the other, and when one forgets
// all of it so does the other.
func TestProgressOfTwoTabs(t *testing.T) {
	t.Parallel()
	const first, second = "signed-is-not-yours", "which-moment"
	const kept = "Object.keys(JSON.parse(localStorage.getItem('fixlab/progress')).lessons ?? {}).sort().join()"
	one := open(t, "#learn/"+first)
	two := one.sibling()
	two.visit("#learn/" + second)
	two.ready()
	here, there := one.mouse(), two.mouse()
	here.bets(1, "#sure")
	there.bets(2, "#guess")
	one.is(kept, first+","+second)
	two.follow("#learn/" + first + "/card") // opens after the bet alone
	two.is("document.querySelector('.bets').innerText.includes('You said Yes, sure')", "true")
	one.follow("#learn/" + first + "/card")

	here.use("#forget")
	here.use("#forget")
	one.is(kept, "")
	two.until(stage + " === 'bet'")
	two.is("document.querySelector('#told').innerText.split('\\n')[0]", "Another tab has forgotten your progress, or loaded it from a file.")
	two.follow("#learn/" + second)
	there.bets(1, "#sure")
	two.is(kept, second)
	one.is(kept, second)
}
