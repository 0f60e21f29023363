//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// order is a page with a field of every kind.
const order = "mallory serve https://evil.test/ <h1>Order</h1><p>All kinds.</p><form action=/order>" +
	"<label>Size <select name=size><option value=s>Small<option value=m>Middle<option value=l disabled>Large</select></label>" +
	"<label><input type=checkbox name=gift> As a gift</label>" +
	"<label><input type=checkbox name=news checked> News</label>" +
	"<input type=radio name=pay value=card id=c checked><label for=c>By card</label><input type=radio name=pay value=cash id=k><label for=k>In cash</label>" +
	"<label>With <select name=with multiple><option selected>Milk<option>Sugar</select></label>" +
	"<label>Note <textarea name=note>None</textarea></label>" +
	"<label>Name <input name=who></label>" +
	"<button name=do value=buy>Buy</button><button name=do value=keep>Keep for later</button><button disabled>Steal</button><input type=reset></form>"

// The fields and buttons of a page are those of the real one: what is picked, ticked and
// written is a line of the script, and what is not sent yet stays.
func TestFormByHand(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	h := b.mouse()
	h.begins()
	b.writes(b.value(written) + "\n" + order + "\nalice get https://evil.test/\n")
	page := func(selector string) string { return in("alice", "[data-page] "+selector) }
	field := func(label string) string { return page(fmt.Sprintf("[aria-label=%q]", label)) }
	const kinds = "[...document.querySelectorAll('[data-browser=alice] [data-page] :is(select, textarea, input, button)')].map((e) => e.type).join()"
	b.until("document.querySelector('[data-browser=alice] [data-page] select')")
	b.is(kinds, "select-one,checkbox,checkbox,radio,radio,checkbox,checkbox,textarea,text,button,button,button,button")
	const stands = "[...document.querySelectorAll('[data-browser=alice] [data-page] :is(select, textarea, input)')].map((e) => e.type == 'checkbox' || e.type == 'radio' ? +e.checked : e.value).join()"
	const first = "0,0,1,1,0,1,0,None,"
	b.is(stands, first)
	b.is("document.querySelector('[data-browser=mallory] [data-page]').querySelectorAll('select, textarea').length", "3") // her own site's

	fill := func() {
		t.Helper()
		b.eval(fmt.Sprintf("document.querySelector(%q).focus(), 0", field("Size")), nil)
		h.press("Down")
		h.press("Down") // what is disabled is not to be had
		h.use(field("As a gift"))
		b.click(page("label.tick:nth-of-type(2)")) // News, by its words
		b.settled()
		h.use(field("In cash"))
		h.use(field("Sugar"))
		h.fills(field("Note"), "Ring twice")
		h.fills(field("Name"), "A B")
		b.is(stands, "1,1,0,0,1,1,1,Ring twice,A B")
	}
	fill()
	h.use(in("mallory", "button[name=tab]"))
	b.is(stands, "1,1,0,0,1,1,1,Ring twice,A B")
	h.use(page("button:last-of-type"))
	b.is(stands, first)
	fill()
	h.use(page("button:nth-of-type(2)"))
	const line = "alice submit Keep for later size=m gift=on news= pay=cash with=Sugar note=Ring twice who=A B"
	b.is(linesOf+".split('|').at(-1)", line)
	b.is("document.querySelector('[data-browser=alice] input[name=address]').value",
		"https://evil.test/order?size=m&gift=on&pay=cash&with=Milk&with=Sugar&note=Ring+twice&who=A+B&do=keep")

	// By keyboard: Enter in a field is the first button, in a text area a new line.
	h.use(in("alice", "button[name=back]"))
	b.is(stands, first)
	h.fills(field("Note"), "one")
	h.press("Enter")
	h.types("two")
	b.eval(fmt.Sprintf("document.querySelector(%q).focus(), 0", field("By card")), nil)
	h.press("Right")
	b.is(stands, "0,0,1,0,1,1,0,one\ntwo,")
	h.reach(field("Name"))
	h.press("Enter")
	b.is(linesOf+".split('|').at(-1)", "alice submit pay=cash note=one${newline}two")

	h.use(in("alice", "button[name=back]"))
	b.look("a form", windows...)
	b.accessible("a form")
	b.media("forced-colors", "active")
	b.accessible("a form, forced colours")
	b.media()
	b.size(1366, 768)
}

