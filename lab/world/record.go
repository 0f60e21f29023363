package world

import (
	"errors"
	"io"
	"net/http"
	"path"
	"runtime"
	"strings"
	"sync"

	"fixlab/lab/defence"
	"fixlab/lab/event"
	"fixlab/lab/server"
	"fixlab/lab/session"
	"fixlab/lab/sign"
)

// The recorders wrap the doors of server.Env, so that everything that passes is
// written down with the server's line that did it. The servers themselves hold
// no instrumentation.

const serverPackage = "fixlab/lab/server."

// outermost is the server's function that all its others are called by.
const outermost = "shop.ServeHTTP"

// lines returns the server's source lines on the stack, innermost first.
func lines() []event.Line {
	var pcs [64]uintptr
	for deep := 16; ; deep *= 2 { // most are near, and walking the stack takes long
		n := runtime.Callers(3, pcs[:deep])
		out := linesIn(pcs[:n])
		if n < deep || deep == len(pcs) || len(out) > 0 && out[len(out)-1].Func == outermost {
			return out
		}
	}
}

// linesIn returns the server's lines at some places of the stack.
func linesIn(pcs []uintptr) []event.Line {
	var out []event.Line
	for _, pc := range pcs {
		at, seen := seenAt.Load(pc)
		if !seen { // looking up a line is most of what a run costs
			at, _ = seenAt.LoadOrStore(pc, linesAt(pc))
		}
		out = append(out, at.([]event.Line)...)
	}
	return out
}

// seenAt is what linesAt has found, by place: the program is the same in every run.
var seenAt sync.Map

// linesAt returns the server's lines at one place of the stack: several when
// calls were inlined there, none outside the server.
func linesAt(pc uintptr) []event.Line {
	frames := runtime.CallersFrames([]uintptr{pc})
	var out []event.Line
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.Function, serverPackage); ok {
			out = append(out, event.Line{File: path.Base(f.File), Line: f.Line, Func: name})
		}
		if !more {
			return out
		}
	}
}

// note logs an event of the server, with its source lines and its text.
func (w *World) note(e *event.Event, text func() string) {
	e.Who = event.ShopHost
	if !w.silent {
		e.Code, e.Text = lines(), text()
	}
	w.log(e)
}

type storeRecorder struct {
	w     *World
	store session.Store
}

func (s storeRecorder) Load(id string) (session.Record, bool) {
	rec, ok := s.store.Load(id)
	e := event.Event{Kind: event.Load, Key: id, Found: ok}
	if ok {
		data := s.w.values(rec.Data)
		s.w.opened.key, s.w.opened.row, s.w.opened.data = id, rec.Data, data
		e.User = data.Get(session.User)
	}
	s.w.note(&e, func() string {
		if !ok {
			return "no record of " + event.Quoted(id)
		}
		return "found " + id + ": " + describe(e.User)
	})
	return rec, ok
}

func (s storeRecorder) Save(rec session.Record) {
	s.store.Save(rec)
	s.w.bytes += len(rec.Data)
	s.w.key(rec.ID)
	data := s.w.values(rec.Data)
	s.w.opened.data = data
	user := data.Get(session.User)
	s.w.note(&event.Event{Kind: event.Save, Key: rec.ID, User: user, Data: data, By: s.w.opened.putting}, func() string { return "saved " + rec.ID + ": " + describe(user) })
}

func (s storeRecorder) Delete(id string) {
	_, ok := s.store.Load(id)
	s.store.Delete(id)
	s.w.note(&event.Event{Kind: event.Delete, Key: id, Found: ok}, func() string {
		if !ok {
			return "deleted " + event.Quoted(id) + ", which was not there"
		}
		return "deleted " + event.Quoted(id)
	})
}

type signerRecorder struct {
	w      *World
	signer sign.Signer

	secrets string // it was made of
}

func (s signerRecorder) Sign(value string) string {
	signed := s.sign(value)
	s.w.bytes += len(signed)
	e := event.Event{Kind: event.Sign, Value: signed, Check: s.check(signed), By: s.w.opened.putting}
	s.w.plain(&e, value)
	if e.Data != nil {
		s.w.opened.data, s.w.opened.written = e.Data, true
	}
	s.w.note(&e, func() string { return "signed " + event.Quoted(value) })
	return signed
}

