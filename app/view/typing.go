package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
)

// typing is what was typed into fields or picked in lists, by their ids, and the page has not
// heard of yet: a hand is quicker than an answer. Such a field is left as it is.
type typing map[string]string

// watch notes what is typed and picked, before any element hears of it. Once the page has
// answered what was picked, or typed to its end, settle has the fields be as the page has them.
func (t typing) watch(ctx app.Context, window *dom.Listeners, settle func()) {
	for _, event := range []string{"input", "change"} {
		window.First(event, func(e app.Value) {
			at := e.Get("target")
			if at.Get("dataset").Get("own").Truthy() { // it is the browser's alone
				return
			}
			id := at.Get("id").String()
			t[id] = at.Get("value").String()
			if event == "change" {
				afterAll(ctx, func() {
					delete(t, id)
					settle()
				})
			}
		})
	}
}

// heard takes away what m says of its fields.
func (t typing) heard(m page.Model) {
	if len(t) == 0 {
		return
	}
	for _, i := range m.Inputs() {
		if typed, is := t[i.ID]; is && typed == i.Value {
			delete(t, i.ID)
		}
	}
}
