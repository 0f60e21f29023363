package audit

import (
	"cmp"
	"fmt"

	"fixlab/lab/audit/token"
)

// An over is what a login did to one carrier.
type over struct {
	carrier
	login         span
	before, after string
	change        token.Change
	why           string
	state         State
}

// over compares what the browser held before a login with what it holds after it.
func (v *view) over(c carrier, login span) over {
	o := over{carrier: c, login: login}
	o.before = c.value(func(n string) string { return v.before(n, login.from) })
	o.after = c.value(func(n string) string { return v.landed(n, login) })
	o.change, o.why = token.Compare(c.names[0], o.before, o.after)
	a, b := v.token(c.names[0], o.before), v.token(c.names[0], o.after)
	switch {
	case o.before == "" && o.after == "":
		o.state = NoSession
	case o.before == "":
		if o.state = OnlyAtLogin; b.Payload != "" && len(b.IDs()) == 0 {
			o.state = NoID
		}
	case o.after == "":
		o.state = NoSession
	case o.change.Kept(), o.change == token.Refreshed:
		// Where data did not change over the login, who is logged in is kept on the
		// server, under something in it.
		o.state = Kept
	case o.change == token.CannotTell:
		o.state = SealedChange
	case o.change == token.OtherData && len(b.IDs()) > 0:
		o.state = OnlyAtLogin // the id came with the login
	case o.change == token.OtherData, o.change == token.New && b.Payload != "" && len(b.IDs()) == 0 && a.Payload != "":
		o.state = NoID
	default:
		o.state = Replaced
	}
	return o
}

// judge fills in the answer.
func (v *view) judge(r *Observed) {
	switch {
	case v.rec.Lacks.Has(NoCookies):
		v.sanitised(r)
		return
	case len(v.rec.Exchanges) == 0:
		r.State, r.Says = NoCookieSeen, "The recording holds no exchange."
		return
	}
	list, sure, why := v.carriers()
	v.session, r.Sure, r.SureWhy = list, sure, why
	for _, c := range list {
		r.Session = append(r.Session, c.names...)
		r.Framework = cmp.Or(r.Framework, c.token.Framework)
	}
	if v.login.from < 0 || v.rec.Lacks.Has(NoOrder) {
		v.noLogin(r, list)
		return
	}
	var seen []over
	for _, c := range list {
		if o := v.over(c, v.login); o.state != NoSession {
			seen = append(seen, o)
		}
	}
	if len(seen) == 0 {
		v.noSession(r)
		return
	}
	for _, o := range seen[1:] {
		if o.state != seen[0].state {
			v.ambiguous(r, seen)
			return
		}
	}
	v.say(r, seen[0])
	for _, o := range seen {
		r.Evidence = append(r.Evidence, v.shows(o)...)
	}
}

// shows is what the answer about one carrier rests on.
func (v *view) shows(o over) (list []Evidence) {
	name := o.names[0]
	if o.before != "" {
		at := o.login.from
		if _, sent := v.own[at].sent[name]; sent {
			list = append(list, v.evidence(at, "Cookie: "+printable(name, 60)+"="+v.mask(name, o.before)))
		} else if at = v.lastSet(name, at-1); at >= 0 {
			list = append(list, v.evidence(at, "Set-Cookie: "+printable(name, 60)+"="+v.mask(name, o.before)))
		}
	}
	last := o.login.from
	for i := o.login.from; i <= o.login.to; i++ {
		if value, set := v.own[i].set[name]; set && value != "" {
			list = append(list, v.evidence(i, "Set-Cookie: "+printable(name, 60)+"="+v.mask(name, o.shown(value))))
			last = i
		}
	}
	for i := last + 1; i < len(v.own); i++ {
		if value, sent := v.own[i].sent[name]; sent {
			return append(list, v.evidence(i, "Cookie: "+printable(name, 60)+"="+v.mask(name, o.shown(value))))
		}
	}
	return list
}

// shown is a value of the carrier as the answer shows it: of a pair both, where it is the one
// after the login.
func (o over) shown(value string) string {
	if len(o.names) > 1 && token.Recognise(o.names[0], o.after).Payload == token.Recognise(o.names[0], value).Payload {
		return o.after
	}
	return value
}

// lastSet is the last answer up to an exchange that set a value, -1 for none.
func (v *view) lastSet(name string, i int) int {
	for ; i >= 0; i-- {
		if v.own[i].set[name] != "" {
			return i
		}
	}
	return -1
}

// say words the answer for one carrier, as for all that agree with it.
func (v *view) say(r *Observed, o over) {
	name := o.title()
	page := "a private page"
	if p := v.shownPath(); p != "" {
		page = v.path(p)
	}
	r.State = o.state
	was, is := v.masks.Mark(v.id(o.names[0], o.before)), v.masks.Mark(v.id(o.names[0], o.after))
	replay := "To prove it, send the value from before the login with a request for " + page + " from another browser."
	switch o.state {
	case Kept:
		switch {
		case o.change == token.Refreshed, o.change == token.Same && v.token(o.names[0], o.before).Payload != "":
			r.Says = fmt.Sprintf("The data in %s is the same before the login and after it, times apart: the server knows who is logged in by something that was there before. Whoever had it before is logged in after.", name)
		case o.change == token.SameInside && v.token(o.names[0], o.before).Payload != "":
			r.Says = fmt.Sprintf("%s is another after the login, and yet: %s Where the server finds the session by it, whoever knew it before is logged in after.", name, lower(o.why))
		default:
			what := "id"
			if v.token(o.names[0], o.before).ID == "" {
				what = "value"
			}
			r.Says = fmt.Sprintf("The %s in %s was %s before the login and %s after it. Whoever knew it before is logged in after.", what, name, was, is)
		}
		r.Prove = replay
	case Replaced:
		r.Says = fmt.Sprintf("The login replaced the id in %s: %s before, %s after. Not shown by this recording: whether the server still honours the old one.", name, was, is)
		r.Prove = "To find out, send the old value with a request for " + page + "."
	case OnlyAtLogin:
		v.sayOnly(r, o)
	case SealedChange:
		r.Says = fmt.Sprintf("The value of %s is encrypted, or of a form that is not known: it changed, and so does an unchanged session here.", name)
		r.Prove = replay
	case NoID:
		r.Says = fmt.Sprintf("The cookie %s is the session: data under a signature. There is no id in it to fixate; logout cannot end a copy.", name)
		r.Prove = "To see it, send the value from before the logout with a request for " + page + " after it."
	}
	if x := v.rec.Exchanges[v.login.from]; x.Status == 0 {
		r.Says += " The answer to the login was not recorded: that it went through is taken for granted."
	} else if len(v.pages) == 0 && x.Status < 300 {
		r.Says += " The login was answered with " + fmt.Sprint(x.Status) + "; that it went through is taken for granted."
	}
}

