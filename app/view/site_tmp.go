package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab/event"
)

func pageView(keys []string, b event.Browser, stolen bool) app.UI {
	class := "acc"
	if stolen {
		class += " stolen"
	}
	return el("div", class, each(len(b.Page), func(i int) app.UI {
		block := b.Page[i]
		return txt("p", block.Tag, block.Text)
	})...)
}
func product() app.UI { return txt("p", "", "Kettle") }
func entry() app.UI   { return txt("p", "", "Ten days in Lisbon") }
