package worker

import (
	"encoding/json"
	"iter"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/survey"
)

// A clerk does one job at a time for a part of the page: in a worker, so that
// the page stays free, or where there is none in slices on the page.
type Client struct {
	worker app.Value // nil when there is none, or when it was let go
	heard  []app.Func
	ready  bool
	Busy   bool
	job    *survey.Job // waits for the worker to be ready
	doing  string      // the question

	texts []string        // that came in, and were not read yet
	inbox []survey.Answer // that were not handed on yet
	told  bool            // they are about to be
	turn  int             // counts jobs: what comes in for an older one counts for nothing
	Queue *Queue          // of the page's own part of the work; nil is one of its own

	next func() (survey.Answer, bool) // of the job that is done on the page
	halt func()
	own  survey.Runs
}

// hands returns how many clerks can work side by side: one for each processor,
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

// At once the page takes in no more than this.
const perTurn = 6

// A pacer does the page's chores one at a time, each in a task of its own, so
// that the page answers in between. It belongs to one part of the page.
type Queue struct {
	tasks []task
	busy  bool
}

type task struct {
	ctx app.Context
	do  func(app.Context)
}

// Later does a chore after those that are waiting.
func (p *Queue) Later(ctx app.Context, do func(app.Context)) {
	p.tasks = append(p.tasks, task{ctx, do})
	if !p.busy {
		p.busy = true
		p.next()
	}
}

func (p *Queue) next() {
	c := p.tasks[0]
	p.tasks = p.tasks[1:]
	c.ctx.After(6*time.Millisecond, func(ctx app.Context) {
		c.do(ctx)
		if p.busy = len(p.tasks) > 0; p.busy {
			p.next()
		}
	})
}

// Do starts a job, in the place of the one that is being done. What it finds
// goes to tell, a few answers at a time.
func (c *Client) Do(ctx app.Context, j survey.Job, tell func(app.Context, []survey.Answer)) {
	if c.Busy {
		c.Stop()
	}
	c.turn++
	turn := c.turn
	c.Busy, c.doing = true, j.For
	if c.worker == nil {
		c.hire(ctx)
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
				c.handOn(ctx, tell)
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

// hire starts a worker, if the browser has any.
func (c *Client) hire(app.Context) {
	dom.Try(func() {
		if w := app.Window().Call("fixlabWorker"); w.Truthy() {
			c.worker, c.ready = w, false
		}
	})
}

// listen puts f in the place of what the worker told before.
func (c *Client) listen(event string, f func(app.Value)) {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any { f(args[0]); return nil })
	c.heard = append(c.heard, fn)
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

// handOn reads what has come in and tells it, a little at a time.
func (c *Client) handOn(ctx app.Context, tell func(app.Context, []survey.Answer)) {
	if c.told || len(c.inbox) == 0 && len(c.texts) == 0 {
		return
	}
	if c.Queue == nil {
		c.Queue = &Queue{}
	}
	c.told = true
	c.Queue.Later(ctx, func(ctx app.Context) {
		c.told = false
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
				c.inbox = []survey.Answer{{For: c.doing, Kind: "error", Error: "The worker’s answer cannot be read: " + err.Error() + "."}}
			}
		}
		c.handOn(ctx, tell)
	})
}

// Stop cancels the job. A worker that is busy is let go with all it knows: it
// hears nothing while it works.
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
		for _, f := range c.heard {
			f.Release()
		}
		c.heard = nil
	}
	c.Busy = false
}

// Leave lets the worker go for good.
func (c *Client) Leave() {
	c.Busy = true
	c.Stop()
	c.own = nil
}

// slice is how long the page works at a stretch, where there is no worker.
const slice = 20 * time.Millisecond

// slices does the job on the page.
func (c *Client) slices(ctx app.Context, j survey.Job, tell func(app.Context, []survey.Answer)) {
	if c.own == nil {
		c.own = survey.Runs{}
	}
	c.next, c.halt = iter.Pull(c.own.Do(j))
	c.work(ctx, c.turn, tell)
}

func (c *Client) work(ctx app.Context, turn int, tell func(app.Context, []survey.Answer)) {
	ctx.After(4*time.Millisecond, func(ctx app.Context) {
		if turn != c.turn || c.next == nil {
			return
		}
		var list []survey.Answer
		for began := time.Now(); time.Since(began) < slice && len(list) < perTurn; {
			a, more := c.next()
			if !more {
				c.Busy, c.next, c.halt = false, nil, nil
				break
			}
			if a.Kind == "" {
				continue // it only let the page breathe
			}
			a.OnPage = true
			list = append(list, a)
		}
		if list != nil {
			tell(ctx, list)
		}
		c.work(ctx, turn, tell)
	})
}
