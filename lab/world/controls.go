package world

import (
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/event"
)

// A kind is what sort of control one is.
type kind uint8

const (
	kindLine kind = iota // that one types into, on one line
	kindHidden
	kindBox // a checkbox
	kindRadio
	kindReset // it sends nothing
	kindInert // nor does this
	kindSubmit
	kindImage  // a button, too
	kindArea   // <textarea>
	kindList   // <select>
	kindOption // of a list from which one picks one; that of any other is a box
)

// kinds are the types that an input has of these kinds, and the tags of two others.
var kinds = []string{"text", "hidden", "checkbox", "radio", "reset", "button", "submit", "image", "textarea", "select"}

// kindOf returns the kind of the control that a tag with that type makes.
func kindOf(tag, typed string) kind {
	field := tag == "textarea" || tag == "select"
	if field {
		typed = tag
	}
	k := kind(max(0, slices.Index(kinds, typed)))
	switch {
	case tag == "button" && k != kindReset && k != kindInert:
		return kindSubmit
	case k >= kindArea && !field:
		return kindLine
	}
	return k
}

// isField reports whether a tag is of a field, which may stand within a text.
func isField(tag string) bool { return tag == "input" || tag == "textarea" || tag == "select" }

// A control is a field of a form, an option of one, or a button that sends it.
type control struct {
	kind        kind
	on          bool // it is ticked or picked
	off         bool // it is disabled
	typed       bool // somebody has filled it in
	block       int  // that shows it, if it is not hidden
	list        int  // of an option: the block of its list
	name, value string
	by          string // who wrote it
}

// tick ticks a box or picks an option; of radio buttons of a name and of the options of a list
// no other is any more.
func tick(controls []control, at int) {
	c := &controls[at]
	for i := range controls {
		if o := &controls[i]; c.kind != kindBox && o.kind == c.kind && o.list == c.list && o.name == c.name && (c.name != "" || c.kind == kindOption) {
			o.on = false
		}
	}
	c.on = true
}

// fields are the controls of a page that is being read.
type fields struct {
	loose   form    // has what is in no form
	into    *form   // has the last control
	area    bool    // the text that comes is that one's
	list    control // whose options come; of the zero control there are none
	several bool    // of them several can be picked
	rows    int     // how many of them are shown at once
	option  bool    // the text that comes is of the last of them,
	label   string  // which is shown as that,
	valued  bool    // and has a value besides
	group   bool    // they are disabled
	button  int     // the block of the button whose text comes, -1 for none
	sets    []set   // fieldsets that are open
	fors    []named // labels, and the ids that they are for
	ids     []named // fields, and their ids
}

// A named is a block with an id.
type named struct {
	block int
	id    string
}

// A set is a fieldset that is open. What is in its first legend is not disabled by it.
type set struct{ around, off, begun, legend bool }

// setOff reports whether what comes is disabled by a fieldset around it (HTML 4.10.18.5).
func (f *fields) setOff() bool {
	if len(f.sets) == 0 {
		return false
	}
	s := &f.sets[len(f.sets)-1]
	return s.around || s.off && !s.legend
}

// startSet reads a fieldset or a legend.
func (f *fields) startSet(tag string, off bool) {
	if tag == "fieldset" {
		f.sets = append(f.sets, set{around: f.setOff(), off: off})
	} else if n := len(f.sets); n > 0 && !f.sets[n-1].begun {
		f.sets[n-1].begun, f.sets[n-1].legend = true, true
	}
}

// add adds a block.
func (m *markup) add(tag string) *event.Block {
	m.blocks = append(m.blocks, event.Block{Tag: tag, Form: m.formNumber()})
	return &m.blocks[len(m.blocks)-1]
}

// wrote notes a value of a field that by wrote.
func (m *markup) wrote(value, by string) {
	if by == "" {
		m.ownText(value)
		m.data = append(m.data, value)
	}
}

// formOf returns the number of the form that a control with such attributes belongs to.
func (m *markup) formOf(attrs attrs) int {
	if !attrs.has("form") {
		return m.formNumber()
	}
	id := attrs.get("form")
	for i := range m.forms {
		if id != "" && m.forms[i].id == id {
			return i + 1
		}
	}
	return 0
}

// put adds a control to the form of the last.
func (m *markup) put(c control) {
	f := m.into
	f.controls = append(f.controls, c)
	if n := len(f.controls) - 1; c.on && (c.kind == kindRadio || c.kind == kindOption) {
		tick(f.controls, n) // of several the last is
	}
}

