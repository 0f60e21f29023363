package paper

import (
	"cmp"
	"fmt"
	"strings"

	"fixlab/app/words"
	"fixlab/lab"
	"fixlab/lab/ask"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// A place is what is right to point at. Kind says which fields it has besides the step.
type place struct {
	step
	Kind   string // "step", "cookie", "row" or "code"
	Who    string // cookie: whose browser; row: whose it is, "" for nobody's
	Cookie string // cookie: name and value, as short as the lab says it
	ID     string // row: its session id
	Line   string // code: such as "server.go:216"
	Code   string // and the line
}

// placed finds in t what a question asks for, where it is seen first. The error says that t
// has no such thing.
func placed(t *lab.Trace, thing script.Thing) (p place, err error) {
	at, ok := ask.Find(t, thing.Event)
	if !ok {
		return p, fmt.Errorf("the run has nothing for %q", thing)
	}
	if thing.Kind == script.PointCookie || thing.Kind == script.PointRow {
		at = first(t, thing, at)
	}
	e := ask.EventAt(t, at)
	p = place{step: stepAt(t, at.Frame), Kind: thing.Kind.String()}
	switch thing.Kind {
	case script.PointCookie:
		pair, _, _ := strings.Cut(e.Line, ";")
		p.Who, p.Cookie = words.Person(e.Who), short(t.Label(pair))
	case script.PointRow:
		p.ID = t.Label(e.Key)
		if p.Who = e.User; p.Who != "" {
			p.Who = words.Person(e.User)
		}
	case script.PointCode:
		line, ok := ask.Line(t, at)
		if !ok {
			return p, fmt.Errorf("no line of code stands for %q", thing)
		}
		text, err := server.Source.ReadFile(line.File)
		if err != nil {
			return p, err
		}
		lines := strings.Split(string(text), "\n")
		if line.Line < 1 || line.Line > len(lines) {
			return p, fmt.Errorf("%s has no line %d", line.File, line.Line)
		}
		p.Line, p.Code = line.String(), strings.TrimSpace(lines[line.Line-1])
	}
	return p, nil
}

// first returns the first place that looks the same as that of a thing.
func first(t *lab.Trace, thing script.Thing, at ask.Place) ask.Place {
	for _, p := range ask.Candidates(t, thing.Kind) {
		if same, _ := ask.Judge(t, script.Ask{Point: thing}, p); same {
			return p
		}
	}
	return at
}

// short leaves out of a cookie what nobody reads: a signature after a key, and the rest of
// a long value.
func short(cookie string) string {
	name, value, _ := strings.Cut(cookie, "=")
	if key, _, signed := strings.Cut(value, "."); signed && strings.HasPrefix(key, "K") {
		value = key + "·sig"
	}
	const most = 24
	if len(value) > most {
		value = value[:most] + "…"
	}
	return cmp.Or(name, "?") + "=" + value
}
