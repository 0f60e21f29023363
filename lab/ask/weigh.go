package ask

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab"
	"fixlab/lab/event"
	"fixlab/lab/script"
	"fixlab/lab/server"
)

// A Finding says whether a term holds of a run, and where the run shows it.
type Finding struct {
	Holds bool
	Frame int        // an index of the Frames of Run; below 0 when no step shows it
	Run   *lab.Trace // the run that the term is about: of "with ROW" that of the row
}

// Weigh says whether m holds of t, which has a verdict. The error is that of a row that m
// compares with, or of a term that only a goal can have.
func Weigh(m script.Term, t *lab.Trace, rows Rows) (f Finding, err error) {
	f = Finding{Frame: -1, Run: t}
	switch m.Word {
	case script.TermEnds:
		f.Holds, f.Frame = slices.Contains(m.Ends, t.Verdict.Outcome), t.Verdict.Frame
	case script.TermDecides:
		at, found := Find(t, m.At)
		f.Holds, f.Frame = found && at.Frame == t.Verdict.Frame, t.Verdict.Frame
	case script.TermHas:
		if at, found := Find(t, m.At); found {
			f.Holds, f.Frame = true, at.Frame
		}
	case script.TermKey:
		f.Holds, f.Frame = t.Meets(script.Want{Outcome: t.Verdict.Outcome, Key: m.Text}) == nil, t.Verdict.Frame
	case script.TermMoves:
		f.Frame = beyond(t, m.Text, m.Most)
		f.Holds = f.Frame < 0
	case script.TermSwitches:
		f.Holds = t.Defences.Len() <= m.Most
	case script.TermKeeps:
		f.Holds = t.Scenario.Under(t.Defences).Has(m.On)
	case script.TermCosts:
		if f.Holds = len(t.Verdict.Costs) <= m.Most; !f.Holds {
			f.Frame = t.Verdict.Costs[m.Most].Frame
		}
	case script.TermShown:
		if at, found := Find(t, m.At); found {
			f.Holds, f.Frame = shows(t.Frames[at.Frame], m.Text), at.Frame
		}
	case script.TermGone:
		f.Holds, f.Frame = gone(t, strings.TrimPrefix(m.Text, "$")), len(t.Frames)-1
	case script.TermSigned:
		f.Frame = signed(t, m.Text)
		f.Holds = f.Frame >= 0
	case script.TermTyped:
		f.Frame = told(t, m.Text, m.Host)
		f.Holds = f.Frame < 0
	case script.TermWith:
		other, err := rows(m.Text)
		if err != nil {
			return f, err
		}
		if other.Cut != "" {
			return f, fmt.Errorf("no verdict: %s", other.Cut)
		}
		if f, err = Weigh(*m.In, other, rows); err != nil {
			return f, err
		}
	default:
		return f, fmt.Errorf("only a goal can say %q", m)
	}
	f.Holds = f.Holds != m.Not
	return f, nil
}

// beyond returns the frame of who's first step after so many, -1 when there is none.
func beyond(t *lab.Trace, who string, most int) int {
	for i, f := range t.Frames {
		if f.Step.Who != who || f.Step.Verb == "let" { // to give something a name is no move
			continue
		}
		if most--; most < 0 {
			return i
		}
	}
	return -1
}

// shows reports whether the page that the browser of f's step shows is of the account what,
// or has what, a NAME=VALUE, of an account or a session.
func shows(f lab.Frame, what string) bool {
	name, value, ofData := strings.Cut(what, "=")
	user := script.Nobody
	for _, e := range f.Events {
		if e.Kind != event.Shown || e.Who != f.Step.Browser() {
			continue
		}
		for _, d := range e.Data {
			if ofData && d.Name == name && d.Value == value {
				return true
			}
		}
		if e.User != "" {
			user = e.User
		}
	}
	return user == what
}

// gone reports whether at the end of t the store has no record for the value of a variable.
func gone(t *lab.Trace, variable string) bool {
	value := t.Vars[variable]
	rows := t.Frames[len(t.Frames)-1].State.Rows
	return value != "" && !slices.ContainsFunc(rows, func(r event.Row) bool { return t.Carries(value, r.Key) })
}

// signed returns the frame in which Mallory learns a value that the server's signer made of
// plain, -1 if she never does.
func signed(t *lab.Trace, plain string) int {
	var made []string
	for i, f := range t.Frames {
		for _, e := range f.Events {
			switch {
			case e.Kind == event.Sign && e.Plain == plain:
				made = append(made, e.Value)
			case e.Kind == event.Learned && slices.Contains(made, event.Unquoted(e.Value)):
				return i
			}
		}
	}
	return -1
}

// told returns the first frame in which who's browser sends a password or a ticket that she
// typed to another host or to somebody who answers for host, -1 if it never does. What she
// types into a field that is called like one counts, whatever it says.
func told(t *lab.Trace, who, host string) int {
	for i, f := range t.Frames {
		typed := false // and sent to host, if that is who answers
		for _, e := range f.Events {
			switch {
			case e.Kind == event.Response && e.Message.To == who:
				if typed && e.By != "" {
					return i // somebody on the way answered for it
				}
			case e.Kind == event.Request && e.Who == who:
				typed = slices.ContainsFunc(e.Message.Fields, func(f event.Field) bool { return f.By == who && secret(f, who) })
				if typed && e.Message.To != host {
					return i
				}
			}
		}
	}
	return -1
}

// secret reports whether a field has a password or a ticket of who's, or is called like one.
func secret(f event.Field, who string) bool {
	for user, person := range event.Accounts {
		if person == who && (f.Value == event.Passwords[user] || f.Value == server.Ticket(user)) {
			return true
		}
	}
	return f.Value != "" && slices.ContainsFunc(server.Ways, func(way string) bool { return f.Name == server.Credential(way) })
}
