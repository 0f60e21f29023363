// Package dom is everything that the page asks of the browser beyond go-app. A
// call may throw: storage that is forbidden, a history that is full. None of it
// is worth a broken page, so what throws is left undone.
package dom

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Try reports whether f came to its end.
func Try(f func()) (ok bool) {
	defer func() { ok = recover() == nil }()
	f()
	return
}

// Property reads a property that may throw. Call, unlike Get, turns what
// JavaScript throws into a panic.
func Property(of app.Value, name string) app.Value {
	return app.Window().Get("Reflect").Call("get", of, name)
}

// Fragment returns the address's fragment as it is written.
func Fragment() string {
	return strings.TrimPrefix(app.Window().Get("location").Get("hash").String(), "#")
}

// Query returns a parameter of the address's query, "" if there is none.
func Query(name string) (value string) {
	Try(func() {
		query := app.Window().Get("URLSearchParams").New(app.Window().Get("location").Get("search"))
		if query.Call("has", name).Bool() {
			value = query.Call("get", name).String()
		}
	})
	return value
}

// SetLanguage says on <html> which language the page is in.
func SetLanguage(name string) {
	app.Window().Get("document").Get("documentElement").Set("lang", name)
}

// Here returns the page's address, without its query and its fragment.
func Here() string {
	at := Address()
	if i := strings.IndexAny(at, "?#"); i >= 0 {
		at = at[:i]
	}
	return at
}

// Address returns the page's whole address; of a page that stands inside another one, and
// has none, the fragment with its #.
func Address() string {
	switch Scheme() {
	case "http:", "https:", "file:":
		return app.Window().Get("location").Get("href").String()
	}
	return "#" + Fragment()
}

// Framed reports whether the page stands in a frame of another one.
func Framed() bool { return !app.Window().Get("top").Equal(app.Window().Get("self")) }

// Scheme returns the beginning of the page's address, such as "https:".
func Scheme() string { return app.Window().Get("location").Get("protocol").String() }

// Breathe lets the browser paint and answer before the program goes on: a start in one
// piece would hold it up for long. Behind other tabs there is nothing to paint, and the
// clocks are slow.
func Breathe() {
	if !document().Get("hidden").Bool() {
		time.Sleep(time.Millisecond)
	}
}

// AfterPaint calls f once, when the browser has painted what the document is now. Behind
// other tabs nothing is painted, and f is called soon.
func AfterPaint(f func()) {
	app.Window().Call("fixlabAfterPaint", once(f))
}

// Hurry has what was told to be drawn drawn now, and not 8.3 ms later, in go-app's next
// frame: its clock is put that much ahead.
func Hurry() { app.Window().Call("fixlabHurry") }

// WhenIdle calls f once, when the browser has nothing better to do; where it does not
// tell (Safari), never.
func WhenIdle(f func()) {
	if Property(app.Window(), "requestIdleCallback").Truthy() {
		app.Window().Call("requestIdleCallback", once(f))
	}
}

// once returns f for the browser to call once.
func once(f func()) (fn app.Func) {
	fn = app.FuncOf(func(app.Value, []app.Value) any {
		fn.Release()
		f()
		return nil
	})
	return fn
}

// TakesOver tells the loader that the page will be drawn next, in the place of the first
// view, so that what the learner did there is carried over. Until the page is drawn the
// program does not give way to the browser.
func TakesOver() {
	Try(func() { app.Window().Call("fixlabTakesOver") })
}

// Mend makes the browser fit for go-app, which does not start with an address
// that net/url cannot read, nor where storage is forbidden. It is to be called
// before go-app starts.
func Mend() {
	if app.IsClient {
		mendAddress()
		mendStorage("localStorage")
		mendStorage("sessionStorage")
	}
}

// mendStorage puts a view that lists nothing in the place of a storage: at its start
// go-app reads every item of localStorage, of whichever site of this origin, and
// deletes what looks like a state of its own that has expired (state.go,
// CleanupExpiredPersistedStates). Where the storage may not be touched the view
// keeps nothing.
func mendStorage(name string) {
	nothing := app.FuncOf(func(app.Value, []app.Value) any { return nil })
	view := map[string]any{"length": 0}
	for _, method := range []string{"key", "getItem", "setItem", "removeItem", "clear"} {
		view[method] = nothing
	}
	Try(func() {
		storage := Property(app.Window(), name)
		for _, method := range []string{"getItem", "setItem", "removeItem"} {
			view[method] = Property(storage, method).Call("bind", storage)
		}
	})
	Try(func() {
		app.Window().Get("Object").Call("defineProperty", app.Window(), name, map[string]any{"value": view})
	})
}

