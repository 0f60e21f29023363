package world

import (
	"errors"
	"slices"
	"strings"

	"fixlab/lab/event"
)

// A filling is a form as somebody fills it in. At first it is as the page has it.
type filling struct {
	doc      *document
	controls []control
	pressed  int // the button that sends it, -1 for none
}

func (d *document) filling(f *form) *filling {
	return &filling{d, append([]control(nil), f.controls...), -1}
}

// entries returns the form's entry list (HTML 4.10.22.4), with the line ends with which it is
// sent, if it is.
func (f *filling) entries(sent bool) (list []event.Field) {
	for i := range f.controls {
		c := &f.controls[i]
		value := c.value
		switch c.kind {
		case kindBox, kindRadio, kindOption:
			if !c.on {
				continue
			}
		case kindSubmit, kindImage:
			if i != f.pressed {
				continue
			}
		case kindHidden:
			if strings.EqualFold(c.name, "_charset_") {
				value = "UTF-8"
			}
		case kindList:
			continue
		}
		switch {
		case c.off:
		case c.kind == kindImage: // pressed by the keyboard, it is hit at its corner
			name := c.name
			if name != "" {
				name += "."
			}
			list = c.entry(c.entry(list, sent, name+"x", "0"), sent, name+"y", "0")
		case c.name != "":
			list = c.entry(list, sent, c.name, value)
		}
	}
	return list
}

// entry appends an entry. What one types on one line has no line ends, but for those that a
// script says are there: they are sent as they stand.
func (c *control) entry(list []event.Field, sent bool, name, value string) []event.Field {
	if sent {
		if name = crlf(name); c.kind != kindLine {
			value = crlf(value)
		}
	}
	return append(list, event.Field{Name: name, Value: value, By: c.by})
}

// crlf returns text with CRLF line ends (HTML 4.10.22.5).
func crlf(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r", "\n"), "\n", "\r\n")
}

// fill fills the form in as a step says that submits it: the text of the button that is
// pressed, if any, and fields. lacks says what the person does not find in the form, "" for
// nothing. The error says what nobody can do in a browser, as a clause without a subject.
func (w *World) fill(f *filling, given []string) (lacks string, err error) {
	n := 0
	for n < len(given) && !strings.Contains(given[n], "=") {
		n++
	}
	for _, x := range w.typedFields(given[n:]) {
		if ok, err := f.put(x); err != nil {
			return "", err
		} else if !ok {
			return "finds no field " + x.Name + " in the form", nil
		}
	}
	text := oneLine(strings.Join(given[:n], " "))
	for i := 0; i < len(f.controls) && (f.pressed < 0 || text != ""); i++ {
		c := &f.controls[i]
		switch {
		case c.kind != kindSubmit && c.kind != kindImage:
		case text == "" && c.off: // Enter presses the first, if there is one (HTML 4.10.22.2)
			return "presses Enter, which sends nothing: the form's first button is disabled", nil
		case text == "" || !c.off && oneLine(f.doc.blocks[c.block].Text) == text:
			f.pressed, text = i, ""
		}
	}
	if text != "" {
		return "finds no button " + text + " in the form", nil
	}
	return "", nil
}

// put fills in a field: it picks an option or ticks a box with that value, else types it, else
// presses the button with that value. With no value it unticks all boxes of the name. It
// reports false when there is no such field.
func (f *filling) put(x event.Field) (ok bool, err error) {
	var into, secret *control
	button := -1
	var offered []string
	choice := false // there is something to pick
	for i := range f.controls {
		c := &f.controls[i]
		if c.name != x.Name || c.name == "" || c.off {
			continue
		}
		switch c.kind {
		case kindLine, kindArea: // of several with the name the next
			if into == nil || into.typed {
				into = c
			}
		case kindHidden:
			if secret == nil {
				secret = c
			}
		case kindSubmit:
			if button < 0 && c.value == x.Value {
				button = i
			}
		case kindList:
			choice = true
		case kindBox, kindRadio, kindOption:
			if x.Value == "" && c.kind == kindBox && c.on { // nothing is left of it
				break
			}
			if c.value == x.Value && !(c.on && c.kind == kindBox) {
				tick(f.controls, i)
				return true, nil
			}
			choice, offered = true, append(offered, c.value)
		}
	}
	switch {
	case slices.Contains(offered, x.Value): // all of them are picked
		return true, nil
	case into != nil:
		into.value, into.by, into.typed = x.Value, x.By, true
		return true, nil
	case button >= 0:
		f.pressed = button
		return true, nil
	}
	for i := range f.controls {
		if c := &f.controls[i]; x.Value == "" && c.kind == kindBox && c.name == x.Name && !c.off {
			c.on, ok = false, true
		}
	}
	switch {
	case ok:
	case secret != nil: // by the browser's tools
		secret.value, secret.by, ok = x.Value, x.By, true
	case choice:
		err = errors.New("cannot pick " + event.Quoted(x.Value) + " for " + event.Quoted(x.Name) + ": the page offers " + event.Quoted(strings.Join(offered, ", ")))
	}
	return ok, err
}
