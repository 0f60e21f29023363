package view

import (
	"encoding/hex"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/bench"
	"fixlab/lab/sign"
)

// The bench's elements stay where they are while somebody types: what may be
// missing is empty instead, so that the focus and what is unfolded stay too.

// benchView is the signer bench: one format, and two places to work at.
func benchView(b page.Bench) app.UI {
	s := b.Picked()
	return el("div", "stack2 bench",
		txt("p", "lead", text.T("bench.intro")),
		el("div", "bench-format",
			node("label", "for=bench-format").Text(text.T("bench.format")),
			node("select", "id=bench-format", "class=input", "aria-describedby=bench-use").OnChange(pickScheme).Body(
				each(len(bench.Schemes), func(i int) app.UI {
					o := bench.Schemes[i]
					return node("option", "value="+o.Slug, "selected="+yes(o.Slug == s.Slug)).Text(o.Title + " (" + o.Name + ")")
				})...,
			),
			node("p", "id=bench-use", "class=quiet").Text(s.Use),
		),
		el("div", "bench-sides", signSide(b), verifySide(b)),
	)
}

func pickScheme(ctx app.Context, _ app.Event) {
	send(ctx, page.PickScheme(chosen(ctx)))
}

// signSide is the half where a value is signed.
func signSide(b page.Bench) app.UI {
	made, err := b.Made()
	fault := ""
	if err != nil {
		fault = text.T("bench.not-signed", "why", err.Error())
	}
	return node("section", "id=bench-sign", "class=card bench-side", "aria-labelledby=bench-sign-title").Body(
		node("h2", "id=bench-sign-title").Text(text.T("bench.sign")),
		benchFields(b, page.Signing, b.Sign, err),
		txt("p", "bench-fault", fault),
		txt("h3", "", text.T("bench.signed-text")),
		signedText("signed", made.Layers),
		el("p", "bench-tools",
			copyButton(b, "copy-signed", text.T("bench.copy-signed"), made.Text),
			act("to-verify", text.T("bench.verify-this"), page.ToCheck{}),
		),
		partList(made.Layers),
		txt("h3", "", text.T("bench.how-made")),
		working(made.Check, [2]string{text.T("bench.mac"), hex.EncodeToString(made.MAC)}, [2]string{text.T("bench.signature"), made.Check.Expected}),
		el("details", "fold", txt("summary", "", text.T("bench.every-byte")), everyByte("sign", made.Layers)),
		el("details", "fold", txt("summary", "", text.T("bench.elsewhere")), commands(b, made.Lines)),
	)
}

// verifySide is the half where a text is verified.
func verifySide(b page.Bench) app.UI {
	v := b.Judged(b.Text)
	_, err := b.Reading(b.Text)
	r := v.Reading
	proves := text.Pieces("bench.proves")
	if page.Stamped(b.Picked()) {
		proves = text.Pieces("bench.proves-stamped")
	}
	return node("section", "id=bench-verify", "class=card bench-side", "aria-labelledby=bench-verify-title").Body(
		node("h2", "id=bench-verify-title").Text(text.T("bench.verify")),
		el("div", "field wide",
			node("label", "for=bench-text").Text(text.T("bench.field-text")),
			node("textarea", "id=bench-text", "class=input", "rows=3", "spellcheck=false", "autocapitalize=off", "autocomplete=off", "dir=ltr", "aria-describedby=bench-hint").
				OnInput(paste),
		),
		hint(b),
		benchFields(b, page.Checking, b.Check, err),
		outcomeLine("bench-verdict", v),
		el("p", "proves", said(proves, func(p text.Piece) []app.UI { return []app.UI{txt("strong", "", p.Text)} })...),
		txt("h3", "", text.T("bench.parts")),
		signedText("read", r.Layers),
		partList(r.Layers),
		txt("h3", "", text.T("bench.says")),
		decoded(v),
		txt("h3", "", text.T("bench.how-checked")),
		working(r.Check, [2]string{text.T("bench.expected"), r.Check.Expected}, [2]string{text.T("bench.received"), r.Check.Received}),
		el("details", "fold", txt("summary", "", text.T("bench.every-byte")), everyByte("verify", r.Layers)),
		tamperView(b, r.Layers),
	)
}

func paste(ctx app.Context, _ app.Event) { send(ctx, page.Paste(chosen(ctx))) }

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

