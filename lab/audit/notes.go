package audit

import (
	"fmt"
	"slices"
	"strings"

	"fixlab/lab/audit/token"
	"fixlab/lab/cookie"
)

// notes says what in this recording leads observers astray. The numbers are those of the
// audit's list of traps.
func (v *view) notes(r *Observed) {
	add := func(trap int, says string, evidence ...Evidence) {
		r.Notes = append(r.Notes, Note{trap, says, evidence})
	}
	in := v.login.from >= 0
	list := v.session
	isSession := func(name string) bool { return slices.Contains(r.Session, name) }
	for i, x := range v.rec.Exchanges {
		if in && i > v.login.from && v.own[i].ours && x.Bearer {
			add(1, "Requests after the login carry an Authorization header too: what it holds cannot be planted by a cookie.", v.evidence(i, "Authorization is there."))
			break
		}
	}
	for _, c := range list {
		if len(c.names) > 1 && isSession(c.names[0]) {
			add(2, c.title()+" only count together: one planted without the other is worth nothing.")
		}
	}
	for _, name := range v.names {
		if isSession(name) || !in {
			continue
		}
		role := v.roleOf(name)
		before, after := v.before(name, v.login.from), v.landed(name, v.login)
		switch {
		case role == token.Balancer && v.changes(name) > 2:
			add(4, fmt.Sprintf("%s changes with the answers and has nothing to do with the login: it is the load balancer’s.", printable(name, 60)))
		case before != "" && before == after && role != token.Unknown:
			add(5, fmt.Sprintf("%s is the same before the login and after it, and is no session: %s.", printable(name, 60), role), v.evidence(v.login.from, "Cookie: "+printable(name, 60)+"="+v.mask(name, before)))
		case role == token.Remember && after != "":
			add(18, fmt.Sprintf("%s logs in by itself: leave it out when you send an old session.", printable(name, 60)))
		}
	}
	for _, c := range list {
		if in && isSession(c.names[0]) {
			v.notesOf(r, v.over(c, v.login), add)
		}
	}
	v.notesOfLogin(r, list, add)
	v.notesOfSource(add, isSession)
}

// notesOf are about what the login did to a cookie.
func (v *view) notesOf(r *Observed, o over, add func(int, string, ...Evidence)) {
	name := o.names[0]
	for i := o.login.from; i <= o.login.to; i++ {
		value, set := v.own[i].set[name]
		switch {
		case !set || value == "":
		case value == v.before(name, o.login.from):
			add(6, fmt.Sprintf("The login’s answer sets %s, to the value that was there before: a Set-Cookie is not a new id.", printable(name, 60)), v.evidence(i, "Set-Cookie: "+printable(name, 60)+"="+v.mask(name, value)))
		case i > o.login.from:
			add(30, fmt.Sprintf("%s is set on the way of the login’s redirects, not in its first answer.", printable(name, 60)), v.evidence(i, "Set-Cookie: "+printable(name, 60)+"="+v.mask(name, value)))
		}
	}
	switch o.change {
	case token.SameInside:
		add(7, "The value is another after the login, and the id in it is not: comparing values says nothing here. "+o.why)
	case token.Refreshed:
		add(8, "The value is another after the login, and only times in it are: comparing values says nothing here.")
	case token.CannotTell:
		add(9, "The value cannot be read. An encrypted value is another in every answer, with the same session in it.")
	}
	if o.before == "" {
		add(10, "Before the login there is no session. Then an attacker plants her own, logged in: record a second login as well.")
	}
	if first := v.begins(); first >= 0 {
		add(11, fmt.Sprintf("The session does not begin on the first page but at %s: an audit must open that page first (-start).", v.request(first)), v.evidence(first, "The first Set-Cookie of "+printable(name, 60)+"."))
	}
}

// notesOfLogin are about the logins themselves.
func (v *view) notesOfLogin(r *Observed, list []carrier, add func(int, string, ...Evidence)) {
	if v.login.from < 0 {
		return
	}
	if v.moment[v.login.from] == Callback {
		add(17, "This login comes back from another site. What the browser held before it left is what the return turns into a session: that must be a new one as well.", v.evidence(v.login.from, "The return."))
	}
	if v.again.from < 0 {
		return
	}
	for _, c := range list {
		one := c.value(func(n string) string { return v.landed(n, v.login) })
		two := c.value(func(n string) string { return v.landed(n, v.again) })
		had := c.value(func(n string) string { return v.before(n, v.again.from) })
		switch {
		case one != "" && had == "" && v.id(c.names[0], one) == v.id(c.names[0], two):
			add(12, fmt.Sprintf("Two logins that began without %s ended with the same id in it: it is a constant, and everybody knows it.", c.title()), v.evidence(v.login.from, "Afterwards "+v.mask(c.names[0], one)), v.evidence(v.again.from, "Afterwards "+v.mask(c.names[0], two)))
		case had != "" && v.id(c.names[0], had) == v.id(c.names[0], two):
			add(31, "The second login kept the id. If it was the same user, some servers (Django’s auth.login) skip rotation by design: repeat with a second account.", v.evidence(v.again.from, "The second login."))
		case had != "":
			add(26, "The second login gave a new id. Where a user has one session at a time, it does so because the first one ended, and not because of the login: repeat with a second account.", v.evidence(v.again.from, "The second login."))
		}
	}
}

