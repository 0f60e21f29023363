package judge

import (
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/session"
)

// A held is a session: a record of the store under its key, or a value that the
// signer made of the whole of it.
type held struct {
	key, value string       // the one or the other
	user       string       // whose account it is open to, "" for nobody's
	login      *event.Event // by which it is, nil when nobody was seen to log in
	provers    people       // who proved themselves for user in it
	maker      string       // the person at whose request it came to be
	logout     *event.Event // by which Alice was to end it
	items      []item
	made       *event.Event // its last save or signature
	gone       bool         // its record is deleted
	hers       bool         // the login left Alice with it
}

// people is a set of persons.
type people uint8

func who(person string) people {
	switch person {
	case event.Mallory:
		return 1
	case event.Alice:
		return 2
	}
	return 0
}

func (p people) has(person string) bool { return p&who(person) != 0 }

// An item is something that a session holds.
type item struct {
	name, text string
	by         string // who wrote it; "" when the server made it
	of         string // the person at whose request it came in
	frame      int    // of that request
}

// add adds a session, and uses the memory of one of an earlier run again.
func (j *Judge) add(s held) int {
	n := len(j.sessions)
	if n < cap(j.sessions) {
		s.items = j.sessions[:n+1][n].items[:0]
	}
	j.sessions = append(j.sessions, s)
	if s.value != "" {
		j.values.put(s.value, n)
	}
	return n
}

// own reports whether a value of that name is somebody's, and not the server's
// own note of whose session it is.
func own(name string) bool {
	return name != session.User && !strings.HasPrefix(name, session.Bound)
}

// items has s hold e's data, where was is what the session held before, and
// reports whether somebody put something new into it.
func (j *Judge) items(v *visit, s *held, was []item, e *event.Event) (wrote bool) {
	next := j.spare[:0]
	for _, f := range e.Data {
		if !own(f.Name) {
			continue
		}
		rest := f.Value
		for _, i := range was { // in the order in which they came
			if i.name != f.Name {
				continue
			}
			after, ok := strings.CutPrefix(rest, i.text)
			if more, item := strings.CutPrefix(after, session.Between); item {
				after = more
			} else if after != "" {
				ok = false
			}
			if !ok || rest == "" {
				break
			}
			next = append(next, i)
			rest = after
		}
		if rest == "" {
			continue
		}
		next = append(next, item{f.Name, rest, e.By, v.sent.Person, v.sent.Frame})
		wrote = wrote || e.By != ""
	}
	j.spare = s.items // the two change places: was may be s's own
	s.items = next
	return wrote
}

// holds returns the first item of s that a page shows as name and text, and that
// fits; nil if it has none.
func (s *held) holds(name, text string, fits func(*item) bool) *item {
	for i := range s.items {
		if x := &s.items[i]; x.name == name && (x.text == text || slices.Contains(strings.Split(x.text, session.Between), text)) && fits(x) {
			return x
		}
	}
	return nil
}

// anyone fits every item.
func anyone(*item) bool { return true }

// begun reports whether s is a session that Alice began, or put something into,
// before she logged in.
func (s *held) begun() bool {
	return s.user == "" && (s.maker == event.Alice || slices.ContainsFunc(s.items, func(x item) bool { return x.by == event.Alice }))
}

// proved reports whether the person proved herself for the user in the session
// that was open.
func (s *held) proved(user, person string) bool {
	return s != nil && s.user == user && s.provers.has(person)
}

// account returns the account that an act was in.
func (s *held) account(act *event.Event) string {
	if act.Kind == event.Transfer || s == nil {
		return act.User
	}
	return s.user
}
