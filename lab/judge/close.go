package judge

import (
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/session"
)

// close judges the last visit, now that all that came of it is known and nothing
// that came later.
func (j *Judge) close() {
	if len(j.visits) == 0 {
		return
	}
	v := &j.visits[len(j.visits)-1]
	if v.closed {
		return
	}
	v.closed = true
	j.impersonation(v)
	j.afterLogout(v)
	switch v.sent.Person {
	case event.Mallory:
		j.byMallory(v)
	case event.Alice:
		j.byAlice(v)
	}
}

// byMallory: what Mallory was shown, and what she did.
func (j *Judge) byMallory(v *visit) {
	s, account, by := j.session(v.open), "", (*event.Event)(nil)
	if v.shown != nil && j.owner(v.shown.User) == event.Alice {
		account, by = v.shown.User, v.whoami
	} else if by = j.acted(v, event.Alice); by != nil {
		if v.logout == by {
			s = j.closed(v)
		}
		account = s.account(by)
	}
	if account != "" && !s.proved(account, event.Mallory) {
		j.found(hijack, v, by, s, item{})
	}
	if v.shown == nil || account != "" {
		return
	}
	for _, f := range v.shown.Data {
		s := s
		if saved := j.session(v.saved); saved != nil && saved.holds(f.Name, f.Value, anyone) != nil {
			s = saved
		}
		if s == nil || s.logout != nil || s.proved(s.user, event.Mallory) && j.owner(s.user) == event.Alice {
			continue
		}
		x := s.holds(f.Name, f.Value, func(x *item) bool { return x.by == event.Alice || x.by == "" && x.of == event.Alice })
		if j.owner(s.user) == event.Alice && j.lives(s, f) || x != nil {
			if x == nil {
				x = &item{name: f.Name, text: f.Value}
			}
			j.found(exposure, v, v.shown, s, *x)
		}
	}
}

// lives reports whether a login left Alice with the session s, or left s behind with
// something in it that her session holds too.
func (j *Judge) lives(s *held, f session.Field) bool {
	return s.hers || s.login != nil && slices.ContainsFunc(j.sessions, func(h held) bool {
		return h.hers && h.login == s.login && h.holds(f.Name, f.Value, anyone) != nil
	})
}

// byAlice: what Alice's browser did in her name, what she was shown, and whether
// she could use what is hers.
func (j *Judge) byAlice(v *visit) {
	s := j.session(v.open)
	if v.by == event.Mallory {
		if e, of := j.changed(v); e != nil {
			j.found(forge, v, e, of, item{})
		}
	}
	if v.shown != nil {
		if owner := j.owner(v.shown.User); owner != "" && owner != event.Alice && !s.proved(v.shown.User, event.Alice) {
			j.found(trap, v, v.whoami, s, item{})
		}
	}
	if v.by == "" {
		if e := j.acted(v, event.Mallory); e != nil && !s.proved(s.account(e), event.Alice) {
			j.found(trap, v, e, s, item{})
		}
	}
	j.works(v)
	j.paid(v)
}

// changed returns the event by which the visit changed something of Alice's: her
// account, a session that is open to it, or one that she has herself begun.
func (j *Judge) changed(v *visit) (*event.Event, *held) {
	if e := j.acted(v, event.Alice); e != nil {
		return e, j.session(v.open)
	}
	if s := j.session(v.open); v.logout != nil && s != nil && (j.owner(s.user) == event.Alice || v.begun) {
		return v.logout, s // the record stays, if there is one: her browser has lost it
	}
	if s, was := j.session(v.wrote), j.session(v.open); s != nil && s.user == "" && was != nil && v.begun {
		return s.made, s
	}
	return nil, nil
}

// impersonation: somebody proved to be the owner of an account of Alice's by the
// word of Mallory.
func (j *Judge) impersonation(v *visit) {
	if v.login != nil && v.login.By == event.Mallory && j.owner(v.login.User) == event.Alice {
		j.found(phish, v, v.login, j.session(v.open), item{})
	}
}

// afterLogout: a session that Alice's logout was to end was used, and showed or
// changed what is hers.
func (j *Judge) afterLogout(v *visit) {
	s := j.session(v.open)
	if s == nil || s.logout == nil || s.logout == v.logout || v.login != nil {
		return
	}
	by := j.acted(v, event.Alice)
	if by == nil && v.shown != nil && j.owner(s.user) == event.Alice && j.showsOf(v, s) {
		by = v.shown
	}
	if by != nil {
		j.found(undead, v, by, s, item{})
	}
}

// showsOf reports whether what the visit showed is the account of s, or something
// that s holds or a later state of it.
func (j *Judge) showsOf(v *visit, s *held) bool {
	saved := j.session(v.saved)
	return v.shown.User == s.user || slices.ContainsFunc(v.shown.Data, func(f session.Field) bool {
		return s.holds(f.Name, f.Value, anyone) != nil || saved != nil && saved.logout == s.logout && saved.holds(f.Name, f.Value, anyone) != nil
	})
}

// works looks whether Alice is served in the account to which she has proved
// herself, at the browser at which she did.
func (j *Judge) works(v *visit) {
	at := v.sent.At
	in, is := j.in[at]
	if v.answer != nil && v.answer.Message.Status >= 500 {
		j.found(fault, v, v.answer, nil, item{})
	}
	switch {
	case v.login != nil && v.login.By == event.Alice:
		j.in[at] = stay{v.login, v.set}
	case v.login != nil, v.logout != nil:
		delete(j.in, at)
	case !is || v.whoami != nil && v.whoami.User == in.login.User:
	case v.late != nil && j.keeps(in.login, at, v.late.Value):
		j.cost(v.late.Frame, "Alice came back when her session had run out: she has to log in again.")
		delete(j.in, at)
	case v.whoami == nil || event.Foreign(v.sent.Message.Initiator):
	default:
		j.found(fault, v, v.whoami, nil, item{})
	}
}

// paid notes what Alice paid for a request that was her own.
func (j *Judge) paid(v *visit) {
	if v.login != nil && v.login.By == event.Alice && v.answer != nil && v.answer.Message.Status >= 400 {
		j.cost(v.answer.Frame, "Alice's login failed: the server answered %s.", v.answer.Message.Start)
	}
	if v.denied == nil || v.by != "" {
		return
	}
	switch event.Denial(v.denied.Reason) {
	case event.BadCredentials:
		j.cost(v.denied.Frame, "Alice's login failed: the name and the secret do not belong together.")
	case event.WrongToken:
		j.cost(v.denied.Frame, "A form that Alice sent herself was refused: the token in it is not that of her session.")
	case event.OtherOrigin:
		j.cost(v.denied.Frame, "What Alice sent herself was refused: it came from another origin.")
	case event.NotLoggedIn:
		if v.sent.Message.Fields != nil {
			j.cost(v.denied.Frame, "What Alice sent herself was refused: she was not logged in.")
		}
	}
}

// lost notes what Alice had put into the session before a login, and the login
// did not keep.
func (j *Judge) lost(v *visit, before, after []item) {
	if j.silent {
		return
	}
	var gone []string
	for _, x := range before {
		if x.by != event.Alice {
			continue
		}
		kept := false
		for _, y := range after {
			kept = kept || y.name == x.name && y.text == x.text
		}
		if !kept {
			gone = append(gone, event.Quoted(x.text))
		}
	}
	if gone != nil {
		j.cost(v.sent.Frame, "After the login Alice no longer has what she had put into her session before: %s.", strings.Join(gone, ", "))
	}
}
