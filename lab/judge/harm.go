package judge

import (
	"slices"
	"strings"

	"fixlab/lab/event"
	"fixlab/lab/session"
)

// forged: the shop did something in alice's account that a form on another
// origin asked for.
func (j *Judge) forged() (event.Verdict, bool) {
	sent, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Transfer && e.User == "alice" && e.Person == "alice" && event.Foreign(j.initiator(e))
	})
	if !ok {
		return event.Verdict{}, false
	}
	v := j.verdict(event.Forged, sent)
	request, _ := j.Last(func(e *event.Event) bool { return e.Kind == event.Request && e.Frame == sent.Frame && e.Seq < sent.Seq })
	learned := 0
	for _, f := range event.FormOf(request) {
		if fact, ok := j.First(func(e *event.Event) bool { return e.Kind == event.Learned && e.Value == f.Value && f.Name == "token" }); ok {
			learned = fact.Seq
			j.because(&v, fact.Frame, "Mallory knew the token: %s.", fact.Reason)
		}
	}
	if in, ok := j.Last(func(e *event.Event) bool { return e.Kind == event.Login && e.User == "alice" && e.Seq < sent.Seq }); ok {
		if learned < in.Seq {
			j.because(&v, in.Frame, "Alice logged in, and the secret behind the token stayed the same.")
		} else {
			j.because(&v, in.Frame, "Alice had logged in, and Mallory could still read what her session holds.")
		}
	}
	j.because(&v, sent.Frame, "A form on %s brought that token, and the server took it for Alice's own.", j.initiator(sent))
	return v, true
}

// poisoned: after alice's login her session holds a value that Mallory had
// submitted to the shop and alice had not.
func (j *Judge) poisoned() (event.Verdict, bool) {
	var wrote *event.Event
	var what string
	taken, ok := j.First(func(e *event.Event) bool {
		if e.Kind != event.Save && e.Kind != event.Sign || e.User != "alice" || e.Person != "alice" {
			return false
		}
		for _, f := range e.Data {
			for _, item := range append(strings.Split(f.Value, ", "), f.Value) {
				if f.Name == session.User || f.Name == session.CSRF || strings.HasPrefix(f.Name, session.Bound) {
					continue
				}
				if by, ok := j.submitted(item, e.Seq); ok {
					wrote, what = by, item
					return true
				}
			}
		}
		return false
	})
	if !ok {
		return event.Verdict{}, false
	}
	v := j.verdict(event.Poisoned, taken)
	j.because(&v, wrote.Frame, "Mallory wrote %s into the session.", event.Quoted(what))
	j.because(&v, taken.Frame, "Login kept the data: it is in Alice's session now.")
	return v, true
}

// submitted returns the first request by which Mallory, or a form of hers that
// alice's browser sent, gave the shop value. What alice typed herself is hers.
func (j *Judge) submitted(value string, before int) (*event.Event, bool) {
	if value == "" {
		return nil, false
	}
	gave := func(by bool) (*event.Event, bool) {
		return j.First(func(e *event.Event) bool {
			return e.Kind == event.Request && e.Seq < before && (e.Person == "mallory" || event.Foreign(e.Message.Initiator)) == by && slices.ContainsFunc(event.FormOf(e), func(f event.Field) bool {
				return f.Value == value && f.Name != "user" && f.Name != "password"
			})
		})
	}
	if _, own := gave(false); own {
		return nil, false
	}
	return gave(true)
}

// zombie: a handler served somebody as alice after she had logged out, without
// a new login.
func (j *Judge) zombie() (event.Verdict, bool) {
	var out *event.Event // alice's logout, until she logs in again
	in, key := false, ""
	for _, e := range j.events {
		switch {
		case e.Kind == event.Logout && e.Person == "alice" && in:
			out, in, key = e, false, j.left(e)
		case e.Kind == event.Login && e.User == "alice":
			out, in = nil, true
		case e.Kind == event.Whoami && e.User == "alice" && out != nil && e.Frame > out.Frame && (key == "" || e.Key == key):
			v := j.verdict(event.Zombie, out)
			v.Key = e.Key
			j.because(&v, out.Frame, "Alice logged out. Her browser forgot the cookie.")
			j.because(&v, e.Frame, "The server still serves whoever shows the old value as Alice.")
			return v, true
		}
	}
	return event.Verdict{}, false
}

