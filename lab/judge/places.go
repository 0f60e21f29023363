package judge

import (
	"slices"
	"strings"

	"fixlab/lab/event"
)

// Two sessions that are carried in a cookie can be the same text. They are two all
// the same: what a value stands for depends on how it came to where it is.

// A place is what a cookie's value stands for: at a browser, or where at is "" as the
// one that somebody took last for later use.
type place struct{ at, value string }

// A keep is a carried session that came into Alice's browser.
type keep struct {
	by      *event.Event // Stored
	session int
}

// A stay is a login of Alice's that nothing has ended.
type stay struct {
	login   *event.Event
	cookies []string // the names of those that keep her in
}

// put notes that a value stands for a session at a browser.
func (j *Judge) put(at, value string, session int) {
	j.places.put(place{at, event.Unquoted(value)}, session)
	j.places.put(place{at, j.sessions[session].value}, session)
}

// placed returns the session that a value stands for at a browser, -1 for none.
func (j *Judge) placed(at, value string) int {
	value = event.Unquoted(value)
	if i := j.places.get(place{at, value}); i != nil {
		return *i
	}
	if at != "" {
		return j.placed("", value)
	}
	return j.byValue(value)
}

// stores reads a cookie that a browser stores.
func (j *Judge) stores(e *event.Event, v *visit) {
	if e.Value == "" {
		return
	}
	answer := v.answer != nil && e.Who == v.sent.Who && e.Frame == v.sent.Frame
	session := -1
	if answer && v.signed >= 0 {
		session = v.signed
		if e.Value != j.sessions[session].value {
			j.parts.put(e.Value, session)
		}
	} else {
		session = j.placed("", e.Value)
	}
	if session >= 0 {
		j.put(e.Who, e.Value, session)
		if e.Who == event.Alice {
			j.kept = append(j.kept, keep{e, session})
		}
	}
	if answer && v.login != nil {
		v.set = append(v.set, nameOf(e))
	}
	j.ends(e, v)
}

// nameOf returns the name of the cookie of an event that has its line.
func nameOf(e *event.Event) string {
	pair, _, _ := strings.Cut(e.Line, ";")
	name, value, _ := strings.Cut(pair, "=")
	if name = strings.Trim(name, " \t"); name != "" {
		return name
	}
	return event.Pair{Text: strings.Trim(value, " \t")}.Name() // as it reads on the wire
}

// ends notes that Alice by an act of her own changed the cookie that kept her in.
func (j *Judge) ends(e *event.Event, v *visit) {
	in, ok := j.in[e.Who]
	answer := v.sent.Frame == e.Frame
	if !ok || e.Person != event.Alice || answer && !v.asks(e.Value) || !slices.Contains(in.cookies, nameOf(e)) {
		return
	}
	if e.Act == event.Dropped || !j.keeps(in.login, e.Who, e.Value) {
		delete(j.in, e.Who)
	}
}

// asks reports whether v is a request of Alice's own that brings the value of the
// cookie that it got her, and for which the shop looked at no session.
func (v *visit) asks(value string) bool {
	return slices.ContainsFunc(v.sent.Message.Fields, func(f event.Field) bool { return f.Value == value }) && v.by == "" && v.answer != nil && v.answer.By == "" && v.sent.Message.ToShop() &&
		v.saved < 0 && v.open < 0 && v.whoami == nil && v.late == nil && v.login == nil && v.logout == nil
}

// keeps reports whether a value at a browser leads to a session of that login.
func (j *Judge) keeps(login *event.Event, at, value string) bool {
	return slices.ContainsFunc(j.sessions, func(s held) bool { return s.login == login && j.opens(at, value, &s) })
}

// act reads what somebody did in her own browser.
func (j *Judge) act(e *event.Event) {
	switch e.Act {
	case event.Forgot:
		if e.Person == event.Alice {
			delete(j.in, e.At)
		}
	case event.Dropped:
		if len(j.visits) > 0 {
			j.ends(e, &j.visits[len(j.visits)-1])
		}
	case event.Prepared:
		if i := j.placed(e.At, e.Value); i >= 0 && e.Value != "" {
			j.put("", e.Value, i)
		}
	}
}

// learns returns the session that what Mallory learned stands for, -1 for none.
func (j *Judge) learns(e *event.Event) int {
	if len(j.visits) > 0 {
		j.settled()
		if v := &j.visits[len(j.visits)-1]; v.sent.Frame == e.Frame {
			if v.signed >= 0 && v.sent.Who == event.Mallory {
				return v.signed // it came with the answer
			}
			return j.placed(v.sent.At, e.Value)
		}
	}
	return j.placed("", e.Value)
}

// opens reports whether a cookie's value leads to the session from a browser: it
// carries its key, or it stands for the session or an older state of it.
func (j *Judge) opens(at, value string, s *held) bool {
	if s.key != "" {
		return j.Carries(value, s.key)
	}
	return j.state(j.placed(at, value), s)
}

// isPart reports whether value is one of those in which the whole of a session came.
func (j *Judge) isPart(value, whole string) bool {
	value = event.Unquoted(value)
	for i, v := range j.parts.keys {
		if v == value && j.sessions[j.parts.values[i]].value == whole {
			return true
		}
	}
	return false
}

// known reports whether the fact of that number leads to the session.
func (j *Judge) known(fact int, s *held) bool {
	if s.key != "" {
		return j.Carries(j.facts[fact].Value, s.key)
	}
	return j.state(j.learned[fact], s)
}

// state reports whether the session at i is s or an older state of it.
func (j *Judge) state(i int, s *held) bool {
	if i < 0 {
		return false
	}
	of := &j.sessions[i]
	return of.key == "" && (of.value == s.value && of.made == s.made || s.login != nil && of.login == s.login)
}
