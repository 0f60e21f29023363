package lab

import (
	"io"
	"net/http"
	"path"
	"runtime"
	"strings"

	"fixlab/lab/defence"
	"fixlab/lab/server"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// The recorders wrap the doors of server.Env, so that everything that passes is
// written down with the server's line that did it. The servers themselves hold
// no instrumentation.

const serverPackage = "fixlab/lab/server."

// lines returns the server's source lines on the stack, innermost first.
func (w *world) lines() []Line {
	var pcs [32]uintptr
	var out []Line
	for _, pc := range pcs[:runtime.Callers(3, pcs[:])] {
		at, seen := w.source[pc]
		if !seen { // looking up a line is most of what a run costs
			at = linesAt(pc)
			w.source[pc] = at
		}
		out = append(out, at...)
	}
	return out
}

// linesAt returns the server's lines at one place of the stack: several when
// calls were inlined there, none outside the server.
func linesAt(pc uintptr) []Line {
	frames := runtime.CallersFrames([]uintptr{pc})
	var out []Line
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.Function, serverPackage); ok {
			out = append(out, Line{path.Base(f.File), f.Line, name})
		}
		if !more {
			return out
		}
	}
}

// note logs an event of the server, with its source lines and its text.
func (w *world) note(e *Event, text func() string) {
	e.Who = shopHost
	if !w.mute {
		e.Code, e.Text = w.lines(), text()
	}
	w.log(e)
}

type storeRecorder struct {
	w     *world
	store session.Store
}

func (s storeRecorder) Load(id string) (session.Record, bool) {
	rec, ok := s.store.Load(id)
	e := Event{Kind: Load, Key: id, Found: ok}
	if ok {
		s.w.loaded = id
		e.User = s.w.whose(rec.Data)
	}
	s.w.note(&e, func() string {
		if !ok {
			return "no record of " + quoted(id)
		}
		return "found " + id + ": " + describe(e.User)
	})
	return rec, ok
}

func (s storeRecorder) Save(rec session.Record) {
	s.store.Save(rec)
	s.w.key(rec.ID)
	data := s.w.known.values(rec.Data)
	user := data.Get(session.User)
	s.w.note(&Event{Kind: Save, Key: rec.ID, User: user, Data: data}, func() string { return "saved " + rec.ID + ": " + describe(user) })
}

func (s storeRecorder) Delete(id string) {
	_, ok := s.store.Load(id)
	s.store.Delete(id)
	s.w.note(&Event{Kind: Delete, Key: id, Found: ok}, func() string {
		if !ok {
			return "deleted " + quoted(id) + ", which was not there"
		}
		return "deleted " + quoted(id)
	})
}

type signerRecorder struct {
	w      *world
	signer sign.Signer

	secrets string // it was made of
}

func (s signerRecorder) Sign(value string) string {
	signed := s.sign(value)
	data := s.w.known.values(signed)
	s.w.note(&Event{Kind: Sign, Value: signed, Data: data, User: data.Get(session.User), Check: s.check(signed)}, func() string { return "signed " + quoted(value) })
	return signed
}

func (s signerRecorder) Unsign(signed string) (string, error) {
	value, err := s.unsign(signed)
	s.w.note(&Event{Kind: Unsign, Value: signed, Found: err == nil, Check: s.check(signed)}, func() string {
		switch {
		case signed == "":
			return "no cookie, so nothing to verify"
		case err != nil:
			return "refused " + quoted(signed) + ": " + err.Error()
		}
		return "the signature of " + quoted(signed) + " is valid"
	})
	return value, err
}

// sign is Sign of the signer. A mute run makes no signature twice: the
// same secrets, time and value give the same text.
func (s signerRecorder) sign(value string) string {
	if !s.w.mute {
		return s.signer.Sign(value)
	}
	of := s.signature(value)
	if signed, ok := s.w.known.signed[of]; ok {
		return signed
	}
	return remember(&s.w.known.signed, of, s.signer.Sign(value))
}

