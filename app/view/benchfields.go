//go:build !slim

package view

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/lab/bench"
	"fixlab/lab/sign"
)

// benchFields are the inputs of one side.
func benchFields(b page.Bench, side page.Side, form bench.Form, err error) app.UI {
	var list []app.UI
	for _, a := range b.Picked().Asks {
		if side == page.Signing && !a.Signing || side == page.Checking && !a.Reading {
			continue
		}
		list = append(list, benchField(side, a, form[a.Field], page.FieldError(err, a.Field)))
	}
	return el("div", "fields", list...)
}

func benchField(side page.Side, a bench.Ask, value, fault string) app.UI {
	id := page.FieldID(side, a.Field)
	label := a.Label
	if a.Field == bench.FieldTime {
		label = text.T("bench.signed-at")
		if side == page.Checking {
			label = text.T("bench.checked-at")
		}
	}
	write := func(ctx app.Context, _ app.Event) {
		send(ctx, page.Write{Side: side, Field: a.Field, Text: chosen(ctx)})
	}
	scope := app.EventScope(int(side), int(a.Field))
	class := "field"
	var control app.HTMLElem
	switch {
	case len(a.Options) > 0:
		control = node("select", "id="+id, "class=input").OnChange(write, scope).Body(
			each(len(a.Options), func(i int) app.UI {
				return node("option", "value="+a.Options[i], "selected="+yes(a.Options[i] == value)).Text(a.Options[i])
			})...)
	case a.Field == bench.FieldValue:
		class = "field wide"
		control = node("textarea", "id="+id, "class=input", "rows=2", "dir=ltr").OnInput(write, scope).OnChange(rest)
	default:
		control = node("input", "id="+id, "class=input", "type=text", "dir=ltr").OnInput(write, scope).OnChange(rest)
	}
	if a.Field == bench.FieldTime || a.Field == bench.FieldLifetime {
		control = control.Attr("inputmode", "numeric")
	}
	control = with(control, "spellcheck=false", "autocapitalize=off", "autocomplete=off", "aria-describedby="+id+"-note", "aria-invalid="+yes(fault != ""))
	body := []app.UI{node("label", "for="+id).Text(label), control}
	if a.Field == bench.FieldTime {
		class = "field pressed"
		body = append(body, node("button", "type=button", "id="+id+"-now", "class=btn small").Text(text.T("bench.now")).OnClick(func(ctx app.Context, _ app.Event) {
			send(ctx, page.Write{Side: side, Field: a.Field, Text: strconv.FormatInt(time.Now().Unix(), 10)})
		}, scope))
	}
	return el("div", class, append(body, node("p", "id="+id+"-note", "class=field-fault").Text(fault))...)
}

// rest ends a stretch of typing: Back comes to before it.
func rest(ctx app.Context, _ app.Event) { send(ctx, page.Rest{}) }

// hint says what a pasted text looks like.
func hint(b page.Bench) app.UI {
	var body []app.UI
	if value, ok := bench.Unwrap(b.Text); ok {
		body = append(body, app.Text(text.T("bench.hint-line")+" "),
			act("use-value", text.T("bench.hint-take"), page.Paste(value), page.FocusOn("bench-text")))
		return node("p", "id=bench-hint", "class=bench-hint").Body(body...)
	}
	like := bench.Suggest(b.Text, b.Check[bench.FieldSecret])
	for _, s := range like {
		if s.Slug == b.Scheme {
			like = nil
		}
	}
	switch {
	case len(like) > 0:
		body = append(body, app.Text(text.T("bench.hint-like")+" "))
		for i, s := range like {
			if i > 0 {
				body = append(body, app.Text(" "+text.T("bench.hint-or")+" "))
			}
			body = append(body, txt("strong", "", s.Title), app.Text(" "),
				act("use-"+s.Slug, text.T("bench.hint-use"), page.PickScheme(s.Slug), page.FocusOn("bench-format")).Attr("aria-label", text.T("bench.hint-use-label", "format", s.Title)))
		}
	case sign.Recognise(b.Text) == sign.FormatDjangoKey:
		body = append(body, app.Text(text.T("bench.hint-key")))
	}
	return node("p", "id=bench-hint", "class=bench-hint").Body(body...)
}