// What an attacker writes into a form becomes no part of the real page that does anything, and
// nothing of it is wider than the window.
func TestHostileFormByHand(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	h := b.mouse()
	h.begins()
	img, long := "&lt;img/src=x/onerror=window.owned=1>&quot;'", strings.Repeat("W", 900)
	attrs := `name="` + img + long + `" value="` + img + long + `" id="script" style="position:fixed" onclick="window.owned=1" onfocus="window.owned=1" autofocus href="https://evil.test/" formaction="javascript:window.owned=1"`
	html := "<h1>Hi</h1><p>x</p><form action=javascript:window.owned=1>"
	for _, tag := range []string{"input", "input type=checkbox", "input type=radio", "input type=image", "input type=submit", "input type=reset"} {
		html += "<" + tag + " " + attrs + "><label for=script>" + img + long + "</label>"
	}
	html += "<textarea " + attrs + ">" + img + long + "</textarea><select " + attrs + "><optgroup label=" + long + "><option " + attrs + ">" + img + long +
		"</select><select multiple " + attrs + "><option " + attrs + ">" + img + "</select><button " + attrs + ">" + img + long + "</button></form><form><select><option>" + strings.Repeat("<option>x", 300)
	b.writes(b.value(written) + "\nmallory serve https://evil.test/ " + html + "\nalice get https://evil.test/\nmallory get https://evil.test/\n")
	b.until("document.querySelectorAll('[data-browser=mallory] [data-page] .site option').length > 300")
	const attributes = `[...new Set([...document.querySelectorAll("[data-page] .site *")].flatMap((e) => e.getAttributeNames().filter((n) =>
		!["class", "name", "type", "value", "aria-label", "dir", "spellcheck", "autocapitalize", "autocomplete", "rows", "disabled", "data-nth", "data-key", "title", "role", "tabindex", "d", "viewBox"].includes(n) &&
		!(n == "id" && /^(alice|mallory)-field-\d+$/.test(e.id)))))].join()`
	b.is(attributes, "")
	for _, w := range windows {
		b.size(w[0], w[1])
		b.settled()
		b.is(fmt.Sprintf("%d + ' ' + (document.documentElement.scrollWidth - document.documentElement.clientWidth)", w[0]), fmt.Sprintf("%d 0", w[0]))
	}
	b.size(1366, 768)
	b.is("document.querySelectorAll('#script').length + ' ' + document.querySelectorAll('img').length", "1 0")
	b.click(in("alice", "[data-page] button"))
	b.settled()
	b.is("window.owned", "undefined")
	b.is("document.querySelectorAll('[style*=fixed], [onclick], [formaction]').length", "0")

	// A page of more options than the lab shows ends the run.
	b.writes("title: Many\nprofile: signed-id\nseed: 1\n\nmallory serve https://evil.test/ <form><select>" + strings.Repeat("<option>", 5000) + "\nalice get https://evil.test/\n")
	b.until("document.querySelectorAll('[data-browser=alice] [data-page] option').length == 500")
	b.is("document.body.innerText.includes('more than 500 options on a page')", "true")
}

// A browser fills in the login that it remembers, and the form sends it.
func TestLoginFilledIn(t *testing.T) {
	t.Parallel()
	b := open(t, "#1/signed-id-toss/none/1")
	h := b.mouse()
	h.begins()
	h.goes("mallory", "shop.example/login")
	b.is("document.querySelectorAll('[data-browser=alice] [name=fill]').length", "0")
	h.use(in("mallory", "[name=fill]"))
	h.use(in("mallory", "[data-page] button.fakebtn"))
	b.is(linesOf, "mallory get /login|mallory submit user=mallory password=hunter2")
	b.is("document.activeElement.id", "page-mallory")
	b.is("document.querySelectorAll('[name=fill]').length", "0")
}