// unsign is the same for Unsign.
func (s signerRecorder) unsign(signed string) (string, error) {
	if !s.w.mute {
		return s.signer.Unsign(signed)
	}
	of := s.signature(signed)
	u, ok := s.w.known.unsigned[of]
	if !ok {
		u.value, u.err = s.signer.Unsign(signed)
		remember(&s.w.known.unsigned, of, u)
	}
	return u.value, u.err
}

func (s signerRecorder) signature(text string) signature {
	return signature{s.w.profile.ID, s.secrets, s.w.now.UnixNano(), text}
}

func (s signerRecorder) check(signed string) *sign.Check {
	e, ok := s.signer.(sign.Explainer)
	if !ok || signed == "" || s.w.mute {
		return nil
	}
	c := e.Explain(signed)
	return &c
}

type randRecorder struct {
	w *world
	r io.Reader
}

func (r randRecorder) Read(b []byte) (int, error) {
	if !r.w.rolled { // not at every step: few draw anything
		r.w.dice.Seed(r.w.known.seed(r.w.seed, r.w.frame))
		r.w.rolled = true
	}
	n, err := r.r.Read(b)
	r.w.note(&Event{Kind: Random}, func() string { return "drew random bytes" })
	return n, err
}

// transfer is told by the shop of money sent.
func (w *world) transfer(user, to, amount string) {
	w.note(&Event{Kind: Transfer, User: user}, func() string { return user + " sends " + quoted(amount) + " to " + quoted(to) })
}

// shaping are the switches that every request or answer consults: what they
// shape is seen in the messages, so they are written down once a step, and only
// when they are on.
const shaping = defence.HostPrefix | defence.SecurePrefix | defence.HostHTTPPrefix | defence.HTTPOnly | defence.Secure |
	defence.Lax | defence.SameSiteStrict | defence.DomainCookie | defence.ReadUnprefixed | defence.BareKey | defence.CookieOnly |
	defence.BindAddress | defence.BindDevice | defence.HSTS | defence.HSTSSubDomains | defence.Lazy

// on is the door through which a server looks at a switch.
func (w *world) on(d defence.Set) bool {
	on := w.defences.Has(d)
	w.ask(d)
	if w.quiet.Has(d) || !on && shaping.Has(d) {
		return on
	}
	if shaping.Has(d) {
		w.quiet |= d
	}
	w.note(&Event{Kind: Ask, Switch: d, On: on}, func() string {
		if on {
			return d.String() + " is on"
		}
		return d.String() + " is off"
	})
	return on
}

type frameworkRecorder struct {
	server.Framework
	w *world
}

func (f frameworkRecorder) Login(rw http.ResponseWriter, r *http.Request, user string) {
	f.w.note(&Event{Kind: Login, User: user}, func() string { return user + " is let in" })
	f.Framework.Login(rw, r, user)
}

func (f frameworkRecorder) Whoami(r *http.Request) (user, name string) {
	f.w.loaded = ""
	user, name = f.Framework.Whoami(r)
	f.w.note(&Event{Kind: Whoami, Key: f.w.loaded, User: user}, func() string {
		if user == "" {
			return "serves nobody's account"
		}
		return "serves the account of " + user
	})
	return user, name
}

func (f frameworkRecorder) Logout(rw http.ResponseWriter, r *http.Request) bool {
	ok := f.Framework.Logout(rw, r)
	if ok {
		f.w.note(&Event{Kind: Logout}, func() string { return "logged out" })
	}
	return ok
}

// decode returns the values in a record or a signed cookie. It needs no key:
// signing hides nothing.
func decode(data string) session.Values {
	if payload, ok := sign.Peek(data); ok {
		data = payload
	}
	values, _ := session.ParseValues(data)
	return values
}

// whose returns whose session the data is.
func (w *world) whose(data string) string { return w.known.values(data).Get(session.User) }

func describe(user string) string {
	if user == "" {
		return "an anonymous session"
	}
	return user + "'s session"
}

// quoted returns s for a sentence, shortened when it is long.
func quoted(s string) string {
	if s == "" {
		return "nothing"
	}
	if len(s) > 240 {
		return strings.ToValidUTF8(s[:237], "") + "…"
	}
	return s
}
