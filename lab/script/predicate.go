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
	At   Event           // TermDecides: its step is the deciding one; TermHas: there is such an event; TermShown: the step
	Text string          // TermKey: the session id of the hijack, or the $variable that holds it; TermMoves and TermTyped: who; TermWith: the row; TermShown, TermGone, TermSigned, TermScript and TermRevokes: see there
	Host string          // TermTyped: the only host that may be told
	Most int             // TermMoves: how many steps of hers, names that she gives not counted; TermSwitches: how many of the learner's switches are on; TermCosts: how many things
	On   defence.Set     // TermKeeps: the switches that are on
	In   *Term           // TermWith and TermScript: what holds in that run
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
	TermShown    Word = "shown"   // the page that is shown in that step is of the account Text, or has NAME=VALUE of it
	TermGone     Word = "gone"    // at the end there is no record under the session id in the variable Text, which begins with $
	TermSigned   Word = "signed"  // Mallory has a value that the server's signer made of Text
	TermCosts    Word = "costs"   // Alice pays for at most Most things
	TermTyped    Word = "typed"   // what Text types as a password or a ticket goes to Host alone
	TermScript   Word = "script"  // a goal's: In holds in the run of the script Text, with the answer's switches
	TermRevokes  Word = "revokes" // a goal's: the answer ends "every" fixated session, or "only" those
)

// words are all of them.
var words = []string{
	string(TermEnds), string(TermDecides), string(TermHas), string(TermKey), string(TermMoves), string(TermSwitches), string(TermKeeps), string(TermWith),
	string(TermShown), string(TermGone), string(TermSigned), string(TermCosts), string(TermTyped), string(TermScript), string(TermRevokes),
}

// Nobody is the account in "shown nobody at EVENT": the page is of no account.
const Nobody = "nobody"

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

// rows are those that p compares with.
func (p Predicate) rows(yield func(row string) bool) {
	for _, t := range p {
		for ; t.Word == TermWith; t = *t.In {
			if !yield(t.Text) {
				return
			}
		}
	}
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
	case TermSwitches, TermCosts:
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
	case TermShown:
		what, at, ok := strings.Cut(rest, " at ")
		if t.Text = what; !ok || strings.Contains(what, " ") {
			return t, fmt.Errorf("want \"shown ACCOUNT at EVENT\" or \"shown NAME=VALUE at EVENT\", got %q", text)
		}
		t.At, err = ParseEvent(at)
	case TermGone:
		if name, ok := strings.CutPrefix(rest, "$"); !ok || !IsName(name) {
			return t, fmt.Errorf("want \"gone $NAME\", got %q", text)
		}
		t.Text = rest
	case TermSigned:
		t.Text = rest
	case TermTyped:
		t.Text, t.Host, _ = strings.Cut(rest, " ")
		if err = isPerson([]string{t.Text}); err == nil && !strings.Contains(t.Host, ".") {
			err = fmt.Errorf("want \"typed WHO HOST\", got %q", text)
		}
	case TermScript:
		name, inner, ok := strings.Cut(rest, ": ")
		if t.Text = name; !ok || !IsName(name) {
			return t, fmt.Errorf("want \"script NAME: TERM\", got %q", text)
		}
		t.In = new(Term)
		if *t.In, err = parseTerm(inner); err == nil && (t.In.Word == TermScript || t.In.Word == TermWith) {
			err = fmt.Errorf("a term of a script is about its run, and %q is about another", t.In)
		}
	case TermRevokes:
		if t.Text = rest; rest != "every" && rest != "only" {
			err = fmt.Errorf("want \"revokes every\" or \"revokes only\", got %q%s", text, near.Hint(rest, []string{"every", "only"}))
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
	case TermSwitches, TermCosts:
		text += fmt.Sprintf("<= %d", t.Most)
	case TermKeeps:
		text += t.On.String()
	case TermWith, TermScript:
		text += t.Text + ": " + t.In.String()
	case TermShown:
		text += t.Text + " at " + t.At.String()
	case TermTyped:
		text += t.Text + " " + t.Host
	default:
		text += t.Text
	}
	if t.Not {
		return "not " + text
	}
	return text
}
