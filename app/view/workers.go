package view

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/survey"
	"fixlab/app/worker"
)

// workers are the browser's, by the kind of job that they do. They are handles,
// and not what the page shows: the model knows what it has asked for.
type workers map[string]*pool

// A pool is the workers that share a queue: the page takes in one answer at a
// time, and draws in between.
type pool struct {
	clients []*worker.Client
	queue   worker.Queue
}

// of returns the pool for that kind of job.
func (w workers) of(kind string) *pool {
	if w[kind] == nil {
		w[kind] = &pool{}
	}
	return w[kind]
}

// release terminates the workers of that kind. Their queue ends with them.
func (w workers) release(kind string) {
	w.of(kind).keep(0)
	delete(w, kind)
}

// ask has one worker do each of the jobs. ctx is the root's, which stays.
func (p *pool) ask(ctx app.Context, jobs []survey.Job, tell func(app.Context, []survey.Answer)) {
	p.queue.Clock = ctx
	p.keep(len(jobs))
	for i, j := range jobs {
		if i == len(p.clients) {
			p.clients = append(p.clients, &worker.Client{Queue: &p.queue})
		}
		p.clients[i].Do(ctx, j, tell)
	}
}

// cancel stops what is being done. One worker stays, with what it has memoized
// unless it was at work.
func (p *pool) cancel() {
	p.keep(1)
	for _, c := range p.clients {
		c.Stop()
	}
}

// keep terminates all but the first n workers.
func (p *pool) keep(n int) {
	n = min(n, len(p.clients))
	for _, c := range p.clients[n:] {
		c.Leave()
	}
	p.clients = p.clients[:n]
}

// slice is how long the page may be busy before it does no further piece.
const slice = 4 * time.Millisecond

// inSlices does n pieces of work on the page, and gives the page back in between.
func inSlices[T any](ctx app.Context, n int, piece func(int) T, done func(app.Context, []T)) {
	var list []T
	var next func(app.Context)
	next = func(ctx app.Context) {
		for began := time.Now(); len(list) < n && time.Since(began) < slice; {
			list = append(list, piece(len(list)))
		}
		if len(list) == n {
			done(ctx, list)
			return
		}
		ctx.PreventUpdate()
		ctx.After(time.Millisecond, next)
	}
	ctx.After(time.Millisecond, next)
}