// notesOfSource are about how the recording has its cookies.
func (v *view) notesOfSource(add func(int, string, ...Evidence), isSession func(string) bool) {
	joined, twice := -1, -1
	for i, x := range v.rec.Exchanges {
		if !v.own[i].ours {
			continue
		}
		if joined < 0 && slices.ContainsFunc(x.Set, func(s string) bool { return strings.Contains(strings.TrimSpace(s), "\n") }) {
			joined = i
		}
		if twice < 0 && slices.ContainsFunc(v.own[i].many, isSession) {
			twice = i
		}
	}
	if joined >= 0 {
		add(29, "Some answers have several Set-Cookie lines in one; they were read one by one.", v.evidence(joined, "Set-Cookie, joined by a line break."))
	}
	if twice >= 0 {
		add(15, "A request carries two cookies of the session’s name: which one counts, the server decides.", v.evidence(twice, "Two cookies of one name."))
	}
	for i, x := range v.rec.Exchanges {
		if !v.own[i].ours {
			continue
		}
		for _, address := range []string{x.Location, x.URL} {
			if name, ok := inAddress(address, sessionNames(v.names, isSession)); ok {
				add(14, fmt.Sprintf("An address carries %s=: who opens a link with an id in it may be given that session.", printable(name, 60)), v.evidence(i, "The name is in the address."))
				return
			}
		}
	}
}

func sessionNames(names []string, is func(string) bool) (list []string) {
	for _, n := range names {
		if is(n) {
			list = append(list, n)
		}
	}
	return list
}

// roleOf is the role of the last value of a cookie.
func (v *view) roleOf(name string) token.Role {
	for _, h := range slices.Backward(v.history[name]) {
		if h.value != "" {
			return v.token(name, h.value).Role
		}
	}
	return token.Unknown
}

// changes counts the values that a cookie had.
func (v *view) changes(name string) (n int) {
	for _, h := range v.history[name] {
		if h.value != "" {
			n++
		}
	}
	return n
}

func (v *view) firstSet(name string) int {
	return slices.IndexFunc(v.own, func(o seenExchange) bool { return o.set[name] != "" })
}

func (v *view) firstOwn() int {
	return slices.IndexFunc(v.own, func(o seenExchange) bool { return o.ours })
}

// limits says what the recording cannot show.
func (v *view) limits(r *Observed) {
	add := func(when bool, says string) {
		if when {
			r.Limits = append(r.Limits, says)
		}
	}
	in := v.login.from >= 0
	add(v.rec.Lacks.Has(NoAnswers), "The recording has requests only: ids are seen, how cookies were set is not.")
	add(v.rec.Lacks.Has(NoRequests), "The recording has answers only: which cookies were sent is not seen.")
	add(v.rec.Lacks.Has(NoAttributes) && !v.rec.Lacks.Has(NoAnswers), "The recording does not say with which attributes cookies were set.")
	add(v.rec.Lacks.Has(NoOrder), "A table of cookies is one moment: nothing of a login is seen.")
	add(!r.Sure && len(r.Session) > 0, "Which cookie carries the session is a guess: leaving cookies out one at a time would tell.")
	add(r.State == Replaced, "Whether the server still honours the id from before the login.")
	add(in && v.again.from < 0, "What a second login does to a session that is logged in: there is only one here.")
	add(in && len(v.pages) == 0, "Which page is private: no page opened after the login that did not before.")
	add(in && v.logout < 0, "What the logout does: there is none here.")
	add(in && v.logout >= 0, "Whether the server still honours the session after the logout.")
	add(in, "Whether the server takes an id that nobody issued, or one in an address or a form.")
	add(in, "Whether another browser with the same cookie is logged in: that takes a request from there.")
	host := v.host
	add(cookie.Loopback(host) || v.domain == "" && host != "", "What neighbours could plant where the site is at home: here it is an address or localhost, and has none.")
}
