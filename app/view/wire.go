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

// carrier returns the message of the step that was taken last which says most about
// the session id, and the header that carries it: an answer that brings another id before
// the request that shows one; nil where nothing was sent.
func carrier(t *lab.Trace, taken int) (m *event.Message, line string) {
	if taken == 0 {
		return nil, ""
	}
	for _, e := range t.Frames[taken-1].Events {
		if e.Message == nil {
			continue
		}
		name := "Cookie"
		if e.Kind == event.Response {
			name = "Set-Cookie"
		}
		l := headerOf(e.Message.Raw, name)
		if m == nil || keyIn(t.Keys, l) > 0 && keyIn(t.Keys, l) != keyIn(t.Keys, line) {
			m, line = e.Message, l
		}
	}
	return m, line
}

// headerOf returns the first header of that name, as it is written.
func headerOf(raw, name string) string {
	head, _, _ := strings.Cut(raw, "\r\n\r\n")
	for l := range strings.SplitSeq(head, "\r\n") {
		if n, _, ok := strings.Cut(l, ":"); ok && strings.EqualFold(n, name) {
			return l
		}
	}
	return ""
}

// keyIn returns the number of the first session id in s, 0 for none.
func keyIn(keys []string, s string) int {
	for _, p := range words.Pieces(keys, s) {
		if p.Key > 0 {
			return p.Key
		}
	}
	return 0
}

// wireOf draws the way of the session id in the step that was taken last: between a
// jar and the server above, or from Mallory's page to Alice. A wire that is alone is
// read aloud; else a line beside it says the same.
func wireOf(t *lab.Trace, taken int, alone bool) app.UI {
	m, line := carrier(t, taken)
	if m == nil {
		return el("div", "wire")
	}
	var chip app.UI
	var id string
	if n := keyIn(t.Keys, line); n > 0 {
		chip, id = key(n, "l"), "K"+strconv.Itoa(n)
	}
	from, to := words.LaneOf(m.From), words.LaneOf(m.To)
	class := "wire " + [...]string{"m", "s", "a"}[from]
	switch {
	case from != words.Server && to != words.Server:
		if from == words.Victim { // a request to a host of Mallory's
			class += " left"
		}
	case from == words.Victim || to == words.Victim:
		class += " elbow right"
	default:
		class += " elbow"
	}
	if to != words.Server && from == words.Server {
		class += " down"
	}
	ends := text.T("wire.ends", "from", words.Person(m.From), "to", words.Person(m.To))
	if taken%2 == 1 {
		class += " odd" // another animation of the same kind: it moves once a step
	}
	says := []string{"aria-hidden=true"}
	if alone {
		label := ends
		if id != "" {
			label = text.T("wire.carries", "id", id, "from", words.Person(m.From), "to", words.Person(m.To))
		}
		says = []string{"role=img", "aria-label=" + label}
	}
	return node("div", append(says, "class="+class)...).Body(
		el("div", "ends", txt("span", "", ends)),
		el("div", "line", chip),
	)
}
