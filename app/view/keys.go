package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// pressed returns the key press that an event is; ok is false for one that is
// not the page's. What fills in a form sends events that have no keys at all.
func pressed(e app.Value) (k page.Press, ok bool) {
	for _, not := range []string{"defaultPrevented", "isComposing", "ctrlKey", "metaKey", "altKey"} {
		if e.Get(not).Truthy() {
			return k, false
		}
	}
	return page.Press{Key: e.Get("key").String(), Shift: e.Get("shiftKey").Truthy(), On: focused(e.Get("target"))}, true
}

// arrow returns where a key leads along a list: 1 on, -1 back, 0 for any other key.
// With Alt, Ctrl or the command key it is the browser's.
func arrow(e app.Event) int {
	for _, not := range []string{"ctrlKey", "metaKey", "altKey"} {
		if e.Get(not).Truthy() {
			return 0
		}
	}
	return map[string]int{"ArrowDown": 1, "ArrowRight": 1, "ArrowUp": -1, "ArrowLeft": -1}[e.Get("key").String()]
}

// focused says what kind of element a key press went to.
func focused(target app.Value) string {
	if !target.Truthy() || !target.Get("closest").Truthy() {
		return ""
	}
	switch target.Get("tagName").String() {
	case "INPUT":
		switch target.Get("type").String() {
		case "range":
			return "range"
		case "checkbox":
			return "check"
		case "radio":
			return "radio"
		}
		return "text"
	case "TEXTAREA":
		return "text"
	case "SELECT":
		return "choice"
	case "BUTTON", "SUMMARY":
		if target.Call("closest", "#steps").Truthy() {
			return "steps"
		}
		if target.Call("closest", "[role=tablist]").Truthy() {
			return "radio" // a list of tabs has the arrow keys to itself, as a group of radio buttons
		}
		if target.Call("closest", "#next, #back, #act").Truthy() {
			return "way"
		}
		return "button"
	case "A":
		return "link"
	}
	if target.Call("hasAttribute", "data-scrolls").Bool() {
		return "region"
	}
	return ""
}
