package judge

import (
	"cmp"
	"slices"

	"fixlab/lab/event"
)

// The ledger is the run as the judge reads it: one visit for each request, with
// what the server opened, changed and showed for it; and the sessions, with whose
// they are and who put what into them. It follows identities that were noted at
// the doors of the store and the signer, and reads no value.

// A visit is a request and what came of it.
type visit struct {
	sent   *event.Event
	by     string // who wrote the link or the markup that sent it, if not the person at the browser
	open   int    // the session that the server opened last, -1 for none
	ended  int    // the session whose record it deleted, -1 for none
	wrote  int    // the session into which it put something new, -1 for none
	signed int    // the session that it signed as a whole, -1 for none
	saved  int    // the session that it wrote last, -1 for none
	answer *event.Event
	closed bool     // see close
	begun  bool     // what it opened was a session that Alice had begun
	guess  bool     // it tried in vain to come into an account of Alice's
	set    []string // the names of the cookies by which a login sent its session

	login, logout, whoami, transfer, denied, shown, late *event.Event
}

// note reads an event into the ledger.
func (j *Judge) note(e *event.Event) {
	if e.Kind == event.Save && j.pending != nil && slices.Equal(e.Data, j.pending.Data) {
		j.pending = nil // a row is signed, and no cookie: the record has it
	}
	j.settled()
	if n := len(j.visits); n > 0 && j.visits[n-1].sent.Frame != e.Frame {
		j.close()
	}
	if e.Kind == event.Did {
		j.act(e)
	}
	if e.Kind == event.Request {
		j.close()
		j.visits = append(j.visits, visit{sent: e, by: e.By, open: -1, ended: -1, wrote: -1, signed: -1, saved: -1})
		return
	}
	if len(j.visits) == 0 {
		return
	}
	v := &j.visits[len(j.visits)-1]
	switch e.Kind {
	case event.Response:
		v.answer = e
	case event.Load:
		if e.Found {
			j.comes(v, j.record(e.Key, e, v))
		}
	case event.Unsign:
		switch {
		case e.Late:
			v.late = e
		case !e.Found, e.Row:
		case e.Data != nil:
			j.comes(v, j.sealed(e, v))
		default:
			if i := j.byKey(e.Plain); i >= 0 {
				j.comes(v, i)
			}
		}
	case event.Save:
		j.derive(v, e, j.byKey(e.Key))
	case event.Sign:
		if e.Data != nil {
			j.pending = e
		}
	case event.Delete:
		if i := j.byKey(e.Key); e.Found && i >= 0 {
			v.ended = i
			j.sessions[i].gone = true
		}
	case event.Login:
		v.login = e
	case event.Logout:
		v.logout = e
		j.logsOut(v)
	case event.Whoami:
		v.whoami = e
	case event.Transfer:
		v.transfer = e
	case event.Opened:
		j.opened = append(j.opened, e)
	case event.Denied:
		v.denied = e
		v.guess = event.Denial(e.Reason) == event.BadCredentials && j.owner(e.User) == event.Alice
	case event.Shown:
		v.shown = e
	case event.Stored:
		j.stores(e, v)
	}
}

// comes notes the session that the server opened for the visit.
func (j *Judge) comes(v *visit, session int) {
	if v.open != session { // as it was before the visit changed it
		v.begun = j.sessions[session].begun()
	}
	v.open = session
}

// maker returns the person who had the visit made.
func (v *visit) maker() string { return cmp.Or(v.by, v.sent.Person) }

// settled notes a signature that was no row's.
func (j *Judge) settled() {
	e := j.pending
	if e == nil {
		return
	}
	j.pending = nil
	v := &j.visits[len(j.visits)-1]
	at := -1
	for _, i := range []int{v.open, v.signed} { // the same once more, but what a login makes is new
		if s := j.session(i); s != nil && s.value == e.Value && (v.login == nil || i == v.signed) {
			at = i
		}
	}
	j.derive(v, e, at)
	v.signed = v.saved
}

// owner returns whose account it is: the person's who had it from the start, or
// by whose word it was opened; "" when there is no such account.
func (j *Judge) owner(user string) string {
	if user == "" {
		return ""
	}
	for _, e := range j.opened {
		if e.User == user {
			return e.By
		}
	}
	return event.Accounts[user]
}

// byKey returns the session of a record, -1 if there was none.
func (j *Judge) byKey(key string) int {
	for i := len(j.sessions) - 1; i >= 0; i-- {
		if s := &j.sessions[i]; key != "" && s.key == key && !s.gone {
			return i
		}
	}
	return -1
}

// byValue returns the session that a signed value holds, or a part of it, -1 if
// it was never seen.
func (j *Judge) byValue(value string) int {
	if value == "" {
		return -1
	}
	if i := j.values.get(value); i != nil {
		return *i
	}
	if i := j.parts.get(value); i != nil {
		return *i
	}
	return -1
}

// record is byKey for a record that was found.
func (j *Judge) record(key string, e *event.Event, v *visit) int {
	if i := j.byKey(key); i >= 0 {
		return i
	}
	return j.add(held{key: key, user: e.User, maker: v.maker()})
}

