package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// elem returns an element. The page makes every element of this one type:
// each of go-app's own adds some kilobytes to the wasm.
func elem(tag string) app.HTMLElem { return app.Elem(tag) }

// node returns an element with those attributes, each written name=value. An
// attribute without a value is left out.
func node(tag string, attrs ...string) app.HTMLElem { return with(app.Elem(tag), attrs...) }

// with gives e those attributes.
func with(e app.HTMLElem, attrs ...string) app.HTMLElem {
	for _, a := range attrs {
		name, value, _ := strings.Cut(a, "=")
		e = e.Attr(name, value)
	}
	return e
}

// yes writes an attribute that is true or false.
func yes(b bool) string { return strconv.FormatBool(b) }

// flag writes an attribute that is there or is not, such as disabled.
func flag(on bool) string {
	if on {
		return "true"
	}
	return ""
}

// el returns an element with that class and body.
func el(tag, class string, body ...app.UI) app.HTMLElem {
	return app.Elem(tag).Class(class).Body(append([]app.UI(nil), body...)...)
}

// txt returns an element with that class and text.
func txt(tag, class, text string) app.HTMLElem {
	return app.Elem(tag).Class(class).Body(app.Text(text))
}

// when returns f's element, or nothing.
func when(ok bool, f func() app.UI) app.UI {
	if !ok {
		return nil
	}
	return f()
}

// each returns f of every index below n.
func each(n int, f func(i int) app.UI) []app.UI {
	out := make([]app.UI, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}

// svg returns an SVG element; without the namespace a browser draws nothing.
func svg(tag string) app.HTMLElem { return app.Elem(tag).XMLNS("http://www.w3.org/2000/svg") }

// stepLink is a link to a step of the run that link, "1/lesson/switches/n" and
// perhaps "/setup", is about.
func stepLink(link string, frame int, text string) app.HTMLElem {
	return node("a", "href=#"+page.StepOf(link, frame)).Text(text)
}

// act is a button that sends messages. One that goes with what it does says where
// the focus goes.
func act(id, label string, messages ...page.Msg) app.HTMLElem {
	return node("button", "type=button", "class=btn small", "id="+id).Text(label).OnClick(func(ctx app.Context, _ app.Event) {
		for _, msg := range messages {
			send(ctx, msg)
		}
	}, scope(messages...))
}

// scope tells the handler that sends messages from that of any other. Where the buttons in a
// row come and go an element becomes another one, and keeps a handler of the same scope.
func scope(messages ...page.Msg) app.EventOption { return app.EventScope(scopeName(messages...)) }

// scopeName has the types in it: many a message is of no fields.
func scopeName(messages ...page.Msg) string {
	var b strings.Builder
	for _, msg := range messages {
		fmt.Fprintf(&b, "%T %#v ", msg, msg)
	}
	return b.String()
}
