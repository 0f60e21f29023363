package view

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"fixlab/app/page"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// sequence is the step list, drawn on the lifelines of the three panels above it.
type sequence struct {
	app.Compo
	Trace *lab.Trace
	Step  int
}

func (s *sequence) Render() app.UI {
	return node("section", "class=sequence", "aria-labelledby=sequence-title").Body(
		node("h2", "id=sequence-title", "class=unseen").Text("Steps"),
		node("ol", "id=steps").Body(each(len(s.Trace.Frames), func(i int) app.UI {
			return &stepRow{Trace: s.Trace, I: i, Current: i == s.Step}
		})...),
	)
}

// stepRow is one step: a button that goes there, and for the current step the
// messages and what they did.
type stepRow struct {
	app.Compo
	Trace   *lab.Trace
	I       int
	Current bool
}

func (r *stepRow) Render() app.UI {
	t, i := r.Trace, r.I
	class, current, tab := "step", "", -1
	if r.Current {
		class, current, tab = "step current", "step", 0
	}
	decides := t.Verdict.Frame == i
	if decides {
		class += " decides"
	}
	return node("li", "class="+class, "data-step="+strconv.Itoa(i+1)).Body(
		node("button", "type=button", "class=row", "aria-current="+current, "tabindex="+strconv.Itoa(tab)).Body(
			txt("span", "n", strconv.Itoa(i+1)),
			el("span", way(t, i), append(r.carried(), el("span", "text", rich(t.Keys, words.Title(t, i))...))...),
			when(decides, func() app.UI { return txt("span", "tag tag-decides", "decides") }),
		).OnClick(func(ctx app.Context, _ app.Event) { send(ctx, page.Go(i)) }, app.EventScope(i)),
		when(r.Current, func() app.UI { return flow{Trace: t, Step: i}.ui() }),
	)
}

// carried returns the chips of the session keys in the step's cookies, each once.
func (r *stepRow) carried() []app.UI {
	var out []app.UI
	seen := map[int]bool{}
	for _, e := range r.Trace.Frames[r.I].Events {
		if e.Message == nil {
			continue
		}
		for _, line := range cookieLines(e.Message.Raw) {
			for _, p := range words.Pieces(r.Trace.Keys, line) {
				if p.Key > 0 && !seen[p.Key] {
					seen[p.Key] = true
					out = append(out, chip(p.Key))
				}
			}
		}
	}
	return out
}

// way returns the classes that draw a step's arrow from the lane that acts to
// the one that answers; a step without a message is a note in its lane.
func way(t *lab.Trace, i int) string {
	for _, e := range t.Frames[i].Events {
		if e.Kind == event.Request {
			return arrow(words.LaneOf(e.Message.From), words.LaneOf(e.Message.To))
		}
	}
	return "note " + laneClass(words.Acting(t, i))
}

func arrow(from, to words.Lane) string { return "arrow " + laneClass(from) + "-to-" + laneClass(to) }

func laneClass(l words.Lane) string { return [...]string{"attacker", "server", "victim"}[l] }

// cookieLines returns the values of the Cookie and Set-Cookie headers of a message.
func cookieLines(raw string) []string {
	var out []string
	head, _, _ := strings.Cut(raw, "\r\n\r\n")
	for line := range strings.SplitSeq(head, "\r\n") {
		name, value, ok := strings.Cut(line, ":")
		if ok && (strings.EqualFold(name, "Cookie") || strings.EqualFold(name, "Set-Cookie")) {
			out = append(out, strings.TrimSpace(value))
		}
	}
	return out
}

// flow draws one step in full: the messages as arrows, what the server did with
// its sessions, and what the browser made of the answer.
type flow struct {
	Trace *lab.Trace
	Step  int
}

func (f flow) ui() app.UI {
	keys := f.Trace.Keys
	var out []app.UI
	var notes []app.UI // the server's, of one request
	flush := func() {
		if len(notes) > 0 {
			out = append(out, el("li", "notes server", notes...))
			notes = nil
		}
	}
	for _, e := range f.Trace.Frames[f.Step].Events {
		switch e.Kind {
		case event.Request, event.Response:
			flush()
			m := e.Message
			body := []app.UI{txt("strong", "", m.Start)}
			name := "Cookie: "
			if e.Kind == event.Response {
				name = "Set-Cookie: "
			}
			for _, line := range cookieLines(m.Raw) {
				body = append(body, el("span", "crumb", append([]app.UI{app.Text(" " + name)}, rich(keys, line)...)...))
			}
			host := m.To
			if e.Kind == event.Response {
				host = m.From
			}
			if words.LaneOf(host) == words.Attacker && host != "mallory" && host != "alice" {
				body = append(body, txt("span", "crumb", " "+host))
			}
			out = append(out, node("li", "class="+arrow(words.LaneOf(m.From), words.LaneOf(m.To))).Body(body...))
		case event.Stored, event.Refused, event.Withheld, event.Learned, event.Did:
			flush()
			out = append(out, node("li", "class=notes "+laneClass(words.LaneOf(e.Who))).Body(f.note(e)))
		case event.Save, event.Delete, event.Whoami, event.Login, event.Logout, event.Load, event.Denied, event.Opened, event.Transfer:
			notes = append(notes, f.note(e))
		case event.Ask: // a switch that is off and did not decide anything is left out
			if words.SessionSwitches.Has(e.Switch) && (e.On || e.Seq == f.Trace.Verdict.Event) {
				notes = append(notes, f.note(e))
			}
		case event.Unsign:
			if e.Value != "" && !e.Found {
				notes = append(notes, f.note(e))
			}
		}
	}
	flush()
	return el("ul", "flow", out...)
}

