package dom

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// OpensList opens a closed list that bears data-opens where a key would pick the next of it,
// and reports whether it did: what is picked is done at once, and who looks for an item must
// not do all those before it (WCAG 3.2.2). A browser that cannot open a list, or cannot say
// whether it is open, is left alone.
func OpensList(e app.Value) (opens bool) {
	list := e.Get("target")
	if !list.Truthy() || list.Get("localName").String() != "select" || !list.Get("dataset").Get("opens").Truthy() || !list.Get("showPicker").Truthy() || e.Get("ctrlKey").Truthy() || e.Get("altKey").Truthy() || e.Get("metaKey").Truthy() {
		return false
	}
	switch key := e.Get("key").String(); key {
	case "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown":
	default:
		if len([]rune(key)) != 1 || key == " " {
			return false
		}
	}
	Try(func() {
		if list.Call("matches", ":open").Bool() {
			return
		}
		list.Call("showPicker")
		e.Call("preventDefault")
		opens = true
	})
	return opens
}
