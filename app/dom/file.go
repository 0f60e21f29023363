package dom

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Download gives text to whoever sits there, as a file of that name.
func Download(name, text string) {
	kind := "text/plain;charset=utf-8"
	if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".har") {
		kind = "application/json"
	}
	Try(func() {
		w := app.Window()
		blob := w.Get("Blob").New([]any{text}, map[string]any{"type": kind})
		url := w.Get("URL").Call("createObjectURL", blob)
		a := document().Call("createElement", "a")
		a.Set("href", url)
		a.Set("download", name)
		a.Call("click")
		w.Get("URL").Call("revokeObjectURL", url)
	})
}

// mostRead bounds what is read of a file, in bytes.
const mostRead = 1 << 20

// Upload lets whoever sits there choose a file of those kinds, as ".txt", and gives its text
// to done: of a large one the beginning, and nothing of one that cannot be read. Nothing
// happens when she chooses none.
func Upload(kinds string, done func(text string)) {
	Try(func() {
		in := document().Call("createElement", "input")
		in.Set("type", "file")
		in.Set("accept", kinds)
		var chosen app.Func
		chosen = app.FuncOf(func(app.Value, []app.Value) any {
			chosen.Release()
			if files := in.Get("files"); files.Length() > 0 {
				read(files.Index(0), done)
			}
			return nil
		})
		in.Call("addEventListener", "change", chosen)
		in.Call("click")
	})
}

// read gives the beginning of a file's text to done, nothing of one that cannot be read.
func read(file app.Value, done func(text string)) {
	var settled app.Func
	settled = app.FuncOf(func(_ app.Value, args []app.Value) any {
		settled.Release()
		text := ""
		if args[0].Type() == app.TypeString { // it is an error otherwise
			text = args[0].String()
		}
		done(text)
		return nil
	})
	file.Call("slice", 0, mostRead).Call("text").Call("then", settled, settled)
}

// Dropped gives the text of a file that was dropped, or the text itself, to done.
func Dropped(transfer app.Value, done func(text string)) {
	Try(func() {
		if files := transfer.Get("files"); files.Length() > 0 {
			read(files.Index(0), done)
			return
		}
		if text := transfer.Call("getData", "text/plain").String(); text != "" {
			done(text)
		}
	})
}

// DroppedOf returns what was dropped, and leaves it with the browser: a File, or a text; nil
// for neither.
func DroppedOf(transfer app.Value) (source app.Value, isFile bool) {
	Try(func() {
		if files := transfer.Get("files"); files.Length() > 0 {
			source, isFile = files.Index(0), true
		} else if text := transfer.Call("getData", "text/plain"); text.Truthy() {
			source = text
		}
	})
	return source, isFile
}

// LengthOf is how long a text of the browser's is, in units of UTF-16.
func LengthOf(text app.Value) int {
	return Property(app.Window().Get("Object").New(text), "length").Int()
}
