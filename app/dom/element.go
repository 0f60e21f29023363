package dom

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Element returns the element with that id.
func Element(id string) (app.Value, bool) {
	e := app.Window().GetElementByID(id)
	return e, e.Truthy()
}

func document() app.Value { return app.Window().Get("document") }

// SetTitle sets the document's title.
func SetTitle(text string) { document().Set("title", text) }

// Mark sets a data- attribute of <html>.
func Mark(name, value string) {
	document().Get("documentElement").Get("dataset").Set(name, value)
}

// SetClass gives <html> a class or takes it away.
func SetClass(name string, on bool) {
	document().Get("documentElement").Get("classList").Call("toggle", name, on)
}

// Stands returns what stands in a field: of a box "on" or "".
func Stands(e app.Value) string {
	if !isBox(e) {
		return e.Get("value").String()
	}
	if e.Get("checked").Bool() {
		return "on"
	}
	return ""
}

// Fill has something stand in a field. One in which it stands already is left alone, and so
// is its caret.
func Fill(id, value string) {
	e, ok := Element(id)
	switch {
	case !ok || Stands(e) == value:
	case isBox(e):
		e.Set("checked", value != "")
	default:
		e.Set("value", value)
	}
}

// isBox reports whether a field is a box to tick.
func isBox(e app.Value) bool {
	kind := e.Get("type").String()
	return kind == "checkbox" || kind == "radio"
}

// Focus puts the focus on an element; with top the page is scrolled to its top
// instead of to the element.
func Focus(id string, top bool) {
	e, ok := Element(id)
	switch {
	case !ok:
	case top:
		app.Window().Call("scrollTo", 0, 0)
		e.Call("focus", map[string]any{"preventScroll": true})
	default:
		e.Call("focus")
	}
}

// ScrollTo scrolls the page just so far that the element of that id is in view.
func ScrollTo(id string) {
	if e, ok := Element(id); ok {
		e.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}

// ShowDialog opens or closes a dialog.
func ShowDialog(id string, open bool) {
	e, ok := Element(id)
	switch {
	case !ok || e.Get("open").Bool() == open:
	case open:
		Try(func() { e.Call("showModal") })
	default:
		e.Call("close")
	}
}

// current finds the current line of a region: the step in the list of steps, the
// line that is lit, or is to be in view, in the code.
const current = "[aria-current=step], .lit, .rest"

// Reveal scrolls a region, and nothing else, so that its current line is in the
// middle. Where that is a button and the focus is on another one of the region,
// it moves there.
func Reveal(id string) {
	region, ok := Element(id)
	if !ok {
		return
	}
	line := region.Call("querySelector", current)
	if !line.Truthy() {
		return
	}
	if line.Get("tagName").String() != "BUTTON" {
		centre(region, line)
		return
	}
	centre(region, line.Get("parentElement"))
	if active := document().Get("activeElement"); active.Truthy() && region.Call("contains", active).Bool() && !active.Equal(line) {
		line.Call("focus", map[string]any{"preventScroll": true})
	}
}

func centre(region, e app.Value) {
	top := e.Call("getBoundingClientRect").Get("top").Float() - region.Call("getBoundingClientRect").Get("top").Float() + region.Get("scrollTop").Float()
	gap := (region.Get("clientHeight").Float() - e.Get("offsetHeight").Float()) / 2
	region.Set("scrollTop", max(0, top-max(0, gap)))
}

// StopsAtScrolling makes every region that can scroll, and only those that do, a
// stop of the Tab key.
func StopsAtScrolling() {
	regions := document().Call("querySelectorAll", "[data-scrolls]")
	for i := range regions.Length() {
		e := regions.Index(i)
		if e.Get("scrollHeight").Int() > e.Get("clientHeight").Int()+1 || e.Get("scrollWidth").Int() > e.Get("clientWidth").Int()+1 {
			e.Set("tabIndex", 0)
		} else if e.Get("dataset").Get("page").Truthy() { // the focus comes to it as another page is shown
			e.Set("tabIndex", -1)
		} else {
			e.Call("removeAttribute", "tabindex")
		}
	}
}

// Marked returns a data- attribute of <html>, "" for none.
func Marked(name string) string {
	if v := document().Get("documentElement").Get("dataset").Get(name); v.Truthy() {
		return v.String()
	}
	return ""
}

// CaretOf returns where the caret of a text field stands, as a byte of its text.
func CaretOf(field app.Value, text string) int {
	at := field.Get("selectionStart")
	if at.Type() != app.TypeNumber {
		return len(text)
	}
	units := at.Int() // of UTF-16
	for i, r := range text {
		if units <= 0 {
			return i
		}
		if units--; r > 0xffff {
			units--
		}
	}
	return len(text)
}

// SetCaret puts the caret of the text field of that id at a byte of its text.
func SetCaret(id, text string, at int) {
	units := 0
	for i, r := range text {
		if i >= at {
			break
		}
		if units++; r > 0xffff {
			units++
		}
	}
	if e, ok := Element(id); ok {
		e.Call("setSelectionRange", units, units)
	}
}

// Random returns a few characters that no two learners share.
func Random() (text string) {
	Try(func() {
		text = app.Window().Get("crypto").Call("getRandomValues", app.Window().Get("Uint32Array").New(2)).Call("join", "-").String()
	})
	return text
}

// Dice returns n random bytes of the browser's cryptographic generator.
func Dice(n int) []byte {
	from := app.Window().Get("crypto").Call("getRandomValues", app.Window().Get("Uint8Array").New(n))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(from.Index(i).Int())
	}
	return out
}

// Values returns what stands in the fields whose ids begin like that, by their ids.
func Values(prefix string) map[string]string {
	out := map[string]string{}
	fields := document().Call("querySelectorAll", "[id^=\""+prefix+"\"]")
	for i := range fields.Length() {
		out[fields.Index(i).Get("id").String()] = Stands(fields.Index(i))
	}
	return out
}
