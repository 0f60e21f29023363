package view

import (
	"reflect"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab"
	"fixlab/lab/event"
)

// A part is a part of the page. What it shows hangs on its fields alone.
type part interface{ ui() app.UI }

// memo is a part that is drawn again only when its fields differ from before.
type memo[P part] struct {
	app.Compo
	Part P
}

func (m *memo[P]) Render() app.UI { return m.Part.ui() }

// lastly returns the fewest steps after which something looks as it does after n of
// them. It shows its state, and what the last step did to it: it looks different after a
// step that touched it and after the next, and then stays as it is.
func lastly(n int, touched func(i int) bool) int {
	for at := n; at > 0; at-- {
		if touched(at - 1) {
			return min(n, at+1)
		}
	}
	return min(n, 1)
}

// touches reports whether step i does anything in a browser or to it.
func touches(t *lab.Trace, i int, browser string) bool {
	f := t.Frames[i]
	if f.Step.Browser() == browser {
		return true
	}
	for _, e := range f.Events {
		if e.Who == browser || e.At == browser || e.Message != nil && (e.Message.From == browser || e.Message.To == browser) {
			return true
		}
	}
	before := event.Browser{Name: browser}
	if i > 0 {
		before = t.Frames[i-1].State.Browser(browser)
	}
	return !reflect.DeepEqual(before, f.State.Browser(browser))
}
