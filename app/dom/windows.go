package dom

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Windows are the other windows of this site in the browser: what one says all hear, by a
// BroadcastChannel, and where a browser has none that reaches them (from a file) the window
// that opened this one, and those that it opened. Nothing leaves the browser.
type Windows struct {
	channel app.Value
	opened  []app.Value
	name    string         // of this window, while it is loaded
	said    int            // counts what was said
	heard   map[string]int // the newest that was heard, by window
}

// Bounds of what is listened to, in bytes, and of the windows that are told apart.
const (
	longestSaid = 1 << 20
	mostHeard   = 1000
)

// Hear calls f with what another window says, each thing once. It may be anything.
func (w *Windows) Hear(listeners *Listeners, f func(text string)) {
	w.name, w.heard = Random(), map[string]int{}
	Try(func() {
		w.channel = app.Window().Get("BroadcastChannel").New("fixlab " + app.Getenv("GOAPP_ROOT_PREFIX"))
		hears := app.FuncOf(func(_ app.Value, args []app.Value) any {
			Try(func() { w.take(args[0].Get("data"), f) })
			return nil
		})
		w.channel.Call("addEventListener", "message", hears)
		*listeners = append(*listeners, func() {
			w.channel.Call("removeEventListener", "message", hears)
			w.channel.Call("close")
			w.channel = nil
			hears.Release()
		})
	})
	listeners.Listen("message", func(e app.Value) {
		Try(func() {
			if from := e.Get("source"); from.Truthy() && e.Get("origin").String() == origin() && w.knows(from) {
				w.take(e.Get("data"), f)
			}
		})
	})
}

// knows reports whether a window has opened this one, or was opened by it; one that was is
// remembered.
func (w *Windows) knows(from app.Value) bool {
	if opener := app.Window().Get("opener"); opener.Truthy() && opener.Equal(from) {
		return true
	}
	if opener := Property(from, "opener"); !opener.Truthy() || !opener.Equal(app.Window().Get("window")) {
		return false
	}
	w.remember(from)
	return true
}

func (w *Windows) remember(other app.Value) {
	for _, o := range w.opened {
		if o.Equal(other) {
			return
		}
	}
	w.opened = append(w.opened, other)
}

// take hands what was said to f, unless it was heard before.
func (w *Windows) take(data app.Value, f func(string)) {
	if data.Type() != app.TypeString {
		return
	}
	text := data.String()
	from, rest, _ := strings.Cut(text, " ")
	count, said, ok := strings.Cut(rest, " ")
	n, err := strconv.Atoi(count)
	if !ok || err != nil || len(text) > longestSaid || len(from) > 80 || n <= w.heard[from] {
		return
	}
	if len(w.heard) >= mostHeard { // a window that is loaded anew is another one
		clear(w.heard)
	}
	w.heard[from] = n
	f(said)
}

// Say says a text to the other windows.
func (w *Windows) Say(text string) {
	w.said++
	text = w.name + " " + strconv.Itoa(w.said) + " " + text
	if w.channel != nil {
		Try(func() { w.channel.Call("postMessage", text) })
	}
	to := origin()
	if to == "null" { // a file's, which cannot be named
		to = "*"
	}
	Try(func() {
		if opener := app.Window().Get("opener"); opener.Truthy() {
			opener.Call("postMessage", text, to)
		}
	})
	for _, o := range w.opened {
		Try(func() { o.Call("postMessage", text, to) })
	}
}

// Open opens a window of this site at a fragment, or turns to the one that it opened before,
// and reports whether the browser let it.
func (w *Windows) Open(fragment string) (ok bool) {
	Try(func() {
		at := app.Window().Get("URL").New("#"+fragment, app.Window().Get("location").Get("href"))
		other := app.Window().Call("open", at.Get("href"), "fixlab-notes", "popup,width=820,height=640")
		if ok = other.Truthy(); ok {
			w.remember(other)
			other.Call("focus")
		}
	})
	return ok
}

// origin is the page's, "null" for a file.
func origin() string { return app.Window().Get("origin").String() }

// Hold puts the focus on an element where nothing else has it.
func Hold(id string) {
	active := document().Get("activeElement")
	if active.Truthy() && !active.Equal(document().Get("body")) && active.Call("getClientRects").Length() > 0 {
		return // what is not drawn any more loses it
	}
	if e, ok := Element(id); ok {
		e.Call("focus", map[string]any{"preventScroll": true})
	}
}
