package dom

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// FollowCaret keeps the line of the caret in view while the field of that id has the focus
// and it, or the frame that scrolls it, changes its size: it grows by what is typed only
// when it is drawn anew, and a list that opens takes its room from the frame. lines is what
// has an element for each line of the field. Firefox does not scroll the frame either as a
// key moves the caret. It goes on until end is called.
func FollowCaret(field, lines, frame string) (end func()) {
	show := func() {
		e, ok := Element(field)
		of, is := Element(lines)
		if !ok || !is || !document().Get("activeElement").Equal(e) {
			return
		}
		text := e.Get("value").String()
		n := strings.Count(text[:min(CaretOf(e, text), len(text))], "\n")
		if line := of.Get("children").Index(n); line.Truthy() {
			line.Call("scrollIntoView", map[string]any{"block": "nearest"})
		}
	}
	fn := app.FuncOf(func(app.Value, []app.Value) any { show(); return nil })
	moved := app.FuncOf(func(_ app.Value, args []app.Value) any {
		switch args[0].Get("key").String() {
		case "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown":
			show()
		}
		return nil
	})
	var observer app.Value
	Try(func() {
		if e, ok := Element(field); ok {
			e.Call("addEventListener", "keyup", moved)
		}
		observer = app.Window().Get("ResizeObserver").New(fn)
		for _, id := range []string{field, frame} {
			if e, ok := Element(id); ok {
				observer.Call("observe", e)
			}
		}
	})
	return func() {
		if observer != nil {
			observer.Call("disconnect")
		}
		fn.Release() // what listens to the field goes with it
		moved.Release()
	}
}
