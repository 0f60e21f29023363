package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/sign"
)

// A Claim is something that one of two articles says about session fixation and
// HMAC signatures, in our words, and what came of running it.
type Claim struct {
	Article string // "Django" or "Flask"
	Text    string
	Verdict string // one of Verdicts
	Truth   string
	Shown   Exhibit   // the run that shows it
	Against []Exhibit // runs that show the other side of it
}

// Verdicts are the words for how a claim fared, in display order. What is
// missing is something that the article should have said.
var Verdicts = []string{"true", "partly true", "misleading", "false", "missing"}

// An Exhibit is a run, and what must be seen in it for a verdict to stand.
type Exhibit struct {
	Play
	At      string // the step to look at: the last one that begins with these words
	Outcome event.Outcome
	Sees    []Sight
}

// A Sight is an event that the step has, or has not.
type Sight struct {
	Kind event.Kind
	Has  string // see in; $name is the run's variable
	Not  bool   // no event of that kind has it
	Read bool   // it stands in what a cookie of the answer says to whoever has no key
}

// Look plays the exhibit and returns the index of its step. The error says what
// is wrong with its lesson, words or step.
func (x Exhibit) Look() (t *lab.Trace, frame int, err error) {
	if t, err = x.Run(); err != nil {
		return nil, 0, err
	}
	for i := len(t.Frames) - 1; i >= 0; i-- {
		if strings.HasPrefix(t.Frames[i].Step.String()+" ", x.At+" ") {
			return t, i, nil
		}
	}
	return nil, 0, fmt.Errorf("%s has no step %q", x.Lesson, x.At)
}

// Holds plays the exhibit and returns nil if the run ends as it says and its
// step has what it says, and what differs if not.
func (x Exhibit) Holds() error {
	t, frame, err := x.Look()
	if err != nil {
		return err
	}
	return x.Differs(t, frame)
}

// Differs is Holds for the run and the step that Look returned.
func (x Exhibit) Differs(t *lab.Trace, frame int) error {
	if t.Verdict.Outcome != x.Outcome {
		return fmt.Errorf("%s, want %s", t.Verdict.Outcome, x.Outcome)
	}
	for _, sight := range x.Sees {
		text := sight.Has
		for name, value := range t.Vars {
			text = strings.ReplaceAll(text, "$"+name, value)
		}
		seen := false
		for _, e := range t.Frames[frame].Events {
			seen = seen || e.Kind == sight.Kind && sight.in(e, text)
		}
		if seen == sight.Not {
			return fmt.Errorf("step %d, %q: %s event with %q: %v, want %v", frame+1, x.At, sight.Kind, text, seen, !sight.Not)
		}
	}
	return nil
}

// in reports whether e has text. For a request or an answer that is a part of the
// message, for a cookie a part of its line, and for what happened in the server
// words that all hold: key=, user=, value= and plain= the event's fields, and
// found=yes or found=no.
func (s Sight) in(e event.Event, text string) bool {
	switch {
	case s.Read:
		return strings.Contains(readable(e.Message.Raw), text)
	case e.Message != nil:
		return strings.Contains(e.Message.Raw, text)
	case e.Line != "":
		return strings.Contains(e.Line, text)
	}
	fields := map[string]string{"key": e.Key, "user": e.User, "value": e.Value, "plain": e.Plain, "found": "no"}
	if e.Found {
		fields["found"] = "yes"
	}
	for word := range strings.FieldsSeq(text) {
		name, want, _ := strings.Cut(word, "=")
		if got, ok := fields[name]; !ok || got != want {
			return false
		}
	}
	return true
}

// readable returns what the cookies of an answer say to whoever has no key.
func readable(answer string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(answer, "\r\n") {
		if set, ok := strings.CutPrefix(line, "Set-Cookie: "); ok {
			_, value, _ := strings.Cut(set, "=")
			value, _, _ = strings.Cut(value, ";")
			payload, _ := sign.Peek(value)
			b.WriteString(payload + "\n")
		}
	}
	return b.String()
}

// Claims returns the claims of the two articles in the order of their texts:
// "Session Fixation in Django with Hmac Signatures" and the same for Flask.
func Claims() []Claim { return slices.Clone(claims()) }

// claims reads the files in articles/ once; a line that says nothing is a
// programmer's error.
var claims = sync.OnceValue(func() (all []Claim) {
	for _, article := range []string{"Django", "Flask"} {
		name := "articles/" + strings.ToLower(article) + ".txt"
		text, err := files.ReadFile(name)
		if err != nil {
			panic("scenarios: " + err.Error())
		}
		of, err := parseClaims(article, name, string(text))
		if err != nil {
			panic("scenarios: " + err.Error())
		}
		all = append(all, of...)
	}
	return all
})

// parseClaims reads claims, each a line and what belongs to it in indented ones:
//
//	Signing keeps the session's content confidential.
//	  false: The cookie is base64. Whoever has it can read it.
//	  django-nothing-to-rotate/none | alice post /login | zombie
//	    reads "user_id":"alice"
//
// They are the verdict and the truth; then the exhibits, of which the first shows
// it: a run, the step, the outcome, and below it the sights: "has" or "lacks" with
// a kind of event and what to see in it, or "reads". Every error begins with the
// file and the line.
func parseClaims(article, file, text string) (all []Claim, err error) {
	for i, line := range strings.Split(text, "\n") {
		words := strings.TrimLeft(line, " ")
		if words == "" {
			continue
		}
		var ok bool
		switch depth := len(line) - len(words); {
		case depth == 0:
			all, ok = append(all, Claim{Article: article, Text: words}), true
		case len(all) > 0:
			ok = all[len(all)-1].read(depth, words)
		}
		if !ok {
			return nil, fmt.Errorf("%s:%d: this says nothing: %q", file, i+1, line)
		}
	}
	return all, nil
}

// read adds what an indented line says, and reports whether it says something.
func (c *Claim) read(depth int, line string) (ok bool) {
	last := &c.Shown
	if n := len(c.Against); n > 0 {
		last = &c.Against[n-1]
	}
	switch {
	case depth == 4 && last.At != "":
		var s Sight
		s, ok = parseSight(line)
		last.Sees = append(last.Sees, s)
	case depth != 2:
		return false
	case c.Verdict == "":
		c.Verdict, c.Truth, ok = strings.Cut(line, ": ")
	default:
		var x Exhibit
		x, ok = parseExhibit(line)
		if last.At == "" {
			c.Shown = x
		} else {
			c.Against = append(c.Against, x)
		}
	}
	return ok
}

func parseExhibit(line string) (x Exhibit, ok bool) {
	parts := strings.Split(line, " | ")
	if len(parts) != 3 {
		return x, false
	}
	p, err := readPlay(parts[0])
	return Exhibit{Play: p, At: parts[1], Outcome: event.Outcome(parts[2])}, err == nil
}

func parseSight(line string) (s Sight, ok bool) {
	verb, text, _ := strings.Cut(line, " ")
	if verb == "reads" {
		return Sight{Kind: event.Response, Has: text, Read: true}, true
	}
	kind, text, _ := strings.Cut(text, " ")
	s = Sight{Kind: event.Kind(kind), Has: text, Not: verb == "lacks"}
	return s, (s.Not || verb == "has") && slices.Contains(event.Kinds, s.Kind)
}
