package judge

import (
	"slices"

	"fixlab/lab/event"
)

// forged: the server did what markup of Mallory's asked for in Alice's name.
func (j *Judge) forged(f *finding) event.Verdict {
	did, at := f.by, j.visit(f)
	v := j.verdict(event.Forged, did)
	learned := 0
	if did.Kind == event.Transfer {
		for _, field := range at.sent.Message.Fields {
			if fact, ok := j.First(func(e *event.Event) bool {
				return e.Kind == event.Learned && e.Seq < did.Seq && e.Value == field.Value && field.By == event.Mallory
			}); ok && learned == 0 && j.token(field.Value) {
				learned = fact.Seq
				j.because(&v, fact.Frame, "Mallory knew the token: %s.", fact.Reason)
			}
		}
	}
	in, ok := j.Last(func(e *event.Event) bool {
		return e.Kind == event.Login && e.By == event.Alice && j.owner(e.User) == event.Alice && e.At == did.At && e.Seq < did.Seq
	})
	switch {
	case !ok:
	case learned == 0:
		j.because(&v, in.Frame, "Alice had logged in.")
	case learned < in.Seq:
		j.because(&v, in.Frame, "Alice logged in, and the secret behind the token stayed the same.")
	default:
		j.because(&v, in.Frame, "Alice had logged in, and Mallory could still read what her session holds.")
	}
	where := j.writing(at)
	switch {
	case learned > 0:
		j.because(&v, did.Frame, "%s brought that token, and the server took it for Alice's own.", where)
	case did.Kind == event.Transfer:
		j.because(&v, did.Frame, "%s sent it, and the server sent Alice's money.", where)
	case did.Kind == event.Logout && f.session.user == "":
		j.because(&v, did.Frame, "%s sent it, and the server ended the session that Alice had begun.", where)
	case did.Kind == event.Logout:
		j.because(&v, did.Frame, "%s sent it, and the server logged Alice out.", where)
	default:
		j.because(&v, did.Frame, "%s sent it, and the server wrote it into Alice's session.", where)
	}
	return v
}

// token reports whether a session held the value as the secret of its forms.
func (j *Judge) token(value string) bool {
	return slices.ContainsFunc(j.sessions, func(s held) bool {
		return slices.ContainsFunc(s.items, func(x item) bool { return x.by == "" && x.text == value })
	})
}

// trapped: Alice was served in an account that is not hers.
func (j *Judge) trapped(f *finding) event.Verdict {
	served := f.by
	v := j.verdict(event.Trapped, served)
	v.Key = f.session.key
	if own := f.session.login; own != nil {
		from := j.visitOf(own)
		switch {
		case own.Person == event.Mallory && own.At == event.Alice: // what she had planted there was not needed
			v.Frame, v.Event = own.Frame, own.Seq
			j.because(&v, own.Frame, "Mallory logged in to her own account at Alice's browser.")
		case own.Person == event.Mallory:
			j.because(&v, own.Frame, "Mallory logged in to her own account.")
			planted := j.plants()
			if i := slices.IndexFunc(planted, func(p *event.Event) bool {
				return p.Seq < served.Seq && j.opens(event.Alice, p.Value, &f.session)
			}); i >= 0 && served.At == event.Alice {
				v.Frame, v.Event = planted[i].Frame, planted[i].Seq
				j.because(&v, planted[i].Frame, "Mallory's own cookie went into Alice's browser.")
			}
		case from != nil && from.by != "":
			v.Frame, v.Event = own.Frame, own.Seq
			j.because(&v, own.Frame, "%s logged Alice's browser in to Mallory's account.", j.writing(from))
		}
	}
	if served.Kind == event.Whoami {
		j.because(&v, served.Frame, "The server served Alice in Mallory's account: what she does there, Mallory sees.")
	} else {
		j.because(&v, served.Frame, "Alice acted in Mallory's account: what she does there, Mallory sees.")
	}
	return v
}

// writing says where the markup stood that sent a request.
func (j *Judge) writing(at *visit) string {
	switch from := at.sent.Message.Initiator; {
	case event.Foreign(from):
		return "A page on " + from
	case from == "":
		return "A link of Mallory's"
	}
	return "What Mallory wrote into a page of the shop"
}

