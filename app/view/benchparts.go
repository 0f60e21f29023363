//go:build !slim

package view

import (
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab/bench"
	"fixlab/lab/sign"
)

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
		return node("div", "class=box", "data-scrolls="+id, "role=group", "aria-labelledby="+id).Body(
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