// sealed returns the session of a value whose signature was right.
func (j *Judge) sealed(e *event.Event, v *visit) int {
	if i := j.placed(v.sent.At, e.Value); i >= 0 {
		return i
	}
	i := j.add(held{value: e.Value, user: e.User, maker: v.maker()})
	for _, f := range e.Data { // nobody was seen to write it
		if own(f.Name) {
			j.sessions[i].items = append(j.sessions[i].items, item{name: f.Name, text: f.Value})
		}
	}
	return i
}

// derive notes a session that was written: at is the one that it replaces, -1 if
// it is new. What it has of the one that was open, it keeps.
func (j *Judge) derive(v *visit, e *event.Event, at int) {
	from := v.open
	if from < 0 {
		from = at
	}
	if from >= 0 && v.login == nil && (from != at && e.Kind == event.Save || e.User != j.sessions[from].user) {
		from = -1 // the server did not accept what it had looked at, and began anew
	}
	var was held // from, as it is
	if from >= 0 {
		was = j.sessions[from]
	}
	if at < 0 {
		s := held{key: e.Key, maker: v.maker()}
		if from >= 0 {
			s.maker = was.maker
		}
		if e.Kind == event.Sign {
			s.key, s.value = "", e.Value
		}
		at = j.add(s)
	}
	v.saved = at
	s := &j.sessions[at]
	old := s.user
	s.made = e
	s.logout = was.logout
	switch login := v.login; {
	case login != nil && login.User == e.User:
		s.provers, s.login = who(login.By), login
		if was.user == e.User && was.logout == nil {
			s.provers |= was.provers
			if was.login != nil {
				s.login = was.login
			}
		}
		s.logout = nil
		for i := range j.sessions { // of those that a login writes the last one stays
			if j.sessions[i].login == login || &j.sessions[i] == s {
				j.sessions[i].hers = false
			}
		}
		s.hers = login.By == event.Alice
	case from >= 0 && was.user == e.User:
		s.provers, s.login, s.hers = was.provers, was.login, was.hers
	case old != e.User:
		s.provers, s.login, s.hers = 0, nil, false
	}
	s.user = e.User
	if j.items(v, s, was.items, e) {
		v.wrote = at
	}
	if v.login != nil && v.login.By == event.Alice && v.login.User == e.User {
		before := was.items
		if i, ok := j.last[v.sent.At]; ok && from < 0 && j.sessions[i].user == "" { // it did not come to the login
			before = j.sessions[i].items
		}
		j.lost(v, before, s.items)
	}
	if v.sent.Person == event.Alice {
		j.last[v.sent.At] = at
	}
	if j.owner(s.user) == event.Alice && s.provers.has(event.Alice) {
		for i := range s.items {
			if s.items[i].by == event.Mallory {
				j.found(poison, v, e, s, s.items[i])
			}
		}
	}
}

// logsOut notes that Alice logged out of a session.
func (j *Judge) logsOut(v *visit) {
	at := v.open
	if v.ended >= 0 {
		at = v.ended
	}
	if at < 0 || v.sent.Person != event.Alice || j.owner(j.sessions[at].user) != event.Alice {
		return
	}
	of := &j.sessions[at]
	if v.ended < 0 && of.login != nil && of.login.At != v.sent.At && j.askedBinding(v.sent.Frame) {
		return // it did not come to that session
	}
	for i := range j.sessions { // a copy that is older is a copy all the same
		if s := &j.sessions[i]; s == of || s.login != nil && s.login == of.login && s.user == of.user {
			s.logout = v.logout
		}
	}
	for at, in := range j.in { // wherever she was in by it
		if in.login == of.login {
			delete(j.in, at)
		}
	}
}

// session returns what the visit opened, nil for nothing.
func (j *Judge) session(at int) *held {
	if at < 0 {
		return nil
	}
	return &j.sessions[at]
}

// acted returns the event by which the visit changed something in the account or
// the session of a person's: money sent, something put in, a session ended.
func (j *Judge) acted(v *visit, person string) *event.Event {
	if v.transfer != nil && j.owner(v.transfer.User) == person {
		return v.transfer
	}
	if s := j.session(v.wrote); s != nil && s.user != "" && j.owner(s.user) == person && v.login == nil {
		return s.made
	}
	if s := j.closed(v); s != nil && j.owner(s.user) == person {
		return v.logout
	}
	return nil
}

// closed returns the session that a logout ended: that of the record that it deleted;
// one that a cookie carries, where the browser that had it has lost it.
func (j *Judge) closed(v *visit) *held {
	if v.logout == nil {
		return nil
	}
	if s := j.session(v.ended); s != nil {
		return s
	}
	if s := j.session(v.open); s != nil && s.key == "" && s.login != nil && s.login.At == v.sent.At {
		return s
	}
	return nil
}

// visitOf returns the visit during which e happened.
func (j *Judge) visitOf(e *event.Event) *visit {
	i, _ := slices.BinarySearchFunc(j.visits, e.Seq, func(v visit, seq int) int { return v.sent.Seq - seq })
	if i < len(j.visits) && j.visits[i].sent.Seq == e.Seq {
		return &j.visits[i]
	}
	if i == 0 {
		return nil
	}
	return &j.visits[i-1]
}