// outcomeLine says whether a text is accepted, and why not, by a word and an icon. It
// has no colour: nobody has won yet.
func outcomeLine(id string, v page.BenchVerdict) app.UI {
	symbol := "minus"
	switch v.Word {
	case "ACCEPTED":
		symbol = "check"
	case "REFUSED":
		symbol = "close"
	case "CRASH":
		symbol = "warn"
	}
	return node("p", "id="+id, "class=bench-verdict", "data-word="+v.Word).Body(
		stroke(symbol), txt("strong", "", v.Said()), txt("span", "", words.Visible(v.Says)))
}

// decoded shows what the text says: to whoever has it, without any secret.
func decoded(v page.BenchVerdict) app.UI {
	switch r := v.Reading; {
	case r.Payload != "":
		return el("div", "decoded", node("code", "id=bench-payload").Text(words.Visible(r.Payload)),
			txt("p", "quiet", text.T("bench.encoded")))
	case v.Accepted:
		return el("div", "decoded", node("code", "id=bench-payload").Text(words.Visible(r.Value)),
			txt("p", "quiet", text.T("bench.plain")))
	}
	return el("div", "decoded", node("code", "id=bench-payload"), txt("p", "quiet", text.T("bench.unreadable")))
}

// signedText shows a text with its parts: by colour, by line and by name.
func signedText(id string, layers []bench.Layer) app.UI {
	var body []app.UI
	if len(layers) > 0 {
		for _, p := range layers[0].Parts {
			body = append(body, node("span", "class=bit role-"+string(p.Role), "data-label="+bitLabel(p.Role)).Text(words.Visible(p.Text)))
		}
	}
	return node("p", "id="+id, "class=signed", "dir=ltr").Body(body...)
}

// bitLabel stands before a part. A separator has none: it is one character.
func bitLabel(r bench.Role) string {
	if r == bench.RoleMark {
		return ""
	}
	return page.RoleWord(r)
}

// partList names each part and says what it is.
func partList(layers []bench.Layer) app.UI {
	var list []app.UI
	if len(layers) > 0 {
		at := 0
		for _, p := range layers[0].Parts {
			list = append(list, el("li", "",
				txt("span", "role role-"+string(p.Role), page.RoleWord(p.Role)),
				txt("span", "", " "+page.BytesOf(at, len(p.Text))+": "+clip(words.Visible(p.Meaning)))))
			at += len(p.Text)
		}
	}
	return el("ol", "part-list", list...)
}

