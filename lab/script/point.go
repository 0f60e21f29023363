package script

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/near"
)

// An Event names one event of a run, or a step: the deciding one, the first whose line
// begins with Does, or the first event of Kind, by the browser or host Who, whose text
// holds Text.
type Event struct {
	Last    bool // the last one instead of the first
	Decides bool
	Does    string
	Who     string
	Kind    event.Kind
	Text    string
}

// A Kind is a sort of thing that a learner can point at.
type Kind int

// The kinds of things.
const (
	PointStep   Kind = iota // a step of the run
	PointCookie             // a cookie that a browser stored
	PointRow                // a record, as the store was given it
	PointCode               // a line of the server's code
)

var kinds = []string{"step", "cookie", "row", "code"}

func (k Kind) String() string { return kinds[k] }

// A Thing is an event, and what of it is pointed at.
type Thing struct {
	Kind  Kind
	Event Event
}

// ParseThing reads "step EVENT", "cookie EVENT", "row EVENT" or "code EVENT".
func ParseThing(text string) (Thing, error) {
	word, rest, _ := strings.Cut(text, " ")
	i := slices.Index(kinds, word)
	if i < 0 {
		return Thing{}, fmt.Errorf("one cannot point at %q%s", word, near.Choices(word, kinds))
	}
	e, err := ParseEvent(rest)
	if err != nil {
		return Thing{}, err
	}
	t := Thing{Kind(i), e}
	switch {
	case t.Kind == PointCookie && e.Kind != event.Stored:
		return t, fmt.Errorf("a cookie is pointed at as \"cookie alice stored TEXT\", not %q", text)
	case t.Kind == PointRow && e.Kind != event.Save:
		return t, fmt.Errorf("a row is pointed at as \"row shop.example save TEXT\", not %q", text)
	case t.Kind == PointCode && !e.Kind.Server():
		return t, fmt.Errorf("a line of code is pointed at by what the server does there, as \"code shop.example ask TEXT\", not %q", text)
	}
	return t, nil
}

// String is the inverse of ParseThing.
func (t Thing) String() string { return t.Kind.String() + " " + t.Event.String() }

// whos are the browsers and hosts that there are in every run.
var whos = []string{event.Mallory, event.Alice, event.ShopHost, event.BlogHost, event.EvilHost, event.NewsHost}

// ParseEvent reads "decides", "does TEXT" or "WHO KIND TEXT", with "last " in front or
// not. The error says which word there is not.
func ParseEvent(text string) (Event, error) {
	var e Event
	text, e.Last = strings.CutPrefix(text, "last ")
	first, rest, _ := strings.Cut(text, " ")
	switch {
	case text == "decides":
		e.Decides = true
		return e, nil
	case first == "does" && rest != "":
		e.Does = rest
		return e, nil
	}
	known := append([]string{"decides", "does", "last"}, whos...)
	if !slices.Contains(whos, first) && (!strings.Contains(first, ".") || near.Match(first, whos) != nil) {
		return e, fmt.Errorf("want an event: \"decides\", \"does TEXT\" or \"WHO KIND TEXT\"; unknown %q%s", first, near.Choices(first, known))
	}
	kind, words, _ := strings.Cut(rest, " ")
	if !slices.Contains(event.Kinds, event.Kind(kind)) {
		var names []string
		for _, k := range event.Kinds {
			names = append(names, string(k))
		}
		return e, fmt.Errorf("unknown kind of event %q%s", kind, near.Choices(kind, names))
	}
	e.Who, e.Kind, e.Text = first, event.Kind(kind), words
	return e, nil
}

// String is the inverse of ParseEvent.
func (e Event) String() string {
	text := "decides"
	switch {
	case e.Does != "":
		text = "does " + e.Does
	case e.Who != "":
		text = strings.TrimSpace(e.Who + " " + string(e.Kind) + " " + e.Text)
	}
	if e.Last {
		return "last " + text
	}
	return text
}
