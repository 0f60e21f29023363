// Package worker carries out the jobs of package survey in a web worker, or where
// there is none in slices on the page.
package worker

import (
	"encoding/json"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/survey"
)

// A Client is the page's end of one worker, which does one job at a time. The
// zero Client is ready to use.
type Client struct {
	Busy  bool
	Queue *Queue // for the page's own part of the work; nil is one of its own

	worker    app.Value  // nil when there is none, or when it was terminated
	listeners []app.Func // its event handlers
	ready     bool
	job       *survey.Job // waits for the worker to be ready
	question  string      // the job's

	texts     []string        // messages that came in and were not decoded yet
	inbox     []survey.Answer // decoded, and not delivered yet
	scheduled bool            // a delivery is in the queue
	turn      int             // counts jobs: a message for an older one is dropped

	next func() (survey.Answer, bool) // of the job that is done on the page
	halt func()
	runs survey.Runs
}

// Most returns how many workers can run side by side: one for each processor,
// but not more than four, as each has an instance of the program.
func Most() int {
	if !dom.Property(app.Window(), "Worker").Truthy() {
		return 1
	}
	n := dom.Property(dom.Property(app.Window(), "navigator"), "hardwareConcurrency")
	if n.Type() != app.TypeNumber {
		return 1
	}
	return min(max(1, n.Int()), 4)
}

// perTurn is how many answers the page takes in at once.
const perTurn = 6

// Do starts a job and cancels the one that is being done. Its answers go to tell,
// a few at a time.
func (c *Client) Do(ctx app.Context, j survey.Job, tell func(app.Context, []survey.Answer)) {
	if c.Busy {
		c.Stop()
	}
	c.turn++
	turn := c.turn
	c.Busy, c.question = true, j.For
	if c.worker == nil {
		c.start()
	}
	if c.worker == nil {
		c.slices(ctx, j, tell)
		return
	}
	fail := func(why string) {
		if turn != c.turn {
			return
		}
		c.Stop()
		ctx.Dispatch(func(ctx app.Context) { tell(ctx, []survey.Answer{{For: j.For, Kind: "error", Error: why}}) })
	}
	c.listen("onmessage", func(e app.Value) {
		switch text := e.Get("data").String(); {
		case text == "": // it is ready
			c.ready = true
			c.post()
		case text[0] == '!':
			fail("The worker stopped: " + text[1:] + ".")
		default:
			if turn == c.turn {
				c.texts = append(c.texts, text)
				c.deliver(ctx, tell)
			}
		}
	})
	c.listen("onerror", func(e app.Value) {
		e.Call("preventDefault")
		fail("The worker cannot start.")
	})
	c.job = &j
	c.post()
}

// start starts a worker, if the browser has any.
func (c *Client) start() {
	dom.Try(func() {
		if w := app.Window().Call("fixlabWorker"); w.Truthy() {
			c.worker, c.ready = w, false
		}
	})
}

// listen makes f the worker's handler of an event.
func (c *Client) listen(event string, f func(app.Value)) {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any { f(args[0]); return nil })
	c.listeners = append(c.listeners, fn)
	c.worker.Set(event, fn)
}

// post hands the job over when the worker is ready.
func (c *Client) post() {
	if !c.ready || c.job == nil {
		return
	}
	text, err := json.Marshal(c.job)
	if err != nil {
		panic("the page: a job is plain data: " + err.Error())
	}
	c.job = nil
	c.worker.Call("postMessage", string(text))
}

// deliver decodes what has come in and hands it to tell, a little at a time.
func (c *Client) deliver(ctx app.Context, tell func(app.Context, []survey.Answer)) {
	if c.scheduled || len(c.inbox) == 0 && len(c.texts) == 0 {
		return
	}
	if c.Queue == nil {
		c.Queue = &Queue{Clock: ctx}
	}
	c.scheduled = true
	c.Queue.Later(ctx, func(ctx app.Context) {
		c.scheduled = false
		switch {
		case len(c.inbox) > 0:
			n := min(perTurn, len(c.inbox))
			list := c.inbox[:n:n]
			c.inbox = c.inbox[n:]
			if last := list[n-1].Kind; last == "end" || last == "error" {
				c.Busy = false
			}
			tell(ctx, list)
		case len(c.texts) > 0:
			text := c.texts[0]
			c.texts = c.texts[1:]
			if err := json.Unmarshal([]byte(text), &c.inbox); err != nil {
				c.inbox = []survey.Answer{{For: c.question, Kind: "error", Error: "The worker’s answer cannot be read: " + err.Error() + "."}}
			}
		}
		c.deliver(ctx, tell)
	})
}

// Stop cancels the job. A worker that is busy is terminated, and what it has
// memoized is lost: it takes no messages while it works.
func (c *Client) Stop() {
	c.turn++
	c.texts, c.inbox, c.job = nil, nil, nil
	if c.halt != nil {
		c.halt()
		c.next, c.halt = nil, nil
	}
	if c.worker != nil && c.Busy {
		c.worker.Call("terminate")
		c.worker = nil
		for _, f := range c.listeners {
			f.Release()
		}
		c.listeners = nil
	}
	c.Busy = false
}

// Leave terminates the worker for good.
func (c *Client) Leave() {
	c.Busy = true
	c.Stop()
	c.runs = nil
}