func (s signerRecorder) Unsign(signed string) (string, error) {
	value, err := s.unsign(signed)
	e := event.Event{Kind: event.Unsign, Value: signed, Found: err == nil, Row: signed != "" && signed == s.w.opened.row, Check: s.check(signed)}
	if err != nil {
		e.Reason, e.Late = err.Error(), errors.Is(err, sign.ErrExpired)
	} else {
		s.w.plain(&e, value)
		if e.Data != nil && !s.w.opened.written { // the cookie still has what was before
			s.w.opened.data = e.Data
		}
	}
	s.w.note(&e, func() string {
		switch {
		case signed == "":
			return "no cookie, so nothing to verify"
		case err != nil:
			return "refused " + event.Quoted(signed) + ": " + e.Reason
		}
		return "the signature of " + event.Quoted(signed) + " is valid"
	})
	return value, err
}

// sign is Sign of the signer. A silent run makes no signature twice: the
// same secrets, time and value give the same text.
func (s signerRecorder) sign(value string) string {
	if !s.w.silent {
		return s.signer.Sign(value)
	}
	of := s.signature(value)
	if signed, ok := s.w.memo.signed[of]; ok {
		return signed
	}
	return remember(&s.w.memo.signed, of, s.signer.Sign(value))
}

// unsign is the same for Unsign.
func (s signerRecorder) unsign(signed string) (string, error) {
	if !s.w.silent {
		return s.signer.Unsign(signed)
	}
	of := s.signature(signed)
	u, ok := s.w.memo.unsigned[of]
	if !ok {
		u.value, u.err = s.signer.Unsign(signed)
		remember(&s.w.memo.unsigned, of, u)
	}
	return u.value, u.err
}

func (s signerRecorder) signature(text string) signature {
	return signature{s.w.Profile.ID, s.secrets, s.w.now.UnixNano(), text}
}

func (s signerRecorder) check(signed string) *sign.Check {
	e, ok := s.signer.(sign.Explainer)
	if !ok || signed == "" || s.w.silent {
		return nil
	}
	c := e.Explain(signed)
	return &c
}

type randRecorder struct {
	w *World
	r io.Reader
}

func (r randRecorder) Read(b []byte) (int, error) {
	if !r.w.rolled { // not at every step: few draw anything
		r.w.dice.Seed(r.w.memo.seed(r.w.seed, r.w.frame))
		r.w.rolled = true
	}
	n, err := r.r.Read(b)
	if !r.w.silent {
		r.w.note(&event.Event{Kind: event.Random}, func() string { return "drew random bytes" })
	}
	return n, err
}

// transfer is told by the shop of money sent.
func (w *World) transfer(user, to, amount string) {
	w.note(&event.Event{Kind: event.Transfer, User: user}, func() string { return user + " sends " + event.Quoted(amount) + " to " + event.Quoted(to) })
}

// openedAccount is told by the shop of an account opened.
func (w *World) openedAccount(user string) {
	w.note(&event.Event{Kind: event.Opened, User: user, By: w.credential()}, func() string { return "opens an account for " + user })
}

// denied is told by the shop of a request refused. The line of it is the one that
// refused, not that of the shop's log.
func (w *World) denied(why server.Denial) {
	e := event.Event{Kind: event.Denied, Reason: string(why)}
	if why == server.BadCredentials {
		e.User = w.opened.user
		if f, ok := w.taken(server.UserField); ok {
			e.User = f.Value
		}
	}
	w.note(&e, func() string { return "refuses the request: " + string(why) })
	if e := &w.Events[len(w.Events)-1]; len(e.Code) > 1 {
		e.Code = e.Code[1:]
	}
}

// credential returns whose word the secret is by which the last request proves
// somebody.
func (w *World) credential() string {
	if f, ok := w.taken(server.Credential(w.sent.url.Path)); ok && f.By != "" {
		return f.By
	}
	return w.person
}

// taken returns the field of that name that the server reads of the last request's
// body: the first.
func (w *World) taken(name string) (event.Field, bool) {
	for _, f := range w.sent.form {
		if f.Name == name {
			return f, true
		}
	}
	return event.Field{}, false
}

