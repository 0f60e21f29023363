// Package export writes a run for other programs and for people: as an HTTP archive, as a
// diagram and as a page of text. Each is a pure function of the run.
package export

import (
	"strings"
	"time"

	"fixlab/app/text"
	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/event"
)

// An exchange is a request and what answered it.
type exchange struct {
	step     int       // an index of Trace.Frames
	at       time.Time // a millisecond later than the one before it in its step
	request  event.Event
	response *event.Message // nil when nothing answered
}

// exchanges returns those of a run, in order.
func exchanges(t *lab.Trace) (all []exchange) {
	for i, f := range t.Frames {
		at := f.State.Now
		for _, e := range f.Events {
			switch e.Kind {
			case event.Request:
				all = append(all, exchange{step: i, at: at, request: e})
				at = at.Add(time.Millisecond)
			case event.Response: // a browser asks for one thing after the other
				all[len(all)-1].response = e.Message
			}
		}
	}
	return all
}

// A message is the bytes of a request or of an answer, taken apart (RFC 9112 2.1).
type message struct {
	start  string // the first line
	fields []field
	head   int // how many bytes there are before the body
	body   string
}

// A field is one line of a message's head.
type field struct{ name, value string }

func read(raw string) (m message) {
	head, body, _ := strings.Cut(raw, "\r\n\r\n")
	m.body, m.head = body, len(raw)-len(body)
	start, rest, more := strings.Cut(head, "\r\n")
	for m.start = start; more; {
		var line string
		line, rest, more = strings.Cut(rest, "\r\n")
		name, value, _ := strings.Cut(line, ": ")
		m.fields = append(m.fields, field{name, value})
	}
	return m
}

// all returns the values of the fields of that name.
func (m message) all(name string) (values []string) {
	for _, f := range m.fields {
		if strings.EqualFold(f.name, name) {
			values = append(values, f.value)
		}
	}
	return values
}

// first returns the value of the first field of that name, "" if there is none.
func (m message) first(name string) string {
	for _, value := range m.all(name) {
		return value
	}
	return ""
}

// brief is text in which a session key is its label, with a mark where it is signed, and
// no word is too long to be read.
func brief(t *lab.Trace, s string) string {
	var b strings.Builder
	for _, p := range words.Pieces(t.Keys, s) {
		switch {
		case p.Key > 0:
			b.WriteString(t.Label(p.Text))
		case p.Signed:
			b.WriteString(text.T("jar.signature"))
		default:
			b.WriteString(words.Short(p.Text))
		}
	}
	return b.String()
}

// result says how a run ended and where that was decided, in one line.
func result(t *lab.Trace) string {
	word, _ := words.OutcomeWords(t.Verdict.Outcome)
	if t.Cut != "" {
		return text.T("export.stopped", "outcome", word, "n", len(t.Frames), "of", len(t.Scenario.Steps))
	}
	return text.T("export.decided", "outcome", word, "n", t.Verdict.Frame+1)
}
