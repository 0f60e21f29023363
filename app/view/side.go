package view

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/lab"
	"fixlab/lab/defence"
	"fixlab/lab/server"
)

// help is a dialog: the keys, and what the lab leaves out.
type help struct {
	app.Compo
	Shortcuts bool
	Trace     *lab.Trace
}

var keyTable = [][2]string{
	{"→ ←", "next and previous step"},
	{"Shift → ←", "next and previous key moment: something is learned, planted or refused, or somebody logs in"},
	{"Home End", "first and last step"},
	{"Space", "play and pause, unless a button has the focus"},
	{"↑ ↓", "in the list of steps: previous and next step"},
	{"1 … 9 0", "flip the switch with that number: " + numbered()},
	{"W", "why: the step that decides, and what would have changed it"},
	{"V", "the step that decides, and the verdict"},
	{"I", "the HTTP messages of the step"},
	{"P", "projector: large text; there PgDn and PgUp step, B or . blanks the screen"},
	{"R", "reset: step 1, every switch off"},
	{"?", "this help"},
	{"Esc", "close, then stop, then leave the projector"},
}

// numbered names the switches that have a digit, as they are labelled.
func numbered() string {
	var names []string
	for _, d := range defence.Numbered() {
		names = append(names, d.Title)
	}
	return strings.Join(names, ", ")
}

func (h *help) Render() app.UI {
	p, _ := server.ByID(h.Trace.Scenario.Profile)
	return node("dialog", "id=help", "class=help", "aria-labelledby=help-title").On("close", h.close).Body(
		el("div", "http-head",
			node("h2", "id=help-title").Text("Help and keys"),
			node("button", "type=button", "class=close", "aria-label=Close the help").Body(icon("close")).OnClick(h.close),
		),
		node("div", "class=help-body", "data-scrolls=help").Body(
			txt("p", "", "Session fixation: an attacker plants a session key that she knows in somebody’s browser. If login keeps that key, she is logged in too. A session key is the value in the cookie that tells the server who you are. Here Mallory attacks, Alice is attacked, and the server decides. Every lesson is a script that runs here in full, with real signatures and a real session store. Flip a switch, and the whole run is played again at once."),
			node("h3", "id=keys-title").Text("Keys"),
			node("table", "class=keys", "aria-labelledby=keys-title").Body(
				el("thead", "unseen", el("tr", "", node("th", "scope=col").Text("Key"), node("th", "scope=col").Text("Does"))),
				el("tbody", "", each(len(keyTable), func(i int) app.UI {
					return el("tr", "", node("th", "scope=row").Body(kbds(keyTable[i][0])...), txt("td", "", keyTable[i][1]))
				})...),
			),
			el("div", "toggle plain",
				node("input", "type=checkbox", "role=switch", "id=shortcuts", "checked="+yes(h.Shortcuts)).OnChange(h.letters),
				node("label", "for=shortcuts").Text("Letters and digits are shortcuts"),
			),
			txt("h3", "", "Reading the page"),
			el("p", "", app.Text("Each session key has a label that is the same wherever the key is: "), chip(1), app.Text(" "), chip(2), app.Text(" "), chip(3), app.Text(" "), chip(4),
				app.Text(". A bar, bold type and a tag mark what a step changed. Long values are shortened; the HTTP messages show them in full.")),
			txt("h3", "", "In this model"),
			el("ul", "",
				txt("li", "", "Nothing leaves this page: the browsers, the network and the server are simulated here. The cookies are not yours, and no request is sent."),
				txt("li", "", "Mallory and Alice have a browser each, both of the kind that is picked under Browser. There are one shop and the hosts that Mallory writes on. The clock moves one second a step."),
				txt("li", "", "A script runs as far as it writes cookies: document.cookie = and cookieStore.set, with texts, variables and sums of them, in script elements, onload, onerror, srcdoc and javascript: URLs. The step says which script was not run and what was not loaded. Of a Content-Security-Policy this lab obeys what decides about scripts, images, frames, forms, the base, the sandbox and the frames around a page."),
				txt("li", "", "Left out of the browsers: what else a script does, such as fetch, submit and window.open; other event handlers; other elements that load something, srcset and ping; more than 50 elements of a page and frames more than 3 deep; a page’s forms after the first, formaction, select, textarea, enctype and what a browser makes of a typed value; reload and back, downloads and new windows; a Refresh after more than 10 seconds; frames with data: URLs; whether an image is one, beyond its type; XML with mistakes; a policy’s other directives, such as upgrade-insecure-requests and trusted types, and what strict-dynamic lets in; integrity, Cross-Origin-Resource-Policy and Clear-Site-Data; the blocking of third-party cookies; limits on the size of headers."),
				txt("li", "", "Passwords, keys and the signing secret are made up and the same for everybody. A real server never shows its secret."),
				txt("li", "", "A run is hijacked when the server serves Mallory as Alice, forged when what Mallory wrote changes something of Alice’s, trapped when Alice is served in Mallory’s account, exposed when Mallory is shown what belongs to Alice’s session, poisoned when that session holds what Mallory wrote, a zombie when it outlives Alice’s logout, impersonated when Mallory has Alice’s own secret, and broken when Alice cannot use her account. It is defended when Mallory tried and none of that holds, and no attack when nothing she did could reach Alice."),
				el("li", "", txt("strong", "", p.Title+". "), app.Text(p.Note)),
			),
			el("p", "", node("a", "href=licences.txt").Text("Licences")),
		),
	)
}

func kbds(keys string) []app.UI {
	var out []app.UI
	for i, k := range strings.Fields(keys) {
		if i > 0 {
			out = append(out, app.Text(" "))
		}
		if k == "…" {
			out = append(out, app.Text(k))
			continue
		}
		out = append(out, txt("kbd", "", k))
	}
	return out
}

func (h *help) letters(ctx app.Context, _ app.Event) {
	send(ctx, page.Letters(checked(ctx)))
}

func (h *help) close(ctx app.Context, _ app.Event) { send(ctx, page.Help(false)) }
