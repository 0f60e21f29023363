//go:build !wasm

// Package load measures how fast the built site loads in Chromium beside go-app's
// documented hello world. It imports go-app to serve that one as its handler does.
package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"fixlab/app/site"
)

// The budget of loading, as parts of the hello world's times.
const (
	contentBudget     = 0.2
	interactiveBudget = 0.7
)

// Fast 4G, as browsers' developer tools have it.
const (
	bytesPerSecond = 8.1e6 / 8
	latency        = 165 // ms
)

// A subject is a page whose loading is measured. Text and Ready are JavaScript.
type subject struct {
	name    string
	handler http.Handler
	text    string // the element that holds the meaningful text, null while there is none
	ready   string // true when the page answers
}

// Run loads the site in dir and the hello world so often each, prints their median
// times as a table, and returns an error over the budget.
func Run(dir string, runs int, out io.Writer) error {
	hello, err := helloWorld()
	if err != nil {
		return err
	}
	plain := site.Handler(os.DirFS(dir))
	text := zipped(plain)
	lab := subject{
		name: "fixation lab",
		// A host that compresses text, as all do, and not wasm, as many do not.
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if ext := path.Ext(r.URL.Path); ext == ".bin" || ext == ".wasm" || ext == ".png" {
				plain.ServeHTTP(w, r)
			} else {
				text.ServeHTTP(w, r)
			}
		}),
		text:  `document.querySelector("#bet-ask")`, // the question, before and after the page is in charge
		ready: `document.documentElement.dataset.ready === "true"`,
	}
	medians, err := measure(runs, hello, lab)
	if err != nil {
		return err
	}
	return compare(out, runs, medians[0], medians[1])
}

// times are those of one load, in ms since the navigation began.
type times struct {
	Paint       float64 `json:"paint"`       // the first contentful paint
	Content     float64 `json:"content"`     // the meaningful text stands there, uncovered
	Interactive float64 `json:"interactive"` // the page answers
}

// compare prints the table and says what is over the budget.
func compare(out io.Writer, runs int, hello, lab times) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "fast 4G (8.1 Mb/s, %d ms), cold cache, median of %d, in ms\n", latency, runs)
	line := func(name, format string, x times) {
		fmt.Fprintf(t, "%s\t"+format+"\t"+format+"\t"+format+"\t\n", name, x.Paint, x.Content, x.Interactive)
	}
	ratio := times{lab.Paint / hello.Paint, lab.Content / hello.Content, lab.Interactive / hello.Interactive}
	fmt.Fprintln(t, "\tfirst paint\tcontent visible\tinteractive\t")
	line("go-app hello world, gzip", "%.0f", hello)
	line("fixation lab", "%.0f", lab)
	line("ratio", "%.2f", ratio)
	fmt.Fprintf(t, "at most\t\t%.2f\t%.2f\t\n", contentBudget, interactiveBudget)
	if err := t.Flush(); err != nil {
		return err
	}
	var over []error
	if ratio.Content > contentBudget {
		over = append(over, fmt.Errorf("load: content visible is at %.2f of the hello world's, over %.2f", ratio.Content, contentBudget))
	}
	if ratio.Interactive > interactiveBudget {
		over = append(over, fmt.Errorf("load: interactive is at %.2f of the hello world's, over %.2f", ratio.Interactive, interactiveBudget))
	}
	return errors.Join(over...)
}

// watch notes in window.loadTimes when the subject's text is first to be seen,
// and when the page first answers. A text under an overlay is not to be seen:
// the element at its place must be itself.
const watch = `(() => {
	const times = window.loadTimes = {content: 0, interactive: 0};
	const seen = (e) => {
		if (!e) return false;
		const range = document.createRange();
		range.selectNodeContents(e);
		const box = range.getClientRects()[0];
		if (!box || !box.width || !box.height) return false;
		const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
		return top && (e.contains(top) || top.contains(e) && getComputedStyle(e).visibility === "visible" && top !== document.documentElement);
	};
	const look = (now) => {
		if (document.body) {
			if (!times.content && seen(%s)) times.content = now;
			if (!times.interactive && (%s)) times.interactive = now;
		}
		if (!times.content || !times.interactive) requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
})()`

