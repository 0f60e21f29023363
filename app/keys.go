package main

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/lab/defence"
)

// A press is a key that went down, and where.
type press struct {
	Key   string // as KeyboardEvent.key has it
	Shift bool
	On    string // the focused element: "text", "choice", "range", "radio", "check", "button", "link", "steps", "region" or ""
}

// shortcut returns the message that a key press stands for, or nil. Single
// letters and digits count only with letters on.
func shortcut(m Model, k press, letters bool) Msg {
	switch k.On {
	case "text", "choice":
		return nil
	}
	if m.Page != "" {
		if k.Key == "Escape" {
			return Escape{}
		}
		if letters && strings.EqualFold(k.Key, "p") {
			return Projector{}
		}
		if m.Page == "compare" {
			return compareKey(m, k)
		}
		return nil
	}
	step := func(n int) Msg {
		if k.Shift {
			return Key(n)
		}
		return By(n)
	}
	last := len(m.Trace.Frames) - 1
	moves := k.On != "range" && k.On != "region" && k.On != "radio"
	switch k.Key {
	case "ArrowRight":
		if moves {
			return step(1)
		}
		return nil
	case "ArrowLeft":
		if moves {
			return step(-1)
		}
		return nil
	case "ArrowDown", "ArrowUp":
		if k.On != "steps" {
			return nil
		}
		if k.Key == "ArrowDown" {
			return By(1)
		}
		return By(-1)
	case "Home":
		if moves {
			return Go(0)
		}
		return nil
	case "End":
		if moves {
			return Go(last)
		}
		return nil
	case "PageDown":
		if m.View.Projector && k.On != "range" {
			return By(1)
		}
		return nil
	case "PageUp":
		if m.View.Projector && k.On != "range" {
			return By(-1)
		}
		return nil
	case " ":
		switch k.On {
		case "button", "link", "check", "radio", "steps", "region":
			return nil
		}
		return Play{}
	case "Escape":
		return Escape{}
	}
	if !letters || len(k.Key) != 1 {
		return nil
	}
	if i := strings.IndexByte("1234567890", k.Key[0]); i >= 0 {
		return Flip(numbered[i])
	}
	switch strings.ToLower(k.Key) {
	case "w":
		return Why(true)
	case "v":
		return Go(m.Trace.Verdict.Frame)
	case "i":
		return HTTP{}
	case "p":
		return Projector{}
	case "b", ".":
		if m.View.Projector {
			return Blank{}
		}
	case "r":
		return Reset{}
	}
	return nil
}

// numbered are the switches that have a digit: 1 to 9, and 0.
var numbered = [10]defence.Set{
	defence.Rotate, defence.Flush, defence.Strict, defence.HostPrefix, defence.HTTPOnly,
	defence.Secure, defence.Lax, defence.RotateSecret, defence.SecretFallback, defence.KeepOldRecord,
}

// digit returns the key of a switch, "" when it has none.
func digit(d defence.Set) string {
	for i, set := range numbered {
		if set == d {
			return "1234567890"[i : i+1]
		}
	}
	return ""
}

// key answers a key press anywhere on the page.
func (p *labPage) key(ctx app.Context, e app.Value) {
	if e.Get("defaultPrevented").Bool() || e.Get("isComposing").Bool() ||
		e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
		return
	}
	for _, id := range []string{"help", "why"} {
		if dialog, ok := element(id); ok && dialog.Get("open").Bool() {
			return
		}
	}
	k := press{Key: e.Get("key").String(), Shift: e.Get("shiftKey").Bool(), On: focused(e.Get("target"))}
	if k.Key == "?" && p.shortcuts && k.On != "text" && k.On != "choice" {
		e.Call("preventDefault")
		openHelp()
		return
	}
	msg := shortcut(p.model, k, p.shortcuts)
	if msg == nil {
		return
	}
	e.Call("preventDefault")
	verdict := strings.EqualFold(k.Key, "v")
	ctx.Dispatch(func(ctx app.Context) {
		p.do(ctx, msg)
		if verdict {
			ctx.Defer(func(app.Context) {
				if v, ok := element("verdict"); ok {
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
	if d, ok := element("help"); ok {
		try(func() { d.Call("showModal") })
	}
}