// exposed: Mallory was shown what belongs to Alice's session.
func (j *Judge) exposed(f *finding) event.Verdict {
	v := j.verdict(event.Exposed, f.by)
	if fact, ok := j.shown(f); ok {
		j.because(&v, fact.Frame, "Mallory knew the key of that session: %s.", fact.Reason)
	}
	if login := f.session.login; login != nil && j.owner(f.session.user) == event.Alice {
		j.because(&v, login.Frame, "Alice logged in, and the session became hers.")
	}
	switch {
	case f.item.by == event.Alice:
		j.because(&v, f.by.Frame, "The server showed Mallory what Alice had put into it: %s.", event.Quoted(f.item.text))
	default:
		j.because(&v, f.by.Frame, "The server showed Mallory what Alice's session holds: %s %s.", f.item.name, event.Quoted(f.item.text))
	}
	return v
}

// poisoned: after Alice's login her session holds what Mallory wrote.
func (j *Judge) poisoned(f *finding) event.Verdict {
	v := j.verdict(event.Poisoned, f.by)
	j.because(&v, f.item.frame, "Mallory wrote %s into the session.", event.Quoted(f.item.text))
	if login := f.session.login; login != nil && f.item.frame < login.Frame {
		j.because(&v, f.by.Frame, "Login kept the data: it is in Alice's session now.")
	} else {
		j.because(&v, f.by.Frame, "It is in Alice's session.")
	}
	return v
}

// zombie: a session that Alice's logout was to end still worked.
func (j *Judge) zombie(f *finding) event.Verdict {
	out := f.session.logout
	v := j.verdict(event.Zombie, out)
	logged := "Alice logged out. Her browser forgot the cookie."
	if _, still := j.First(func(e *event.Event) bool {
		return e.Kind == event.Request && e.Seq > out.Seq && e.Who == out.At && !j.pastes(e.Who, out.Seq, e.Seq) &&
			slices.ContainsFunc(event.CookiesOf(e), func(c event.Pair) bool { return j.opens(e.Who, c.Value, &f.session) })
	}); still {
		logged = "Alice logged out."
	}
	j.because(&v, out.Frame, "%s", logged)
	switch at := j.visit(f); {
	case at.shown != nil && at.shown.User != "":
		v.Key = f.session.key
		j.because(&v, f.by.Frame, "The server still serves whoever shows the old value as Alice.")
	case f.by.Kind == event.Shown:
		j.because(&v, f.by.Frame, "The server still shows what her session holds to whoever shows the old value.")
	default:
		j.because(&v, f.by.Frame, "The server still lets whoever shows the old value act as Alice.")
	}
	return v
}

// impersonated: Mallory proved herself with a secret of Alice's.
func (j *Judge) impersonated(f *finding) event.Verdict {
	v := j.verdict(event.Impersonated, f.by)
	for _, field := range j.visit(f).sent.Message.Fields {
		fact, ok := j.First(func(e *event.Event) bool {
			return e.Kind == event.Learned && e.Seq < f.by.Seq && e.Value == field.Value
		})
		if ok && field.Value != f.by.User {
			j.because(&v, fact.Frame, "Mallory knew Alice's secret: %s.", fact.Reason)
			break
		}
	}
	j.because(&v, f.by.Frame, "Mallory proved herself with Alice's own secret. Nothing about sessions can tell the two apart.")
	return v
}

// broken: Alice had proved herself and was not served; or the server broke down on
// her.
func (j *Judge) broken(f *finding) event.Verdict {
	v := j.verdict(event.Broken, f.by)
	if f.by.Kind == event.Response {
		j.because(&v, f.by.Frame, "The server broke down on Alice's request.")
		return v
	}
	sent := j.visit(f).sent
	in, ok := j.Last(func(e *event.Event) bool {
		return e.Kind == event.Login && e.By == event.Alice && e.At == sent.At && e.Seq < sent.Seq
	})
	if ok {
		j.because(&v, in.Frame, "Alice logged in, and proved who she is.")
	}
	if slices.ContainsFunc(event.CookiesOf(sent), func(c event.Pair) bool {
		return slices.ContainsFunc(j.plants(), func(p *event.Event) bool { return p.Seq < sent.Seq && j.same(p.Value, c.Value) })
	}) {
		j.because(&v, sent.Frame, "Her browser sent a cookie that Mallory planted.")
	}
	if f.by.User != "" {
		j.because(&v, f.by.Frame, "The server serves her in another account.")
	} else {
		j.because(&v, f.by.Frame, "The server does not know her any more.")
	}
	return v
}

// pastes reports whether somebody put a cookie into a browser between two events.
func (j *Judge) pastes(browser string, from, to int) bool {
	_, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Stored && e.Who == browser && e.Seq > from && e.Seq < to
	})
	return ok
}
