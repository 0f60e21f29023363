// Command tiny is a page of a few lines, to try the loader with: like go-app it
// puts its own element in the place of the body's first.
package main

import "syscall/js"

func main() {
	document := js.Global().Get("document")
	page := document.Call("createElement", "div")
	page.Set("innerHTML", `<main><h1>Tiny</h1><label>Field <input id="field"></label> <label>Box <input id="box" type="checkbox"></label></main>`)
	heard := js.FuncOf(func(this js.Value, _ []js.Value) any {
		js.Global().Set("heard", this.Get("value"))
		return nil
	})
	page.Call("querySelector", "#field").Call("addEventListener", "input", heard)
	body := document.Get("body")
	body.Call("replaceChild", page, body.Get("firstElementChild"))
	document.Get("documentElement").Get("dataset").Set("ready", "true")
	select {}
}
