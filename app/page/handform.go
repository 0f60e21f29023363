package page

import (
	"cmp"
	"maps"
	"net/url"
	"strconv"
	"strings"

	"fixlab/app/text"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// The forms of the pages that the browsers show, as the learner fills them in.

type (
	// A Submit sends a form of the page that a browser shows, by its number from 1, as Enter
	// does, with what stands in its fields by their ids.
	Submit struct {
		Browser string
		Form    int
		Values  map[string]string
	}
	// A Push sends it by the button at a block of the page.
	Push struct {
		Submit
		Button int
	}
	// A FillIn has the browser fill in the name and the password of whose it is, or the ticket,
	// which it remembers: into the field for that, and the last one before it.
	FillIn struct {
		Browser string
		Form    int
	}
	// A ResetForm has the fields of a form be as the page has them.
	ResetForm struct {
		Browser string
		Form    int
	}
)

// PageField returns the id of a field of the page that a browser shows, by the index of its
// block.
func PageField(browser string, block int) string { return PageFields(browser) + strconv.Itoa(block) }

// PageFields is what the ids of all of them begin with.
func PageFields(browser string) string { return browser + "-field-" }

// RadioField returns the id under which the model keeps which radio button of a group was
// picked: its text is that one's id. A group is of one form of one browser.
func RadioField(browser string, b *event.Block) string {
	return PageFields(browser) + strconv.Itoa(b.Form) + "-" + b.Name
}

// standsIn returns what stands in a field of a page as the page has it: of a box "on" or "", of
// a list the number of the option that is picked, from 0, of every other field its text.
func standsIn(page []event.Block, at int) string {
	b := &page[at]
	switch {
	case b.Box() && b.On:
		return "on"
	case b.Box():
		return ""
	case b.Tag == "select":
		options := event.Options(page, at)
		for i := range options {
			if options[i].On {
				return strconv.Itoa(i)
			}
		}
		return ""
	}
	return b.Text
}

// pageInputs are the fields of both browsers with what stands in them.
func (m Model) pageInputs() (out []Input) {
	stands := func(id, value string) {
		if typed, ok := m.Hand.Typed[id]; ok {
			value = typed
		}
		out = append(out, Input{id, value})
	}
	for _, who := range []string{event.Mallory, event.Alice} {
		state := m.stateOf(who)
		stands(AddressField(who), state.URL)
		for i := range state.Page {
			b := &state.Page[i]
			id := PageField(who, i)
			if !b.Field() {
				continue
			}
			is := standsIn(state.Page, i)
			if b.Type == "radio" {
				switch m.Hand.Typed[RadioField(who, b)] {
				case "":
				case id:
					is = "on"
				default:
					is = ""
				}
			}
			stands(id, is)
		}
	}
	return out
}

func (t Type) hand(m Model) Model {
	m.Hand.Typed = maps.Clone(m.Hand.Typed)
	if m.Hand.Typed == nil {
		m.Hand.Typed = map[string]string{}
	}
	m.Hand.Typed[t.ID] = t.Text
	return m
}

// secretOf returns what whose browser it is proves herself with in a field: her password, or
// her ticket for single sign-on; "" for another field.
func secretOf(browser string, b *event.Block) string {
	switch {
	case b.Type == "password":
		return cmp.Or(event.Passwords[browser], "-")
	case b.Name == "ticket":
		return server.Ticket(browser)
	}
	return ""
}

// LoginForm returns the form of a page of the shop that asks for a password or a ticket, 0 for
// none.
func LoginForm(b event.Browser) int {
	if u, err := url.Parse(b.URL); err != nil || u.Scheme != "https" || u.Hostname() != event.ShopHost {
		return 0
	}
	for i := range b.Page {
		if x := &b.Page[i]; x.Tag == "input" && secretOf("", x) != "" && !x.Off {
			return x.Form
		}
	}
	return 0
}

func (f FillIn) hand(m Model) Model {
	page, name := m.stateOf(f.Browser).Page, -1
	for i := range page {
		switch b := &page[i]; {
		case b.Form != f.Form || b.Tag != "input" || b.Box() || b.Off:
		case secretOf(f.Browser, b) == "":
			name = i
		default:
			m = Type{PageField(f.Browser, i), secretOf(f.Browser, b)}.hand(m)
			if name >= 0 {
				m = Type{PageField(f.Browser, name), f.Browser}.hand(m)
			}
			return m
		}
	}
	return m
}

func (r ResetForm) hand(m Model) Model {
	m.Hand.Typed = maps.Clone(m.Hand.Typed)
	page := m.stateOf(r.Browser).Page
	for i := range page {
		if page[i].Form == r.Form {
			delete(m.Hand.Typed, PageField(r.Browser, i))
			delete(m.Hand.Typed, RadioField(r.Browser, &page[i]))
		}
	}
	return m
}

func (s Submit) hand(m Model) Model { return Push{s, -1}.hand(m) }

func (s Push) hand(m Model) Model {
	line, words := m.Hand.sitter(s.Browser)+" submit", ""
	filled := m.filledIn(s.Browser, s.Form, s.Values)
	var first, named *event.Block // of the form's buttons: the first, and the first with the words of the one that is pressed
	page := m.stateOf(s.Browser).Page
	var b *event.Block
	if s.Button >= 0 && s.Button < len(page) && page[s.Button].Submits() {
		b = &page[s.Button]
		words = oneLine(b.Text)
	}
	for i := range page {
		x := &page[i]
		if x.Form != s.Form || !x.Submits() {
			continue
		}
		if first == nil {
			first = x
		}
		if named == nil && !x.Off && oneLine(x.Text) == words {
			named = x
		}
	}
	switch {
	case b == nil || b == first: // it is what Enter does
		words = ""
	case words != "" && !strings.Contains(words, "=") && named == b:
		words = " " + exactly(words)
	case b.Name != "" && b.Type != "image":
		words, filled = "", filled+fills(b.Name, b.Value)
	default:
		return m.tell(text.T("live.unsaid"))
	}
	if s.Form > 1 || strings.HasPrefix(words, " #") {
		line += " #" + strconv.Itoa(s.Form)
	}
	return Act{line + words + filled}.hand(m)
}

// filledIn says, as the rest of that line, what stands in the fields of a form by their ids and
// is not what the page has there.
func (m Model) filledIn(browser string, form int, values map[string]string) (line string) {
	page := m.stateOf(browser).Page
	stands := func(i int) (was, is string, ok bool) {
		if b := &page[i]; b.Form != form || !b.Field() || b.Name == "" || b.Off {
			return "", "", false
		}
		was = standsIn(page, i)
		if is, ok = values[PageField(browser, i)]; !ok {
			is = was
		}
		return was, is, true
	}
	last := map[string]int{} // by the names: the last field that is typed into and was changed, -1 for boxes of which one was unticked
	for i := range page {
		was, is, ok := stands(i)
		switch b := &page[i]; {
		case !ok || is == was:
		case !b.Box():
			last[b.Name] = i
		case b.Type == "checkbox" && is == "":
			last[b.Name] = -1
		}
	}
	for i := range page {
		was, is, ok := stands(i)
		if !ok {
			continue
		}
		b := &page[i]
		if n := last[b.Name]; b.Type == "checkbox" && n < 0 { // none is ticked, and then those that are
			if n == -1 {
				line += fills(b.Name, "")
			}
			was, last[b.Name] = "", -2
		}
		switch {
		case b.Box():
			if is != was && is != "" {
				line += fills(b.Name, b.Value)
			}
		case b.Tag == "select":
			options := event.Options(page, i)
			if n, err := strconv.Atoi(is); err == nil && is != was && n >= 0 && n < len(options) {
				line += fills(b.Name, options[n].Value)
			}
		case is != was || i < last[b.Name]:
			line += fills(b.Name, "") + script.Value(is, m.named)
		}
	}
	return line
}

// fills writes, behind a blank, that a field has a value, byte for byte.
func fills(name, value string) string {
	return " " + strings.ReplaceAll(exactly(name), " ", "${space}") + "=" + exactly(value)
}

// exactly writes a text in which no variable is meant.
func exactly(text string) string {
	return script.Value(text, func(string) bool { return false })
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
