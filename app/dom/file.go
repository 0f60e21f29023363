package dom

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Download gives text to whoever sits there, as a file of that name.
func Download(name, text string) {
	Try(func() {
		w := app.Window()
		blob := w.Get("Blob").New([]any{text}, map[string]any{"type": "application/json"})
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

// Upload lets whoever sits there choose a file, and gives its text to done: of a large
// one the beginning, and nothing of one that cannot be read. Nothing happens when she
// chooses none.
func Upload(done func(text string)) {
	Try(func() {
		in := document().Call("createElement", "input")
		in.Set("type", "file")
		in.Set("accept", ".json,application/json")
		var chosen, read app.Func
		read = app.FuncOf(func(_ app.Value, args []app.Value) any {
			read.Release()
			text := ""
			if args[0].Type() == app.TypeString { // it is an error otherwise
				text = args[0].String()
			}
			done(text)
			return nil
		})
		chosen = app.FuncOf(func(app.Value, []app.Value) any {
			chosen.Release()
			if files := in.Get("files"); files.Length() > 0 {
				files.Index(0).Call("slice", 0, mostRead).Call("text").Call("then", read, read)
			}
			return nil
		})
		in.Call("addEventListener", "change", chosen)
		in.Call("click")
	})
}
