package view

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
)

// message is the action that carries a message to the page.
const message = "msg"

// send hands msg to the page. Components know nothing else of it.
func send(ctx app.Context, msg page.Msg) { ctx.NewActionWithValue(message, msg) }

// chosen returns the value of the element that an event came from.
func chosen(ctx app.Context) string { return ctx.JSSrc().Get("value").String() }

// checked reports whether the element that an event came from is checked.
func checked(ctx app.Context) bool { return ctx.JSSrc().Get("checked").Bool() }
