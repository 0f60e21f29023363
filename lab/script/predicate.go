package script

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/near"
)

// A Predicate is what must hold of a run: all of its terms.
type Predicate []Term

// A Term is one claim about a run. Word says which fields it has.
type Term struct {
	Not  bool
	Word Word
	Ends []event.Outcome // TermEnds: the outcome is one of these
	At   Event           // TermDecides: its step is the deciding one; TermHas: there is such an event
	Text string          // TermKey: the session id of the hijack, or the $variable that holds it; TermMoves: who; TermWith: the row
	Most int             // TermMoves: how many steps of hers; TermSwitches: how many of the learner's switches are on
	On   defence.Set     // TermKeeps: the switches that are on
	In   *Term           // TermWith: what holds in the run of that row
}

// A Word begins a term.
type Word string

// The words.
const (
	TermEnds     Word = "ends"
	TermDecides  Word = "decides"
	TermHas      Word = "has"
	TermKey      Word = "key"
	TermMoves    Word = "moves"
	TermSwitches Word = "switches"
	TermKeeps    Word = "keeps"
	TermWith     Word = "with"
)

// words are all of them.
var words = []string{string(TermEnds), string(TermDecides), string(TermHas), string(TermKey), string(TermMoves), string(TermSwitches), string(TermKeeps), string(TermWith)}

// ParsePredicate reads terms that are joined by ", ".
func ParsePredicate(text string) (Predicate, error) {
	var p Predicate
	for part := range strings.SplitSeq(text, ", ") {
		t, err := parseTerm(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		p = append(p, t)
	}
	return p, nil
}

// String is the inverse of ParsePredicate.
func (p Predicate) String() string {
	var parts []string
	for _, t := range p {
		parts = append(parts, t.String())
	}
	return strings.Join(parts, ", ")
}

func parseTerm(text string) (t Term, err error) {
	text, t.Not = strings.CutPrefix(text, "not ")
	word, rest, _ := strings.Cut(text, " ")
	if !slices.Contains(words, word) {
		return t, fmt.Errorf("unknown term %q%s", word, near.Choices(word, words))
	}
	if t.Word = Word(word); rest == "" {
		return t, fmt.Errorf("%q says nothing: want %q", word, word+" …")
	}
	switch t.Word {
	case TermEnds:
		for name := range strings.SplitSeq(rest, "|") {
			o, err := outcome(name)
			if err != nil {
				return t, err
			}
			t.Ends = append(t.Ends, o)
		}
	case TermDecides, TermHas:
		t.At, err = ParseEvent(rest)
	case TermKey:
		t.Text = rest
	case TermMoves:
		var n string
		t.Text, n, _ = strings.Cut(rest, " ")
		if err = isPerson([]string{t.Text}); err == nil {
			t.Most, err = atMost(n)
		}
	case TermSwitches:
		t.Most, err = atMost(rest)
	case TermKeeps:
		t.On, err = defence.Parse(rest)
	case TermWith:
		name, inner, ok := strings.Cut(rest, ": ")
		if !ok {
			return t, fmt.Errorf("want \"with ROW: TERM\", got %q", text)
		}
		if t.Text, err = row(name); err == nil {
			t.In = new(Term)
			*t.In, err = parseTerm(inner)
		}
	}
	return t, err
}

// atMost reads "<= N".
func atMost(text string) (int, error) {
	number, ok := strings.CutPrefix(text, "<= ")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 0 {
		return 0, fmt.Errorf("want \"<= N\", got %q", text)
	}
	return n, nil
}

// outcome returns the outcome of that name.
func outcome(name string) (event.Outcome, error) {
	var names []string
	for _, o := range event.Outcomes {
		if string(o) == name {
			return o, nil
		}
		names = append(names, string(o))
	}
	return "", fmt.Errorf("unknown outcome %q%s", name, near.Choices(name, names))
}

func (t Term) String() string {
	text := string(t.Word) + " "
	switch t.Word {
	case TermEnds:
		var names []string
		for _, o := range t.Ends {
			names = append(names, string(o))
		}
		text += strings.Join(names, "|")
	case TermDecides, TermHas:
		text += t.At.String()
	case TermMoves:
		text += fmt.Sprintf("%s <= %d", t.Text, t.Most)
	case TermSwitches:
		text += fmt.Sprintf("<= %d", t.Most)
	case TermKeeps:
		text += t.On.String()
	case TermWith:
		text += t.Text + ": " + t.In.String()
	default:
		text += t.Text
	}
	if t.Not {
		return "not " + text
	}
	return text
}