func (f flow) note(e event.Event) app.UI {
	class := "box is-" + string(e.Kind)
	if v := f.Trace.Verdict; e.Seq == v.Event && v.Frame == f.Step {
		class += " decisive"
	}
	var body []app.UI
	text := e.Text
	switch e.Kind {
	case event.Stored:
		text, _, _ = strings.Cut(e.Line, "=")
		body = append(body, app.Text("stored "))
	case event.Refused:
		body = append(body, txt("strong", "", "refused "))
	case event.Withheld:
		body = append(body, txt("strong", "", "not sent "))
	}
	if e.Refusal != nil {
		text, _, _ = strings.Cut(e.Line, ";")
		text += ": " + e.Refusal.Why
	}
	return el("span", class, append(body, rich(f.Trace.Keys, text)...)...)
}

// messages shows the step's HTTP messages as they went over the wire.
type messages struct {
	app.Compo
	Trace *lab.Trace
	Step  int
	Open  bool
}

func (m *messages) Render() app.UI {
	if !m.Open {
		return node("section", "id=http", "class=http", "hidden=true", "aria-label=HTTP messages")
	}
	var list []app.UI
	var reasons []app.UI
	for _, e := range m.Trace.Frames[m.Step].Events {
		if e.Refusal != nil {
			word := " did not send "
			if e.Kind == event.Refused {
				word = " did not store "
			}
			body := []app.UI{app.Text(words.Person(e.Who) + "’s browser" + word), el("code", "", rich(m.Trace.Keys, e.Text)...), app.Text(". ")}
			reasons = append(reasons, el("li", "", append(body, reason(e.Refusal)...)...))
		}
		if e.Message == nil {
			continue
		}
		from, to := words.Person(e.Message.From), words.Person(e.Message.To)
		name := "message-" + strconv.Itoa(e.Seq)
		list = append(list, el("div", "message",
			node("h3", "id="+name).Text(from+" → "+to),
			node("pre", "data-scrolls=message", "role=group", "aria-labelledby="+name).Body(raw(m.Trace.Keys, e.Message.Raw)...),
		))
	}
	if len(list) == 0 {
		list = append(list, txt("p", "none", "No message in this step."))
	}
	keys := m.Trace.Keys
	return node("section", "id=http", "class=http", "hidden=false", "aria-labelledby=http-title").Body(
		el("div", "http-head",
			node("h2", "id=http-title").Text("HTTP messages of step "+strconv.Itoa(m.Step+1)),
			node("button", "type=button", "class=close", "aria-label=Close the messages").Body(icon("close")).OnClick(m.close),
		),
		node("div", "class=http-body", "data-scrolls=http", "role=group", "aria-label=Messages and keys").Body(
			el("div", "message-list", list...),
			when(len(reasons) > 0, func() app.UI {
				return node("ul", "class=http-reasons", "aria-label=Cookies not stored or not sent").Body(reasons...)
			}),
			when(len(keys) > 0, func() app.UI {
				return node("dl", "class=keys", "aria-label=Session keys of this run").Body(each(len(keys), func(i int) app.UI {
					return el("div", "", el("dt", "", chip(i+1)), el("dd", "", txt("code", "", keys[i])))
				})...)
			}),
		),
	)
}

func (m *messages) close(ctx app.Context, _ app.Event) { send(ctx, page.HTTP{}) }

// raw shows a message's very text. Cookies are marked, and session keys carry
// their label in the style sheet, so that what is copied is what was sent.
func raw(keys []string, text string) []app.UI {
	var out []app.UI
	head, body, _ := strings.Cut(text, "\r\n\r\n")
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

func labelled(keys []string, text string) []app.UI {
	var out []app.UI
	for _, p := range words.Pieces(keys, text) {
		if p.Key == 0 {
			out = append(out, app.Text(p.Text))
			continue
		}
		k := strconv.Itoa((p.Key-1)%len(shapes) + 1)
		out = append(out, node("span", "class=chip inline k"+k, "data-label="+shapes[(p.Key-1)%len(shapes)]+"K"+strconv.Itoa(p.Key)).Text(p.Text))
	}
	return out
}
