// Package listing holds the lines of each profile as they are written in the
// framework's own language, to be read beside the Go that runs. They are not run.
package listing

import (
	"embed"
	"slices"
	"strings"

	"fixlab/lab/defence"
)

//go:embed *.py *.js *.go.txt
var files embed.FS

// A Listing is the text for one profile.
type Listing struct {
	Language string // "Python", "JavaScript" or "Go"
	File     string // its name, such as "django.py"
	Text     string // with a line feed at the end of every line
	*table
}

// A Moment is something that the Go server did, as the trace has it.
type Moment struct {
	Kind   string      // lab.Event's: "load", "save", "ask", …
	Switch defence.Set // of an ask
	On     bool        // of an ask: the answer
	Calls  []string    // the server's functions on the stack, innermost first: "Env.rotates", "sessions.Login", …
	Path   string      // of the request, such as "/login"
}

// For returns the listing for a profile. There is none for the lab's own
// reference server.
func For(profile string) (Listing, bool) {
	i := slices.IndexFunc(tables, func(t table) bool { return slices.Contains(t.profiles, profile) })
	if i < 0 {
		return Listing{}, false
	}
	t := &tables[i]
	l := Listing{File: strings.TrimSuffix(t.files[0], ".txt"), table: t}
	for _, name := range t.files {
		text, err := files.ReadFile(name)
		if err != nil {
			panic("listing: " + err.Error()) // its own tests read every file
		}
		l.Text += string(text)
	}
	switch l.File[strings.LastIndexByte(l.File, '.'):] {
	case ".py":
		l.Language = "Python"
	case ".js":
		l.Language = "JavaScript"
	default:
		l.Language = "Go"
	}
	return l, true
}

// Lit returns the line, from 1, that stands for what happened at m under d.
func (l Listing) Lit(m Moment, d defence.Set) int { return l.line(l.at(m, d)) }

// A spot is a line, written "function|text": the one that holds the text, in
// the function of that name, or anywhere when the name is "".
type spot string

// line returns where s is, or 0. A function ends at the next empty line.
func (l Listing) line(s spot) int {
	in, held, _ := strings.Cut(string(s), "|")
	n, inside := 0, in == ""
	for text := range strings.Lines(l.Text) {
		n++
		switch {
		case in == "":
		case strings.Contains(text, " "+in+"("):
			inside = inside || begins(text)
			continue
		case text == "\n":
			inside = false
		}
		if inside && strings.Contains(text, held) {
			return n
		}
	}
	return 0
}

// begins reports whether a function begins on the line.
func begins(line string) bool {
	line = strings.TrimPrefix(line, "async ")
	return strings.HasPrefix(line, "def ") || strings.HasPrefix(line, "function ") || strings.HasPrefix(line, "func ")
}

// at returns the spot of what happened at m under d.
func (t *table) at(m Moment, d defence.Set) spot {
	if m.On {
		for _, s := range t.switches {
			if s.any.Has(m.Switch) {
				return s.spot
			}
		}
	}
	page := ""
	if n := len(m.Calls); n > 1 {
		page = m.Calls[n-2] // the last is shop.ServeHTTP
	}
	switch {
	case m.in("Env.Deploy"):
		return t.secret
	case m.Kind == "transfer":
		return t.pay
	case m.Kind == "login" || m.Switch == defence.OriginCheck:
		return t.check
	case t.open != "" && (m.Kind == "load" || m.Kind == "unsign" || m.Switch == defence.Strict):
		if d.Has(defence.Strict) {
			return t.openStrict
		}
		return t.open
	case m.reads():
		return t.read
	case m.Kind == "save" && t.saved != "" && !m.in("Env.retire"):
		return t.saved
	case m.Kind == "sign" && t.signed != "":
		return t.signed
	case page == "shop.enter":
		return t.login(m, d).at(m)
	case page == "shop.logout" && d.Has(defence.KeepAtLogout) && t.keeping != "":
		return t.keeping
	case page == "shop.logout":
		return t.leave
	case page == "shop.secured":
		return t.secret
	}
	return t.keep
}

// in reports whether f is on the stack.
func (m Moment) in(f string) bool { return slices.Contains(m.Calls, f) }

// reads reports whether the server only wants to know what the session holds.
func (m Moment) reads() bool {
	return m.Kind == "whoami" || slices.ContainsFunc(m.Calls, func(call string) bool {
		return call == "shop.closed" || strings.HasSuffix(call, ".Whoami") || strings.HasSuffix(call, ".Values")
	})
}

// login returns the login that d asks for.
func (t *table) login(m Moment, d defence.Set) login {
	d |= t.always
	if d.Has(defence.ForgottenPath) && m.Path != "/login" {
		d &^= defence.Rotate | defence.Flush | defence.FrameworkLogin
	}
	for _, l := range t.logins {
		if d.Has(l.when) {
			return l
		}
	}
	return login{}
}

// at returns the line of the login for what happened at m: what becomes of the
// session that the visitor brought, or the user that is written.
func (l login) at(m Moment) spot {
	writes := m.Kind == "save" || m.Kind == "sign"
	if l.when.Has(defence.KeepOldRecord) { // the user comes first, and the new key last
		writes = m.Kind == "save" && m.in("Env.retire")
	}
	text := l.turn
	if writes && l.user != "" {
		text = l.user
	}
	return spot(l.in + "|" + text)
}
