package page

import (
	"strings"

	"fixlab/lab/defence"
)

// Shortcut returns the message that a key press stands for, or nil. Single
// letters and digits count only with m.View.Letters on, and nothing while a dialog
// is open.
func Shortcut(m Model, k Press) Msg {
	if p := PageOf(m.Page); p != nil && p.keys != nil {
		return p.keys(m, k)
	}
	switch {
	case k.On == "text" || k.On == "choice" || m.View.Help || m.WhyOpen():
		return nil
	case m.View.Letters && k.Key == "?":
		return Help(true)
	case m.Page != "":
		return m.keyBeside(k)
	}
	if msg, ok := m.moveKey(k); ok {
		return msg
	}
	if !m.View.Letters || len(k.Key) != 1 {
		return nil
	}
	return m.letterKey(k.Key)
}

// keyBeside returns the message that a key press stands for on the pages beside
// the lab.
func (m Model) keyBeside(k Press) Msg {
	switch {
	case k.Key == "Escape" && m.Page == "teach" && m.Teach.Sheet != "" && !m.View.Menu:
		return Lead("teach") // as Close does
	case k.Key == "Escape":
		return Escape{}
	case m.View.Letters && strings.EqualFold(k.Key, "p"):
		return Lead(LinkToPresent(m))
	}
	if key := PageOf(m.Page).key; key != nil {
		return key(m, k)
	}
	return nil
}

// moveKey answers the keys that are no letters. What has the focus may need them
// itself: then they are handled, and stand for nothing.
func (m Model) moveKey(k Press) (msg Msg, handled bool) {
	when := func(ok bool, msg Msg) (Msg, bool) {
		if !ok {
			return nil, true
		}
		return msg, true
	}
	along := k.On != "range" && k.On != "region" && k.On != "radio"
	step := func(n int) Msg {
		if k.Shift {
			return Key(n)
		}
		return By(n)
	}
	switch k.Key {
	case "ArrowRight":
		return when(along, step(1))
	case "ArrowLeft":
		return when(along, step(-1))
	case "ArrowDown":
		return when(k.On == "steps", By(1))
	case "ArrowUp":
		return when(k.On == "steps", By(-1))
	case "Home":
		return when(along, Go(0))
	case "End":
		return when(along, Go(len(m.Trace.Frames)-1))
	case " ":
		return when(k.On == "" || k.On == "range", Play{})
	case "Escape":
		return Escape{}, true
	}
	return nil, false
}

// letterKey returns the message that a letter or a digit stands for.
func (m Model) letterKey(key string) Msg {
	for _, d := range defence.Numbered() {
		if d.Digit == key {
			return Flip(d.Set)
		}
	}
	switch strings.ToLower(key) {
	case "w":
		return Why(true)
	case "v":
		return ToVerdict{}
	case "i":
		return Show(Messages)
	case "p":
		return Lead(LinkToPresent(m))
	case "r":
		return Reset{}
	}
	return nil
}

// A Press is a key that went down, and where.
type Press struct {
	Key   string // as KeyboardEvent.key has it
	Shift bool
	On    string // the focused element: "text", "choice", "range", "radio", "check", "button", "link", "way" (a button that leads on or back), "steps", "region" or ""
}
