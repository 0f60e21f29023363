package view

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/cookie"
	"fixlab/lab/event"
)

// acts are the buttons of a cookie in a live window.
func (w window) acts(b event.Browser, e cookie.Entry) app.UI {
	at := slices.IndexFunc(b.Jar, func(o cookie.Entry) bool { return words.SameCookie(o, e) })
	who, called := words.Person(w.Name), e.Name
	if slices.ContainsFunc(b.Jar, func(o cookie.Entry) bool { return o.Name == e.Name && !words.SameCookie(o, e) }) { // another has that name too
		called = text.T("live.one-of", "cookie", e.Name, "domain", e.Host(), "path", e.Path)
	}
	button := func(name, symbol, label, verb string, msg page.Msg) app.UI {
		why := w.denied(verb)
		return node("button", "type=button", "id="+page.CookieButton(name, w.Name, at), "name="+name, "class=btn icon tiny", "disabled="+yes(why != ""), "aria-description="+why, "aria-label="+label).Body(stroke(symbol)).
			OnClick(func(ctx app.Context, _ app.Event) { send(ctx, msg) }, app.EventScope(name, w.Name, at))
	}
	return el("span", "does",
		button("copy", "copy", text.T("live.copy", "cookie", called, "who", who), "copy", page.CopyCookie{Browser: w.Name, Index: at}),
		button("edit", "pen", text.T("live.edit", "cookie", called, "who", who), "paste", page.EditCookie{Browser: w.Name, Index: at}),
		button("delete", "close", text.T("live.delete", "cookie", called, "who", who), "forget", page.ClearCookie{Browser: w.Name, Index: at}),
	)
}

// adds is the button for a new cookie.
func (w window) adds() app.UI {
	if !w.Live.On || w.denied("paste") != "" {
		return nil
	}
	return node("button", "type=button", "name=add", "class=btn icon plain more", "aria-label="+text.T("live.add", "who", words.Person(w.Name))).Body(stroke("plus")).
		OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.EditCookie{Browser: w.Name, Index: -1}) })
}

// cookieForm is a cookie that is edited, in the place of the list.
func (w window) cookieForm() app.UI {
	n := w.Live.Cookie.Now
	wrong, describes := w.Live.Cookie.Wrong, ""
	field := func(name, label, value string) app.UI {
		id := "cookie-" + name
		if describes = ""; name == wrong {
			describes = "cookie-fault"
		}
		return el("label", "field", txt("span", "", label),
			node("input", "type=text", "id="+id, "aria-invalid="+yes(name == wrong), "aria-describedby="+describes, "class=input", "value="+value, "dir=ltr", "spellcheck=false", "autocapitalize=off", "autocomplete=off").OnInput(cookieField(name)).OnKeyDown(saves))
	}
	box := func(name, label string, on bool) app.UI {
		return el("label", "box", node("input", "type=checkbox", "id=cookie-"+name, "checked="+yes(on)).OnChange(func(ctx app.Context, _ app.Event) {
			send(ctx, page.CookieField{Name: name, Text: yes(checked(ctx))})
		}, app.EventScope(name)), app.Text(label))
	}
	title := text.T("live.new-cookie", "who", words.Person(w.Name))
	if !w.Live.Cookie.New {
		title = text.T("live.edit", "cookie", w.Live.Cookie.Was.Name, "who", words.Person(w.Name))
	}
	return node("div", "id=cookie-form", "class=cookieform", "role=group", "aria-label="+title).Body(
		field("name", text.T("jar.column.name"), n.Name),
		field("value", text.T("jar.column.value"), n.Value),
		field("domain", text.T("jar.column.domain"), n.Domain),
		field("path", text.T("jar.column.path"), n.Path),
		el("label", "field", txt("span", "", text.T("jar.column.samesite")),
			node("select", "id=cookie-samesite", "class=input").OnChange(func(ctx app.Context, _ app.Event) {
				send(ctx, page.CookieField{Name: "samesite", Text: chosen(ctx)})
			}).Body(each(4, func(i int) app.UI {
				v := []string{page.NoSameSite, "Lax", "Strict", "None"}[i]
				name := v
				if v == page.NoSameSite {
					name = text.T("jar.unset")
				}
				return node("option", "value="+v, "selected="+yes(v == n.SameSite || v == page.NoSameSite && n.SameSite == "")).Text(name)
			})...)),
		field("age", text.T("live.age"), n.Age),
		el("div", "boxes",
			box("secure", text.T("jar.column.secure"), n.Secure),
			box("httponly", text.T("jar.column.httponly"), n.HTTPOnly),
			box("script", text.T("live.script"), n.Script),
		),
		node("p", "id=cookie-fault", "class=t1 strong").Text(w.Live.Cookie.Fault),
		el("div", "row",
			node("button", "type=button", "name=save", "class=btn small").Text(text.T("live.save")).OnClick(saveCookie),
			node("button", "type=button", "name=cancel", "class=btn small plain").Text(text.T("live.cancel")).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.CloseCookie{}) }),
		),
	)
}

func cookieField(name string) app.EventHandler {
	return func(ctx app.Context, _ app.Event) { send(ctx, page.CookieField{Name: name, Text: chosen(ctx)}) }
}

func saveCookie(ctx app.Context, _ app.Event) { send(ctx, page.SaveCookie{}) }

// saves is Enter in a field of the form; Escape closes it.
func saves(ctx app.Context, e app.Event) {
	if e.Get("isComposing").Truthy() {
		return
	}
	switch e.Get("key").String() {
	case "Enter":
		e.PreventDefault()
		send(ctx, page.SaveCookie{})
	case "Escape":
		send(ctx, page.CloseCookie{})
	}
}