// control reads the tag of a control.
func (m *markup) control(tag string, attrs attrs, by string) {
	typed := strings.ToLower(attrs.get("type"))
	c := control{kind: kindOf(tag, typed), name: attrs.get("name"), value: attrs.get("value"), by: by, block: len(m.blocks)}
	if tag == "input" {
		m.wrote(c.value, by)
	}
	var b *event.Block
	switch {
	case tag == "button":
		c.block, m.button = m.block, m.block
		b = &m.blocks[m.block]
	case c.kind == kindHidden:
		b = &event.Block{}
	default:
		b = m.add(tag)
	}
	b.Type, b.Form = typed, m.formOf(attrs)
	if m.into = &m.loose; b.Form > 0 {
		m.into = &m.forms[b.Form-1]
	}
	c.off = attrs.has("disabled") || m.setOff()
	switch c.kind {
	case kindLine:
		b.Text = c.value
	case kindArea:
		b.Type, m.area = "", true
	case kindList:
		b.Type, m.list, m.several = "", c, attrs.has("multiple")
		m.rows, _ = strconv.Atoi(strings.TrimSpace(attrs.get("size")))
	case kindBox, kindRadio:
		if !attrs.has("value") {
			c.value = "on"
		}
		b.Value, c.on = c.value, attrs.has("checked")
	case kindReset, kindInert, kindSubmit, kindImage:
		if c.kind == kindImage {
			c.value = attrs.get("alt")
		}
		if tag == "input" {
			if c.value == "" && c.kind != kindInert && !attrs.has("value") { // as Chromium calls it
				if c.value = "Submit"; c.kind == kindReset {
					c.value = "Reset"
				}
			}
			b.Tag, b.Text = "button", c.value
		}
		if c.kind < kindSubmit {
			return
		}
		b.Value = c.value
	}
	b.Name, b.Off = c.name, c.off
	m.put(c)
	if attrs.has("id") && tag != "button" && c.kind != kindHidden {
		m.ids = append(m.ids, named{c.block, attrs.get("id")})
	}
}

// inList reports whether what comes is in a <select>.
func (f *fields) inList() bool { return f.list.kind == kindList }

// last returns the last control.
func (f *fields) last() *control { return &f.into.controls[len(f.into.controls)-1] }

// fieldText reads a text, and reports whether it is one of a field.
func (m *markup) fieldText(text string) bool {
	switch {
	case m.area:
		c := m.last()
		c.value = strings.TrimPrefix(text, "\n")
		m.blocks[c.block].Text = c.value
		m.wrote(c.value, c.by)
	case m.option:
		m.blocks[len(m.blocks)-1].Text += text
	}
	return m.area || m.inList()
}

// startInList reads a start tag within a list, as Chromium 156 does. It reports whether the tag
// means what it means elsewhere: what would be loaded there is.
func (m *markup) startInList(tag string, attrs attrs, by string) bool {
	switch tag {
	case "option", "optgroup", "hr":
		m.endOption()
		c := control{kind: kindOption, name: m.list.name, value: attrs.get("value"), by: by, block: len(m.blocks), list: m.list.block, on: attrs.has("selected"), off: attrs.has("disabled")}
		if tag == "optgroup" {
			m.group = c.off
		}
		if tag != "option" {
			return false
		}
		if m.options++; m.options > maxOptions {
			return false
		}
		b := m.add(tag)
		if m.several {
			c.kind, b.Name, b.Type = kindBox, c.name, "checkbox"
		}
		c.off = c.off || m.group || m.list.off
		b.Value, b.Off, b.Form = c.value, c.off, m.blocks[c.list].Form
		m.option, m.label, m.valued = true, attrs.get("label"), attrs.has("value")
		m.put(c)
		return false
	case "select", "input", "textarea": // a list in a list only ends it
		m.endList()
		return tag != "select"
	}
	return tag != "form" && !slices.Contains(shown, tag)
}

// endOption ends an option that is open.
func (m *markup) endOption() {
	if !m.option {
		return
	}
	m.option = false
	b, c := &m.blocks[len(m.blocks)-1], m.last()
	b.Text = oneLine(b.Text)
	if !m.valued {
		b.Value, c.value = b.Text, b.Text
	}
	if m.label != "" {
		b.Text = m.label
	}
	m.wrote(c.value, c.by)
}

// endList ends a list that is open. In one that shows one option the first that can be is
// picked if none is (HTML 4.10.7).
func (m *markup) endList() {
	m.endOption()
	all, first, none := m.into.controls, -1, m.rows <= 1 && !m.several
	for i := len(all) - 1; all[i].block > m.list.block; i-- {
		if none = none && !all[i].on; !all[i].off {
			first = i
		}
	}
	if first >= 0 && none {
		tick(all, first)
	}
	m.list, m.group = control{}, false
}

// endField reads an end tag, and reports whether it ends only a field, or nothing.
func (m *markup) endField(tag string) bool {
	switch n := len(m.sets) - 1; {
	case m.area: // no other end tag comes
		m.area = false
		return true
	case m.inList():
		switch tag {
		case "select":
			m.endList()
		case "optgroup", "option":
			m.endOption()
			m.group = m.group && tag == "option"
		}
		return tag != "script"
	case tag == "button" || tag == "form":
		m.button = -1
	case n >= 0 && tag == "legend":
		m.sets[n].legend = false
	case n >= 0 && tag == "fieldset":
		m.sets = m.sets[:n]
	}
	return false
}

// endFields ends a list that never ended, shows what is ticked, and has each label of another
// field than the one after it say which that is.
func (m *markup) endFields() {
	if m.inList() {
		m.endList()
	}
	for _, f := range append(m.forms, m.loose) {
		for i := range f.controls {
			if c := &f.controls[i]; c.on {
				m.blocks[c.block].On = true
			}
		}
	}
	for _, l := range m.fors {
		i := slices.IndexFunc(m.ids, func(f named) bool { return f.id == l.id })
		if i >= 0 && m.ids[i].block != l.block+1 {
			m.blocks[l.block].For = m.ids[i].block + 1
		}
	}
}