// sayOnly words the answer where there was no session before the login: a second login
// without a logout in between tells more.
func (v *view) sayOnly(r *Observed, o over) {
	r.Says = "No session cookie existed before the login, so this recording cannot show rotation."
	if o.before != "" {
		r.Says = fmt.Sprintf("%s held no id before the login, so this recording cannot show rotation.", o.title())
	}
	r.Prove = "Log in a second time without logging out, best as a second account, and record that too."
	if v.again.from < 0 || v.logout >= 0 && v.logout < v.again.from {
		return
	}
	second := v.over(o.carrier, v.again)
	was, is := v.masks.Mark(v.id(o.names[0], second.before)), v.masks.Mark(v.id(o.names[0], second.after))
	switch second.state {
	case Kept:
		r.Says = fmt.Sprintf("No session cookie existed before the first login. The second one kept the id in %s: %s before it and %s after it. An attacker who plants her own logged-in cookie would own the session.", o.title(), was, is)
		r.Prove = "If you logged in as the same user, some servers (Django’s auth.login) skip rotation by design: repeat with a second account."
	case Replaced:
		r.Says = fmt.Sprintf("No session cookie existed before the first login. The second one replaced the id in %s: %s before it, %s after it. Not shown by this recording: whether the server still honours the old one.", o.title(), was, is)
		r.Prove = "To find out, send the value from before the second login with a request for a private page."
	case SealedChange:
		r.Says += " At the second login the value changed, and it is encrypted or of a form that is not known: so does an unchanged session here."
		r.Prove = "Plant one account’s cookie in another browser, log in there as the second account, and see whose session the first browser is in."
	}
	r.Evidence = append(r.Evidence, v.shows(second)...)
}

func (v *view) ambiguous(r *Observed, seen []over) {
	r.State = Ambiguous
	r.Says = "Several cookies look like the session, and the login did different things to them:"
	for i, o := range seen {
		sep := ","
		if i == 0 {
			sep = ""
		}
		r.Says += fmt.Sprintf("%s %s %s", sep, o.title(), did[o.state])
		r.Evidence = append(r.Evidence, v.shows(o)...)
	}
	r.Says += ". Which of them says who is logged in, a recording cannot show."
	r.Prove = "To find out, send a request for a private page with one of them left out at a time."
}

var did = map[State]string{Kept: "kept its id", Replaced: "got a new id", OnlyAtLogin: "came with the login", SealedChange: "changed, and is encrypted or of a form that is not known", NoID: "holds other data"}

func (v *view) noSession(r *Observed) {
	r.State, r.Session = NoSession, nil
	for i := v.login.from; i < len(v.own); i++ {
		if v.own[i].ours && v.rec.Exchanges[i].Bearer && i > v.login.from {
			r.Says = "After the login the requests carry an Authorization header, and no cookie that looks like a session: there is nothing to fixate by a cookie. This is not this attack."
			r.Prove = "What is left to try is a login that another site sends: whether the browser then acts for somebody else’s account."
			r.Evidence = append(r.Evidence, v.evidence(i, "The request has an Authorization header."))
			return
		}
	}
	r.Says = "No cookie of this recording looks like a session, before the login or after it."
	r.Prove = "If the login did go through, say which page is private, and record a request for it after the login."
	r.Evidence = append(r.Evidence, v.evidence(v.login.from, "The login."))
}

func (v *view) noLogin(r *Observed, list []carrier) {
	r.State = NoLoginSeen
	switch {
	case v.rec.Lacks.Has(NoOrder):
		r.Says = "This is what a browser held at one moment. It shows how cookies were set, and nothing of a login."
	case len(list) > 0:
		r.Says = fmt.Sprintf("%s looks like the session, and no request here looks like a login that went through.", list[0].title())
	default:
		r.Says = "No request here looks like a login that went through, and no cookie like a session."
	}
	r.Prove = "Record the front page, the login and a private page, or say which request is the login."
}

// sanitised is about an archive from which the cookies were taken out.
func (v *view) sanitised(r *Observed) {
	r.State = NoCookieSeen
	r.Says = "This file has no cookies: Chrome leaves them out by default."
	if n := len(v.rec.Passwords); n == 1 {
		r.Says += " It does hold 1 password field; delete it."
	} else if n > 1 {
		r.Says += fmt.Sprintf(" It does hold %d password fields; delete it.", n)
	}
	r.Prove = "Two ways on: export with sensitive data, or paste “Copy all as cURL”."
}
