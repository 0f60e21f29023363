// Package worker carries out the jobs of package survey in a web worker, or where
// there is none in slices on the page.
package worker

import (
	"encoding/json"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/survey"
)

// A Client is the page's end of one worker, which does one job at a time. It is
// ready to use when it has a queue.
type Client struct {
	Queue *Queue // for the page's own part of the work

	busy bool
	job  survey.Job // the last one
	ctx  app.Context
	tell func(app.Context, []survey.Answer)
	turn int // counts jobs: what is left over from an older one is dropped

	worker    app.Value  // nil when there is none, or when it was terminated
	listeners []app.Func // its event handlers
	ready     bool
	waits     bool // the job waits for the worker to be ready

	texts     []string        // messages that came in and were not decoded yet
	inbox     []survey.Answer // decoded, and not delivered yet
	scheduled bool            // a delivery is in the queue

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
	c.Stop()
	c.busy, c.job, c.ctx, c.tell = true, j, ctx, tell
	if c.worker == nil {
		c.start()
	}
	if c.worker == nil {
		c.slices()
		return
	}
	c.waits = true
	c.post()
}

// start starts a worker, if the browser has any.
func (c *Client) start() {
	dom.Try(func() {
		if w := app.Window().Call("fixlabWorker"); w.Truthy() {
			c.worker, c.ready = w, false
		}
	})
	if c.worker == nil {
		return
	}
	c.listen("onmessage", func(e app.Value) { c.receive(e.Get("data").String()) })
	c.listen("onerror", func(e app.Value) {
		e.Call("preventDefault")
		c.fail("The worker stopped.")
	})
}

// listen makes f the worker's handler of an event, until it is terminated.
func (c *Client) listen(event string, f func(app.Value)) {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any { f(args[0]); return nil })
	c.listeners = append(c.listeners, fn)
	c.worker.Set(event, fn)
}

// receive takes in a message of the worker's, as Serve writes them.
func (c *Client) receive(text string) {
	switch {
	case text == "":
		c.ready = true
		c.post()
	case text[0] == '!':
		c.fail("The worker stopped: " + text[1:] + ".")
	case c.busy:
		c.texts = append(c.texts, text)
		c.deliver()
	}
}

// post hands the job over when the worker is ready.
func (c *Client) post() {
	if !c.ready || !c.waits {
		return
	}
	text, err := json.Marshal(c.job)
	if err != nil {
		panic("the page: a job is plain data: " + err.Error())
	}
	c.waits = false
	c.worker.Call("postMessage", string(text))
}

// deliver decodes what has come in and hands it to tell, a little at a time.
func (c *Client) deliver() {
	if c.scheduled || len(c.inbox) == 0 && len(c.texts) == 0 {
		return
	}
	c.scheduled = true
	turn := c.turn
	c.Queue.Later(c.ctx, func(ctx app.Context) {
		if turn != c.turn {
			return
		}
		c.scheduled = false
		switch {
		case len(c.inbox) > 0:
			n := min(perTurn, len(c.inbox))
			list := c.inbox[:n:n]
			c.inbox = c.inbox[n:]
			if last := list[n-1].Kind; last == "end" || last == "error" {
				c.busy = false
			}
			c.tell(ctx, list)
		case len(c.texts) > 0:
			text := c.texts[0]
			c.texts = c.texts[1:]
			if err := json.Unmarshal([]byte(text), &c.inbox); err != nil {
				c.fail("The worker’s answer cannot be read: " + err.Error() + ".")
			}
		}
		c.deliver()
	})
}

// fail terminates the worker, and tells why where it was at work. One that never
// got ready is not to be had, whatever forbids it: the page does the job itself.
func (c *Client) fail(why string) {
	if c.waits {
		c.terminate()
		c.waits = false
		c.slices()
		return
	}
	ctx, tell, question, busy := c.ctx, c.tell, c.job.For, c.busy
	c.terminate()
	c.Stop()
	if busy {
		ctx.Dispatch(func(ctx app.Context) { tell(ctx, []survey.Answer{{For: question, Kind: "error", Error: why}}) })
	}
}

// Stop cancels the job. A worker that is busy is terminated, and what it has
// memoized is lost: it takes no messages while it works.
func (c *Client) Stop() {
	c.turn++
	c.texts, c.inbox, c.scheduled, c.waits = nil, nil, false, false
	if c.halt != nil {
		c.halt()
		c.next, c.halt = nil, nil
	}
	if c.busy {
		c.terminate()
	}
	c.busy = false
}

// terminate ends the worker, if there is one.
func (c *Client) terminate() {
	if c.worker == nil {
		return
	}
	c.worker.Call("terminate")
	c.worker = nil
	for _, f := range c.listeners {
		f.Release()
	}
	c.listeners = nil
}

// Leave terminates the worker for good.
func (c *Client) Leave() {
	c.terminate()
	c.Stop()
	c.runs = nil
}
