//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// BenchmarkWholeSpace plays every server, route, source and set of switches in
// the browser's workers.
func BenchmarkWholeSpace(b *testing.B) {
	for b.Loop() {
		p := open(b, "#explore")
		p.complete()
		p.click("#explore-wide")
		p.until("document.querySelector('#wide-figures').dataset.ended === 'true'")
		for _, unit := range []string{"sets", "runs", "seconds"} {
			var n float64
			p.eval("Number(document.querySelector('#wide-figures').dataset."+unit+")", &n)
			b.ReportMetric(n, unit)
		}
	}
}

// BenchmarkLongestTask explores, and tells the processor time of the longest task
// that the page's thread did meanwhile: so long the page did not answer.
func BenchmarkLongestTask(b *testing.B) {
	for _, act := range []struct {
		name string
		do   func(p *tab)
	}{
		{"another server", func(p *tab) { p.choose("#explore-server", "django-db"); p.complete() }},
		{"sorted", func(p *tab) { p.click("#explore-sort"); p.complete() }},
		{"every server", func(p *tab) { p.click("#explore-wide"); p.settled(); p.complete() }},
		{"leaving", func(p *tab) { p.follow("#claims") }},
	} {
		b.Run(act.name, func(b *testing.B) {
			for b.Loop() {
				p := open(b, "#explore/signed-id/trap/alone/none")
				p.complete()
				b.ReportMetric(p.longest(func() { act.do(p) }), "ms-longest-task")
			}
		})
	}
}

// longest returns the processor time of the longest task that the page's thread
// did while f ran, in milliseconds. The clock on the wall would count what else
// this machine does.
func (b *tab) longest(f func()) float64 {
	b.t.Helper()
	var mu sync.Mutex
	var events []traced
	done := make(chan bool, 1)
	ctx, stop := context.WithTimeout(browser, deadline)
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
	case <-ctx.Done():
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
	if tasks == 0 {
		b.t.Fatal("the trace has no task of the page's thread")
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
