package lab

import (
	"net/url"
	"slices"
	"strings"

	"fixlab/lab/session"
)

// forged: the shop did something in alice's account that a form on another
// origin asked for.
func (j jury) forged() (Verdict, bool) {
	sent, ok := j.first(func(e *Event) bool {
		return e.Kind == Transfer && e.User == "alice" && e.Person == "alice" && foreign(j.initiator(e))
	})
	if !ok {
		return Verdict{}, false
	}
	v := j.verdict(Forged, sent)
	request, _ := j.last(func(e *Event) bool { return e.Kind == Request && e.frame == sent.frame && e.Seq < sent.Seq })
	learned := 0
	for _, f := range formOf(request) {
		if fact, ok := j.first(func(e *Event) bool { return e.Kind == Learned && e.Value == f.value && f.name == "token" }); ok {
			learned = fact.Seq
			v.because(fact.frame, "Mallory knew the token: %s.", how(fact))
		}
	}
	if in, ok := j.last(func(e *Event) bool { return e.Kind == Login && e.User == "alice" && e.Seq < sent.Seq }); ok {
		if learned < in.Seq {
			v.because(in.frame, "Alice logged in, and the secret behind the token stayed the same.")
		} else {
			v.because(in.frame, "Alice had logged in, and Mallory could still read what her session holds.")
		}
	}
	v.because(sent.frame, "A form on %s brought that token, and the server took it for Alice's own.", j.initiator(sent))
	return v, true
}

// poisoned: after alice's login her session holds a value that Mallory had
// submitted to the shop and alice had not.
func (j jury) poisoned() (Verdict, bool) {
	var wrote *Event
	var what string
	taken, ok := j.first(func(e *Event) bool {
		if e.Kind != Save && e.Kind != Sign || e.User != "alice" || e.Person != "alice" {
			return false
		}
		for _, f := range e.Data {
			for _, item := range append(strings.Split(f.Value, ", "), f.Value) {
				if f.Name == session.User || f.Name == session.CSRF || strings.HasPrefix(f.Name, "bound_") {
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
		return Verdict{}, false
	}
	v := j.verdict(Poisoned, taken)
	v.because(wrote.frame, "Mallory wrote %s into the session.", quoted(what))
	v.because(taken.frame, "Login kept the data: it is in Alice's session now.")
	return v, true
}

// submitted returns the first request by which Mallory, or a form of hers that
// alice's browser sent, gave the shop value. What alice typed herself is hers.
func (j jury) submitted(value string, before int) (*Event, bool) {
	if value == "" {
		return nil, false
	}
	gave := func(by bool) (*Event, bool) {
		return j.first(func(e *Event) bool {
			return e.Kind == Request && e.Seq < before && (e.Person == "mallory" || foreign(e.Message.Initiator)) == by && slices.ContainsFunc(formOf(e), func(f field) bool {
				return f.value == value && f.name != "user" && f.name != "password"
			})
		})
	}
	if _, own := gave(false); own {
		return nil, false
	}
	return gave(true)
}

// formOf returns the fields of a request's body.
func formOf(sent *Event) []field { return fieldsOf(sent.Message.form) }

// fieldsOf returns the fields of a text that is encoded as a form.
func fieldsOf(text string) []field {
	if text == "" {
		return nil
	}
	var fields []field
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, _ = url.QueryUnescape(name)
		value, _ = url.QueryUnescape(value)
		fields = append(fields, field{name, value})
	}
	return fields
}

// zombie: a handler served somebody as alice after she had logged out, without
// a new login.
func (j jury) zombie() (Verdict, bool) {
	var out *Event // alice's logout, until she logs in again
	in, key := false, ""
	for _, e := range j.events {
		switch {
		case e.Kind == Logout && e.Person == "alice" && in:
			out, in, key = e, false, j.left(e)
		case e.Kind == Login && e.User == "alice":
			out, in = nil, true
		case e.Kind == Whoami && e.User == "alice" && out != nil && e.frame > out.frame && (key == "" || e.Key == key):
			v := j.verdict(Zombie, out)
			v.Key = e.Key
			v.because(out.frame, "Alice logged out. Her browser forgot the cookie.")
			v.because(e.frame, "The server still serves whoever shows the old value as Alice.")
			return v, true
		}
	}
	return Verdict{}, false
}

// left returns the session key that a logout was about, "" when there is none.
func (j jury) left(out *Event) string {
	load, ok := j.last(func(e *Event) bool { return e.Kind == Load && e.Found && e.frame == out.frame && e.Seq < out.Seq })
	if !ok {
		return ""
	}
	return load.Key
}
