package main

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Everything that the page asks of the browser beyond go-app. A call may throw:
// storage that is forbidden, a history that is full. None of it is worth a
// broken page, so what throws is left undone.

// try reports whether f came to its end.
func try(f func()) (ok bool) {
	defer func() { ok = recover() == nil }()
	f()
	return
}

// property reads a property that may throw. Call, unlike Get, turns what
// JavaScript throws into a panic.
func property(of app.Value, name string) app.Value {
	return app.Window().Get("Reflect").Call("get", of, name)
}

// fragment returns the address's fragment as it is written.
func fragment() string {
	return strings.TrimPrefix(app.Window().Get("location").Get("hash").String(), "#")
}

func address() string { return app.Window().Get("location").Get("href").String() }

// mend makes the browser fit for go-app, which does not start with an address
// that net/url cannot read, nor where storage is forbidden. It is to be called
// before go-app starts.
func mend() {
	if app.IsClient {
		mendAddress()
		mendStorage("localStorage")
		mendStorage("sessionStorage")
	}
}

// mendStorage puts an empty storage that keeps nothing in the place of one that
// may not be touched.
func mendStorage(name string) {
	if try(func() { property(app.Window(), name).Get("length").Int() }) {
		return
	}
	nothing := app.FuncOf(func(app.Value, []app.Value) any { return nil })
	empty := map[string]any{"length": 0}
	for _, method := range []string{"key", "getItem", "setItem", "removeItem", "clear"} {
		empty[method] = nothing
	}
	try(func() {
		app.Window().Get("Object").Call("defineProperty", app.Window(), name, map[string]any{"value": empty})
	})
}

