package worker

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// A Reader is a worker that reads a recording, see web/audit.js.
type Reader struct {
	worker    app.Value
	listeners []app.Func
}

// A Reading is what a Reader tells.
type Reading struct {
	Read     int    // bytes so far
	Done     bool   // Text is what it has read
	Text     string // as package record takes it
	Document bool   // or it is a document of OpenAPI, in JSON
	Fault    string // why it cannot be read; "" so far
}

// Read has a worker read a File or a text, and tell what comes of it until Stop. Where the
// browser has no worker it tells that.
func Read(source app.Value, tell func(Reading)) *Reader {
	r := &Reader{}
	func() {
		defer func() { _ = recover() }() // what throws is told of below
		r.worker = app.Window().Call("fixlabWorker", source)
	}()
	if r.worker == nil || !r.worker.Truthy() {
		r.worker = nil
		tell(Reading{Fault: "this browser has no workers, or forbids them here"})
		return r
	}
	r.listen("onmessage", func(e app.Value) {
		data := e.Get("data")
		switch {
		case data.Type() != app.TypeObject:
		case data.Get("fault").Truthy():
			tell(Reading{Fault: data.Get("fault").String()})
		case data.Get("text").Type() == app.TypeString:
			tell(Reading{Done: true, Text: data.Get("text").String(), Document: data.Get("document").Truthy()})
		default:
			tell(Reading{Read: data.Get("read").Int()})
		}
	})
	r.listen("onerror", func(e app.Value) {
		e.Call("preventDefault")
		tell(Reading{Fault: "the worker stopped"})
	})
	return r
}

func (r *Reader) listen(event string, f func(app.Value)) {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any { f(args[0]); return nil })
	r.listeners = append(r.listeners, fn)
	r.worker.Set(event, fn)
}

// Stop ends the worker. It tells nothing more.
func (r *Reader) Stop() {
	if r.worker == nil {
		return
	}
	r.worker.Call("terminate")
	r.worker = nil
	for _, f := range r.listeners {
		f.Release()
	}
	r.listeners = nil
}
