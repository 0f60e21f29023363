package view

import (
	"reflect"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab"
	"fixlab/lab/event"
)

// A part is one of the page: its fields are all that it shows.
type part interface{ ui() app.UI }

// memo is a part that is drawn again only when its fields differ from before.
type memo[P part] struct {
	app.Compo
	Part P
}

func (m *memo[P]) Render() app.UI { return m.Part.ui() }

// lastly returns the least number of steps after which all is as after n of them for
// what shows the steps that do something to it, each until the next: what was not
// touched since looks the same.
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