// put returns whose word it is that the shop puts into the session for the last
// request: that of who wrote into one of the fields that it makes it of.
func (w *World) put() string {
	for _, name := range server.Taken(w.sent.url.Path) {
		if f, ok := w.taken(name); ok && f.By != "" {
			return f.By
		}
	}
	return w.person
}

// show notes what of an account or of a session stands on a page of the shop's
// that a browser shows.
func (w *World) show(b *browser, d *document) {
	o := &w.opened
	if w.hers || o.named == "" && o.data == nil {
		return
	}
	e := event.Event{Who: b.name, Kind: event.Shown, Key: o.key}
	if o.named != "" && d.names(o.named) {
		e.User = o.named
	}
	for _, f := range o.data {
		if f.Name == session.User || strings.HasPrefix(f.Name, session.Bound) {
			continue
		}
		if d.says(f.Value) {
			e.Data = append(e.Data, f)
			continue
		}
		for item := range strings.SplitSeq(f.Value, session.Between) {
			if d.says(item) {
				e.Data = append(e.Data, session.Field{Name: f.Name, Value: item})
			}
		}
	}
	if e.User == "" && e.Data == nil {
		return
	}
	if !w.silent {
		e.Text = shownText(&e)
	}
	w.log(&e)
}

// shownText is a Shown event's text.
func shownText(e *event.Event) string {
	var parts []string
	if e.User != "" {
		parts = append(parts, "the account of "+e.User)
	}
	for _, f := range e.Data {
		parts = append(parts, f.Name+" "+event.Quoted(f.Value))
	}
	return "shows " + strings.Join(parts, ", ")
}

// routine are the switches that every request or answer consults: what they
// shape is seen in the messages, so they are written down once a step, and only
// when they are on.
var routine = defence.Having(defence.Routine)

// on is the door through which a server looks at a switch.
func (w *World) on(d defence.Set) bool {
	on := w.Defences.Has(d)
	w.ask(d)
	if w.quiet.Has(d) || !on && (w.silent || routine.Has(d)) { // no outcome hangs on what says that a switch is off
		return on
	}
	if routine.Has(d) {
		w.quiet |= d
	}
	w.note(&event.Event{Kind: event.Ask, Switch: d, On: on}, func() string {
		if on {
			return d.String() + " is on"
		}
		return d.String() + " is off"
	})
	return on
}

type frameworkRecorder struct {
	server.Framework
	w *World
}

func (f frameworkRecorder) Put(rw http.ResponseWriter, r *http.Request, name, value string) bool {
	if name != session.CSRF { // that the shop makes itself
		f.w.opened.putting = f.w.put()
	}
	ok := f.Framework.Put(rw, r, name, value)
	f.w.opened.putting = ""
	return ok
}

func (f frameworkRecorder) Login(rw http.ResponseWriter, r *http.Request, user string) {
	f.w.note(&event.Event{Kind: event.Login, User: user, By: f.w.credential()}, func() string { return user + " is let in" })
	f.Framework.Login(rw, r, user)
}

func (f frameworkRecorder) Whoami(r *http.Request) (user, name string) {
	f.w.opened.key = ""
	user, name = f.Framework.Whoami(r)
	f.w.opened.user = user
	f.w.note(&event.Event{Kind: event.Whoami, Key: f.w.opened.key, User: user}, func() string {
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
		f.w.note(&event.Event{Kind: event.Logout}, func() string { return "logged out" })
	}
	return ok
}

// plain notes at the signer's door what e.Value was made of: nobody behind it has
// to read the value, and some values nobody can read.
func (w *World) plain(e *event.Event, plain string) {
	if w.sealed[e.Value] != plain {
		w.sealed[e.Value] = plain
	}
	c := w.memo.content(plain)
	e.Plain, e.Data, e.User = c.text, c.values, c.values.Get(session.User)
}

// values returns what a record holds. Some servers sign it before they store it.
func (w *World) values(data string) session.Values {
	if plain, ok := w.sealed[data]; ok {
		data = plain
	}
	return w.memo.content(data).values
}

func describe(user string) string {
	if user == "" {
		return "an anonymous session"
	}
	return user + "'s session"
}
