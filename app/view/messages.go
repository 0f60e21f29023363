package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// messages are the HTTP messages of a step as they went over the wire, and beside them
// what happened, in order, and the session ids in full.
func messages(t *lab.Trace, step int) []app.UI {
	var list []app.UI
	for _, e := range t.Frames[step].Events {
		if e.Message == nil {
			continue
		}
		name := "message-" + strconv.Itoa(e.Seq)
		list = append(list, el("div", "message",
			node("h3", "id="+name).Text(text.T("http.ends", "from", words.Person(e.Message.From), "to", words.Person(e.Message.To))),
			node("pre", "role=group", "aria-labelledby="+name).Body(raw(t.Keys, e.Message.Raw)...),
		))
	}
	if len(list) == 0 {
		list = append(list, txt("p", "quiet", text.T("http.none")))
	}
	return []app.UI{
		el("div", "column", list...),
		el("div", "column",
			txt("h3", "", text.T("http.happened")),
			node("ol", "class=flow").Body(happenings(t, step)...),
			when(len(t.Keys) > 0, func() app.UI {
				return el("div", "stack", node("h3", "id=keys-title").Text(text.T("http.keys")),
					node("dl", "class=keys", "aria-labelledby=keys-title").Body(each(len(t.Keys), func(i int) app.UI {
						return el("div", "", el("dt", "", key(i+1, "")), el("dd", "", txt("code", "", t.Keys[i])))
					})...))
			}),
		),
	}
}

// happenings are what a step did, one line each: the messages, what the server did
// with its sessions, and what the browser made of the answer. A switch that is off and
// did not decide anything is left out.
func happenings(t *lab.Trace, step int) []app.UI {
	var out []app.UI
	for _, e := range t.Frames[step].Events {
		class := "is-" + string(e.Kind)
		if v := t.Verdict; e.Seq == v.Event && v.Frame == step {
			class += " decisive"
		}
		var body []app.UI
		switch e.Kind {
		case event.Request, event.Response:
			body = []app.UI{txt("b", "", words.Person(e.Message.From)+": "), app.Text(e.Message.Start)}
		case event.Stored, event.Refused, event.Withheld:
			name, _, _ := strings.Cut(e.Line, "=")
			body = []app.UI{app.Text(text.T("http.cookie."+string(e.Kind), "who", words.Person(e.Who), "cookie", name) + ". ")}
			if e.Refusal != nil {
				body = append(body, reason(e.Refusal)...)
			}
		case event.Ask:
			if !words.SessionSwitches.Has(e.Switch) || !e.On && e.Seq != t.Verdict.Event {
				continue
			}
			body = []app.UI{txt("b", "", words.Person(e.Who)+": "), el("span", "", chips(t.Keys, e.Text)...)}
		case event.Unsign:
			if e.Value == "" || e.Found {
				continue
			}
			body = []app.UI{txt("b", "", words.Person(e.Who)+": "), el("span", "", chips(t.Keys, e.Text)...)}
		case event.Learned, event.Did, event.Evicted, event.Save, event.Delete, event.Whoami, event.Login, event.Logout, event.Load, event.Denied, event.Opened, event.Transfer:
			body = []app.UI{txt("b", "", words.Person(e.Who)+": "), el("span", "", chips(t.Keys, e.Text)...)}
		default:
			continue
		}
		out = append(out, el("li", class, body...))
	}
	return out
}

// raw shows a message's very text. Cookies are marked, and session ids carry their
// label in the style sheet, so that what is copied is what was sent.
func raw(keys []string, message string) []app.UI {
	var out []app.UI
	head, body, _ := strings.Cut(message, "\r\n\r\n")
	for i, line := range strings.Split(head, "\r\n") {
		if i > 0 {
			out = append(out, app.Text("\n"))
		}
		name, _, _ := strings.Cut(line, ":")
		if strings.EqualFold(name, "Cookie") || strings.EqualFold(name, "Set-Cookie") {
			out = append(out, el("mark", "", labelled(keys, line)...))
			continue
		}
		out = append(out, labelled(keys, line)...)
	}
	return append(out, append([]app.UI{app.Text("\n\n")}, labelled(keys, body)...)...)
}

func labelled(keys []string, s string) []app.UI {
	var out []app.UI
	for _, p := range words.Pieces(keys, s) {
		if p.Key == 0 {
			out = append(out, app.Text(p.Text))
			continue
		}
		out = append(out, node("span", "class=in-raw", "data-label=K"+strconv.Itoa(p.Key)).Text(p.Text))
	}
	return out
}