// mendAddress rewrites a fragment that Go's net/url cannot read, such as "#%zz":
// the page then says what was wrong with it.
func mendAddress() {
	f := Fragment()
	var b strings.Builder
	for i := 0; i < len(f); i++ {
		if f[i] == '%' && (i+2 >= len(f) || !isHex(f[i+1]) || !isHex(f[i+2])) {
			b.WriteString("%25")
			continue
		}
		b.WriteByte(f[i])
	}
	if b.String() != f {
		Rewrite(b.String())
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// OpenTab opens the page in a tab of its own, with that fragment and no query.
func OpenTab(fragment string) {
	Try(func() { app.Window().Call("open", "?#"+fragment, "_blank", "noopener") })
}

// Reopen loads the page anew with that fragment in the address.
func Reopen(fragment string) {
	if fragment != Fragment() {
		Push(fragment)
	}
	app.Window().Get("location").Call("reload")
}

// Rewrite puts fragment into the address; Back does not stop at what was there.
func Rewrite(fragment string) { history("replaceState", fragment) }

// Push puts fragment into the address; Back comes back to what was there.
func Push(fragment string) { history("pushState", fragment) }

// Back goes back one entry in the history.
func Back() { app.Window().Get("history").Call("back") }

// history has another way where the history may not be written: in the srcdoc of a frame.
func history(method, fragment string) {
	if !Try(func() { app.Window().Get("history").Call(method, nil, "", "#"+fragment) }) {
		Try(func() { app.Window().Get("location").Set("hash", fragment) })
	}
}

// Recall returns what Remember stored, or "".
func Recall(storage, name string) (value string) {
	Try(func() {
		if v := Property(app.Window(), storage).Call("getItem", name); v.Truthy() {
			value = v.String()
		}
	})
	return value
}

// Remember stores a value in one of the browser's storages, and reports whether it is kept.
func Remember(storage, name, value string) (kept bool) {
	Try(func() { Property(app.Window(), storage).Call("setItem", name, value) })
	return Recall(storage, name) == value
}

// Print has the browser print the page.
func Print() { Try(func() { app.Window().Call("print") }) }

// Record gives what text returns to who keeps a learner's progress besides the browser,
// which is web/scorm.js, if anybody does.
func Record(text func() string) {
	if app.Window().Get("fixlabRecord").Truthy() {
		Try(func() { app.Window().Call("fixlabRecord", text()) })
	}
}

// CopyText puts text on the clipboard and tells done whether that worked.
func CopyText(text string, done func(ok bool)) {
	var written, refused app.Func
	finish := func(ok bool) func(app.Value, []app.Value) any {
		return func(app.Value, []app.Value) any {
			written.Release()
			refused.Release()
			done(ok)
			return nil
		}
	}
	written, refused = app.FuncOf(finish(true)), app.FuncOf(finish(false))
	if !Try(func() {
		app.Window().Get("navigator").Get("clipboard").Call("writeText", text).Call("then", written, refused)
	}) {
		finish(false)(nil, nil)
	}
}

// Listeners are the page's own listeners on the window.
type Listeners []func()

// Listen calls f for every such event, until Release.
func (l *Listeners) Listen(event string, f func(e app.Value)) { l.add(event, false, f) }

// First is Listen, where f is called before any element hears of the event.
func (l *Listeners) First(event string, f func(e app.Value)) { l.add(event, true, f) }

func (l *Listeners) add(event string, capture bool, f func(e app.Value)) {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any { f(args[0]); return nil })
	app.Window().Call("addEventListener", event, fn, capture)
	*l = append(*l, func() {
		app.Window().Call("removeEventListener", event, fn, capture)
		fn.Release()
	})
}

// Release takes all the listeners away.
func (l *Listeners) Release() {
	for _, f := range *l {
		f()
	}
	*l = nil
}
