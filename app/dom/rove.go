package dom

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// What bears data-rove is one stop of the Tab key, however many links are in it; the
// arrow keys move among them. data-rove=grid is a table: its cells are where they are
// seen, Home and End lead along the row, with Ctrl to the corners. data-rove=list is a
// list, in which left and right lead along an item. data-rove=row is a row of buttons, of
// which some may be disabled just now; behind the last comes the first. What is the stop is in the document alone: what is
// drawn anew does not say it.
const (
	roving = "[data-rove]"
	links  = "a[href], button:not(:disabled)"
)

// OneStop makes one link of everything that roves a stop of the Tab key: the one that
// was, or else the first.
func OneStop() {
	for _, in := range values(document().Call("querySelectorAll", roving)) {
		for _, fresh := range values(in.Call("querySelectorAll", "a[href]:not([tabindex]), button:not([tabindex])")) {
			fresh.Set("tabIndex", -1)
		}
		if in.Call("querySelector", "[data-stop]:not(:disabled)").Truthy() {
			continue
		}
		if off := in.Call("querySelector", "[data-stop]"); off.Truthy() {
			setStop(off, false)
		}
		if first := in.Call("querySelector", links); first.Truthy() {
			setStop(first, true)
		}
	}
}

func setStop(link app.Value, is bool) {
	if is {
		link.Set("tabIndex", 0)
		link.Get("dataset").Set("stop", "here")
		return
	}
	link.Set("tabIndex", -1)
	link.Call("removeAttribute", "data-stop")
}

// StayAt makes a link the stop of what it roves in, as the focus has come to it, and has it
// in view as a whole where it came by keyboard: a browser is content with a part.
func StayAt(link app.Value) {
	if !link.Truthy() || !link.Get("matches").Truthy() || !link.Call("matches", links).Bool() {
		return
	}
	in := link.Call("closest", roving)
	if !in.Truthy() {
		return
	}
	for _, old := range values(in.Call("querySelectorAll", "[data-stop]")) {
		setStop(old, false)
	}
	setStop(link, true)
	if link.Call("matches", ":focus-visible").Bool() {
		link.Call("scrollIntoView", map[string]any{"block": "nearest", "inline": "nearest"})
	}
}

// Rove moves the focus for a key press, where the focus is in what roves and there is
// somewhere to move; it reports whether it did.
func Rove(e app.Value) bool {
	target := e.Get("target")
	if !target.Truthy() || !target.Get("matches").Truthy() || !target.Call("matches", links).Bool() {
		return false
	}
	in := target.Call("closest", roving)
	if !in.Truthy() || e.Get("altKey").Truthy() || e.Get("metaKey").Truthy() || e.Get("shiftKey").Truthy() {
		return false
	}
	key := e.Get("key").String()
	if e.Get("ctrlKey").Truthy() {
		if key != "Home" && key != "End" {
			return false
		}
		key = "Ctrl+" + key
	}
	rows := placesOf(in)
	at := find(rows, target)
	if at.row >= 0 && in.Get("dataset").Get("rove").String() == "row" {
		key = at.inRow(rows, key)
	}
	if at.row >= 0 && in.Get("dataset").Get("rove").String() == "list" {
		key = at.inList(rows, key)
	}
	to, ok := at.next(rows, key)
	if !ok {
		return false
	}
	e.Call("preventDefault")
	to.Call("focus")
	return true
}
