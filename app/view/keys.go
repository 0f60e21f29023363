package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
)

// key answers a key press anywhere on the page.
func (p *root) key(ctx app.Context, e app.Value) {
	if e.Get("defaultPrevented").Bool() || e.Get("isComposing").Bool() ||
		e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
		return
	}
	for _, id := range []string{"help", "why"} {
		if dialog, ok := dom.Element(id); ok && dialog.Get("open").Bool() {
			return
		}
	}
	k := page.Press{Key: e.Get("key").String(), Shift: e.Get("shiftKey").Bool(), On: focused(e.Get("target"))}
	if k.Key == "?" && p.shortcuts && k.On != "text" && k.On != "choice" {
		e.Call("preventDefault")
		openHelp()
		return
	}
	msg := page.Shortcut(p.model, k, p.shortcuts)
	if msg == nil {
		return
	}
	e.Call("preventDefault")
	verdict := strings.EqualFold(k.Key, "v")
	ctx.Dispatch(func(ctx app.Context) {
		p.do(ctx, msg)
		if verdict {
			ctx.Defer(func(app.Context) {
				if v, ok := dom.Element("verdict"); ok {
					v.Call("focus")
				}
			})
		}
	})
}

// focused says what kind of element a key press went to.
func focused(target app.Value) string {
	if !target.Truthy() || !target.Get("closest").Truthy() {
		return ""
	}
	switch target.Get("tagName").String() {
	case "INPUT":
		switch target.Get("type").String() {
		case "range":
			return "range"
		case "checkbox":
			return "check"
		case "radio":
			return "radio"
		}
		return "text"
	case "TEXTAREA":
		return "text"
	case "SELECT":
		return "choice"
	case "BUTTON", "SUMMARY":
		if target.Call("closest", "#steps").Truthy() {
			return "steps"
		}
		if target.Call("closest", "[role=tablist]").Truthy() {
			return "radio" // a list of tabs has the arrow keys to itself, as a group of radio buttons
		}
		return "button"
	case "A":
		return "link"
	}
	if target.Call("hasAttribute", "data-scrolls").Bool() {
		return "region"
	}
	return ""
}

func openHelp() {
	if d, ok := dom.Element("help"); ok {
		dom.Try(func() { d.Call("showModal") })
	}
}