// clip leaves the end out of a string that is long for a list.
func clip(s string) string {
	const longest = 240
	if len(s) <= longest {
		return s
	}
	n := longest
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// working shows how the key is derived and what is signed with it.
func working(c sign.Check, more ...[2]string) app.UI {
	how := c.Derivation
	if how == "" && c.Algorithm != "" {
		how = text.T("bench.key-is-secret")
	}
	rows := append([][2]string{{text.T("bench.key-made"), how}, {text.T("bench.key"), hex.EncodeToString(c.Key)}, {text.T("bench.algorithm"), c.Algorithm}, {text.T("bench.message"), c.Message}}, more...)
	var out []app.UI
	for _, r := range rows {
		out = append(out, txt("dt", "", r[0]), el("dd", "", txt("code", "", words.Visible(r[1]))))
	}
	return el("dl", "working", out...)
}

// everyByte is a table of every byte of a text and of what is encoded in it.
func everyByte(side string, layers []bench.Layer) app.UI {
	return el("div", "layers", each(len(layers), func(i int) app.UI {
		l := layers[i]
		id := side + "-layer-" + strconv.Itoa(i)
		at, columns := 0, byteColumns()
		return node("div", "class=box layer", "data-scrolls="+id, "role=group", "aria-labelledby="+id).Body(
			node("h4", "id="+id).Text(text.T("bench.layer", "title", l.Title, "n", len(l.Text()))),
			node("table", "class=table bytes", "aria-labelledby="+id).Body(
				el("thead", "", el("tr", "", each(len(columns), func(i int) app.UI {
					return node("th", "scope=col").Text(columns[i])
				})...)),
				el("tbody", "", each(len(l.Parts), func(i int) app.UI {
					p := l.Parts[i]
					from := at
					at += len(p.Text)
					return elem("tr").Body(
						node("th", "scope=row").Text(page.BytesOf(from, len(p.Text))),
						el("td", "", txt("code", "role-"+string(p.Role), words.Visible(p.Text))),
						el("td", "", txt("code", "", page.HexOf(p.Text))),
						txt("td", "", words.Visible(p.Meaning)),
					)
				})...),
			),
		)
	})...)
}

func byteColumns() []string {
	return []string{text.T("bench.byte-where"), text.T("bench.byte-text"), text.T("bench.byte-hex"), text.T("bench.byte-meaning")}
}

// commands are the lines that make the signature elsewhere.
func commands(b page.Bench, lines []bench.Line) app.UI {
	if len(lines) == 0 {
		return txt("p", "quiet", text.T("bench.no-line"))
	}
	body := []app.UI{txt("p", "", text.T("bench.lines"))}
	for _, l := range lines {
		body = append(body, el("div", "command",
			el("div", "command-head", txt("h4", "", l.Tool), copyButton(b, "copy-"+l.Tool, text.T("bench.copy-line", "tool", l.Tool), l.Text)),
			node("pre", "data-line="+l.Tool, "data-scrolls="+l.Tool, "role=group", "aria-label="+l.Tool, "dir=ltr").Text(l.Text)))
	}
	return el("div", "commands", body...)
}

// copyButton puts a value on the clipboard, and says so.
func copyButton(b page.Bench, id, label, value string) app.UI {
	if b.Copied == id {
		label = text.T("bench.copied")
	}
	return node("button", "type=button", "class=btn small", "id="+id).Text(label).OnClick(func(ctx app.Context, _ app.Event) {
		send(ctx, page.CopyText{Button: id, Text: value})
	}, app.EventScope(id, value))
}

// act is a button that sends messages. One that goes with what it does says where
// the focus goes.
func act(id, label string, messages ...page.Msg) app.HTMLElem {
	return node("button", "type=button", "class=btn small", "id="+id).Text(label).OnClick(func(ctx app.Context, _ app.Event) {
		for _, msg := range messages {
			send(ctx, msg)
		}
	}, app.EventScope(messages))
}

// tamperView changes one character of the text and shows what becomes of it.
func tamperView(b page.Bench, layers []bench.Layer) app.UI {
	n := strconv.Itoa(utf8.RuneCountInString(b.Text))
	tools := []app.UI{
		node("label", "for=bench-flip").Text(text.T("bench.flip")),
		node("input", "id=bench-flip", "class=input", "type=number", "min=1", "max="+n, "step=1", "aria-describedby=bench-of").OnInput(tamper),
		node("span", "id=bench-of").Text(text.T("bench.flip-of", "n", n)),
	}
	jumps := b.Jumps(layers)
	ends := node("ul", "class=row wrap", "data-rove=list").Body(each(len(jumps), func(i int) app.UI {
		return elem("li").Body(act("flip-"+strconv.Itoa(jumps[i].At), jumps[i].Label, page.Tamper(jumps[i].At)))
	})...)
	var out []app.UI
	if t, ok := b.Tampered(); ok {
		out = []app.UI{
			txt("p", "", t.Says),
			el("p", "signed", app.Text(words.Visible(t.Before)), txt("mark", "", words.Visible(t.Is)), app.Text(words.Visible(t.After))).Attr("dir", "ltr"),
			outcomeLine("tamper-verdict", t.Verdict),
			el("p", "bench-tools", app.Text(t.Note+" "),
				act("take-tamper", text.T("bench.tamper-take"), page.TakeTamper{}, page.FocusOn("bench-text")),
				act("no-tamper", text.T("bench.tamper-none"), page.Tamper(0), page.FocusOn("bench-flip"))),
		}
	}
	what := text.T("bench.not-malleable")
	if s := b.Picked(); s.Malleable != "" {
		what = text.T("bench.malleable", "why", s.Malleable)
	}
	return node("div", "id=tamper", "class=tamper", "role=group", "aria-labelledby=tamper-title").Body(
		node("h3", "id=tamper-title").Text(text.T("bench.tamper")),
		el("p", "bench-tools", tools...),
		ends,
		node("div", "id=tampered", "class=tampered").Body(out...),
		txt("p", "quiet", what+" "+b.Survey()),
	)
}

func tamper(ctx app.Context, _ app.Event) {
	at, _ := strconv.Atoi(chosen(ctx))
	send(ctx, page.Tamper(at))
}
