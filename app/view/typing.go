package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
)

// typing is what was typed into fields, by their ids, and the page has not heard of yet: a
// key may be pressed while it answers the one before. Such a field is left as it is.
type typing map[string]string

// watch notes what is typed, before any element hears of it.
func (t typing) watch(window *dom.Listeners) {
	window.First("input", func(e app.Value) {
		if id := e.Get("target").Get("id").String(); id != "" {
			t[id] = e.Get("target").Get("value").String()
		}
	})
	for _, done := range []string{"change", "focusout"} {
		window.First(done, func(e app.Value) { delete(t, e.Get("target").Get("id").String()) })
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