// result is null until all times are known. A text is seen no sooner than
// something is painted.
const result = `(() => {
	const paint = performance.getEntriesByName("first-contentful-paint")[0], t = window.loadTimes;
	if (!paint || !t || !t.content || !t.interactive) return null;
	return {paint: paint.startTime, content: Math.max(paint.startTime, t.content), interactive: t.interactive};
})()`

// measure loads the subjects so often, in turn, so that what else the machine
// does slows all of them, each time with a cold cache. It returns their medians.
func measure(runs int, subjects ...subject) ([]times, error) {
	browser, stop, err := startBrowser()
	if err != nil {
		return nil, err
	}
	defer stop()
	urls := make([]string, len(subjects))
	for i, s := range subjects {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		server := &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second}
		go server.Serve(l)
		defer server.Close()
		urls[i] = "http://" + l.Addr().String() + "/"
	}
	all := make([][]times, len(subjects))
	for run := range runs {
		for i, s := range subjects {
			t, err := once(browser, urls[i], s)
			if err != nil {
				return nil, fmt.Errorf("load: %s, run %d: %w", s.name, run+1, err)
			}
			all[i] = append(all[i], t)
		}
	}
	medians := make([]times, len(subjects))
	for i, ts := range all {
		medians[i] = times{
			median(ts, func(t times) float64 { return t.Paint }),
			median(ts, func(t times) float64 { return t.Content }),
			median(ts, func(t times) float64 { return t.Interactive }),
		}
	}
	return medians, nil
}

// once loads the subject in a profile of its own over fast 4G.
func once(browser context.Context, url string, s subject) (times, error) {
	at := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	profile, err := target.CreateBrowserContext().Do(at)
	if err != nil {
		return times{}, err
	}
	defer func() { _ = target.DisposeBrowserContext(profile).Do(at) }()
	// A new profile has no window yet, which chromedp does not think of.
	tab, err := target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(at)
	if err != nil {
		return times{}, err
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(tab))
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	slow := &network.Conditions{Latency: latency, DownloadThroughput: bytesPerSecond, UploadThroughput: bytesPerSecond}
	if err := chromedp.Run(ctx,
		chromedp.EmulateViewport(1366, 768),
		chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := network.EmulateNetworkConditionsByRule(false, []*network.Conditions{slow}).Do(ctx)
			return err
		}),
		chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := devtools.AddScriptToEvaluateOnNewDocument(fmt.Sprintf(watch, s.text, s.ready)).Do(ctx)
			return err
		}),
		chromedp.Navigate(url),
	); err != nil {
		return times{}, err
	}
	for {
		var got *times
		if err := chromedp.Run(ctx, chromedp.Evaluate(result, &got)); err != nil {
			return times{}, err
		}
		if got != nil {
			return *got, nil
		}
		select {
		case <-ctx.Done():
			return times{}, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// startBrowser starts a headless Chromium that reaches this machine only.
func startBrowser() (ctx context.Context, stop func(), err error) {
	chromium, err := exec.LookPath(cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	if err != nil {
		return nil, nil, fmt.Errorf("load: no Chromium: %w; apt-get install chromium, or set CHROMIUM", err)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.NoSandbox,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)...)
	ctx, cancel := chromedp.NewContext(allocator)
	stop = func() { cancel(); stopAllocator() }
	if err := chromedp.Run(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("load: starting %s: %w", chromium, err)
	}
	return ctx, stop, nil
}

// median returns the middle of what of returns; of two middles the mean.
func median(all []times, of func(times) float64) float64 {
	xs := make([]float64, len(all))
	for i, t := range all {
		xs[i] = of(t)
	}
	slices.Sort(xs)
	n := len(xs)
	return (xs[(n-1)/2] + xs[n/2]) / 2
}
