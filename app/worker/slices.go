package worker

import (
	"iter"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/survey"
)

// slice is how long the page works at a stretch, where there is no worker.
const slice = 20 * time.Millisecond

// slices does the job on the page.
func (c *Client) slices() {
	if c.runs == nil {
		c.runs = survey.Runs{}
	}
	c.next, c.halt = iter.Pull(c.runs.Do(c.job))
	c.work(c.ctx, c.turn)
}

func (c *Client) work(ctx app.Context, turn int) {
	ctx.After(4*time.Millisecond, func(ctx app.Context) {
		if turn != c.turn || c.next == nil {
			return
		}
		var list []survey.Answer
		for began := time.Now(); time.Since(began) < slice && len(list) < perTurn; {
			a, more := c.next()
			if !more {
				c.busy, c.next, c.halt = false, nil, nil
				break
			}
			if a.Kind == "" {
				continue // it only let the page breathe
			}
			a.OnPage = true
			list = append(list, a)
		}
		if list != nil {
			c.tell(ctx, list)
		}
		c.work(ctx, turn)
	})
}
