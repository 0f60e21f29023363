package view

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/dom"
	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/event"
)

// form draws the blocks of a form: a field and its label are one line. at is the index of the
// first.
func (w *website) form(blocks []event.Block, at int) []app.UI {
	var out []app.UI
	for i := 0; i < len(blocks); i++ {
		b, next := &blocks[i], &event.Block{}
		if i+1 < len(blocks) {
			next = &blocks[i+1]
		}
		switch label := b.Tag == "label"; {
		case label && b.For == 0 && next.Field():
			i++
			out = append(out, w.asked(blocks, i, at, b))
		case b.Box() && next.For == at+i+1:
			out = append(out, w.asked(blocks, i, at, next))
			i++
		case b.Field():
			out = append(out, w.asked(blocks, i, at, nil))
		case b.Tag == "option": // drawn with its list
		case label:
			out = append(out, el("span", "asked", w.block(b)))
		case b.Tag == "button" && w.of.Live.On:
			out = append(out, w.pressed(b, at+i))
		default:
			out = append(out, w.block(b))
		}
	}
	return append(out, w.fillIn(blocks[0].Form))
}

// fillIn is the button by which a browser fills in the name and the password that it remembers
// for the shop, and for no other site; nil where the form asks for none.
func (w *website) fillIn(form int) app.UI {
	who := w.of.Name
	if !w.of.Live.On || form == 0 || page.LoginForm(w.shown) != form {
		return nil
	}
	return node("button", "type=button", "name=fill", "class=btn small").Text(text.T("live.fill")).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.FillIn{Browser: who, Form: form}) }, app.EventScope(who, form))
}

// asked draws the field at i with its label, nil for none. Of a list of which one picks several
// each option is a box.
func (w *website) asked(blocks []event.Block, i, at int, label *event.Block) app.UI {
	b, options := &blocks[i], event.Options(blocks, i)
	if b.Tag == "select" && len(options) > 0 && options[0].Box() {
		if label == nil {
			return nil
		}
		return el("span", "asked tick", w.block(label))
	}
	if b.Tag == "option" {
		label = b
	}
	field := w.filled(b, options)
	if w.of.Live.On {
		field = w.field(b, at+i, options, label)
	}
	if label == nil && !b.Box() {
		return field
	}
	var words app.UI
	if label != nil {
		words = w.block(label)
	}
	if b.Box() {
		return el("label", "asked tick", field, words)
	}
	return el("span", "asked", words, field)
}

// called returns the name of a field, which its label has, if that has words.
func (w *website) called(b *event.Block, at int, label *event.Block) string {
	page := w.shown.Page
	for i := 0; label == nil && i < len(page); i++ {
		if page[i].For == at+1 {
			label = &page[i]
		}
	}
	switch {
	case label != nil && strings.TrimSpace(label.Text) != "":
		return label.Text
	case b.Box():
		return text.T("live.box", "name", b.Name, "value", b.Value)
	}
	return text.T("live.field", "name", b.Name)
}

// filled draws a field as one who looks on sees it.
func (w *website) filled(b *event.Block, options []event.Block) app.UI {
	says := b.Text
	switch {
	case b.Box() && b.On:
		return txt("span", "tickbox on", "✓")
	case b.Box():
		return el("span", "tickbox")
	case b.Type == "password":
		return txt("span", "input", strings.Repeat("•", utf8.RuneCountInString(says)))
	}
	for i := range options {
		if options[i].On {
			says = options[i].Text
		}
	}
	return el("span", "input", chips(w.keys, says)...)
}

// field is a field of a live form. Of what the page has of it only words and names are in it.
func (w *website) field(b *event.Block, at int, options []event.Block, label *event.Block) app.UI {
	id, who := page.PageField(w.of.Name, at), w.of.Name
	tag, name, class, kind, value := b.Tag, b.Name, "input", "text", "value="+b.Text
	types, scope := typed(id), app.EventScope(id, b.Form, b.Name)
	switch {
	case b.Box():
		tag, class, kind, value = "input", "tickbox", b.Type, "value="
		if kind == "radio" && name != "" {
			name = page.RadioField(who, b)
			types = func(ctx app.Context, _ app.Event) { send(ctx, page.Type{ID: page.RadioField(who, b), Text: id}) }
		}
	case b.Type == "password":
		kind = b.Type
	}
	e := node(tag, "id="+id, "class="+class, "name="+name, "aria-label="+w.called(b, at, label), "disabled="+yes(b.Off), "dir=ltr", "spellcheck=false", "autocapitalize=off", "autocomplete=off").
		OnInput(types, scope)
	switch tag {
	case "select":
		return e.Body(each(len(options), func(i int) app.UI {
			return node("option", "value="+strconv.Itoa(i), "disabled="+yes(options[i].Off)).Text(options[i].Text)
		})...)
	case "textarea":
		return with(e, "rows=3").Text(b.Text)
	}
	return with(e, "type="+kind, value).OnKeyDown(func(ctx app.Context, e app.Event) {
		if e.Get("key").String() == "Enter" && !e.Get("isComposing").Truthy() {
			e.PreventDefault()
			send(ctx, w.submit(b.Form))
		}
	}, scope)
}

// pressed is a button of a live form.
func (w *website) pressed(b *event.Block, at int) app.UI {
	reset := b.Type == "reset"
	if !reset && !b.Submits() {
		return w.block(b)
	}
	called := ""
	if strings.TrimSpace(b.Text) == "" {
		called = text.T("live.button")
	}
	return node("button", "type=button", "class=fakebtn", "aria-label="+called, "disabled="+yes(b.Off)).Body(chips(w.keys, b.Text)...).OnClick(func(ctx app.Context, _ app.Event) {
		if reset {
			send(ctx, page.ResetForm{Browser: w.of.Name, Form: b.Form})
		} else {
			send(ctx, page.Push{Submit: w.submit(b.Form), Button: at})
		}
	}, app.EventScope(w.of.Name, at, b.Form, reset))
}

// submit is what sends a form with what stands in its fields.
func (w *website) submit(form int) page.Submit {
	return page.Submit{Browser: w.of.Name, Form: form, Values: dom.Values(page.PageFields(w.of.Name))}
}
