package page

import (
	"strings"

	"fixlab/lab/defence"
)

// A Press is a key that went down, and where.
type Press struct {
	Key   string // as KeyboardEvent.key has it
	Shift bool
	On    string // the focused element: "text", "choice", "range", "radio", "check", "button", "link", "steps", "region" or ""
}

// Shortcut returns the message that a key press stands for, or nil. Single
// letters and digits count only with m.View.Letters on, and nothing while a dialog
// is open.
func Shortcut(m Model, k Press) Msg {
	letters := m.View.Letters
	switch k.On {
	case "text", "choice":
		return nil
	}
	if m.View.Help || m.WhyOpen() {
		return nil
	}
	if letters && k.Key == "?" {
		return Help(true)
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
	for _, d := range defence.Numbered() {
		if d.Digit == k.Key {
			return Flip(d.Set)
		}
	}
	switch strings.ToLower(k.Key) {
	case "w":
		return Why(true)
	case "v":
		return ToVerdict{}
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