// left returns the session key that a logout was about, "" when there is none.
func (j *Judge) left(out *event.Event) string {
	load, ok := j.Last(func(e *event.Event) bool {
		return e.Kind == event.Load && e.Found && e.Frame == out.Frame && e.Seq < out.Seq
	})
	if !ok {
		return ""
	}
	return load.Key
}

// trapped: a handler served alice, at her own browser, in Mallory's account.
func (j *Judge) trapped() (event.Verdict, bool) {
	served, ok := j.First(func(e *event.Event) bool {
		return e.Kind == event.Whoami && e.Person == "alice" && e.At == "alice" && e.User == "mallory"
	})
	if !ok {
		return event.Verdict{}, false
	}
	own, ok := j.Last(func(e *event.Event) bool { return e.Kind == event.Login && e.User == "mallory" && e.Seq < served.Seq })
	if !ok {
		return event.Verdict{}, false
	}
	v := j.verdict(event.Trapped, served)
	v.Key = served.Key
	from := j.initiator(own)
	switch {
	case own.Person == "mallory":
		j.because(&v, own.Frame, "Mallory logged in to her own account.")
		if planted := j.plants(); len(planted) > 0 && planted[0].Seq < served.Seq {
			v.Frame, v.Event = planted[0].Frame, planted[0].Seq
			j.because(&v, planted[0].Frame, "Mallory's own cookie went into Alice's browser.")
		}
	case !event.Foreign(from):
		return event.Verdict{}, false // she logged in there herself
	default:
		v.Frame, v.Event = own.Frame, own.Seq
		j.because(&v, own.Frame, "A form on %s logged Alice's browser in to Mallory's account.", from)
	}
	j.because(&v, served.Frame, "The server served Alice in Mallory's account: what she does there, Mallory sees.")
	return v, true
}

// initiator returns the origin that started the request in which e happened.
func (j *Judge) initiator(e *event.Event) string {
	sent, ok := j.Last(func(r *event.Event) bool { return r.Kind == event.Request && r.Frame == e.Frame && r.Seq < e.Seq })
	if !ok {
		return ""
	}
	return sent.Message.Initiator
}

// broken: alice logged in, did not log out, and was not served as herself at
// the same browser; or the server broke down on her.
func (j *Judge) broken() (event.Verdict, bool) {
	var in, sent *event.Event
	for _, e := range j.events {
		switch {
		case e.Person != "alice":
		case e.Kind == event.Login && e.User == "alice":
			in = e
		case e.Kind == event.Logout, e.Kind == event.Login && e.User != "alice", e.Kind == event.Did && in != nil && e.At == in.At && e.Act == event.Forgot:
			in = nil
		case e.Kind == event.Request:
			sent = e
		case e.Kind == event.Whoami && in != nil && e.Frame > in.Frame && e.At == in.At && e.User != "alice" && !event.Foreign(sent.Message.Initiator):
			v := j.verdict(event.Broken, e)
			j.because(&v, in.Frame, "Alice logged in with the right password.")
			if slices.ContainsFunc(event.CookiesOf(sent), func(c event.Pair) bool { return j.knows(c.Value, e.Frame) }) {
				j.because(&v, sent.Frame, "Her browser sent a cookie that Mallory planted.")
			}
			j.because(&v, e.Frame, "The server does not know her any more.")
			return v, true
		case e.Kind == event.Response && e.Message.Status >= 500:
			v := j.verdict(event.Broken, e)
			j.because(&v, e.Frame, "The server broke down on Alice's request.")
			return v, true
		}
	}
	return event.Verdict{}, false
}
