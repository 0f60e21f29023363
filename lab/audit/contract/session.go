package contract

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/audit/tree"
	"fixlab/lab/near"
)

// The extensions that are read.
const (
	extension = "x-session"
	setCookie = "x-set-cookie"
)

// A term is a key of x-session: where it belongs, and what it can say.
type term struct {
	key   string
	at    standing
	words []string // nil: a duration of ISO 8601, or none
	word  func(*Session) *Word
}

// A standing is where x-session stands.
type standing string

const (
	ofOperation standing = "an operation"
	ofScheme    standing = "a scheme"
)

// What x-session says. x-session.md says what each word means.
const (
	atLogin    = "login"
	atLogout   = "logout"
	atStepUp   = "step-up"
	atPassword = "password-change"
	issuesNew  = "new"
	endsNone   = "none"
)

var terms = []term{
	{"at", ofOperation, []string{atLogin, atLogout, atStepUp, atPassword}, func(s *Session) *Word { return &s.At }},
	{"issues", ofOperation, []string{issuesNew, "same", "none"}, func(s *Session) *Word { return &s.Issues }},
	{"ends", ofOperation, []string{"previous", "current", "others", "all", endsNone}, func(s *Session) *Word { return &s.Ends }},
	{"kind", ofScheme, []string{"reference", "value"}, func(s *Session) *Word { return &s.Kind }},
	{"idle", ofScheme, nil, func(s *Session) *Word { return &s.Idle }},
	{"absolute", ofScheme, nil, func(s *Session) *Word { return &s.Absolute }},
}

// session reads x-session. What it does not know becomes a Stray, not an error: the rest of
// the document is still worth reading.
func (r *reader) session(n *tree.Node, where standing) (s Session) {
	x := n.Get(extension)
	if x == nil || r.err != nil {
		return s
	}
	stray := func(at Place, format string, v ...any) {
		r.doc.Strays = append(r.doc.Strays, Stray{at, fmt.Sprintf(format, v...)})
	}
	if s.Place = place(x); x.Kind != tree.Map {
		stray(s.Place, "x-session is a map, such as {at: login, issues: new}, not %s.", x.Kind)
		return s
	}
	for _, m := range x.Members {
		at := Place{x.File, m.Line}
		i := slices.IndexFunc(terms, func(t term) bool { return t.key == m.Key })
		switch {
		case i < 0:
			stray(at, "x-session has no %s%s", near.Quote(m.Key), sentence(near.Choices(m.Key, keys())))
			continue
		case terms[i].at != where:
			stray(at, "%s of x-session belongs at %s, and says nothing at %s.", m.Key, terms[i].at, where)
			continue
		}
		t, word := terms[i], m.Value.Word()
		switch *t.word(&s) = (Word{at, word}); {
		case t.knows(word):
		case t.words == nil:
			stray(at, "x-session: %s is %s; it is a duration of ISO 8601, like PT30M, or none.", m.Key, near.Quote(word))
		default:
			stray(at, "x-session: %s is %s%s", m.Key, near.Quote(word), sentence(near.Choices(word, t.words)))
		}
	}
	return s
}

// sentence ends one that does not end yet.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func keys() (out []string) {
	for _, t := range terms {
		out = append(out, t.key)
	}
	return out
}

// knows reports whether a word is one of the term's.
func (t term) knows(word string) bool {
	if t.words != nil {
		return slices.Contains(t.words, word)
	}
	return word == "none" || duration(word)
}

// duration reports whether a text is a duration of ISO 8601: "PT30M", "P1DT12H".
func duration(s string) bool {
	rest, ok := strings.CutPrefix(s, "P")
	date, time, timed := strings.Cut(rest, "T")
	return ok && units(date, "YMWD") && units(time, "HMS") && (date != "" || time != "") && (!timed || time != "")
}

// units reports whether s is numbers each with a unit, in the order of all.
func units(s, all string) bool {
	for s != "" {
		n := 0
		for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '.' && n > 0) {
			n++
		}
		if n == 0 || n == len(s) {
			return false
		}
		i := strings.IndexByte(all, s[n])
		if i < 0 {
			return false
		}
		s, all = s[n+1:], all[i+1:]
	}
	return true
}

// strays finds the keys of n that are close to our extensions, and x-session where it says
// nothing.
func (r *reader) strays(n *tree.Node, where standing) {
	for _, m := range n.Members {
		at := Place{n.File, m.Line}
		if m.Key == extension && where != ofOperation && where != ofScheme {
			r.doc.Strays = append(r.doc.Strays, Stray{at, "x-session stands at " + string(where) + "; it belongs at an operation, such as post, or at a scheme."})
		}
		low := strings.ToLower(strings.ReplaceAll(m.Key, "_", "-"))
		for _, ours := range []string{extension, setCookie} {
			if m.Key != ours && strings.HasPrefix(low, "x") && len(low)+2 >= len(ours) && len(near.Match(low, []string{ours})) > 0 {
				r.doc.Strays = append(r.doc.Strays, Stray{at, fmt.Sprintf("%s is not read, did you mean %q?", near.Quote(m.Key), ours)})
			}
		}
	}
}