// mendAddress rewrites a fragment that Go's net/url cannot read, such as "#%zz":
// the page then says what was wrong with it.
func mendAddress() {
	f := fragment()
	var b strings.Builder
	for i := 0; i < len(f); i++ {
		if f[i] == '%' && (i+2 >= len(f) || !isHex(f[i+1]) || !isHex(f[i+2])) {
			b.WriteString("%25")
			continue
		}
		b.WriteByte(f[i])
	}
	if b.String() != f {
		visit(Replace, b.String())
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// visit puts fragment into the address.
func visit(v Visit, fragment string) {
	method := map[Visit]string{Replace: "replaceState", Push: "pushState"}[v]
	if method == "" {
		return
	}
	try(func() { app.Window().Get("history").Call(method, nil, "", "#"+fragment) })
}

// recall returns what remember kept, or "".
func recall(storage, name string) (value string) {
	try(func() {
		if v := property(app.Window(), storage).Call("getItem", name); v.Truthy() {
			value = v.String()
		}
	})
	return value
}

func remember(storage, name, value string) {
	try(func() { property(app.Window(), storage).Call("setItem", name, value) })
}

// copyText puts text on the clipboard and tells done whether that worked.
func copyText(text string, done func(ok bool)) {
	var kept, refused app.Func
	finish := func(ok bool) func(app.Value, []app.Value) any {
		return func(app.Value, []app.Value) any {
			kept.Release()
			refused.Release()
			done(ok)
			return nil
		}
	}
	kept, refused = app.FuncOf(finish(true)), app.FuncOf(finish(false))
	if !try(func() {
		app.Window().Get("navigator").Get("clipboard").Call("writeText", text).Call("then", kept, refused)
	}) {
		finish(false)(nil, nil)
	}
}

// listeners are the page's own listeners on the window.
type listeners []func()

func (l *listeners) listen(event string, f func(e app.Value)) {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any { f(args[0]); return nil })
	app.Window().Call("addEventListener", event, fn)
	*l = append(*l, func() {
		app.Window().Call("removeEventListener", event, fn)
		fn.Release()
	})
}

func (l *listeners) release() {
	for _, f := range *l {
		f()
	}
	*l = nil
}

// element returns the element with that id.
func element(id string) (app.Value, bool) {
	e := app.Window().GetElementByID(id)
	return e, e.Truthy()
}

// inCharge says on <html> that the page answers now, which page it is, and at
// which step it is.
func inCharge(m Model) {
	marks := app.Window().Get("document").Get("documentElement").Get("dataset")
	marks.Set("step", strconv.Itoa(m.Step+1))
	marks.Set("page", cmp.Or(m.Page, "lab"))
	marks.Set("ready", "true")
}

// settle brings the browser's own state in line with what was just drawn: the
// values that a person's hand has moved, the scrolled regions, the focus in the
// step list, and the marks that tests wait for.
func (p *labPage) settle(app.Context) {
	m := p.model
	doc := app.Window().Get("document")
	inCharge(m)
	doc.Get("documentElement").Get("classList").Call("toggle", "projecting", m.View.Projector && m.Page == "")
	about := pageTitle(m)
	if m.Page == "" {
		about = "Step " + strconv.Itoa(m.Step+1) + ", " + m.Scenario.Title
	}
	doc.Set("title", about+" · Session fixation lab")
	if p.turned {
		p.turned = false
		if h, ok := element("page-title"); ok {
			app.Window().Call("scrollTo", 0, 0)
			h.Call("focus", map[string]any{"preventScroll": true})
		}
	}

	if e, ok := element("why"); ok {
		switch open := m.View.Why && m.Page == ""; {
		case open && !e.Get("open").Bool():
			try(func() { e.Call("showModal") })
		case !open && e.Get("open").Bool():
			e.Call("close")
		}
	}
	if e, ok := element("slider"); ok {
		e.Set("value", strconv.Itoa(m.Step+1))
	}
	if e, ok := element("pick-lesson"); ok {
		e.Set("value", m.Scenario.Name)
	}
	if e, ok := element("speed"); ok {
		e.Set("value", strconv.Itoa(int(m.View.Speed)))
	}
	if e, ok := element("pick-route"); ok {
		e.Set("value", m.Scenario.Route)
	}
	if e, ok := element("pick-token"); ok {
		e.Set("value", shownToken(m.Scenario))
	}
	if e, ok := element("pick-browser"); ok {
		e.Set("value", strconv.Itoa(int(m.Scenario.Browser)))
	}
	if m.Page == "sign" {
		for _, i := range m.Bench.ready().inputs() {
			// A field that says the same already is left alone, and so is its caret.
			if e, ok := element(i.ID); ok && e.Get("value").String() != i.Value {
				e.Set("value", i.Value)
			}
		}
	}
	if steps, ok := element("steps"); ok {
		current := steps.Call("querySelector", "[aria-current=step]")
		if current.Truthy() {
			row := current.Get("parentElement")
			centre(steps, row)
			if active := doc.Get("activeElement"); active.Truthy() && steps.Call("contains", active).Bool() && !active.Equal(current) {
				current.Call("focus", map[string]any{"preventScroll": true})
			}
		}
	}
	if code, ok := element("code"); ok {
		if line := code.Call("querySelector", ".lit, .rest"); line.Truthy() {
			centre(code, line)
		}
	}
	// A region that scrolls can be reached by keyboard; one that does not is no stop.
	regions := doc.Call("querySelectorAll", "[data-scrolls]")
	for i := range regions.Length() {
		e := regions.Index(i)
		if e.Get("scrollHeight").Int() > e.Get("clientHeight").Int()+1 || e.Get("scrollWidth").Int() > e.Get("clientWidth").Int()+1 {
			e.Set("tabIndex", 0)
		} else {
			e.Call("removeAttribute", "tabindex")
		}
	}
}

// centre scrolls region, and nothing else, so that e is in its middle.
func centre(region, e app.Value) {
	top := e.Call("getBoundingClientRect").Get("top").Float() - region.Call("getBoundingClientRect").Get("top").Float() + region.Get("scrollTop").Float()
	gap := (region.Get("clientHeight").Float() - e.Get("offsetHeight").Float()) / 2
	region.Set("scrollTop", max(0, top-max(0, gap)))
}
