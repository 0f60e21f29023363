package worker

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A Queue runs tasks of the page one at a time, each in an event of its own, so
// that the page answers in between. The zero Queue is ready to use.
type Queue struct {
	tasks []task
	busy  bool
}

type task struct {
	ctx app.Context
	do  func(app.Context)
}

// gap is how long the page is left alone between two tasks.
const gap = 6 * time.Millisecond

// Later runs do after the tasks that are waiting.
func (q *Queue) Later(ctx app.Context, do func(app.Context)) {
	q.tasks = append(q.tasks, task{ctx, do})
	if !q.busy {
		q.busy = true
		q.next()
	}
}

func (q *Queue) next() {
	t := q.tasks[0]
	q.tasks = q.tasks[1:]
	t.ctx.After(gap, func(ctx app.Context) {
		t.do(ctx)
		if q.busy = len(q.tasks) > 0; q.busy {
			q.next()
		}
	})
}
