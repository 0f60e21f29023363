package contract

import (
	"slices"
	"strings"

	"fixlab/lab/audit"
	"fixlab/lab/audit/token"
)

// sessions returns the schemes that are sessions: those with an x-session, or else every
// API key in a cookie.
func (d Document) sessions() (out []Scheme) {
	for _, s := range d.Schemes {
		if s.Type == "apiKey" && s.In == "cookie" && s.Session.Said() {
			out = append(out, s)
		}
	}
	if out != nil {
		return out
	}
	for _, s := range d.Schemes {
		if s.Type == "apiKey" && s.In == "cookie" {
			out = append(out, s)
		}
	}
	return out
}

// doing returns the operations that say {at: what} and, if none does, those that look
// like it.
func (d Document) doing(what string, like func(Operation) bool) (out []Operation) {
	for _, o := range d.Operations {
		if o.Session.At.Word == what {
			out = append(out, o)
		}
	}
	if out != nil || like == nil {
		return out
	}
	for _, o := range d.Operations {
		if o.Session.At.Word == "" && like(o) {
			out = append(out, o)
		}
	}
	return out
}

func (d Document) logins() []Operation  { return d.doing(atLogin, likeLogin) }
func (d Document) logouts() []Operation { return d.doing(atLogout, likeLogout) }

// Silent reports whether a document speaks neither of a cookie nor of x-session, so that
// nothing follows from a lint that finds nothing.
func (d Document) Silent() bool {
	return len(d.Strays) == 0 && len(d.sessions()) == 0 &&
		!slices.ContainsFunc(d.Operations, func(o Operation) bool { return o.Session.Said() || len(o.Sets) > 0 })
}

// wideWords are ends of paths at which one logs in where a password is taken there.
var wideWords = strings.Fields("session sessions auth authenticate authentication token tokens")

// likeLogin reports whether an operation looks like a login: it is called so, or takes a
// password at a path like /session.
func likeLogin(o Operation) bool {
	if o.Method != "POST" && o.Method != "PUT" {
		return false
	}
	if audit.LoginWord(last(o.Path)) {
		return true
	}
	_, password := o.credentials()
	return password != nil && (slices.Contains(wideWords, tail(o.Path)) || audit.LoginWord(o.ID))
}

func likeLogout(o Operation) bool {
	at := tail(o.Path)
	return audit.LogoutWord(last(o.Path)) || audit.LogoutWord(o.ID) || o.Method == "DELETE" && (at == "session" || at == "sessions")
}

// tail returns the last part of a path as a word: "log-in" is login.
func tail(path string) string { return plain(last(path)) }

func last(path string) string {
	path = strings.TrimRight(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}

func plain(s string) string {
	return strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(s))
}

// harmless reports whether a cookie's name is known for something that is no session, such
// as a CSRF token or a language. The document has no value; the one here fits every such
// name and no session.
func harmless(name string) bool {
	switch token.Recognise(name, "xxxxxxxx").Role {
	case token.CSRF, token.LoginState, token.Balancer, token.Bot, token.Analytics, token.Preference:
		return true
	}
	return false
}

// About returns where the document speaks of what a check of an audit is about, by the
// check's ID.
func (d Document) About(check string) (at Place, ok bool) {
	var of []Operation
	switch {
	case check == "L1":
		of = d.logouts()
	case !strings.HasPrefix(check, "A"):
		of = d.logins()
	}
	if len(of) > 0 {
		return of[0].Place, true
	}
	if sessions := d.sessions(); len(sessions) > 0 {
		return sessions[0].Place, true
	}
	return at, false
}
