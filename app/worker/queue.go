package worker

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A Queue runs tasks of the page one at a time, each in an event of its own, so
// that the page answers in between. The task of a component that is gone by its
// turn is left out.
type Queue struct {
	Clock app.Context // of a component that stays, by which the gaps are timed

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

// next runs the first task after a gap. go-app drops what is dispatched for a
// component that is gone, and so the queue itself goes on by its clock.
func (q *Queue) next() {
	q.Clock.After(gap, func(clock app.Context) {
		clock.PreventUpdate()
		t := q.tasks[0]
		q.tasks = q.tasks[1:]
		t.ctx.Dispatch(t.do)
		clock.Dispatch(func(clock app.Context) { // comes after the task
			clock.PreventUpdate()
			if q.busy = len(q.tasks) > 0; q.busy {
				q.next()
			}
		})
	})
}
