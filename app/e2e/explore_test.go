//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"fixlab/lab/explore"
	"fixlab/lab/script"
	"fixlab/scenarios"
)

// complete waits until the page of every combination has played all.
func (b *tab) complete() {
	b.t.Helper()
	b.within(80*time.Second, "document.querySelector('#explore-says')?.innerText.startsWith('Complete') && !document.querySelector('.cells[aria-busy=true]')")
}

func TestExploreTables(t *testing.T) {
	b := open(t, "#explore")
	b.complete()
	b.is("document.querySelector('#what-if caption').innerText.length > 0", "true")
	b.is("[...document.querySelectorAll('#what-if thead th')].every((th) => th.scope === 'col')", "true")
	b.is("[...document.querySelectorAll('#what-if tbody tr')].every((tr) => tr.querySelectorAll('th[scope=row]').length === 1)", "true")
	// As many cells in each row as the head has columns, and a link in each.
	b.is(`[...document.querySelectorAll('#what-if tbody tr')].every((tr) =>
		tr.children.length === document.querySelectorAll('#what-if thead th').length &&
		tr.querySelectorAll('td a[href^="#1/any-route/"]').length === tr.children.length - 2)`, "true")
	b.is("document.querySelectorAll('#what-if tbody tr').length", "31")
	b.is("document.querySelectorAll('#servers tbody tr').length > 20", "true")
	b.is("document.querySelector('[data-row=rotate] td a').innerText", "stopped")
	b.is("document.querySelector('#what-if tbody tr td a').innerText", "hijacked")
	b.is("document.querySelectorAll('#explore-bar').length === 1 && document.querySelector('#explore-bar').value === document.querySelector('#explore-bar').max", "true")
	for _, text := range []string{"also keeps Alice working", "Each of these alone", "In this model", "Combinations covered"} {
		if !strings.Contains(b.text("#main"), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	b.is("document.querySelector('#space-figures').dataset.sets / document.querySelector('#space-figures').dataset.runs > 10", "true")

	// The rows that stop most come first; the one to compare with stays on top.
	b.click("#explore-sort")
	b.until("document.querySelector('#what-if tbody tr:nth-child(2) td').innerText.startsWith('13 of') || document.querySelector('#what-if tbody tr:nth-child(2) td').innerText.startsWith('14 of')")
	b.complete()
	b.is(`(() => { const n = [...document.querySelectorAll('#what-if tbody tr')].slice(1).map((tr) => parseInt(tr.querySelector('td').innerText));
		return n.every((x, i) => i === 0 || n[i - 1] >= x) })()`, "true")
	b.is("location.hash", "#explore/signed-id/trap/alone/none/sorted")

	// A cell leads to its run at the step that decides, and Back comes back.
	b.click("[data-row=rotate] td a")
	b.until("document.documentElement.dataset.page === 'lab'")
	b.is(outcome, "defended")
	b.is("document.querySelector('#deciding').innerText", fmt.Sprintf("step %s", b.text("#count")[len("Step "):strings.Index(b.text("#count"), " of")]))
	b.eval("history.back()", nil)
	b.until("document.querySelector('#what-if')")
	b.complete()

	// Another server.
	b.eval("(() => { const s = document.querySelector('#explore-server'); s.value = 'flask'; s.dispatchEvent(new Event('change', {bubbles: true})) })()", nil)
	b.until("location.hash.startsWith('#explore/flask/')")
	b.complete()
	b.is("[...document.querySelectorAll('#what-if tbody td a')].filter((a) => a.innerText === 'no key').length > 10", "true")
}

// longest returns the processor time of the longest task that the page's thread
// did while f ran, in milliseconds. The clock on the wall would count what else
// this machine does.
func (b *tab) longest(f func()) float64 {
	b.t.Helper()
	var mu sync.Mutex
	var events []traced
	done := make(chan bool, 1)
	ctx, stop := context.WithCancel(browser)
	defer stop()
	chromedp.ListenBrowser(ctx, func(e any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := e.(type) {
		case *tracing.EventDataCollected:
			for _, text := range e.Value {
				var one traced
				if json.Unmarshal([]byte(text), &one) == nil {
					events = append(events, one)
				}
			}
		case *tracing.EventTracingComplete:
			done <- true
		}
	})
	at := cdp.WithExecutor(b.ctx, chromedp.FromContext(b.ctx).Browser)
	config := &tracing.TraceConfig{IncludedCategories: []string{"toplevel", "disabled-by-default-devtools.timeline"}}
	if err := tracing.Start().WithTransferMode(tracing.TransferModeReportEvents).WithTraceConfig(config).Do(at); err != nil {
		b.t.Fatal(err)
	}
	f()
	if err := tracing.End().Do(at); err != nil {
		b.t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		b.t.Fatal("the browser does not hand out its trace")
	}
	mu.Lock()
	defer mu.Unlock()
	mains := map[[2]int]bool{}
	for _, e := range events {
		if e.Name == "thread_name" && e.Args.Name == "CrRendererMain" {
			mains[[2]int{e.PID, e.TID}] = true
		}
	}
	most, tasks := 0.0, 0
	for _, e := range events {
		if mains[[2]int{e.PID, e.TID}] && strings.HasSuffix(e.Name, "RunTask") {
			tasks++
			most = max(most, e.CPU/1000)
		}
	}
	if tasks < 10 {
		b.t.Errorf("the trace has %d tasks of the page's thread", tasks)
	}
	return most
}

// traced is what is read of an event in Chromium's trace.
type traced struct {
	Name string  `json:"name"`
	PID  int     `json:"pid"`
	TID  int     `json:"tid"`
	CPU  float64 `json:"tdur"` // microseconds
	Args struct {
		Name string `json:"name"`
	} `json:"args"`
}

// The page answers while the worker runs, and Cancel ends it at once.
func TestExploreStaysResponsive(t *testing.T) {
	b := open(t, "#explore/signed-id/trap/alone/none")
	b.complete()
	pick := func(id, value string) {
		b.eval(fmt.Sprintf("(() => { const s = document.querySelector('#%s'); s.value = '%s'; s.dispatchEvent(new Event('change', {bubbles: true})) })()", id, value), nil)
	}
	for _, act := range []struct {
		name string
		do   func()
	}{
		{"another server", func() {
			pick("explore-server", "django-db")
			b.until("location.hash.startsWith('#explore/django-db/')")
			b.until("document.querySelector('.cells[aria-busy=true]')")
			b.complete()
		}},
		{"sorted", func() {
			b.click("#explore-sort")
			b.settled()
			b.complete()
		}},
		{"every server", func() {
			b.click("#explore-wide")
			b.until("parseInt(document.querySelector('#wide-figures').dataset.runs) > 500 && document.querySelector('#explore-cancel').innerText === 'Cancel'")
		}},
	} {
		ms := b.longest(act.do)
		t.Logf("%s: the longest task of the page's thread took %.0f ms", act.name, ms)
		if ms > 50 {
			t.Errorf("%s: a task of %.0f ms on the page's thread", act.name, ms)
		}
	}
	b.click("#explore-cancel")
	b.until("document.querySelector('#explore-says').innerText.startsWith('Cancelled.')")
	var runs, later int
	b.eval("parseInt(document.querySelector('#wide-figures').dataset.runs)", &runs)
	b.eval("new Promise((done) => setTimeout(done, 600))", nil)
	b.eval("parseInt(document.querySelector('#wide-figures').dataset.runs)", &later)
	if runs != later || runs == 0 {
		t.Errorf("%d runs when it was cancelled, %d later", runs, later)
	}
	b.is("document.querySelector('#explore-cancel').innerText", "Go on")
	b.click("#explore-cancel")
	b.complete()
}

// Every server is played in workers, and comes to what it comes to here.
func TestWholeSpace(t *testing.T) {
	lesson, err := scenarios.Get(scenarios.Open)
	if err != nil {
		t.Fatal(err)
	}
	all, err := scenarios.Everywhere(lesson, script.Setup{})
	if err != nil {
		t.Fatal(err)
	}
	sets := 0
	for _, s := range all {
		p, err := explore.NewPlayer(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Explore(0, scenarios.Switches, func(l explore.Leaf) bool { sets += l.Sets; return true }); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, "#explore")
	b.complete()
	b.click("#explore-wide")
	b.within(80*time.Second, "document.querySelector('#wide-figures').dataset.ended === 'true'")
	var got []string
	b.eval("(({sets, runs, seconds}) => [sets, runs, seconds])(document.querySelector('#wide-figures').dataset)", &got)
	t.Logf("%s combinations by %s runs in %s s in this browser", got[0], got[1], got[2])
	if got[0] != strconv.Itoa(sets) {
		t.Errorf("%s combinations, here %d", got[0], sets)
	}
}

// Where there is no worker the page plays the runs itself, and says so.
func TestExploreWithoutWorker(t *testing.T) {
	b := serve(t, hosting{}).tab(t)
	b.before("delete window.Worker")
	b.visit("#explore/signed-id/trap/alone/none")
	b.ready()
	b.until("document.querySelectorAll('#what-if tbody tr').length > 3")
	b.until("document.querySelector('#explore-says').innerText.includes('has no worker')")
	b.complete()
	b.click("#explore-wide") // it takes long enough to be cancelled
	b.until("parseInt(document.querySelector('#wide-figures').dataset.runs) > 20")
	b.click("#explore-cancel")
	b.until("document.querySelector('#explore-says').innerText.startsWith('Cancelled.')")
}

// A worker that cannot start is told of in words.
func TestExploreWorkerFails(t *testing.T) {
	b := serve(t, hosting{}).tab(t)
	b.before("window.Worker = class { constructor() { setTimeout(() => this.onerror(new Event('error', {cancelable: true})), 200) } postMessage() {} terminate() {} }")
	b.visit("#explore")
	b.ready()
	b.until("document.querySelector('#explore-says').innerText.includes('The worker cannot start.')")
	b.is("document.querySelector('#explore-cancel').innerText", "Try again")
}

func TestExploreOffline(t *testing.T) {
	b := open(t, "")
	b.offlineReady()
	b.host.cut()
	b.visit("#explore")
	b.ready()
	b.until("document.querySelectorAll('#what-if tbody tr').length === 31")
}

func TestWhyByKeyboard(t *testing.T) {
	b := open(t, "#1/signed-id-toss/none/1")
	b.press("w")
	b.until("document.querySelector('#why').open")
	b.until("document.querySelector('#but-for').dataset.ready === 'true'")
	b.is("document.querySelector('#why').contains(document.activeElement)", "true")
	if text := b.text("#but-for"); !strings.Contains(text, "Rotate the session key at login” on: stopped") {
		t.Errorf("the reasons are %q", text)
	}
	b.is("document.querySelectorAll('#why ol a[href^=\"#1/signed-id-toss/none/\"]').length", "3")
	b.accessible()
	b.press(kb.Escape)
	b.until("!document.querySelector('#why').open")
	b.press(kb.ArrowRight) // and the keys are the lab's again
	b.settled()

	// A link in it leads there, and it closes.
	b.click("#ask-why")
	b.until("document.querySelector('#but-for')?.dataset.ready === 'true'")
	b.click("#but-for a")
	b.until("document.documentElement.dataset.page === 'compare'")
	b.is("location.hash.includes('/vs/rotate')", "true")
	b.is("document.querySelectorAll('dialog[open]').length", "0")

	// Two switches that would each do, and an attack with steps to spare.
	b.visit("#1/signed-id-toss/rotate+bind-device/1")
	b.until("document.querySelector('#ask-why')")
	b.press("w")
	b.until("document.querySelector('#but-for')?.innerText.includes('each of these 2 alone would do')")
	b.press(kb.Escape)
}

func TestCompare(t *testing.T) {
	b := open(t, "#compare/signed-id-toss/none/1/vs/rotate")
	b.is("document.querySelectorAll('#compare-rows .tag').length > 1", "true")
	b.is("[...document.querySelectorAll('#compare-rows .tag')].filter((e) => e.innerText.toLowerCase() === 'first difference').length", "1")
	b.is("[...document.querySelectorAll('.compare [data-side]')].map((e) => e.dataset.outcome).join(' ')", "hijacked defended")
	b.click("#first-difference")
	b.until("document.querySelector('#compare-rows [aria-current=step] .tag')")
	b.settled()
	var hash string
	b.eval("location.hash", &hash)
	b.is("document.querySelector('#compare-rows [aria-current=step] .tag').innerText.toLowerCase()", "first difference")
	b.is("document.querySelectorAll('#compare-detail .differs').length", "2")
	b.is("[...document.querySelectorAll('#compare-detail .differs')].map((e) => e.innerText.includes('rotate is')).join()", "true,true")
	b.run() // the link carries both runs and the cursor
	b.run(chromedp.Reload())
	b.ready()
	b.until("document.querySelector('#compare-rows [aria-current=step] .tag')")
	b.is("location.hash", hash)
	b.is("document.querySelector('#compare-rows [aria-current=step] .tag').innerText.toLowerCase()", "first difference")
	b.press(kb.Home)
	b.is("document.querySelector('#compare-rows [aria-current=step]').dataset.n", "1")
	b.press(kb.ArrowRight, kb.ArrowRight)
	b.is("document.querySelector('#compare-rows [aria-current=step]').dataset.n", "3")
	b.is("location.hash", "#compare/signed-id-toss/none/3/vs/rotate")

	// A switch of one run; the other stays.
	b.eval("(() => { const s = document.querySelector('#flip-left'); s.value = [...s.options].find((o) => o.text.startsWith('Rotate the session key')).value; s.dispatchEvent(new Event('change', {bubbles: true})) })()", nil)
	b.until("location.hash === '#compare/signed-id-toss/rotate/3/vs/rotate'")
	b.until("document.querySelector('.compare .lead').innerText.includes('do not differ')")

	b.visit("#compare/signed-id-toss/none/1/vs/magic")
	b.until("document.querySelector('#told')?.innerText.includes('This link is broken: there is no switch \"magic\"')")
}

func TestExploringAccessible(t *testing.T) {
	b := open(t, "#explore")
	b.complete()
	looks := func() {
		for _, size := range [][2]int64{{1366, 768}, {320, 640}} {
			for _, scheme := range []string{"light", "dark"} {
				b.size(size[0], size[1])
				b.media("prefers-color-scheme", scheme)
				b.settled()
				b.accessible()
				b.is("document.documentElement.scrollWidth <= document.documentElement.clientWidth", "true")
			}
		}
	}
	looks()
	b.visit("#compare/any-route/none/6/xss/vs/rotate/url-id")
	b.until("document.querySelector('#compare-rows')")
	looks()
	b.visit("#1/signed-id-toss/none/3")
	b.until("document.querySelector('#ask-why')")
	b.press("w")
	b.until("document.querySelector('#but-for')?.dataset.ready === 'true'")
	looks()
	b.is("document.querySelector('.why .help-body').scrollWidth <= document.querySelector('.why .help-body').clientWidth", "true")
}
