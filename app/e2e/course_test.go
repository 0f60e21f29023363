//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	downloads "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/app/page"
	"fixlab/lab/server"
)

// Every lesson is gone through to its card by clicks, in one tab. No run tells its end
// before its last step, and nothing goes wrong on the way.
func TestEveryLesson(t *testing.T) {
	t.Parallel()
	b := serve(t, hosting{}).tab(t)
	b.before(`addEventListener("securitypolicyviolation", (e) => console.error("against the policy: " + e.violatedDirective + " " + e.blockedURI), true)`)
	b.visit("")
	b.ready()
	h := b.mouse()
	wide := func(where string) {
		t.Helper()
		if !thorough { // lesson 1 stands for all: TestCourseLooks
			return
		}
		b.eval("document.activeElement.blur(), scrollTo(0, 0), 0", nil)
		b.look(where, [2]int64{320, 640}, windows[0])
		b.size(1366, 768)
	}
	for i, s := range page.Course() {
		if !thorough && i == 3 { // the model goes through all of them
			return
		}
		if i > 0 {
			b.is("location.hash", "#learn/"+s.Name)
		}
		b.is("document.title.startsWith(document.querySelector('h1').textContent.split(': ')[1])", "true")
		count := map[page.Kind]int{}
		for _, at := range page.Stages(s) {
			count[at.Kind]++
			where := fmt.Sprintf("%s, %s %d", s.Name, [...]string{"bet", "run", "question", "cards", "framework", "card"}[at.Kind], count[at.Kind])
			b.is("document.querySelectorAll('h1').length", "1")
			switch at.Kind {
			case page.AtBet:
				b.unspoiled(where)
				wide(where)
				h.bets(1+i%len(s.Course.Bets[at.N].Options), []string{"#sure", "#guess"}[i%2])
			case page.AtAct:
				h.acts()
				wide(where)
				b.is(outcome, ends(t, s, at.Row))
				h.use("#next")
			case page.AtAsk:
				right, _ := answers(t, s, at)
				h.use(fmt.Sprintf("[data-place='%d']", right))
				b.is("document.querySelector('[data-ask]').dataset.answered", "right")
				wide(where)
				h.use("#next")
			case page.AtStop:
				b.is("document.querySelectorAll('[data-outcome]').length", "0")
				h.use("#next")
				for n, c := range s.Course.Stops[at.N].Cards {
					b.is(fmt.Sprintf("document.querySelectorAll('.defence')[%d].dataset.outcome", n), ends(t, s, c.Row))
				}
				wide(where)
				h.use("#next")
			case page.AtOwn:
				b.is("document.querySelectorAll('.servers tbody tr').length", fmt.Sprint(len(server.Profiles)))
				wide(where)
				b.choose("#framework", "django-db")
				b.is("document.querySelectorAll('.servers').length", "0")
				b.is("document.querySelector('pre[data-scrolls=test]').innerText.includes('sessionid')", "true")
				wide(where + ", of Django")
				b.accessible()
				h.use("#next")
			case page.AtCard:
				b.is(fmt.Sprintf("document.querySelector('main').innerText.includes(%q)", s.Course.Take), "true")
				b.is("document.querySelectorAll('.terms dt').length", fmt.Sprint(len(s.Course.Terms)))
				wide(where)
				if i < len(page.Course())-1 {
					h.use("#next")
				}
			}
		}
	}
	b.is("document.querySelectorAll('#next').length", "0") // after the last lesson comes nothing
	h.use("#lessons")
	b.is("document.querySelectorAll('#lesson-list .done').length", fmt.Sprint(len(page.Course())))
}

// What comes after a bet is not reached before it; Back and Forward go from stage to
// stage, and stand at the step where one left.
func TestCourseLinks(t *testing.T) {
	t.Parallel()
	const lesson = "#learn/signed-is-not-yours"
	b := open(t, lesson+"/stop")
	told := func(want string) {
		t.Helper()
		if text := b.text("#told"); !strings.Contains(text, want) {
			t.Errorf("the page says %q, want %q in it", text, want)
		}
	}
	b.is("location.hash", lesson)
	told("the bet comes first")
	b.unspoiled("after a link to the cards")
	b.accessible()
	for _, test := range [][2]string{
		{lesson + "/card", "the bet comes first"},
		{lesson + "/ask-2", "the bet comes first"},
		{lesson + "/acts", `no stage "acts"`},
		{"#learn/sign", `no lesson "sign"`},
		{"#learn/%3Cimg%3E/1", "no lesson"},
		{lesson + "/act/1/2", "more parts than four"},
		{lesson + "/act/99", `no step "99"`},
	} {
		b.follow(test[0])
		told(test[1])
		b.unspoiled(test[0])
	}

	b.follow(lesson)
	b.is("document.querySelector('#told').innerText", "")
	h := b.mouse()
	h.bets(1, "#sure")
	h.acts()
	h.use("#next")
	b.is("location.hash", lesson+"/ask")
	b.back()
	b.is("location.hash", lesson+"/act/6")
	b.is(outcome, "hijacked")
	b.back()
	b.is("location.hash", lesson)
	b.is("document.querySelector('#bet').dataset.committed", "Yes")
	b.is("document.querySelector('#verdict')", "null")
	b.forward()
	b.is("location.hash", lesson+"/act/6")
	b.forward()
	b.is("location.hash", lesson+"/ask")
	b.follow(lesson + "/act/3")
	b.is(taken, "3")
	b.unspoiled("back at step 3")
	h.use("#steps li:nth-child(5) button")
	b.is("location.hash", lesson+"/act/5")

	// The ways in: the lab, and back to where she was in the course.
	h.use("#way-play")
	b.is("document.documentElement.dataset.mode", "play")
	b.back()
	b.is("location.hash", lesson+"/act/5")
	h.use("#lessons")
	b.is("document.querySelectorAll('#lesson-list a').length", fmt.Sprint(len(page.Course())))
	b.press(kb.Tab, kb.Escape)
	b.is("document.querySelector('#lesson-list')", "null")
	b.is(active, "lessons")
	h.use("#lessons")
	h.use("#lesson-list li:nth-child(3) a")
	b.is("location.hash", "#learn/"+page.Course()[2].Name)
	b.is("document.querySelector('#lesson-list')", "null")
}

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
	b.is("document.querySelector('#verdict .said').innerText.replaceAll(/\\s+/g, ' ')", "You said Yes, a guess")
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
